"""The mails about an account: plain text, under the portal's own name, with the names people have."""

from pathlib import Path

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.conf import settings
from django.test import RequestFactory
from django.utils import timezone

pytestmark = pytest.mark.django_db
FOLDERS = ("account/email", "mfa/email", "socialaccount/email")


def prefixes() -> list[str]:
    root = Path(settings.BASE_DIR, "templates")
    subjects = (path for folder in FOLDERS for path in (root / folder).glob("*_subject.txt"))
    return sorted(str(path.relative_to(root)).removesuffix("_subject.txt") for path in subjects)


def write(prefix: str):
    request = RequestFactory().get("/", headers={"host": "testserver:81"})
    with request_context(request):
        get_adapter().send_mail(
            prefix,
            "wer@x.example",
            {
                "from_email": "o'neill&co@x.example",
                "to_email": "neu@x.example",
                "deleted_email": "alt@x.example",
                "password_reset_url": "https://portal.example/?a=1&b=2",
                "activate_url": "https://portal.example/?a=1&b=2",
                "timestamp": timezone.now(),
                "ip": "10.0.0.1",
                "user_agent": "Firefox & <Co>",
            },
        )


@pytest.mark.parametrize("prefix", prefixes())
def test_every_mail_is_plain_text_in_the_portal_s_name(prefix, mailoutbox, settings):
    settings.PORTAL_NAME = "Müller & Töchter"
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"
    write(prefix)
    (message,) = mailoutbox
    assert message.subject.startswith(settings.ACCOUNT_EMAIL_SUBJECT_PREFIX)
    assert "Müller & Töchter" in message.body
    assert "portal.example" in message.body
    assert "testserver" not in message.body
    assert "&amp;" not in message.body
    assert "\n\n\n" not in message.body
    assert not message.alternatives


def test_all_mails_that_can_be_sent_are_ours():
    assert len(prefixes()) >= 16
