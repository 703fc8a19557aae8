"""Fields of action and the topic tree; every room tags with them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from knowledge.topics.enums import EntryKind


class FieldOfAction(index.Indexed, models.Model):
    """A municipal field of action (Handlungsfeld), the widest rubric of the portal."""

    slug = models.SlugField(_("short address"), unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    description = models.TextField(_("what belongs to it"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    search_fields = [index.AutocompleteField("name"), index.AutocompleteField("description")]

    class Meta:
        verbose_name = _("field of action")
        verbose_name_plural = _("fields of action")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class Topic(index.Indexed, models.Model):
    """A topic (skos:Concept with skos:broader); a page carries as many as it is about."""

    slug = models.SlugField(_("short address"), unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    description = models.TextField(_("description"), blank=True)
    broader = models.ForeignKey(
        "self",
        verbose_name=_("broader topic"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="narrower",
    )
    field_of_action = models.ForeignKey(
        FieldOfAction,
        verbose_name=_("field of action"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="topics",
    )

    search_fields = [index.AutocompleteField("name"), index.AutocompleteField("description")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def clean(self):
        """Refuse a circle, because walking up the tree would never end."""
        if self.pk and self.pk in {topic.pk for topic in self.path()[:-1]}:
            raise ValidationError(
                {"broader": _("“%(topic)s” cannot stand below itself.") % {"topic": self.name}}, code="circle"
            )

    def path(self) -> list["Topic"]:
        """Return the topics from the root down to this one; stops where a circle closes."""
        way, topic = [self], self.broader
        while topic is not None and len(way) <= 20:
            way.append(topic)
            topic = None if topic.pk == self.pk else topic.broader
        return way[::-1]


class VocabularyEntry(models.Model):
    """What the loader put in and in which wording, so that it can tell what editors changed or deleted since."""

    kind = models.CharField(max_length=8, choices=EntryKind)
    slug = models.SlugField(max_length=80)
    #: SHA-256 of the entry as it was loaded.
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(name="entry_once_per_kind", fields=["kind", "slug"])]

    def __str__(self):
        return f"{self.kind}:{self.slug}"
