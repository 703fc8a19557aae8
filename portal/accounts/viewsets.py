"""Accounts have one administration, under /personen/; Wagtail's own would pass by its rules and its log."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail.users.views.users import UserViewSet


class PeopleViewSet(UserViewSet):
    """Wagtail's addresses of accounts, each leading to the portal's own page of the same thing."""

    menu_label = _("People and rights")

    def get_urlpatterns(self):
        """Redirect to the list, or to the person."""
        people = RedirectView.as_view(pattern_name="people:list")
        person = RedirectView.as_view(pattern_name="people:person")
        return [
            path("", people, name="index"),
            path("results/", people, name="index_results"),
            path("new/", people, name="add"),
            path("edit/<int:pk>/", person, name="edit"),
            path("delete/<int:pk>/", person, name="delete"),
            path("usage/<int:pk>/", person, name="usage"),
        ]
