"""What the search knows of the vocabulary: each term as a record, all of them as the thesaurus."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from knowledge.topics.models import FieldOfAction, Term, TermLabel, Topic
from search import door


def project(term: Term) -> door.SearchRecord:
    """Describe a term so that every name of it leads to its place in the glossary."""
    topics = list(term.topics.all())
    fields = {topic.field_of_action for topic in topics if topic.field_of_action}
    return door.SearchRecord(
        kind="term",
        id=str(term.pk),
        url=term.get_absolute_url(),
        title=term.preferred,
        caption=term.definition,
        topics=tuple(door.Facet(key=topic.slug, label=topic.name) for topic in topics),
        fields_of_action=tuple(
            door.Facet(key=field.slug, label=field.name) for field in sorted(fields, key=lambda field: field.position)
        ),
        keywords=tuple(term.shown_alternatives + term.outdated_words),
        # A narrower word names something else: as a keyword it would outrank the entry that is about it.
        mentions=(*term.narrower_words, *term.related_words, term.scope_note),
    )


def records() -> QuerySet[Term]:
    """Return all terms with what their projection reads."""
    return Term.objects.for_reading().order_by("pk")


def visible_to(user, ids: Iterable[str]) -> set[str]:
    """Return which of the terms still exist; every reader may see them."""
    return {str(pk) for pk in Term.objects.visible_to(user).filter(pk__in=list(ids)).values_list("pk", flat=True)}


class Thesaurus:
    """The words that widen queries, read from the terms as they stand."""

    def terms(self) -> list[door.ThesaurusTerm]:
        """Return every term with its words; three queries."""
        return [_thesaurus_term(term) for term in Term.objects.prefetch_related("labels").order_by("preferred")]

    def version(self) -> str:
        """Return a text that changes with every change of a term or a word; one small query."""
        return str(door.changes_of("term"))


def _thesaurus_term(term: Term) -> door.ThesaurusTerm:
    labels = tuple(
        door.ThesaurusLabel(text=label.text, relation=label.relation, is_abbreviation=label.is_abbreviation)
        for label in term.labels.all()
    )
    return door.ThesaurusTerm(key=term.slug, preferred=term.preferred, labels=labels, definition=term.definition)


thesaurus = Thesaurus()

door.register(
    Term,
    kind="term",
    label=_("Term"),
    project=project,
    queryset=records,
    visible_to=visible_to,
    depends_on=(
        door.Dependency(TermLabel, lambda label: [label.term_id]),
        door.Dependency(Topic, lambda topic: topic.terms.values_list("pk", flat=True)),
        door.Dependency(
            FieldOfAction, lambda field: Term.objects.filter(topics__field_of_action=field).values_list("pk", flat=True)
        ),
    ),
)
door.register_thesaurus(thesaurus)


def _names_of(rubrics: type[FieldOfAction] | type[Topic]):
    return lambda slugs: dict(rubrics.objects.filter(slug__in=list(slugs)).values_list("slug", "name"))


door.register_facet_names("field_of_action", _names_of(FieldOfAction))
door.register_facet_names("topic", _names_of(Topic))
