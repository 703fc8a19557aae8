"""The order of the German alphabet (DIN 5007-1) as a column, because no database sorts alike: „Ö“ stands with „O“."""

from typing import Any

from django.db import models
from django.db.models.expressions import Func

#: The most frequent letters in the names of German directories, and quotation marks, which do not count. SQLite's
#: parser takes no more than 28 calls inside each other; letters that stand here not come after “z”.
_LETTERS = (
    ("äÄá", "a"),
    ("çÇčČ", "c"),
    ("éÉ", "e"),
    ("ğ", "g"),
    ("ıİ", "i"),
    ("öÖ", "o"),
    ("şŞšŠ", "s"),
    ("üÜ", "u"),
    ("ß", "ss"),
    ('„“"', ""),
)


class Alphabetical(Func):
    """A name as it is put in order. Only this code knows the letters: a change of them needs a migration."""

    arity = 1
    output_field = models.CharField()

    def as_sql(self, compiler, connection, **extra: Any) -> tuple[str, list]:
        """Wrap the name in as many replacements as there are letters; every database knows REPLACE and LOWER."""
        sql, params = compiler.compile(self.source_expressions[0])
        for letters, plain in _LETTERS:
            for letter in letters:
                sql = f"REPLACE({sql}, '{letter}', '{plain}')"
        return f"LOWER({sql})", list(params)


def in_order(name: str) -> str:
    """Return a name as the column would put it in order, for lists that no database sorts."""
    for letters, plain in _LETTERS:
        for letter in letters:
            name = name.replace(letter, plain)
    return name.lower()


def alphabetical(name: str) -> models.GeneratedField:
    """Return the column by which lists are put in order; the database keeps it, bulk changes included."""
    return models.GeneratedField(
        expression=Alphabetical(name), output_field=models.CharField(max_length=420), db_persist=True
    )
