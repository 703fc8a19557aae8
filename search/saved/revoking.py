"""Feeds of people who may no longer sign in are closed for good; whoever comes back makes new addresses."""

from django.contrib.auth import get_user_model
from django.db.models.signals import post_save

from search.saved.models import SavedSearch


def watch() -> None:
    """Listen to accounts that are suspended, left or closed; the readers of feeds ask for it besides."""
    post_save.connect(_revoke, sender=get_user_model(), dispatch_uid="saved_searches.revoke")


def _revoke(sender, instance, *, created: bool, update_fields, **kwargs) -> None:
    # Everything else about a person, such as the last sign-in, is saved often and closes nothing.
    if created or instance.is_active or (update_fields is not None and "state" not in update_fields):
        return
    searches = SavedSearch.objects.owned_by(instance).filter(feed_digest__isnull=False)
    searches.update(feed_digest=None, feed_created_at=None)
