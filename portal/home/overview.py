"""What the home page gathers from all rooms: what is new, and how much there is on each field of action."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.directory.models import Organisation
from knowledge.papers.models import PositionPaperPage
from knowledge.topics.models import FieldOfAction

NEWEST = 5


def newest(user) -> list[dict]:
    """Return the papers that were published last and that `user` may read; of an edited paper the newest edition."""
    visible = PositionPaperPage.objects.visible_to(user)
    replaced = visible.filter(supersedes__isnull=False).order_by().values("supersedes")
    papers = visible.exclude(pk__in=replaced).order_by("-first_published_at", "-pk")[:NEWEST]
    return [
        {
            "kind": _("Position paper"),
            "title": page.title,
            "url": page.url,
            "date": page.first_published_at,
            "as_of": page.as_of,
        }
        for page in papers
    ]


def fields_with_counts(user) -> list[dict]:
    """Return every field of action with how much of each kind `user` may read; a zero is shown."""
    visible = PositionPaperPage.objects.visible_to(user).order_by().values("pk")
    fields = FieldOfAction.objects.annotate(
        paper_count=Count("papers", filter=Q(papers__in=visible), distinct=True),
        term_count=Count("topics__terms", distinct=True),
    )
    partners = dict(
        # A query of its own: papers, terms and partners joined in one would multiply.
        Organisation.objects.visible_to(user)
        .filter(fields_of_action__isnull=False)
        .order_by()
        .values_list("fields_of_action")
        .annotate(count=Count("pk"))
    )
    return [
        {
            "field": field,
            "url": f"{reverse('search:results')}?{urlencode({'handlungsfeld': field.slug})}",
            "counts": [
                {"number": field.paper_count, "label": ngettext("paper", "papers", field.paper_count)},
                {
                    "number": partners.get(field.pk, 0),
                    "label": ngettext("partner", "partners", partners.get(field.pk, 0)),
                },
                {"number": field.term_count, "label": ngettext("term", "terms", field.term_count)},
            ],
        }
        for field in fields
    ]
