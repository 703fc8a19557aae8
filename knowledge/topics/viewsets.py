"""The vocabulary in the Wagtail admin: one menu for terms, topics and fields of action."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet, SnippetViewSetGroup

from knowledge.topics.enums import LabelRelation
from knowledge.topics.models import FieldOfAction, Term, TermLabel, Topic

#: Unit: characters, as in `TermLabel.text`.
LONGEST_WORD = 120

RELATIONS_EXPLAINED = _(
    "Every word that people type for this term. “Means the same” widens a search in both directions, so enter only "
    "words that never mean anything else; different legal categories (recognised refugees, asylum seekers, people "
    "with a suspension of deportation) are never the same. An abbreviation with several meanings is entered as “may "
    "mean several things” at every term that it may mean; the search then asks which one is meant."
)


class TermFilterSet(WagtailFilterSet):
    """Narrows the list to terms with a kind of word, or of a topic."""

    relation = ChoiceFilter(
        label=_("Has a word that …"), field_name="labels__relation", choices=LabelRelation.choices, distinct=True
    )
    topic = ModelChoiceFilter(label=_("Topic"), field_name="topics", queryset=Topic.objects.all())

    class Meta:
        model = Term
        fields = []


class TermCreateView(CreateView):
    """A new term, with a word that readers searched for filled in where the address names one."""

    def get_initial_form_instance(self):
        """Begin with the word among the other words, because which one is preferred is for editors to say."""
        word = " ".join(self.request.GET.get("wort", "").split())[:LONGEST_WORD]
        return Term(labels=[TermLabel(text=word)]) if word else super().get_initial_form_instance()


def new_term_url(word: str, person) -> str:
    """Return the address of the form with a word filled in, for those who may add terms."""
    address = reverse("wagtailsnippets_topics_term:add")
    return f"{address}?{urlencode({'wort': word})}" if person.has_perm("topics.add_term") else ""


class TermViewSet(SnippetViewSet):
    """The terms of the glossary, which are the search's thesaurus too."""

    model = Term
    icon = "openquote"
    menu_label = _("Terms")
    menu_name = "terms"
    list_display = ["preferred", "definition", "source", UpdatedAtColumn()]
    list_per_page = 50
    add_view_class = TermCreateView
    list_export = [
        "preferred", "slug", "definition", "source", "source_url", "retrieved", "scope_note", "editorial_note",
        "same_words", "narrower_words", "related_words", "outdated_words", "ambiguous_words", "topic_names",
        "updated_at",
    ]  # fmt: skip
    export_filename = "glossar"
    filterset_class = TermFilterSet
    ordering = ["preferred"]
    panels = [
        MultiFieldPanel(
            [FieldPanel("preferred"), FieldPanel("definition"), FieldPanel("scope_note"), FieldPanel("slug")],
            heading=_("Term"),
        ),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("source_url"), FieldPanel("retrieved")], heading=_("Source")),
        MultiFieldPanel(
            [
                HelpPanel(content=RELATIONS_EXPLAINED),
                InlinePanel(
                    "labels", panels=[FieldPanel("text"), FieldPanel("relation"), FieldPanel("is_abbreviation")]
                ),
            ],
            heading=_("Other words"),
        ),
        FieldPanel("topics"),
        FieldPanel("editorial_note"),
    ]


class TopicViewSet(SnippetViewSet):
    """The tree of topics."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_name = "topics"
    list_display = ["name", "broader", "field_of_action"]
    list_filter = ["field_of_action", "broader"]
    list_per_page = 50
    list_export = ["name", "slug", "description", "broader", "field_of_action"]
    export_filename = "themen"
    ordering = ["name"]
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("broader"),
        FieldPanel("field_of_action"),
    ]


class FieldOfActionViewSet(SnippetViewSet):
    """The fields of action, in the order in which readers see them."""

    model = FieldOfAction
    icon = "list-ul"
    menu_label = _("Fields of action")
    menu_name = "fields-of-action"
    list_display = ["name", "position"]
    list_export = ["name", "slug", "description", "position"]
    export_filename = "handlungsfelder"
    ordering = ["position", "name"]
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description"), FieldPanel("position")]


class VocabularyGroup(SnippetViewSetGroup):
    """The menu that holds the three."""

    items = (TermViewSet, TopicViewSet, FieldOfActionViewSet)
    menu_label = _("Vocabulary")
    menu_name = "vocabulary"
    menu_icon = "tag"
    menu_order = 300
