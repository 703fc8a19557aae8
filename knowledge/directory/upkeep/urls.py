"""The address in the yearly mail."""

from django.urls import path

from knowledge.directory.upkeep import views

app_name = "upkeep"
urlpatterns = [path("<str:token>/", views.confirm, name="confirm")]
