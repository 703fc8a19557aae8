"""The addresses of one's own entry as an expert under /konto/fachperson/."""

from django.urls import path

from knowledge.directory.people.views import own_entry, received

app_name = "own_expert"
urlpatterns = [
    path("", own_entry.start, name="start"),
    path("schritt/<slug:slug>/", own_entry.step, name="step"),
    path("einwilligen/", own_entry.agree, name="agree"),
    path("sichtbarkeit/", own_entry.visibility, name="visibility"),
    path("verlaengern/", own_entry.renew, name="renew"),
    path("widerrufen/", own_entry.withdraw, name="withdraw"),
    path("loeschen/", own_entry.delete, name="delete"),
    path("anfragen/", received.requests, name="requests"),
    path("anfragen/<int:pk>/", received.one_request, name="request"),
]
