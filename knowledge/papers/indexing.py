"""What the search may know of position papers: one record a paper, one passage a section."""

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knowledge.papers.footnotes import MARK_PATTERN, Footnote, footnotes_of
from knowledge.papers.models import PositionPaperPage
from knowledge.topics.models import FieldOfAction, Topic
from portal.places.models import Department, Municipality
from portal.shared.models import PortalImage
from portal.shared.pages import pages_that_use, visible_page_ids
from portal.shared.plaintext import text_of_html, text_of_stream
from portal.shared.templatetags.portal_page import partial_date
from search import door


def record_of(paper: PositionPaperPage) -> door.SearchRecord | None:
    """Return the record of a live paper; drafts are not findable."""
    if not paper.live or not paper.url:
        return None
    municipality = paper.responsible_department.municipality if paper.responsible_department else None
    return door.SearchRecord(
        kind="paper",
        id=str(paper.pk),
        url=paper.url,
        title=paper.title,
        summary=paper.summary,
        sections=tuple(_passages(paper)),
        topics=tuple(door.Facet(topic.slug, topic.name) for topic in paper.topics.all()),
        fields_of_action=tuple(door.Facet(field.slug, field.name) for field in paper.fields_of_action.all()),
        organisation=paper.issuing_body,
        municipality=door.Facet(municipality.ags, municipality.name) if municipality else None,
        edition=str(paper.edition),
        keywords=(date_format(paper.as_of, "DATE_FORMAT"), paper.work_phase),
        date=paper.as_of,
        audience=paper.audience,
    )


def _passages(paper: PositionPaperPage):
    opening = _without_marks(text_of_stream(paper.opening))
    if opening:
        yield door.Section(heading="", anchor="", text=opening)
    for section in paper.anchored_sections():
        yield door.Section(
            heading=section.heading,
            anchor=section.anchor,
            number=section.number,
            text=_without_marks(text_of_stream(section.body)),
        )
    for note in footnotes_of(paper):
        yield door.Section(
            heading=gettext("Footnote %(number)s") % {"number": note.number},
            anchor=note.anchor,
            text=_text_of_note(note),
            is_aside=True,
        )


def _text_of_note(note: Footnote) -> str:
    """Return the words of a note as the page shows them, its address and its retrieval date included."""
    retrieved = partial_date(note.value["retrieved"])
    words = (
        text_of_html(note.value["text"].source),
        note.value["source"],
        note.url,
        gettext("retrieved: %(date)s") % {"date": retrieved} if retrieved else "",
    )
    return " ".join(filter(None, words))


def _without_marks(text: str) -> str:
    return MARK_PATTERN.sub("", text)


def _papers_of_municipality(municipality: Municipality):
    return PositionPaperPage.objects.filter(responsible_department__municipality=municipality)


def register() -> None:
    """Announce the room at the search's door."""
    pks = "pk"
    door.register(
        PositionPaperPage,
        kind="paper",
        label=_("Position paper"),
        project=record_of,
        queryset=lambda: (
            PositionPaperPage.objects.live()
            .select_related("responsible_department__municipality")
            .prefetch_related("topics", "fields_of_action")
            .order_by("pk")
        ),
        visible_to=visible_page_ids(PositionPaperPage),
        depends_on=(
            door.Dependency(Topic, lambda topic: topic.papers.values_list(pks, flat=True)),
            door.Dependency(FieldOfAction, lambda field: field.papers.values_list(pks, flat=True)),
            door.Dependency(
                Department,
                lambda office: PositionPaperPage.objects.filter(responsible_department=office).values_list(
                    pks, flat=True
                ),
            ),
            door.Dependency(PortalImage, pages_that_use(PositionPaperPage)),
            door.Dependency(Municipality, lambda place: _papers_of_municipality(place).values_list(pks, flat=True)),
        ),
    )
