"""Where the care of the directory meets the Wagtail admin: its addresses and its place in the menu."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from knowledge.directory.deciding import proof_views, proposal_views, state_views
from knowledge.directory.deciding.home_panel import WaitingPanel
from knowledge.directory.keeping.versions import keep_state, note_change
from knowledge.directory.models import Organisation
from knowledge.directory.rules import may_look_after


class CaretakersItem(MenuItem):
    """Shown to those who look after the directory."""

    def is_shown(self, request):
        """Tell whether the person looks after the directory."""
        return may_look_after(request.user)


@hooks.register("register_admin_urls")
def directory_addresses():
    """The state of the directory, proposals, proofs, statements, invitations."""
    return [
        path("verzeichnis/", state_views.state, name="directory_freshness"),
        path("verzeichnis/vorschlaege/", proposal_views.proposals, name="directory_proposals"),
        path("verzeichnis/vorschlaege/<int:pk>/", proposal_views.proposal, name="directory_proposal"),
        path("verzeichnis/hinweise/", state_views.remarks, name="directory_remarks"),
        path("verzeichnis/vertretungen/", proof_views.representations, name="directory_representations"),
        path("verzeichnis/vertretungen/<int:pk>/", proof_views.representation, name="directory_representation"),
        path("verzeichnis/vertretungen/<int:pk>/rolle-beenden/", proof_views.end_keeping, name="directory_end_keeping"),
        path("verzeichnis/aussagen/", proof_views.statements, name="directory_statements"),
        path("verzeichnis/aussagen/<slug:kind_slug>/<int:pk>/", proof_views.statement, name="directory_statement"),
        path("verzeichnis/einladen/", state_views.invite, name="directory_invite"),
        path("verzeichnis/einladen/<int:pk>/", state_views.invite_person, name="directory_invite_person"),
    ]


@hooks.register("register_admin_menu_item")
def directory_menu():
    """The care of the directory stands below the organisations."""
    items = [
        CaretakersItem(
            _("State of the directory"), reverse("directory_freshness"), name="directory-state", icon_name="group",
            order=10,
        ),
        CaretakersItem(
            _("Proposed changes"), reverse("directory_proposals"), name="directory-proposals", icon_name="edit",
            order=20,
        ),
        CaretakersItem(
            _("Proofs of representation"), reverse("directory_representations"), name="directory-proofs",
            icon_name="user", order=30,
        ),
        CaretakersItem(
            _("Mandates, qualifications, registers"), reverse("directory_statements"), name="directory-statements",
            icon_name="doc-full", order=40,
        ),
        CaretakersItem(
            _("Invite an organisation"), reverse("directory_invite"), name="directory-invite", icon_name="mail",
            order=50,
        ),
        CaretakersItem(
            _("Take over a list"), reverse("directory_imports"), name="directory-imports", icon_name="upload", order=60
        ),
    ]  # fmt: skip
    menu = Menu(register_hook_name=None, items=items)
    return SubmenuMenuItem(_("Directory care"), menu, name="directory-care", icon_name="group", order=321)


@hooks.register("construct_homepage_panels")
def what_waits(request, panels):
    """Whoever looks after the directory sees what waits to be decided."""
    if may_look_after(request.user):
        panels.append(WaitingPanel())


@hooks.register("before_edit_snippet")
def keep_former_state(request, instance):
    """People who have the entry open must be told that it was changed here."""
    if isinstance(instance, Organisation) and request.method == "POST":
        keep_state(Organisation.objects.get(pk=instance.pk))


@hooks.register("after_edit_snippet")
def make_version(request, instance):
    """Whatever editors change makes a version, too."""
    if isinstance(instance, Organisation):
        note_change(by=request.user, organisation=instance, part="edited")
