"""Which records answer a question: by words, terms, organisation and time of change."""

from django.db.models import Q, QuerySet

from knowledge.directory.hsds.questions import Question
from knowledge.directory.hsds.taxonomies import (
    FIELD,
    KIND,
    LEGAL_FORM,
    MANDATE,
    SERVICE,
    STATUS,
    Taxonomy,
    code_of,
)
from knowledge.directory.models import Offer, Organisation

#: Taxonomy → field by which its terms pick out organisations; those of other taxonomies pick out nothing.
_ORGANISATION_FIELDS = {
    KIND.slug: "kind",
    LEGAL_FORM.slug: "legal_form",
    FIELD.slug: "fields_of_action__slug",
    MANDATE.slug: "mandates__kind",
    SERVICE.slug: "offers__kind",
}
_OFFER_FIELDS = {SERVICE.slug: "kind", FIELD.slug: "fields_of_action__slug", STATUS.slug: "access__status"}
_ORGANISATION_WORDS = ("name", "short_name", "own_language_name", "summary")
_OFFER_WORDS = ("name", "description", "target_group", "organisation__name")


def matching_organisations(organisations: QuerySet[Organisation], question: Question) -> QuerySet[Organisation]:
    """Keep the organisations that answer the question."""
    found = _by_terms(_by_words(organisations, question, _ORGANISATION_WORDS), question, _ORGANISATION_FIELDS)
    if question.modified_after:
        found = found.filter(updated_at__gte=question.modified_after)
    return found.filter(uid=question.organization_id) if question.organization_id else found


def matching_offers(offers: QuerySet[Offer], question: Question) -> QuerySet[Offer]:
    """Keep the offers that answer the question."""
    found = _by_terms(_by_words(offers, question, _OFFER_WORDS), question, _OFFER_FIELDS)
    if question.modified_after:
        after = question.modified_after
        found = found.filter(Q(updated_at__gte=after) | Q(organisation__updated_at__gte=after))
    return found.filter(organisation__uid=question.organization_id) if question.organization_id else found


def _by_words(records: QuerySet, question: Question, fields: tuple[str, ...]) -> QuerySet:
    """Keep what holds every word; both writings of the first letter, since SQLite folds the letters of ASCII alone."""
    for word in question.search.split():
        anywhere = Q()
        for field in fields:
            for written in {word, word.lower(), word.capitalize()}:
                anywhere |= Q(**{f"{field}__icontains": written})
        records = records.filter(anywhere)
    return records


def _by_terms(records: QuerySet, question: Question, fields: dict[str, str]) -> QuerySet:
    if question.taxonomy_term_id:
        found = code_of(question.taxonomy_term_id)
        if found is None or found[0].slug not in fields:
            return records.none()
        taxonomy, code = found
        records = records.filter(**{fields[taxonomy.slug]: code}).distinct()
    if question.taxonomy_id:
        name = next((fields[slug] for slug in fields if _id_of(slug) == question.taxonomy_id), None)
        if name is None:
            return records.none()
        records = records.filter(**{f"{name}__isnull": False}).exclude(**{name: ""}).distinct()
    return records


def _id_of(slug: str) -> str:
    return Taxonomy(slug, "", dict).id
