"""The abstract base of every page: it has an audience, and nobody outside of it reads the page."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageQuerySet, ReferenceIndex

from portal.shared.inheritance import keep_restrictions
from portal.shared.visibility import Audience, AudienceField, ChosenAudienceField, audience_name, labels_for

#: Where home pages stand in Wagtail's tree, right below its root.
HOME_DEPTH = 2


class VisiblePageQuerySet(PageQuerySet):
    """Pages narrowed to what a person may read."""

    def visible_to(self, user):
        """Keep live pages for `user`'s audiences; Wagtail's own view restrictions are part of the audience."""
        return self.live().filter(audience__in=labels_for(user))


VisiblePageManager = PageManager.from_queryset(VisiblePageQuerySet)


class BasePage(Page):
    """A page of the portal (ADR 0001: an abstract base, Wagtail's own `Page` is not swapped)."""

    chosen_audience = ChosenAudienceField()
    #: What holds: the choice, narrowed by the pages above and by view restrictions (`portal.shared.inheritance`).
    audience = AudienceField(verbose_name=_("seen by"), editable=False)

    objects = VisiblePageManager()

    settings_panels = [
        MultiFieldPanel(
            [FieldPanel("chosen_audience"), FieldPanel("audience", read_only=True)], heading=_("Visibility")
        ),
        *Page.settings_panels,
    ]

    class Meta:
        abstract = True

    def get_audience_display(self) -> str:
        """Return how the audience that holds is called, for the editing interface."""
        return audience_name(self.audience)

    def is_visible_to(self, user) -> bool:
        """Tell whether `user` belongs to the page's audience; the same rule as `visible_to()`."""
        return self.audience in labels_for(user)

    def copy(self, *args, **kwargs):
        """Copy with every restriction, in one transaction, so that a copy is never wider than its original."""
        with transaction.atomic():
            copied = super().copy(*args, **kwargs)
            keep_restrictions(Page.objects.get(pk=self.pk), Page.objects.get(pk=copied.pk))
        copied.refresh_from_db(fields=["audience"])
        return copied

    def get_context(self, request, *args, **kwargs):
        """Add the way from the home page, without steps that the reader may not see."""
        context = super().get_context(request, *args, **kwargs)
        context["crumbs"] = self._crumbs(request.user)
        return context

    def _crumbs(self, user) -> list[dict]:
        """Nothing for the home page and the pages right below it, whose way the breadcrumb knows itself."""
        if self.depth <= HOME_DEPTH + 1:
            return []
        between = self.get_ancestors().filter(depth__gt=HOME_DEPTH).live().specific()
        steps = [{"title": page.title, "url": page.url} for page in between if page.is_visible_to(user)]
        return [{"title": "", "url": "/"}, *steps]

    def get_sitemap_urls(self, request=None):
        """Name only public pages to crawlers; Wagtail's own rule knows view restrictions, not audiences."""
        return super().get_sitemap_urls(request) if self.audience == Audience.PUBLIC else []


class ReviewedMixin(models.Model):
    """Something that an office answers for and that must be looked at again by a certain day."""

    responsible_department = models.ForeignKey(
        "places.Department",
        verbose_name=_("responsible office"),
        help_text=_("The office that answers questions about this page and reviews it."),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    review_date = models.DateField(
        _("review by"),
        help_text=_("After this day, readers see that the page has not been reviewed."),
        null=True,
        blank=True,
    )

    class Meta:
        abstract = True

    def is_overdue(self, on) -> bool:
        """Tell whether the review date lies before the day `on`."""
        return self.review_date is not None and self.review_date < on


def visible_page_ids(model):
    """Return the function with which the search keeps those of its hits that a person may read."""

    def visible(user, ids):
        rows = model.objects.visible_to(user).filter(pk__in=list(ids)).values_list("pk", flat=True)
        return {str(pk) for pk in rows}

    return visible


def pages_that_use(model):
    """Return the function that names the pages of a model in which something stands, e.g. a picture.

    Of a picture that is deleted its description goes from the page's text, too.
    """

    def used(thing):
        references = ReferenceIndex.get_references_to(thing)
        pages = model.objects.filter(pk__in=[row.object_id for row in references if row.object_id.isdigit()])
        return pages.values_list("pk", flat=True)

    return used
