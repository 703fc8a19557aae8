"""The addresses in mails to organisations beside the one that confirms."""

from django.urls import path

from knowledge.directory.upkeep import telling_views

app_name = "telling"
urlpatterns = [
    path("aendern/<str:token>/", telling_views.tell, name="tell"),
    path("austragen/<str:token>/", telling_views.leave, name="leave"),
]
