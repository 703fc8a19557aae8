"""A network says that an organisation is not its member; logged, and a version of the member's entry like any other."""

from django.db import transaction

from knowledge.directory.keeping.versions import change_whole
from knowledge.directory.models import Organisation
from knowledge.directory.networks.letters import tell_of_objection
from portal.audit.actions import record

#: How versions name it.
OBJECTED = "network-objected"


def is_member(umbrella: Organisation, member: Organisation) -> bool:
    """Tell whether the entry still names the network."""
    return member.umbrellas.filter(pk=umbrella.pk).exists()


@transaction.atomic
def object_to_member(*, umbrella: Organisation, member: Organisation) -> bool:
    """Take a membership out for the network, and tell whether there was one; whoever has its link may."""
    member = Organisation.objects.select_for_update().get(pk=member.pk)
    if not is_member(umbrella, member):
        return False
    change_whole(by=None, organisation=member, part=OBJECTED, write=lambda one: one.umbrellas.remove(umbrella))
    tell_of_objection(umbrella=umbrella, member=member)
    record(action="directory.membership_objected", by=None, about=member, before={"umbrella": umbrella.name})
    return True
