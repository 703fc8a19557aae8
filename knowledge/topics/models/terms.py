"""The terms of the glossary with all their words; the search widens queries by them."""

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import RevisionMixin
from wagtail.search import index

from knowledge.topics.enums import EXCLUSIVE_RELATIONS, LabelRelation
from knowledge.topics.forms import TermForm
from knowledge.topics.models.rubrics import Topic
from knowledge.topics.querysets import TermQuerySet
from knowledge.topics.words import address_of, fold, initial_of, sort_key


class Term(index.Indexed, RevisionMixin, ClusterableModel):
    """A term of the field (skos:Concept): one preferred word, its definition, and the other words people use."""

    slug = models.SlugField(
        _("short address"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Part of the term's address in the glossary. Leave it empty to have it made from the word."),
    )
    preferred = models.CharField(
        _("preferred word"),
        max_length=120,
        unique=True,
        help_text=_("The word that the portal itself uses (skos:prefLabel)."),
    )
    definition = models.TextField(_("definition"), help_text=_("One or two plain sentences."))
    source = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("For legal terms the provision, e.g. “§ 60a AufenthG”.")
    )
    source_url = models.URLField(_("web address of the source"), blank=True, max_length=500)
    #: The day on which the source was last read; empty where the definition is the editors' own.
    retrieved = models.DateField(_("retrieved on"), null=True, blank=True)
    scope_note = models.TextField(
        _("note on use"), blank=True, help_text=_("What the term covers and what it does not; readers see it.")
    )
    editorial_note = models.TextField(
        _("note for editors"),
        blank=True,
        help_text=_("What to mind when writing, e.g. for sensitive terms. Readers do not see it."),
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="terms")
    updated_at = models.DateTimeField(_("last changed"), auto_now=True, db_index=True)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="term")

    search_fields = [
        index.AutocompleteField("preferred"),
        index.AutocompleteField("definition"),
        index.RelatedFields("labels", [index.AutocompleteField("text")]),
    ]
    base_form_class = TermForm
    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["preferred"]

    def __str__(self):
        return self.preferred

    @property
    def revisions(self):
        """Return the term's earlier states, as Wagtail's history asks for them."""
        return self._revisions

    def save(self, *args, **kwargs):
        """Make the address from the word where none was given."""
        self.slug = self.slug or address_of(self.preferred)
        super().save(*args, **kwargs)

    def clean(self):
        """Refuse a preferred word that already leads to another term."""
        holder = (
            TermLabel.objects.filter(folded=fold(self.preferred), relation__in=EXCLUSIVE_RELATIONS)
            .exclude(term_id=self.pk)
            .select_related("term")
            .first()
        )
        if holder:
            raise ValidationError({"preferred": holder.taken_message()}, code="taken")

    def get_absolute_url(self) -> str:
        """Return the stable address of the term, its own page in the glossary."""
        return reverse("topics:term", kwargs={"slug": self.slug})

    @property
    def initial(self) -> str:
        """Return the letter under which the glossary lists the term."""
        return initial_of(self.preferred)

    def texts(self, *relations: LabelRelation) -> list[str]:
        """Return the labels with one of `relations`, in the order of the glossary."""
        chosen = [label.text for label in self.labels.all() if label.relation in relations]
        return sorted(chosen, key=sort_key)

    @property
    def shown_alternatives(self) -> list[str]:
        """Return the words that readers see as other names; outdated ones are found but never shown."""
        return self.texts(LabelRelation.SAME, LabelRelation.AMBIGUOUS)

    @property
    def same_words(self) -> list[str]:
        """Return the words that mean the same."""
        return self.texts(LabelRelation.SAME)

    @property
    def narrower_words(self) -> list[str]:
        """Return the narrower words."""
        return self.texts(LabelRelation.NARROWER)

    @property
    def related_words(self) -> list[str]:
        """Return the related words."""
        return self.texts(LabelRelation.RELATED)

    @property
    def outdated_words(self) -> list[str]:
        """Return the words that lead here and are never shown to readers."""
        return self.texts(LabelRelation.OUTDATED)

    @property
    def ambiguous_words(self) -> list[str]:
        """Return the words that may mean this term among others."""
        return self.texts(LabelRelation.AMBIGUOUS)

    @property
    def topic_names(self) -> list[str]:
        """Return the names of the topics."""
        return sorted((topic.name for topic in self.topics.all()), key=sort_key)


