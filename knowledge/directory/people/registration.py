"""What the portal learns of persons in the directory when it starts."""

from knowledge.directory import own_data as own_data_of_entries
from knowledge.directory.people import audit_actions, indexing, own_data, watching


def register() -> None:
    """Let log, own data and search know them, and forget with a contact what proposals say of it."""
    audit_actions.register()
    own_data.register()
    own_data_of_entries.register()
    watching.watch()
    indexing.register()
