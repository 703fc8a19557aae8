"""What happens when a reader writes: the message is kept first, then the editors are told."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from portal.home.models import ReaderMessage

logger = logging.getLogger(__name__)


def receive_message(*, message: ReaderMessage) -> ReaderMessage:
    """Keep a reader's message and tell the editors by mail once it is kept; anybody may write."""
    with transaction.atomic():
        message.save()
        transaction.on_commit(lambda: _tell_editors(message))
    return message


def _tell_editors(message: ReaderMessage) -> None:
    mail = EmailMessage(
        subject=_("%(kind)s (%(portal)s)") % {"kind": message.get_kind_display(), "portal": settings.PORTAL_NAME},
        body=_("%(text)s\n\nPage: %(page)s\nName: %(name)s\nE-mail: %(email)s")
        % {
            "text": message.text,
            "page": message.page_url or "–",
            "name": message.name or "–",
            "email": message.email or "–",
        },
        to=[settings.EDITOR_EMAIL],
        reply_to=[message.email] if message.email else None,
    )
    try:
        mail.send()
    except (smtplib.SMTPException, OSError):
        # The message itself is safe in the database, and the editors see it there.
        logger.warning("The mail about message %s could not be sent.", message.pk, exc_info=True)
