"""Finding names however they are typed."""

from django.db.models import Q


def spelled(field: str, lookup: str, words: str) -> Q:
    """Return the condition that a field matches words without regard to case.

    SQLite knows upper and lower case of ASCII letters alone, so that “übach” would not find Übach.
    """
    # PostgreSQL refuses the sign in any text, and no name holds it.
    words = words.replace("\0", "")
    found = Q()
    for spelling in {words, words.lower(), words.upper(), words.title(), words.capitalize()}:
        found |= Q(**{f"{field}__{lookup}": spelling})
    return found
