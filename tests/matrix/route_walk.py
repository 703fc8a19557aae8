"""Finds every route of the resolver and turns its pattern into addresses that exist."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Revision, Site, Task, Workflow

from portal.accounts.models import RoleAssignment
from tests.matrix.world import World

_APP_LABEL = re.compile(r"\(\?P<app_label>[\w|]+\)/\$")
_ARGUMENT = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
#: What regular expressions in the patterns of Django and Wagtail are satisfied by.
_EXPRESSIONS = (
    (r"(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$",
     "<int:page_id>/revisions/compare/earliest...latest/"),
    (r"(?P<pk>.+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$",
     "<str:pk>/revisions/compare/earliest...latest/"),
    (r".*/$", "gibt-es-nicht/"),
    (r"(?P<url>.*)$", "gibt-es-nicht"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Route:
    """One route of the portal."""

    #: As the URLconf writes it, without the signs that tie expressions to the beginning.
    pattern: str
    name: str

    def __str__(self):
        return f"{self.pattern!r} ({self.name or 'without a name'})"


def routes() -> list[Route]:
    """Return every route in the order in which they are tried."""
    return list(dict.fromkeys(_walk(get_resolver(), "", "")))


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from _walk(entry, pattern, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        else:
            yield Route(pattern, f"{namespace}{entry.name or ''}")


def address_of(route: Route, world: World, page: int) -> str:
    """Return an address that the route answers, about `page` where it is about a page."""
    pattern = _satisfied(route.pattern)
    return "/" + _ARGUMENT.sub(
        lambda match: str(_argument(pattern, match["name"], match["converter"], world, page)), pattern
    )


def is_expression(route: Route) -> bool:
    """Tell whether a pattern holds an expression for which an address must be written by hand."""
    return bool(set(_ARGUMENT.sub("", _satisfied(route.pattern))) & set("()[]?*+$"))


def _satisfied(pattern: str) -> str:
    for expression, satisfied in _EXPRESSIONS:
        pattern = pattern.replace(f"^{expression}", satisfied).replace(expression, satisfied)
    return _APP_LABEL.sub("auth/", pattern).replace("^", "")


def _argument(pattern: str, name: str, converter: str | None, world: World, page: int):
    for looks_like, argument in _ARGUMENTS:
        if re.search(looks_like, f"{pattern}#{name}"):
            return argument(world, page)
    return 1 if converter == "int" else "x"


def _first(model):
    return lambda world, page: model.objects.order_by("pk").values_list("pk", flat=True).first() or 1


def _planted(kind: str):
    return lambda world, page: next(world.of_kind(kind)).pk


def _closed(kind: str):
    return lambda world, page: next(thing for thing in world.of_kind(kind) if thing.audience == "group:A").pk


#: What an argument is called where it stands → an object that exists.
_ARGUMENTS = (
    (r"/papiere/importieren/.*#pk", _planted("papers.PaperImport")),
    (r"snippets/.*home/readermessage.*#pk", _planted("home.ReaderMessage")),
    (r"snippets/.*groups/workinggroup.*#pk", _planted("groups.WorkingGroup")),
    (r"snippets/.*cooperation/usualfee.*#pk", _planted("cooperation.UsualFee")),
    (r"snippets/.*directory/organisation.*#pk", _planted("directory.Organisation")),
    (r"snippets/.*topics/term.*#pk", _planted("topics.Term")),
    (r"snippets/.*topics/topic.*#pk", _planted("topics.Topic")),
    (r"snippets/.*topics/fieldofaction.*#pk", _planted("topics.FieldOfAction")),
    (r"snippets/.*places/municipality.*#pk", _planted("places.Municipality")),
    (r"redaktion/suche/aufgaben/.*#pk", _planted("search_insights.EditorialTask")),
    (r"redaktion/suche/erneut/.*#pk", _planted("search.OutboxEntry")),
    (r"redaktion/verzeichnis/import/.*#pk", _planted("directory.DirectoryImport")),
    (r"redaktion/verzeichnis/vorschlaege/.*#pk", _planted("directory.ProfileChange")),
    (r"redaktion/verzeichnis/einladen/.*#pk", _planted("directory.Organisation")),
    (r"redaktion/verzeichnis/vertretungen/.*#pk", _planted("directory.Representation")),
    (r"redaktion/verzeichnis/aussagen/.*#kind_slug", lambda world, page: "auftrag"),
    (r"personen/rollen/.*#pk", _first(RoleAssignment)),
    (r"personen/einladungen/.*#pk", _planted("accounts.Invitation")),
    (r"personen/anfragen/.*#pk", _planted("accounts.JoinRequest")),
    (r"personen/gruppe/.*#pk", _planted("groups.WorkingGroup")),
    (r"personen/organisation/.*#pk", _planted("directory.Organisation")),
    (r"(personen|users)/.*#pk", _planted("accounts.User")),
    (r"groups/.*#pk", _first(Group)),
    (r"sites/.*#pk", _first(Site)),
    (r"tasks?(/|_chooser/).*#(pk|task_id)", _first(Task)),
    (r"workflows/.*#(pk|workflow_pk)", _first(Workflow)),
    (r"collections/.*#(pk|collection_id)", lambda world, page: Collection.objects.order_by("-pk").first().pk),
    (r"redirects/.*#redirect_id", _first(Redirect)),
    (r"documents/.*#(pk|document_id|doc_id)", _closed("shared.PortalDocument")),
    (r"images/.*#(pk|image_id)", _closed("shared.PortalImage")),
    (r"#filter_spec", lambda world, page: "max-165x165"),
    (r"#destination_id|choose-page/.*#parent_page_id", _planted("home.HomePage")),
    (r"pages/.*#(page_id|parent_page_id|page_to_move_id|pk)|#page_pk", lambda world, page: page),
    (r"#revision_id", lambda world, page: getattr(Revision.objects.filter(object_id=str(page)).last(), "pk", 1)),
    (r"#action_name", lambda world, page: "approve"),
    (r"bulk/.*#action|#action", lambda world, page: "delete"),
    (r"#(app_label|app_name|content_type_app_name)", lambda world, page: "papers"),
    (r"#(model_name|content_type_model_name)", lambda world, page: "positionpaperpage"),
    (r"#content_type_id", lambda world, page: ContentType.objects.get_by_natural_key("papers", "positionpaperpage").pk),
    (r"r/.*#object_id", lambda world, page: page),
    (r"account/emailaddress/.*#object_id", lambda world, page: 1),
)  # fmt: skip
