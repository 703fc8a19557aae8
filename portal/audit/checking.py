"""Whether the log is whole: walks the chain from the oldest kept entry to the end that the writers agreed on."""

from collections.abc import Iterator

from portal.audit.actions import anchor
from portal.audit.chain import Link, Verdict, walk
from portal.audit.models import AuditEntry, ChainHead

_CHUNK = 2000


def check() -> Verdict:
    """Verify every entry; a fault counts only if a second look finds one, since entries may go in between."""
    verdict = _look()
    return verdict if verdict.fault is None else _look()


def _look() -> Verdict:
    # The end first: what is added while we walk lies behind it and is left for the next time.
    head = ChainHead.objects.filter(pk=ChainHead.THE_ONE).first()
    end = head.link() if head is not None else Link()
    return walk(_contents(head), start=anchor(), end=end)


def _contents(head: ChainHead | None) -> Iterator[tuple[dict, str]]:
    entries = AuditEntry.objects.order_by("number")
    if head is not None:
        entries = entries.filter(number__lte=head.number)
    return ((entry.content(), entry.digest) for entry in entries.iterator(chunk_size=_CHUNK))
