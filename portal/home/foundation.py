"""What every installation begins with: the site, its home page, its lists and what editors may do."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import Page, Site, Task, Workflow

from knowledge.directory.models import DirectoryIndexPage, Organisation
from knowledge.papers.models import PaperIndexPage
from knowledge.topics.models import FieldOfAction, Term, Topic
from network.cooperation.models import UsualFee
from network.groups.models import WorkingGroup
from portal.accounts.actions.roles import GROUP_OF_ROLE
from portal.accounts.enums import Role
from portal.home.models import HomePage, ReaderMessage
from portal.places.models import Department, Municipality

#: What Wagtail's migrations name in English, by its German name here.
GERMAN_NAMES: dict[type[models.Model], dict[str, str]] = {
    Workflow: {"Moderators approval": "Freigabe durch die Redaktion"},
    Task: {"Moderators approval": "Freigabe durch die Redaktion"},
}

#: What editors may do with what is no page: messages come from readers, so nobody adds any.
EDITORS_MAY: dict[type[models.Model], tuple[str, ...]] = {
    FieldOfAction: ("add", "change", "delete", "view"),
    Topic: ("add", "change", "delete", "view"),
    Term: ("add", "change", "delete", "view"),
    Municipality: ("add", "change", "view"),
    Department: ("add", "change", "view"),
    Organisation: ("add", "change", "view"),
    WorkingGroup: ("add", "change", "view"),
    UsualFee: ("add", "change", "delete", "view"),
    ReaderMessage: ("change", "delete", "view"),
}
_WELCOME_SLUG = "home"


def found_site(home: HomePage, *, by=None) -> HomePage:
    """Make `home` the root of the site in place of Wagtail's welcome page; an existing home page stays as it is."""
    existing = HomePage.objects.first()
    if existing is None:
        existing = publish_below(Page.get_first_root_node(), home, by=by)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or site.root_page.specific_class is Page:
        _open_site(site or Site(is_default_site=True), existing)
    _remove_welcome_page()
    return existing


def open_papers(home: HomePage, papers: PaperIndexPage, *, by=None) -> PaperIndexPage:
    """Put the list of papers below the home page; an existing list stays as it is."""
    return PaperIndexPage.objects.first() or publish_below(home, papers, by=by)


def open_directory(home: HomePage, directory: DirectoryIndexPage, *, by=None) -> DirectoryIndexPage:
    """Put the directory of organisations below the home page; an existing one stays as it is."""
    return DirectoryIndexPage.objects.first() or publish_below(home, directory, by=by)


def publish_below(parent: Page, page: Page, *, by=None) -> Page:
    """Publish a new page below `parent` by way of a first revision, so that its history is complete."""
    page.live = False
    page.owner = by
    # Read anew, because siblings added in the meantime moved the place where the next one belongs.
    Page.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision(user=by).publish(user=by)
    return type(page).objects.get(pk=page.pk)


def answer_at_port(port: int) -> None:
    """Let full addresses, as in citations and mails, name the port at which this machine's own portal is served."""
    Site.objects.filter(is_default_site=True, hostname__in=("127.0.0.1", "localhost")).update(port=port)
    settings.WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{port}"
    Site.clear_site_root_paths_cache()


def grant_editing() -> None:
    """Give editors their rights on what is no page; where rights were given to any group before, none are changed."""
    _speak_german()
    group, _created = Group.objects.get_or_create(name=GROUP_OF_ROLE[Role.EDITOR])
    for model, actions in EDITORS_MAY.items():
        permissions = Permission.objects.filter(content_type=ContentType.objects.get_for_model(model))
        if not permissions.filter(group__isnull=False).exists():
            codenames = [f"{action}_{model._meta.model_name}" for action in actions]
            group.permissions.add(*permissions.filter(codename__in=codenames))


def _speak_german() -> None:
    """Rename what Wagtail brings along; what an administrator named otherwise keeps its name."""
    for model, names in GERMAN_NAMES.items():
        for english, german in names.items():
            if not model.objects.filter(name=german).exists():
                model.objects.filter(name=english).update(name=german)


def _open_site(site: Site, home: HomePage) -> None:
    """One site with the portal's name and address; as the only one it lets every page's address be a path."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    site.root_page = home
    site.site_name = settings.PORTAL_NAME
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.save()


def _remove_welcome_page() -> None:
    """Remove the page that Wagtail's migrations bring along, unless somebody has put something below it."""
    for page in Page.objects.filter(depth=2, slug=_WELCOME_SLUG, numchild=0):
        if page.specific_class is Page and not page.sites_rooted_here.exists():
            page.delete()
