"""The addresses of saved searches under /konto/suchen/."""

from django.urls import path

from search.saved import views

app_name = "saved_searches"
urlpatterns = [
    path("", views.searches, name="list"),
    path("speichern/", views.save, name="save"),
    path("abbestellen/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("<int:pk>/", views.search, name="search"),
    path("<int:pk>/bearbeiten/", views.edit, name="edit"),
    path("<int:pk>/gelesen/", views.read, name="read"),
    path("<int:pk>/loeschen/", views.remove, name="remove"),
    path("<int:pk>/zurueckholen/", views.take_back, name="take_back"),
    path("<int:pk>/feed/", views.new_feed, name="new_feed"),
    path("<int:pk>/feed/schliessen/", views.end_feed, name="end_feed"),
]
