"""What follows for persons in the directory when a contact is deleted or a member leaves, by whatever way."""

from django.contrib.auth import get_user_model
from django.db.models.signals import post_delete, post_save

from knowledge.directory.models import Consent, Contact
from knowledge.directory.people.forgetting import forget_in_changes
from portal.accounts.enums import AccountState


def watch() -> None:
    """Listen to contact persons that go, and to members who leave."""
    post_delete.connect(_forget, sender=Contact, dispatch_uid="directory.people.forget")
    post_save.connect(_end_consents, sender=get_user_model(), dispatch_uid="directory.people.leave")


def _forget(sender, instance: Contact, **kwargs) -> None:
    """Whoever is deleted from an entry is forgotten in the proposals for it as well."""
    if not instance.is_forgotten:
        forget_in_changes(instance)


def _end_consents(sender, instance, *, created: bool, update_fields, **kwargs) -> None:
    """Who leaves the network is no expert any more, not even on coming back, before agreeing anew."""
    if created or instance.state != AccountState.LEFT or (update_fields is not None and "state" not in update_fields):
        return
    for consent in Consent.objects.filter(expert__person=instance, withdrawn_at__isnull=True):
        consent.end()
