"""How entries of experts and questions to them look to others: by what they can do, without a name."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page

from knowledge.directory.languages import language_name
from knowledge.directory.models import Expert, ExpertRequest
from knowledge.directory.people.letters import revealed


@dataclass(frozen=True, slots=True)
class ExpertView:
    """An entry as others see it; the person behind it cannot be reached from here."""

    uid: str
    url: str
    headline: str
    competences: str
    conditions: str
    fields_of_action: tuple[str, ...]
    languages: tuple[str, ...]
    municipality: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as the one who asked sees it."""

    request: ExpertRequest
    #: What the expert is called in the register; empty once they left it.
    headline: str
    url: str
    #: Empty, too, once they left.
    answer: str
    revealed: tuple[tuple[str, str], ...]
    has_left: bool


def expert_view(expert: Expert) -> ExpertView:
    """Return what of an entry is shown."""
    return ExpertView(
        uid=str(expert.uid),
        url=expert.get_absolute_url() if expert.pk else "",
        headline=expert.headline,
        competences=expert.competences,
        conditions=expert.conditions,
        fields_of_action=tuple(field.name for field in expert.fields_of_action.all()) if expert.pk else (),
        languages=tuple(language_name(tag) for tag in expert.languages),
        municipality=str(expert.municipality) if expert.municipality else "",
    )


def question_views(requests: Sequence[ExpertRequest]) -> list[QuestionView]:
    """Return questions as the one who asked sees them; of who left the register nothing is told any more."""
    there = set(
        Expert.objects.consenting()
        .filter(pk__in={request.expert_id for request in requests}, person__is_active=True)
        .values_list("pk", flat=True)
    )
    return [_question(request, has_left=request.expert_id not in there) for request in requests]


def _question(request: ExpertRequest, *, has_left: bool) -> QuestionView:
    if has_left:
        return QuestionView(request, headline="", url="", answer="", revealed=(), has_left=True)
    expert = request.expert
    return QuestionView(
        request=request,
        headline=expert.headline,
        url="" if expert.is_hidden else expert.get_absolute_url(),
        answer=request.answer,
        revealed=tuple(revealed(request)) if request.revealed else (),
        has_left=False,
    )


def page_links(page: Page) -> dict:
    """Return the links from one page of a list to the others, as the pagination component takes them."""
    return {
        "page_links": [
            {"number": number, "url": f"?seite={number}", "current": number == page.number}
            if isinstance(number, int)
            else {"number": None}
            for number in page.paginator.get_elided_page_range(page.number)
        ],
        "previous_url": f"?seite={page.previous_page_number()}" if page.has_previous() else None,
        "next_url": f"?seite={page.next_page_number()}" if page.has_next() else None,
    }
