"""Who may keep an entry, decide about its sensitive parts, and look after the directory as a whole."""

from django.db.models import Q

from knowledge.directory.models import Organisation, Representation
from knowledge.directory.querysets import organisations_kept_by
from portal.accounts.querysets import may_act


def may_keep(person, organisation: Organisation) -> bool:
    """Tell whether the person keeps the entry: the organisation's own people, and the editors in their stead."""
    if not may_act(person):
        return False
    return organisation.pk in organisations_kept_by(person) or may_look_after(person)


def may_publish(person, organisation: Organisation) -> bool:
    """Tell whether the person may do what readers see at once: who keeps the entry, but for whose proof was not enough.

    Writing another proof alone opens nothing; an editor has to find it enough. Editors need none.
    """
    if not may_keep(person, organisation):
        return False
    if may_look_after(person):
        return True
    not_enough = Q(is_accepted=False) | Q(declined_at__isnull=False)
    return not Representation.objects.filter(not_enough, organisation=organisation, person=person).exists()


def may_look_after(person) -> bool:
    """Tell whether the person decides proposals, imports lists and sees what is overdue: editors."""
    return may_act(person) and person.may_release


def may_ask_partners(person) -> bool:
    """Tell whether the person may ask organisations and experts for something: everybody with an account."""
    return may_act(person)
