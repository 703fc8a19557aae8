"""A file that is no paper for its size alone is refused with a reason, not shown as an endless preview."""

import pytest

from knowledge.papers.reading.door import MOST_SECTIONS, read_paper
from knowledge.papers.reading.errors import PaperUnreadable, Reason


def test_a_text_of_endless_headings_is_refused():
    text = "# Titel\n\n" + "\n\n".join(f"## Kapitel {number}\n\nText." for number in range(MOST_SECTIONS + 1))
    with pytest.raises(PaperUnreadable) as refused:
        read_paper(text.encode(), "viel.md")
    assert refused.value.reason is Reason.TOO_MANY_PARTS
