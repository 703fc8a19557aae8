"""The portal's code lists as taxonomies of the standard, and which records a term picks out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knowledge.directory import enums
from knowledge.directory.hsds.identities import known, shared_id
from knowledge.topics.models import FieldOfAction
from knowledge.topics.residence_status import ResidenceStatus

Names = dict[str, str]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A code list under its stable short name."""

    slug: str
    name: str | Promise
    names: Callable[[], Names]

    @property
    def id(self) -> str:
        """Return the name of the taxonomy towards other systems."""
        return shared_id("taxonomy", self.slug)

    def term_id(self, code: str) -> str:
        """Return the name of one of its terms."""
        return shared_id("term", self.slug, code)

    def as_json(self) -> dict:
        """Return the taxonomy as the standard writes it."""
        return {"id": self.id, "name": str(self.name), "description": str(self.name), "version": "1"}

    def term(self, code: str, name: str = "") -> dict:
        """Return one of its terms as the standard writes it."""
        name = name or self.names().get(code, code)
        return known(
            id=self.term_id(code),
            code=code,
            name=name,
            description=name,
            taxonomy=str(self.name),
            taxonomy_id=self.id,
            language="de",
        )


def _of(choices) -> Callable[[], Names]:
    return lambda: {str(value): str(label) for value, label in choices.choices}


def _fields_of_action() -> Names:
    return dict(FieldOfAction.objects.values_list("slug", "name"))


#: What is known of an organisation beside its categories; the value stands in the attribute.
FACTS = {
    "ags": _("official municipality key (AGS)"),
    "area": _("works in"),
    "member-of": _("member of"),
    "crosses-origins": _("works across origins"),
    "paid-staff": _("paid staff"),
    "freelancers": _("works with freelancers"),
    "volunteers": _("volunteers"),
    "reachable": _("when you can be reached"),
    "rooms": _("rooms"),
    "answers-within": _("answers within (days)"),
    "takes-requests": _("takes requests"),
    "conditions": _("how you work with authorities"),
    "quality": _("how you keep up quality"),
    "protection-concept": _("has a protection concept"),
    "responsibility": _("responsibility"),
    "legal-basis": _("legal basis"),
    "members": _("members"),
    "reached": _("people reached in a year"),
}

KIND = Taxonomy("organisation-kind", _("kind of organisation"), _of(enums.OrganisationKind))
LEGAL_FORM = Taxonomy("legal-form", _("legal form"), _of(enums.LegalForm))
SERVICE = Taxonomy("service-kind", _("kind of service"), _of(enums.ServiceKind))
FIELD = Taxonomy("field-of-action", _("field of action"), _fields_of_action)
APPROACH = Taxonomy("approach", _("approaches"), _of(enums.Approach))
MANDATE = Taxonomy("mandate-kind", _("kind of mandate"), _of(enums.MandateKind))
STATE = Taxonomy("mandate-state", _("state of a mandate"), _of(enums.MandateState))
STATUS = Taxonomy("residence-status", _("residence status"), _of(ResidenceStatus))
COST = Taxonomy("cost", _("cost"), _of(enums.CostKind))
TRANSPARENCY = Taxonomy("transparency", _("point of transparency"), _of(enums.TransparencyItem))
FACT = Taxonomy("fact", _("fact about an organisation"), lambda: {code: str(name) for code, name in FACTS.items()})
TAXONOMIES = (KIND, LEGAL_FORM, SERVICE, FIELD, APPROACH, MANDATE, STATE, STATUS, COST, TRANSPARENCY, FACT)


def terms(taxonomy_id: str = "") -> Iterator[dict]:
    """Give every term, or those of one taxonomy."""
    for taxonomy in TAXONOMIES:
        if taxonomy_id in ("", taxonomy.id):
            for code, name in taxonomy.names().items():
                yield taxonomy.term(code, name)


def code_of(term_id: str) -> tuple[Taxonomy, str] | None:
    """Return the taxonomy and the code behind the name of a term; nothing where no term has it."""
    for taxonomy in TAXONOMIES:
        for code in taxonomy.names():
            if taxonomy.term_id(code) == term_id:
                return taxonomy, code
    return None
