"""The vectors of one moment in memory, and which of them one reader may be answered from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from search.semantics.model import DIMENSIONS

#: How the database keeps a number of a vector, and how it is reckoned with.
KEPT, RECKONED = np.dtype("<f2"), np.dtype("<f4")
#: How many of the best pieces are looked at first; several may be of one record.
_FIRST_LOOK = 400


@dataclass(frozen=True, slots=True)
class Shelved:
    """One record: who may see it, by what it is filtered, and the vectors of its pieces."""

    #: Its row in the database.
    pk: int
    kind: str
    id: str
    #: The version of the outbox at which it was read.
    version: int
    audience: str
    facets: Mapping[str, Sequence[str]]
    pieces: tuple[int, ...]
    vectors: np.ndarray


@dataclass(frozen=True, slots=True)
class Near:
    """A record that is near a question, and its nearest piece."""

    pk: int
    kind: str
    id: str
    version: int
    piece: int
    #: Cosine of the angle between question and piece; this model's begin at about 0.7.
    nearness: float

    @property
    def key(self) -> tuple[str, str]:
        """Name the record."""
        return self.kind, self.id


@dataclass(slots=True)
class Shelf:
    """Everything at one revision; never changed, only replaced."""

    records: tuple[Shelved, ...] = ()
    revision: int = 0
    _matrix: np.ndarray = field(init=False, repr=False)
    _owners: np.ndarray = field(init=False, repr=False)
    _pieces: np.ndarray = field(init=False, repr=False)
    _audiences: dict[str, np.ndarray] = field(init=False, repr=False)
    _facets: dict[tuple[str, str], np.ndarray] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        counts = [len(record.pieces) for record in self.records]
        self._owners = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
        self._pieces = np.array([piece for record in self.records for piece in record.pieces], dtype=np.int64)
        self._matrix = np.empty((len(self._pieces), DIMENSIONS), dtype=RECKONED)
        place = 0
        for record in self.records:
            self._matrix[place : place + len(record.pieces)] = record.vectors
            place += len(record.pieces)
        self._audiences = _places((record.audience, row) for row, record in enumerate(self.records))
        self._facets = _places(
            ((facet, key), row)
            for row, record in enumerate(self.records)
            for facet, keys in record.facets.items()
            for key in keys
        )

    def __len__(self) -> int:
        return len(self._pieces)

    def near(
        self, question: bytes, labels: Iterable[str], filters: Mapping[str, Sequence[str]] | None = None
    ) -> Iterator[Near]:
        """Give the records of these audiences under these filters, the nearest first; others are not ranked at all."""
        vector = np.frombuffer(question, dtype=RECKONED)
        open_rows = self._open(labels, filters or {})
        seen: set[int] = set()
        for place, nearness in self._nearest(vector, open_rows[self._owners]):
            row = int(self._owners[place])
            if row not in seen:
                seen.add(row)
                record = self.records[row]
                piece = int(self._pieces[place])
                yield Near(record.pk, record.kind, record.id, record.version, piece, nearness)

    def _open(self, labels: Iterable[str], filters: Mapping[str, Sequence[str]]) -> np.ndarray:
        rows = self._any(self._audiences, labels)
        for facet, keys in filters.items():
            if keys:
                rows &= self._any(self._facets, ((facet, key) for key in keys))
        return rows

    def _any(self, places: Mapping, keys: Iterable) -> np.ndarray:
        rows = np.zeros(len(self.records), dtype=bool)
        for key in keys:
            if key in places:
                rows[places[key]] = True
        return rows

    def _nearest(self, vector: np.ndarray, is_open: np.ndarray) -> Iterator[tuple[int, float]]:
        places = np.flatnonzero(is_open)
        # Where all is open the matrix is used as it stands; copying its rows takes longer than reckoning.
        is_most = len(places) * 4 > len(is_open)
        scores = (self._matrix @ vector)[places] if is_most else self._matrix[places] @ vector
        shown, look = 0, _FIRST_LOOK
        while shown < len(places):
            best = _best(scores, look)
            for index in best[shown:]:
                yield int(places[index]), float(scores[index])
            shown, look = len(best), look * 4


def _best(scores: np.ndarray, count: int) -> np.ndarray:
    """Return the places of the highest scores in order; equals keep their order, so that a longer look repeats it."""
    if count < len(scores):
        least = np.partition(scores, -count)[-count]
        candidates = np.flatnonzero(scores >= least)
    else:
        candidates = np.arange(len(scores))
    return candidates[np.argsort(-scores[candidates], kind="stable")]


def _places(pairs: Iterable[tuple]) -> dict:
    rows: dict = {}
    for key, row in pairs:
        rows.setdefault(key, []).append(row)
    return {key: np.array(found, dtype=np.int32) for key, found in rows.items()}


def kept(vector: bytes) -> bytes:
    """Return a vector of the model as the database keeps it."""
    return np.frombuffer(vector, dtype=RECKONED).astype(KEPT).tobytes()


def reckoned(vectors: Sequence[bytes]) -> np.ndarray:
    """Return kept vectors as rows to reckon with."""
    return np.frombuffer(b"".join(vectors), dtype=KEPT).astype(RECKONED).reshape(-1, DIMENSIONS)
