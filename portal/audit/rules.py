"""Who may read the log: it tells about people, so only administrators of the network."""


def may_read_log(person) -> bool:
    """Tell whether the person administers the network."""
    return person.is_authenticated and person.is_active and person.is_superuser