class TermLabel(models.Model):
    """Another word for a term, with its relation to the preferred one."""

    term = ParentalKey(Term, verbose_name=_("term"), on_delete=models.CASCADE, related_name="labels")
    text = models.CharField(_("word"), max_length=120)
    #: `text` without case and spacing, so that “mso” and “MSO” are one word to the constraints.
    folded = models.CharField(max_length=120, editable=False, db_index=True)
    relation = models.CharField(
        _("relation"),
        max_length=12,
        choices=LabelRelation,
        default=LabelRelation.SAME,
        help_text=_(
            "Means the same: whoever searches for one finds the other. Narrower: whoever searches for the preferred "
            "word finds this one too, not the other way round. Related: is only suggested. Outdated or degrading: "
            "leads here, is never shown. May mean several things: the search asks which meaning is meant; enter the "
            "word at every term that it may mean."
        ),
    )
    is_abbreviation = models.BooleanField(_("abbreviation"), default=False)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("other word")
        verbose_name_plural = _("other words")
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                name="label_once_per_term",
                fields=["term", "folded"],
                violation_error_message=_("This word stands twice at this term."),
            ),
            models.UniqueConstraint(
                name="exclusive_label_on_one_term",
                fields=["folded"],
                condition=models.Q(relation__in=sorted(EXCLUSIVE_RELATIONS)),
                violation_error_message=_("This word already leads to another term."),
            ),
        ]

    def __str__(self):
        return self.text

    def save(self, *args, **kwargs):
        """Keep the folded form equal to the text."""
        self.folded = fold(self.text)
        super().save(*args, **kwargs)

    def clean(self):
        """Refuse a word that already leads elsewhere, and say where."""
        self.folded = fold(self.text)
        if self.relation in EXCLUSIVE_RELATIONS:
            conflicting = EXCLUSIVE_RELATIONS | {LabelRelation.AMBIGUOUS}
        elif self.relation == LabelRelation.AMBIGUOUS:
            conflicting = EXCLUSIVE_RELATIONS
        else:
            return
        self._refuse_preferred_word()
        others = TermLabel.objects.filter(folded=self.folded, relation__in=conflicting).exclude(term_id=self.term_id)
        holder = others.select_related("term").first()
        if holder:
            raise ValidationError({"text": holder.taken_message()}, code="taken")

    def _refuse_preferred_word(self):
        """A preferred word leads to its own term; as another term's synonym it would lead to both."""
        for pk, preferred in Term.objects.values_list("pk", "preferred"):
            if fold(preferred) == self.folded:
                own = pk == self.term_id
                message = (
                    _("“%(word)s” is the preferred word of this term already.")
                    if own
                    else _("“%(word)s” is a term of its own. Choose “is related” or “is a narrower word”.")
                )
                raise ValidationError({"text": message % {"word": self.text}}, code="taken")

    def taken_message(self) -> str:
        """Say which term holds this word and how to free it."""
        values = {"word": self.text, "term": self.term.preferred}
        if self.relation == LabelRelation.AMBIGUOUS:
            return (
                _(
                    "“%(word)s” may mean several things and stands so at the term “%(term)s”. "
                    "Choose “may mean several things” here too."
                )
                % values
            )
        return (
            _(
                "“%(word)s” already leads to the term “%(term)s”. Remove it there, or choose "
                "“may mean several things” at both terms."
            )
            % values
        )
