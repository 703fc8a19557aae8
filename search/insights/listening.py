"""Which answers of the results page are new questions of readers; they are counted when the answer is out."""

import re
from contextvars import ContextVar
from urllib.parse import parse_qs, urlsplit

from django.core.signals import request_finished
from django.http import HttpRequest
from django.utils import timezone

from search.events import answered
from search.insights.counting import Question, count_question
from search.queries import SearchRequest, clean_query, parse_request
from search.results import ResultsPage

#: Programs say so themselves; whoever says nothing is one, too. Read to leave them out, never kept.
_PROGRAM = re.compile(
    r"bot|crawl|spider|slurp|curl|wget|python|java/|headless|monitor|preview|scan|fetch", re.IGNORECASE
)
_AHEAD_OF_TIME = ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")
#: From the answer to its end; a thread answers one request at a time.
_question: ContextVar[Question | None] = ContextVar("question", default=None)


def watch() -> None:
    """Listen to answers, and to their end, after which nobody waits any more."""
    answered.connect(_remember, dispatch_uid="search.insights")
    request_finished.connect(_count, dispatch_uid="search.insights")


def is_new_question(request: HttpRequest, asked: SearchRequest) -> bool:
    """Tell whether a reader asked something: not a program, an editor, a further page, or other filters."""
    # What a narrowed question does not find says nothing about the portal.
    is_plain = bool(asked.query) and asked == SearchRequest(query=asked.query)
    return (
        is_plain
        and request.method == "GET"
        and not _is_program(request)
        and not _works_here(request.user)
        and asked.query not in _asked_before(request)
    )


def _remember(sender, request: HttpRequest, page: ResultsPage, **kwargs) -> None:
    _question.set(None)
    # The page itself may be another one than was asked for, where there are not so many.
    if page.is_outage or not is_new_question(request, parse_request(dict(request.GET.lists()))):
        return
    shown = tuple((hit.kind, hit.id) for hit in page.hits)
    # As it was searched: a misprint that was repaired is no question of its own.
    question = Question(page.searched_query, timezone.localdate(), found_nothing=not page.total, shown=shown)
    _question.set(question)


def _count(sender, **kwargs) -> None:
    question = _question.get()
    if question is not None:
        _question.set(None)
        count_question(question)


def _is_program(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "")
    is_ahead = any("fetch" in request.headers.get(name, "").lower() or request.headers.get(name) == "preview"
                   for name in _AHEAD_OF_TIME)  # fmt: skip
    return is_ahead or not agent or _PROGRAM.search(agent) is not None


def _works_here(user) -> bool:
    """Editors try out what readers find; that would drown what readers ask."""
    return user.is_authenticated and user.works_in_editing


def _asked_before(request: HttpRequest) -> set[str]:
    """Return the question of the page that the reader comes from, which is no new one."""
    pages = (request.headers.get("Referer", ""), request.headers.get("HX-Current-URL", ""))
    return {clean_query(query) for page in pages for query in _queries_of(page, request.path)}


def _queries_of(page: str, path: str) -> list[str]:
    try:
        parts = urlsplit(page)
        return parse_qs(parts.query).get("q", []) if parts.path == path else []
    except ValueError:
        # Whatever stands there was not written by our pages.
        return []
