"""What the pages of papers show: the composed list, the paper with its notes, and its citations."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from knowledge.papers.citations import FORMATS, Citation
from knowledge.papers.filters import PaperFilter
from knowledge.papers.footnotes import footnotes_of


def index_context(index, request, model) -> dict:
    """Return the filtered papers of `model` below `index` that the reader may see."""
    papers = model.objects.child_of(index).visible_to(request.user)
    return PaperFilter(request.GET, papers).context()


def paper_context(paper, request) -> dict:
    """Return what the page of a paper shows beside its own fields; related papers are those the reader may see."""
    notes = footnotes_of(paper)
    later = paper.later_editions.all().visible_to(request.user).order_by("-edition").first() if paper.pk else None
    earlier = type(paper).objects.visible_to(request.user).filter(pk=paper.supersedes_id).first()
    return {
        "sections": paper.anchored_sections(),
        "footnotes": notes,
        "footnotes_by_key": {note.key: note for note in notes},
        "is_stale": paper.is_stale(),
        "supersedes": earlier,
        "superseded_by": later,
        "citations": citations(paper, request),
        "related": related_papers(paper, request.user),
        "feedback_url": feedback_url(paper),
    }


def related_papers(paper, user, limit: int = 3) -> list[dict]:
    """Return up to three other papers that share a topic, with the topic as the reason."""
    topics = {topic.pk: topic.name for topic in paper.topics.all()}
    if not topics:
        return []
    shared = (
        type(paper)
        .objects.visible_to(user)
        .filter(topics__in=topics)
        .exclude(pk__in=[paper.pk, paper.supersedes_id])
        .exclude(pk__in=paper.later_editions.values("pk"))
        .order_by("-as_of", "pk")
        .values_list("pk", "topics__pk")
    )
    reasons: dict[int, list[str]] = {}
    for pk, topic in shared:
        if topic in topics and (pk in reasons or len(reasons) < limit):
            reasons.setdefault(pk, []).append(topics[topic])
    pages = type(paper).objects.in_bulk(reasons)
    return [{"page": pages[pk], "reason": ", ".join(names)} for pk, names in reasons.items()]


def feedback_url(paper) -> str:
    """Return the address of the form in which a reader writes about this paper."""
    return f"{reverse('contact')}?{urlencode({'seite': paper.url or ''})}"


def citation_of(paper, request=None) -> Citation:
    """Return what a citation of `paper` says, retrieved today."""
    return Citation(
        title=paper.title,
        issuing_body=paper.issuing_body,
        as_of=paper.as_of,
        edition=paper.edition,
        url=paper.get_full_url(request) or "",
        portal=settings.PORTAL_NAME,
        retrieved=timezone.localdate(),
    )


def citations(paper, request) -> list[dict]:
    """Return the citation in every form, with the address of its download."""
    facts = citation_of(paper, request)
    base = paper.url or ""
    return [
        {
            "format": file_format.name,
            "label": file_format.label,
            "text": file_format.write(facts),
            "download_url": f"{base}{paper.reverse_subpage('citation', args=[file_format.name])}",
        }
        for file_format in FORMATS.values()
    ]


def citation_response(paper, file_format) -> HttpResponse:
    """Serve the citation as a download; an unknown form does not exist."""
    if file_format is None:
        raise Http404
    response = HttpResponse(file_format.write(citation_of(paper)), content_type=file_format.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{paper.slug}.{file_format.extension}"'
    return response
