"""The addresses of the register of experts under /fachpersonen/."""

from django.urls import path

from knowledge.directory.people.views import register

app_name = "experts"
urlpatterns = [
    path("", register.experts, name="list"),
    path("anfragen/", register.requests, name="requests"),
    path("anfragen/<int:pk>/", register.one_request, name="request"),
    path("<uuid:uid>/", register.expert, name="expert"),
    path("<uuid:uid>/anfragen/", register.ask, name="ask"),
]
