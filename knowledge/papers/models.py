"""The position paper as a page, the index of papers, and the anchors that outside links rely on."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page

from knowledge.papers import presentation
from knowledge.papers.anchors import AnchoredSection, anchored
from knowledge.papers.blocks import FootnotesBlock, SectionBlock
from knowledge.papers.citations import FORMATS
from knowledge.papers.footnotes import marks_without_note
from portal.shared.blocks import BodyBlock
from portal.shared.pages import BasePage, ReviewedMixin


class PaperIndexPage(RoutablePageMixin, BasePage):
    """The list of all position papers with its filters."""

    lead = models.TextField(_("introduction"), blank=True)

    template = "knowledge/papers/paper_index_page.html"
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["papers.PositionPaperPage"]
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    class Meta:
        verbose_name = _("list of position papers")

    def get_context(self, request, *args, **kwargs):
        """Add the filtered, paginated papers that the reader may see."""
        context = super().get_context(request, *args, **kwargs)
        context.update(presentation.index_context(self, request, PositionPaperPage))
        return context


class PositionPaperPage(RoutablePageMixin, ReviewedMixin, BasePage):
    """A paper in which a body of the network takes a stand, as of a day and in an edition."""

    issuing_body = models.CharField(_("issuing body"), max_length=255, help_text=_("Who takes this stand."))
    #: Stand: the day as of which the paper speaks.
    as_of = models.DateField(_("as of"), help_text=_("The day as of which the paper speaks, as printed on it."))
    work_phase = models.CharField(_("work phase"), max_length=120, blank=True)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    supersedes = models.ForeignKey(
        "self",
        verbose_name=_("supersedes"),
        help_text=_("The edition before this one."),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="later_editions",
    )
    summary = models.TextField(_("summary"), blank=True, help_text=_("Two to five sentences in plain words."))
    opening = StreamField(BodyBlock(), verbose_name=_("opening text"), blank=True)
    sections = StreamField([("section", SectionBlock())], verbose_name=_("sections"), blank=True)
    footnotes = StreamField(FootnotesBlock(required=False), verbose_name=_("footnotes"), blank=True)
    topics = ParentalManyToManyField("topics.Topic", verbose_name=_("topics"), blank=True, related_name="papers")
    fields_of_action = ParentalManyToManyField(
        "topics.FieldOfAction", verbose_name=_("fields of action"), blank=True, related_name="papers"
    )

    template = "knowledge/papers/position_paper_page.html"
    parent_page_types = ["papers.PaperIndexPage"]
    subpage_types = []

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("issuing_body"),
                FieldRowPanel([FieldPanel("as_of"), FieldPanel("edition"), FieldPanel("work_phase")]),
                PageChooserPanel("supersedes"),
            ],
            heading=_("Origin"),
        ),
        FieldPanel("summary"),
        FieldPanel("opening"),
        FieldPanel("sections"),
        FieldPanel("footnotes", help_text=_("Write [^1] in the text to refer to the note with the mark 1.")),
    ]
    promote_panels = [
        MultiFieldPanel([FieldPanel("topics"), FieldPanel("fields_of_action")], heading=_("Subject")),
        *Page.promote_panels,
    ]
    settings_panels = [
        MultiFieldPanel([FieldPanel("responsible_department"), FieldPanel("review_date")], heading=_("Review")),
        *BasePage.settings_panels,
    ]

    class Meta:
        verbose_name = _("position paper")
        verbose_name_plural = _("position papers")

    def clean(self):
        """Refuse a paper that supersedes itself or refers to a footnote that is not there."""
        super().clean()
        if self.supersedes_id and self.supersedes_id == self.pk:
            raise ValidationError({"supersedes": _("A paper cannot supersede itself. Choose the edition before it.")})
        missing = marks_without_note(self)
        if missing:
            raise ValidationError(
                {
                    "footnotes": _(
                        "The text refers to footnotes that do not exist: %(marks)s. Add them or remove the marks."
                    )
                    % {"marks": ", ".join(f"[^{mark}]" for mark in missing)}
                }
            )

    def save(self, *args, **kwargs):
        """Keep the anchors of what the public can now link to."""
        super().save(*args, **kwargs)
        fields = kwargs.get("update_fields")
        if self.live and (fields is None or "sections" in fields):
            self._keep_anchors()

    def _keep_anchors(self):
        SectionAnchor.objects.bulk_create(
            [SectionAnchor(page=self, block_id=part.block_id, anchor=part.anchor) for part in self.anchored_sections()],
            ignore_conflicts=True,
        )

    def anchored_sections(self) -> list[AnchoredSection]:
        """Return the sections with their shown numbers and their anchors; one query."""
        published = {}
        if self.pk:
            published = {str(row.block_id): row.anchor for row in SectionAnchor.objects.filter(page_id=self.pk)}
        return anchored(self.sections, published)

    @cached_property
    def year(self) -> int:
        """Return the year of the paper's Stand."""
        return self.as_of.year

    def is_stale(self) -> bool:
        """Tell whether the review date has passed today."""
        return self.is_overdue(timezone.localdate())

    def get_context(self, request, *args, **kwargs):
        """Add sections, footnotes, citations and the editions before and after."""
        context = super().get_context(request, *args, **kwargs)
        context.update(presentation.paper_context(self, request))
        return context

    @path("zitat/<slug:name>/", name="citation")
    def citation(self, request, name):
        """Serve the citation as a file for a reference manager."""
        return presentation.citation_response(self, FORMATS.get(name))


class SectionAnchor(models.Model):
    """The anchor of a section as it was first published; it stays when the heading changes or the section goes."""

    page = models.ForeignKey(PositionPaperPage, on_delete=models.CASCADE, related_name="anchors")
    block_id = models.UUIDField()
    anchor = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_anchor_per_section", fields=["page", "block_id"]),
            models.UniqueConstraint(name="one_section_per_anchor", fields=["page", "anchor"]),
        ]

    def __str__(self):
        return f"#{self.anchor}"


class PaperImport(models.Model):
    """A file that was read and shown to its uploader, and the draft that was made of it."""

    sha256 = models.CharField(_("checksum"), max_length=64, db_index=True)
    filename = models.CharField(_("file name"), max_length=255)
    #: What was recognised, as `knowledge.papers.reading` writes it.
    recognised = models.JSONField(_("what was recognised"))
    uploaded_by = models.ForeignKey(
        "accounts.User", verbose_name=_("uploaded by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    page = models.ForeignKey(
        PositionPaperPage,
        verbose_name=_("draft"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="imports",
    )

    class Meta:
        verbose_name = _("imported paper")
        verbose_name_plural = _("imported papers")
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.filename
