"""Two simple kinds and a vocabulary, so that the search is tested without the rooms above it."""

from search.door import Facet, SearchRecord, Section, ThesaurusTerm

MUNICIPALITY = "test_municipality"
DEPARTMENT = "test_department"


def municipality_record(place) -> SearchRecord:
    return SearchRecord(kind=MUNICIPALITY, id=str(place.pk), url=f"/kommunen/{place.ags}/", title=place.name)


def department_record(office) -> SearchRecord | None:
    """An office without an e-mail address is a draft; the local part of the address names its audience."""
    if not office.email:
        return None
    return SearchRecord(
        kind=DEPARTMENT,
        id=str(office.pk),
        url=f"/aemter/{office.pk}/",
        title=office.name,
        sections=(Section("Zuständigkeit", "zustaendig", f"{office.name} in {office.municipality.name}."),),
        municipality=Facet(office.municipality.ags, office.municipality.name),
        audience=office.email.partition("@")[0],
    )


def visible_rows(model):
    def visible(user, ids):
        return {str(pk) for pk in model.objects.filter(pk__in=list(ids)).values_list("pk", flat=True)}

    return visible


class Terms:
    """A vocabulary in memory; replacing its terms changes its version."""

    def __init__(self):
        self._terms: list[ThesaurusTerm] = []
        self._version = 0

    def replace(self, *terms: ThesaurusTerm) -> None:
        self._terms = list(terms)
        self._version += 1

    def terms(self):
        return self._terms

    def version(self) -> str:
        return str(self._version)
