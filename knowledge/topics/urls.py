"""The addresses of the glossary, below /glossar/."""

from django.urls import path

from knowledge.topics import views

app_name = "topics"

urlpatterns = [
    path("", views.glossary, name="glossary"),
    path("<slug:slug>/", views.term, name="term"),
]
