"""The home page, the ordinary pages that the law and the reader expect, and what readers write to the editors."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.home.enums import Conformity, MessageKind, NavigationPlace
from portal.shared.blocks import PageBodyBlock
from portal.shared.pages import BasePage

#: Unit: characters. Nobody reads more, and nobody may fill the database.
LONGEST_MESSAGE = 5_000
CONTENT_PARENTS = ["home.HomePage", "home.StandardPage"]


class HomePage(BasePage):
    """The search-first front page."""

    question = models.CharField(
        _("question above the search box"), max_length=120, default="Was wissen die Kommunen schon?"
    )
    frequent_searches = StreamField(
        [("search", blocks.CharBlock(label=_("search"), max_length=80))],
        verbose_name=_("frequent searches"),
        blank=True,
    )
    about = models.TextField(_("about the network"), blank=True)

    template = "home/home_page.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("question"),
        FieldPanel("frequent_searches"),
        FieldPanel("about"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        """Add what is new and the fields of action with their counts."""
        from portal.home.overview import fields_with_counts, newest

        context = super().get_context(request, *args, **kwargs)
        context.update(newest=newest(request.user), fields=fields_with_counts(request.user))
        return context


class ContentPage(BasePage):
    """What all ordinary pages share: an introduction, running text and a place in the navigation.

    A table of its own, so that the navigation of every page is one query over all kinds of ordinary pages.
    """

    lead = models.TextField(_("introduction"), blank=True)
    body = StreamField(PageBodyBlock(), verbose_name=_("text"), blank=True)
    navigation = models.CharField(
        _("linked on every page"), max_length=10, choices=NavigationPlace, default=NavigationPlace.NOWHERE
    )

    is_creatable = False
    parent_page_types = CONTENT_PARENTS
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    promote_panels = [
        MultiFieldPanel([FieldPanel("navigation")], heading=_("Navigation")),
        *Page.promote_panels,
    ]

    class Meta:
        verbose_name = _("page")


class StandardPage(ContentPage):
    """An ordinary page: imprint, data protection, about the network."""

    template = "home/standard_page.html"

    class Meta:
        verbose_name = _("ordinary page")


class AccessibilityPage(ContentPage):
    """The accessibility statement (Source: Implementing Decision (EU) 2018/1523; the Land's law on equality)."""

    as_of = models.DateField(_("statement as of"))
    conformity = models.CharField(_("conformity"), max_length=10, choices=Conformity, default=Conformity.PARTIAL)
    method = models.TextField(_("how it was tested"), blank=True)
    enforcement_body = models.TextField(
        _("enforcement body"), blank=True, help_text=_("The Land's arbitration body with its address.")
    )

    template = "home/accessibility_page.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("as_of"), FieldPanel("conformity")]), FieldPanel("method")],
            heading=_("Statement"),
        ),
        FieldPanel("body"),
        FieldPanel("enforcement_body"),
    ]

    class Meta:
        verbose_name = _("accessibility statement")

    def get_context(self, request, *args, **kwargs):
        """Add the form in which a reader reports a barrier."""
        from portal.home.forms import ContactForm

        context = super().get_context(request, *args, **kwargs)
        context["form"] = ContactForm(initial={"kind": MessageKind.BARRIER})
        return context


class EasyLanguagePage(ContentPage):
    """A page in easy German (Leichte Sprache)."""

    template = "home/easy_language_page.html"

    class Meta:
        verbose_name = _("page in easy language")


class SignLanguagePage(ContentPage):
    """What the portal is for, in German sign language; without a film the page says so and gives the text."""

    video = models.ForeignKey(
        "shared.PortalDocument",
        verbose_name=_("film"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    template = "home/sign_language_page.html"
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("video"), FieldPanel("body")]

    class Meta:
        verbose_name = _("page in sign language")


class ReaderMessage(models.Model):
    """What a reader wrote to the editors; it is kept here even when the mail server is down."""

    kind = models.CharField(_("kind"), max_length=20, choices=MessageKind)
    text = models.TextField(_("message"), validators=[MaxLengthValidator(LONGEST_MESSAGE)])
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    #: The address of the page the reader came from, without host.
    page_url = models.CharField(_("page"), max_length=500, blank=True)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    is_done = models.BooleanField(_("answered"), default=False)

    class Meta:
        verbose_name = _("message from a reader")
        verbose_name_plural = _("messages from readers")
        ordering = ["is_done", "-received_at"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text[:60]}"
