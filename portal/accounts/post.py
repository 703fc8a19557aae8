"""Letters about accounts: plain text and simple HTML of the same words; a mail server that is down breaks nothing."""

import logging
import smtplib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)
#: Two at a time are enough, because each person asks for few.
_later = ThreadPoolExecutor(max_workers=2, thread_name_prefix="post")


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
    return deliver(_message(letter))


def deliver(message: EmailMessage) -> bool:
    """Hand a mail over; a mail server that is down is a matter for the log, since whoever waits can ask again."""
    try:
        message.send()
    except (OSError, smtplib.SMTPException):
        logger.exception("A mail about an account could not be sent.")
        return False
    return True


def send_later(letter: Letter) -> None:
    """Send a letter after the answer."""
    after_answer(partial(send, letter))


def after_answer(job: Callable[[], object]) -> None:
    """Do something with mail after the answer, so that the answer's duration tells nothing about who gets one."""
    if settings.ACCOUNT_MAIL_AFTER_ANSWER:
        _later.submit(job)
    else:
        job()


def _message(letter: Letter) -> EmailMultiAlternatives:
    context = {"letter": letter, "portal_name": settings.PORTAL_NAME, "address": settings.WAGTAILADMIN_BASE_URL}
    # A line break in a name must not begin a header of its own.
    subject = " ".join(f"[{settings.PORTAL_NAME}] {letter.subject}".split())
    message = EmailMultiAlternatives(subject, render_to_string("email/letter.txt", context), to=[letter.to])
    message.attach_alternative(render_to_string("email/letter.html", context), "text/html")
    return message
