"""The addresses of the glossary, below /glossar/."""

from django.urls import path

from knowledge.topics import views

app_name = "topics"

urlpatterns = [
    path("", views.glossary, name="glossary"),
    path("skos.ttl", views.skos, name="skos"),
    path("<slug:slug>/", views.term, name="term"),
]
