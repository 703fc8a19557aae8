"""The addresses of people and rights under /personen/."""

from django.urls import path

from portal.accounts.people.views import circles, deciding, giving, inviting, listing, person

app_name = "people"

urlpatterns = [
    path("", listing.people, name="list"),
    path("rollen/", listing.roles, name="roles"),
    path("rollen/<int:pk>/beenden/", giving.end, name="end_role"),
    path("einladen/", inviting.invite, name="invite"),
    path("einladungen/", inviting.invitations, name="invitations"),
    path("einladungen/<int:pk>/erneut-senden/", inviting.send_again, name="resend"),
    path("einladungen/<int:pk>/zuruecknehmen/", inviting.take_back, name="revoke"),
    path("anfragen/", deciding.requests, name="requests"),
    path("anfragen/<int:pk>/", deciding.read, name="request"),
    path("anfragen/<int:pk>/ablehnen/", deciding.decline, name="decline"),
    path("meine/", circles.own, name="circles"),
    path("gruppe/<int:pk>/", circles.circle, {"kind": "group"}, name="group"),
    path("gruppe/<int:pk>/einladen/", circles.take_in, {"kind": "group"}, name="group_invite"),
    path("organisation/<int:pk>/", circles.circle, {"kind": "organisation"}, name="organisation"),
    path("organisation/<int:pk>/einladen/", circles.take_in, {"kind": "organisation"}, name="organisation_invite"),
    path("<int:pk>/", person.person, name="person"),
    path("<int:pk>/aendern/", person.change, name="change"),
    path("<int:pk>/rolle-geben/", giving.give, name="give_role"),
    path("<int:pk>/sperren/", person.suspend, name="suspend"),
    path("<int:pk>/entsperren/", person.reinstate, name="reinstate"),
    path("<int:pk>/sitzungen-beenden/", person.end_all_sessions, name="end_sessions"),
]
