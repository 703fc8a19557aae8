"""What may be quoted of an entry away from its profile: statements that hold, each with who stands behind it."""

import datetime
from collections.abc import Iterable

from django.utils.text import capfirst

from knowledge.directory.facts import Statement, mandate_statement, qualification_statement
from knowledge.directory.models import Mandate, Organisation, Qualification


def quoted_mandates(organisation: Organisation, on: datetime.date) -> str:
    """Return the mandates that hold on a day, one a line."""
    return _lines(_quoted(one, mandate_statement(one, on)) for one in organisation.mandates.all())


def quoted_qualifications(organisation: Organisation, on: datetime.date) -> str:
    """Return the qualifications that hold on a day, one a line."""
    return _lines(_quoted(one, qualification_statement(one, on)) for one in organisation.qualifications.all())


def _quoted(stated: Mandate | Qualification, statement: Statement) -> str:
    """Say who stands behind a statement before the statement; of what is over or disputed say nothing.

    It is one sentence, because hits quote sentences, and none of them may stand there as a fact.
    """
    if statement.is_in_doubt:
        return ""
    said = " – ".join(part.rstrip(".") for part in (statement.lead, *statement.details))
    return f"{capfirst(str(stated.get_assurance_display()))}: {said}."


def _lines(quotes: Iterable[str]) -> str:
    return "\n".join(filter(None, quotes))
