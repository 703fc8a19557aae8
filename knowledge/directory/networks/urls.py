"""The address in the mail to a network."""

from django.urls import path

from knowledge.directory.networks import views

app_name = "networks"
urlpatterns = [path("<str:token>/", views.membership, name="membership")]
