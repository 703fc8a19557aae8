"""Links in mails to people who are or shall be named: signed, for one person and one purpose, without signing in.

A link opens the page of one consent and nothing else. It goes on working for as long as the person stands in the
directory, because with it they take the consent back; when the address changes, links to the former one are dead.
"""

from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from knowledge.directory.models import Contact, Expert
from portal.accounts.adapter import own_address

_SALT = "directory.people.consent"
#: So many signs of the mark stand in a link, which the signature protects besides.
_SHORT = 16
Person = Contact | Expert


def address_mark(address: str) -> str:
    """Return a keyed mark of an address, by which it is known again without being kept."""
    return salted_hmac(_SALT, address.strip().lower(), algorithm="sha256").hexdigest()


def link_of(person: Person) -> str:
    """Return the full address of the page on which the person gives, sees and takes back the consent."""
    return own_address(reverse("consent", args=[token_of(person)]))


def token_of(person: Person) -> str:
    """Return the signed part of the link, the same in every mail; it holds until it opens nothing any more."""
    return signing.Signer(salt=_SALT).sign_object([_kind(person), person.pk, _mark(person)[:_SHORT]])


def read_link(token: str) -> Person | None:
    """Return whose consent a link is about; nothing for one that is not ours or whose person is gone."""
    try:
        kind, pk, mark = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    person = _MODELS[kind].objects.filter(pk=pk).first()
    if person is None or not constant_time_compare(_mark(person)[:_SHORT], mark):
        return None
    return person


def _kind(person: Person) -> str:
    return "contact" if isinstance(person, Contact) else "expert"


def _mark(person: Person) -> str:
    if isinstance(person, Expert):
        return address_mark(str(person.uid))
    return person.address_mark or address_mark(person.email)


_MODELS = {"contact": Contact, "expert": Expert}
