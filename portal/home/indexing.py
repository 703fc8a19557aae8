"""What the search may know of ordinary pages."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.home.models import ContentPage
from portal.places.models import Municipality
from portal.shared.models import PortalImage
from portal.shared.pages import pages_that_use, visible_page_ids
from portal.shared.plaintext import text_of_stream
from search import door


def record_of(page: ContentPage) -> door.SearchRecord | None:
    """Return the record of a live page; drafts are not findable."""
    if not page.live or not page.url:
        return None
    return door.SearchRecord(
        kind="page",
        id=str(page.pk),
        url=page.url,
        title=page.title,
        summary=page.lead,
        sections=(door.Section(heading="", anchor="", text="\n".join(filter(None, _texts(page)))),),
        date=page.last_published_at.date() if page.last_published_at else None,
        audience=page.audience,
    )


def _texts(page: ContentPage) -> tuple[str, ...]:
    """The running text and what a kind of page keeps in fields of its own."""
    statement = getattr(page, "accessibilitypage", None)
    own = (statement.method, statement.enforcement_body) if statement else ()
    return (text_of_stream(page.body), *own)


def register() -> None:
    """Announce the room at the search's door."""
    door.register(
        ContentPage,
        kind="page",
        label=_("Page"),
        project=record_of,
        queryset=lambda: ContentPage.objects.live().select_related("accessibilitypage").order_by("pk"),
        visible_to=visible_page_ids(ContentPage),
        depends_on=(door.Dependency(PortalImage, pages_that_use(ContentPage)),),
    )
    door.register_editor_question(lambda: reverse("contact"))
    door.register_facet_names("municipality", _municipality_names)


def _municipality_names(keys) -> dict[str, str]:
    return {place.ags: place.full_name for place in Municipality.objects.filter(ags__in=list(keys))}
