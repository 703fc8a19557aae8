"""The roof: every address of the portal; pages of the tree come last."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from knowledge.topics import urls as topics_urls
from portal.accounts import urls as accounts_urls
from portal.accounts.views import own_account
from portal.home import views
from search import urls as search_urls

# Before `admin.site.urls` is evaluated; later it would change nothing.
admin.site.login = secure_admin_login(admin.site.login)

_the_only_door = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    # Every other door that accepts a password leads to the one that is guarded.
    path("redaktion/login/", _the_only_door),
    path("redaktion/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("_util/login/", _the_only_door),
    path("redaktion/account/", own_account),
    path("redaktion/", include(wagtailadmin_urls)),
    path("verwaltung/", admin.site.urls),
    path("konto/", include(accounts_urls)),
    path("suche/", include(search_urls)),
    path("glossar/", include(topics_urls)),
    path("kontakt/", views.contact, name="contact"),
    path("dokumente/", include(wagtaildocs_urls)),
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
]

if settings.DEBUG:
    from portal.home.patterns import patterns

    urlpatterns += [path("muster/", patterns, name="patterns")]

urlpatterns += [path("", include(wagtail_urls))]

handler500 = "portal.home.views.server_error"
