"""Letters about accounts: plain text and simple HTML of the same words; a mail server that is down breaks nothing."""

import logging
import smtplib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)
_later = ThreadPoolExecutor(max_workers=1, thread_name_prefix="letters")


@dataclass(frozen=True)
class Letter:
    """A mail: the first paragraph says why it comes; at most one link, which the HTML shows as a button."""

    to: str
    subject: str
    paragraphs: tuple[str, ...]
    link_label: str = ""
    link: str = ""
    #: What somebody else wrote, shown as a quotation.
    quotation: str = ""
    closing: tuple[str, ...] = ()


def send(letter: Letter) -> bool:
    """Send a letter and tell whether the mail server took it."""
    try:
        _message(letter).send()
    except (OSError, smtplib.SMTPException):
        logger.exception("A letter about an account could not be sent.")
        return False
    return True


def send_later(letter: Letter) -> None:
    """Send a letter after the answer, so that the answer's duration tells nothing about who gets one."""
    if settings.ACCOUNT_MAIL_AFTER_ANSWER:
        _later.submit(send, letter)
    else:
        send(letter)


def _message(letter: Letter) -> EmailMultiAlternatives:
    context = {"letter": letter, "portal_name": settings.PORTAL_NAME, "address": settings.WAGTAILADMIN_BASE_URL}
    # A line break in a name must not begin a header of its own.
    subject = " ".join(f"[{settings.PORTAL_NAME}] {letter.subject}".split())
    message = EmailMultiAlternatives(subject, render_to_string("email/letter.txt", context), to=[letter.to])
    message.attach_alternative(render_to_string("email/letter.html", context), "text/html")
    return message
