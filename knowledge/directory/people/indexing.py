"""What the search knows of experts: what they can do, never who they are; contact persons it does not know at all.

A record carries the words of the entry while its consent holds. The index may lag behind a withdrawal, so every hit
is looked up in the database once more before it is shown.
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from knowledge.directory.languages import language_name
from knowledge.directory.models import Consent, Expert
from knowledge.topics.models import FieldOfAction
from portal.accounts.models import User
from portal.places.models import Municipality
from search import door

KIND = "expert"


def project(expert: Expert) -> door.SearchRecord | None:
    """Describe an expert who agreed to be found; of anybody else there is no record."""
    place = expert.municipality
    languages = tuple(door.Facet(tag, language_name(tag)) for tag in expert.languages)
    spoken = ", ".join(facet.label for facet in languages)
    fields = sorted(expert.fields_of_action.all(), key=lambda field: field.position)
    return door.SearchRecord(
        kind=KIND,
        id=str(expert.pk),
        url=expert.get_absolute_url(),
        title=expert.headline,
        summary=expert.competences,
        sections=(door.Section("", "", gettext("Languages: %(names)s") % {"names": spoken}),) if spoken else (),
        fields_of_action=tuple(door.Facet(key=field.slug, label=field.name) for field in fields),
        municipality=door.Facet(key=place.ags, label=place.name) if place else None,
        spoken=languages,
        audience=expert.audience,
    )


def records() -> QuerySet[Expert]:
    """Return the experts who can be found, with what their projection reads."""
    return Expert.objects.shown().select_related("municipality").prefetch_related("fields_of_action").order_by("pk")


def visible_to(user, ids: Iterable[str]) -> set[str]:
    """Return which of the experts `user` may find at this moment."""
    return {str(pk) for pk in Expert.objects.visible_to(user).filter(pk__in=list(ids)).values_list("pk", flat=True)}


def look_again(experts: QuerySet[Expert]) -> None:
    """Have the index look at experts again whose consent ran out, which is no change that anybody saved."""
    door.mark(experts)


def register() -> None:
    """Make experts findable; a consent that is given or taken back reaches the index like a change of the entry."""
    door.register(
        Expert,
        kind=KIND,
        # People appear as somebody who can be asked, never by their names.
        label=_("Expert: ask"),
        project=project,
        queryset=records,
        visible_to=visible_to,
        depends_on=(
            door.Dependency(Consent, lambda consent: [consent.expert_id] if consent.expert_id else []),
            door.Dependency(User, lambda person: Expert.objects.filter(person=person).values_list("pk", flat=True)),
            door.Dependency(FieldOfAction, lambda field: field.experts.values_list("pk", flat=True)),
            door.Dependency(Municipality, lambda place: place.experts.values_list("pk", flat=True)),
        ),
    )
