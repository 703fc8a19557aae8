"""Notices every file that comes, from whichever side: the editing interface, the demo, a command."""

from django.db.models import signals

from knowledge.documents.actions import expect_text
from portal.shared.models import PortalDocument


def watch() -> None:
    """Listen to documents."""
    signals.post_save.connect(_saved, sender=PortalDocument, dispatch_uid="knowledge.documents")


def _saved(sender: type[PortalDocument], instance: PortalDocument, raw: bool = False, **kwargs) -> None:
    """Leave fixtures alone: their files may come later, and `manage.py documents read` finds them then."""
    if not raw:
        expect_text(document=instance)
