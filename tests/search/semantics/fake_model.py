"""A model without a model: words that a test declares alike lie in one direction, others anywhere."""

import zlib
from collections.abc import Sequence

from search.language.tokens import words_of
from search.semantics.embedder import EmbedderUnavailable

#: Each row has one meaning.
ALIKE = (
    ("Kita", "Kindergarten", "Krippe"),
    ("Ausländerbehörde", "Aufenthaltstitel", "Duldung"),
    ("Bauhof", "Winterdienst"),
)
_MEANINGS = {word: place for place, words in enumerate(ALIKE) for word in words}
_DIMENSIONS = 384


class FakeModel:
    """Counts what it was given, and fails when it is told to."""

    def __init__(self, name: str = "fake 1") -> None:
        self.name = name
        self.given: list[str] = []
        self.is_broken = False
        #: A text that holds this word cannot be embedded.
        self.poison = ""

    def begin(self, patience: float) -> str:
        if self.is_broken:
            raise EmbedderUnavailable("It is out of order.")
        return self.name

    def embed(self, texts: Sequence[str], *, is_query: bool, patience: float) -> list[bytes]:
        self.begin(patience)
        if self.poison and any(self.poison in text for text in texts):
            raise EmbedderUnavailable("It choked on a text.")
        if not is_query:
            self.given += texts
        return [_vector(text) for text in texts]


def _vector(text: str) -> bytes:
    import numpy as np

    vector = np.zeros(_DIMENSIONS, dtype="<f4")
    for word in words_of(text):
        if word in _MEANINGS:
            vector[_MEANINGS[word]] += 10.0
        else:
            # The directions of other words never reach those of the declared ones.
            vector[len(ALIKE) + zlib.crc32(word.encode()) % (_DIMENSIONS - len(ALIKE))] += 0.5
    length = float(np.linalg.norm(vector))
    return (vector / length if length else vector).astype("<f4").tobytes()
