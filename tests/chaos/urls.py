"""The portal's addresses and one at which a proof changes something, as an editor's form would."""

import random
import secrets

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from knowledge.topics.models import Term
from portal.urls import handler500, urlpatterns

__all__ = ["handler500", "urlpatterns"]

#: It is never changed, so every search for it must find it.
LASTING = "Dauerbegriff"
#: Between them, terms come, change and go.
FEWEST, MOST = 40, 120
_chance = random.SystemRandom()


def _add() -> None:
    token = secrets.token_hex(6)
    Term.objects.create(preferred=f"Wechselbegriff {token}", slug=f"wechsel-{token}", definition=f"Begonnen {token}.")


def _edit() -> None:
    # Two in one transaction, in the order of their keys, as forms with several rows save them.
    for pk in sorted(_chance.sample(_changing(), 2)):
        for term in Term.objects.filter(pk=pk):
            term.definition = f"Geändert {secrets.token_hex(6)}."
            term.save()


def _remove() -> None:
    for term in Term.objects.filter(pk=_chance.choice(_changing())):
        term.delete()


def _changing() -> list[int]:
    return list(Term.objects.exclude(preferred=LASTING).values_list("pk", flat=True))


@csrf_exempt
def change(request: HttpRequest) -> HttpResponse:
    """Add, edit or remove something at random, in one transaction."""
    with transaction.atomic():
        count = Term.objects.count()
        acts = [_add] if count < FEWEST else [_remove] if count > MOST else [_add, _edit, _edit, _remove]
        _chance.choice(acts)()
    return HttpResponse(status=204)


urlpatterns = [path("wechsel/", change), *urlpatterns]
