"""The addresses of the search for programs, below /api/v1/."""

from django.urls import path

from search.api import views

app_name = "search_api"
urlpatterns = [path("suche/", views.search, name="search")]
