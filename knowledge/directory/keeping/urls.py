"""The addresses of the self-service.

They do not stand below `/konto/`, so that people who still owe their second factor are led to it first.
"""

from django.urls import path

from knowledge.directory.keeping.views import (
    descriptions,
    history,
    offers,
    parts,
    proposals,
    replying,
    representing,
    start,
)

app_name = "keeping"
urlpatterns = [
    path("", start.home, name="home"),
    path("<slug:slug>/", start.start, name="start"),
    path("<slug:slug>/teil/<slug:part_slug>/", parts.part, name="part"),
    path("<slug:slug>/texte/neu/", descriptions.new, name="text_new"),
    path("<slug:slug>/texte/<str:language>/", descriptions.change, name="text"),
    path("<slug:slug>/texte/<str:language>/entfernen/", descriptions.remove, name="text_remove"),
    path("<slug:slug>/angebote/neu/", offers.new, name="offer_new"),
    path("<slug:slug>/angebote/zurueckholen/", offers.take_back, name="offer_take_back"),
    path("<slug:slug>/angebote/<int:pk>/", offers.change, name="offer"),
    path("<slug:slug>/angebote/<int:pk>/pause/", offers.pause, name="offer_pause"),
    path("<slug:slug>/angebote/<int:pk>/entfernen/", offers.remove, name="offer_remove"),
    path("<slug:slug>/pruefung/<int:pk>/", proposals.read, name="proposal"),
    path("<slug:slug>/pruefung/<int:pk>/aendern/", proposals.again, name="proposal_change"),
    path("<slug:slug>/pruefung/<int:pk>/zuruecknehmen/", proposals.take_back, name="proposal_withdraw"),
    path("<slug:slug>/vorschlag/<slug:kind_slug>/", proposals.new, name="propose"),
    path("<slug:slug>/vorschlag/<slug:kind_slug>/<int:pk>/", proposals.change, name="propose_change"),
    path("<slug:slug>/vorschlag/<slug:kind_slug>/<int:pk>/entfernen/", proposals.remove, name="propose_removal"),
    path("<slug:slug>/vorschlag/<slug:kind_slug>/<int:pk>/stellungnahme/", replying.answer, name="reply"),
    path("<slug:slug>/vorschau/", representing.preview, name="preview"),
    path("<slug:slug>/veroeffentlichen/", start.go_public, name="publish"),
    path("<slug:slug>/herausnehmen/", start.take_out, name="unpublish"),
    path("<slug:slug>/stimmt-noch/", start.still_true, name="still_true"),
    path("<slug:slug>/hinweise/<int:pk>/", start.remark, name="remark"),
    path("<slug:slug>/verlauf/", history.versions, name="versions"),
    path("<slug:slug>/verlauf/<int:number>/", history.version, name="version"),
    path("<slug:slug>/vertretung/", representing.representation, name="representation"),
]
