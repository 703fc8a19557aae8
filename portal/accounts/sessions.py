"""The sessions of a person: who is suspended or leaves is signed out everywhere, at once."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from portal.accounts.models import User


def end_sessions(person: User, *, keep: str | None = None) -> int:
    """End every session of a person but the one with the key `keep`; return how many were ended.

    The list of allauth knows the sessions of everybody who came by since signing in; those it does not know yet are
    harmless, because an account that is not active is nobody to any request.
    """
    rows = UserSession.objects.filter(user=person).exclude(session_key=keep or "")
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)
