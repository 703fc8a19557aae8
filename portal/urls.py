"""The roof: every address of the portal; pages of the tree come last."""

from django.conf import settings
from django.contrib import admin
from django.http import Http404
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, re_path
from django.views.defaults import page_not_found
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from knowledge.directory.hsds import urls as hsds_urls
from knowledge.directory.keeping import urls as keeping_urls
from knowledge.directory.list_export import export as export_directory
from knowledge.directory.networks import urls as networks_urls
from knowledge.directory.people import own_urls as own_expert_urls
from knowledge.directory.people import urls as experts_urls
from knowledge.directory.people.views.consents import consent
from knowledge.directory.upkeep import telling_urls
from knowledge.directory.upkeep import urls as upkeep_urls
from knowledge.directory.views import vcard
from knowledge.topics import urls as topics_urls
from network.cooperation import urls as cooperation_urls
from portal.accounts import urls as accounts_urls
from portal.accounts.doors import the_only_door
from portal.accounts.own_data import urls as own_data_urls
from portal.accounts.people.views import joining
from portal.accounts.views import own_account
from portal.home import views
from portal.shared.editing import edit_collection, restrict_collection, restrict_page
from portal.shared.links import page_by_number
from portal.shared.media import document, rendition
from search import urls as search_urls
from search.api import urls as search_api_urls
from search.insights import urls as insights_urls
from search.saved import feeds as saved_search_feeds
from search.saved import urls as saved_searches_urls

#: The apps behind accounts, whose models the technical administration does not show.
ACCOUNT_APPS = {"account", "auth", "mfa", "socialaccount", "usersessions"}


# Before `admin.site.urls` is evaluated; later it would change nothing.
admin.site.login = the_only_door
# Django asks for its own flag; the technical administration is for the administrators of the network alone.
admin.site.has_permission = lambda request: request.user.is_active and request.user.is_superuser
# Addresses, factors, sessions and groups of accounts are changed by the portal's own acts, which ask for the right and
# are logged; here they would be neither, and secrets would be shown.
for model in [model for model in admin.site._registry if model._meta.app_label in ACCOUNT_APPS]:
    admin.site.unregister(model)

urlpatterns = [
    # Every other door that accepts a password leads to the one that is guarded.
    path("redaktion/login/", the_only_door),
    re_path("^redaktion/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("verwaltung/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("_util/login/", the_only_door),
    # Pages and files are for people and groups, never for whoever knows a shared password.
    re_path("^(?:_util|dokumente)/authenticate_with_password/", page_not_found, {"exception": Http404()}),
    path("redaktion/account/", own_account),
    # Wagtail's acts on many accounts at once would pass by the rules and the log.
    re_path("^redaktion/bulk/accounts/user/", RedirectView.as_view(pattern_name="people:list")),
    # What changes who may read is one transaction with its consequences.
    path("redaktion/pages/<int:page_id>/privacy/", restrict_page),
    path("redaktion/collections/<int:collection_id>/privacy/", restrict_collection),
    path("redaktion/collections/<int:pk>/", edit_collection),
    path("redaktion/", include(wagtailadmin_urls)),
    path("verwaltung/", admin.site.urls),
    path("konto/", include(accounts_urls)),
    path("konto/", include(own_data_urls)),
    path("konto/suchen/", include(saved_searches_urls)),
    path("konto/fachperson/", include(own_expert_urls)),
    path("fachpersonen/", include(experts_urls)),
    # Below the page of that name; pages of the tree have no addresses that end like a file's.
    path("verzeichnis/export.csv", export_directory, name="directory_export"),
    path("verzeichnis/<slug:slug>/kontakt.vcf", vcard, name="directory_vcard"),
    path("verzeichnis-pflegen/", include(keeping_urls)),
    path("verzeichnis-bestaetigen/", include(upkeep_urls)),
    path("verzeichnis-eintrag/", include(telling_urls)),
    path("verzeichnis-mitgliedschaft/", include(networks_urls)),
    path("einwilligung/<str:token>/", consent, name="consent"),
    path("suche/feed/<str:token>/", saved_search_feeds.feed, name="saved_search_feed"),
    path("suche/", include(insights_urls)),
    path("suche/", include(search_urls)),
    path("api/v1/", include(search_api_urls)),
    path("api/hsds/3.0/", include(hsds_urls)),
    path("glossar/", include(topics_urls)),
    path("kooperation/", include(cooperation_urls)),
    path("kontakt/", views.contact, name="contact"),
    path("personen/", include("portal.accounts.people.urls")),
    # Below the page of that name, which the editors write.
    path("mitmachen/antrag/", joining.ask, name="join"),
    path("einladung/<str:token>/", joining.invitation, name="invitation"),
    path("seiten/<int:pk>/", page_by_number, name="page_by_number"),
    path("media/<path:path>", rendition, name="rendition"),
    # Longer numbers are no ids; Python refuses to read some of them.
    re_path(r"^dokumente/([0-9]{1,18})/(.*)$", document, name="document"),
    # Wagtail's own views are there for their names alone, by which it makes addresses; none of them ever answers.
    re_path(r"^dokumente/", page_not_found, {"exception": Http404()}),
    path("dokumente/", include(wagtaildocs_urls)),
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("favicon.ico", lambda request: redirect(static("img/mark.svg"))),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_contact, name="security_contact"),
    path("sitemap.xml", sitemap, name="sitemap"),
]

if settings.SHOWS_PATTERNS:
    from portal.home.patterns import patterns

    urlpatterns += [path("muster/", patterns, name="patterns")]

urlpatterns += [path("", include(wagtail_urls))]

handler500 = "portal.home.views.server_error"
