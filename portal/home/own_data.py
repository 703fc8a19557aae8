"""What a person wrote to the editors from an address that is theirs."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.own_data.registry import DataKind, register_kinds
from portal.accounts.own_data.sight import own_addresses
from portal.home.models import ReaderMessage


def _own_messages(person: User):
    return ReaderMessage.objects.filter(email__in=own_addresses(person)).order_by("pk")


def _messages(person: User):
    for message in _own_messages(person):
        yield {
            "kind": message.get_kind_display(),
            "text": message.text,
            "name": message.name,
            "email": message.email,
            "page": message.page_url,
            "received_on": message.received_at,
        }


def register() -> None:
    """Let people see what they wrote."""
    register_kinds(
        DataKind(
            code="messages",
            title=_("Messages to the editors"),
            purpose=_("So that the editors can answer and mend what you pointed out."),
            retention=_("The text as long as the editors need it; your name and address until the account is deleted."),
            columns={
                "kind": _("Kind"),
                "text": _("Message"),
                "name": _("Name"),
                "email": _("E-mail address"),
                "page": _("Page"),
                "received_on": _("Received on"),
            },
            records=_messages,
            forget=lambda person: _own_messages(person).update(name="", email=""),
            fields=frozenset({"home.readermessage.email"}),
        )
    )
