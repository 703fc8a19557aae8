"""The page behind the link in the yearly mail: nobody signs in, opening it changes nothing, one button confirms."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledge.directory.enums import EntryState
from knowledge.directory.keeping.publishing import mark_confirmed
from knowledge.directory.models import Confirmation, Organisation
from knowledge.directory.upkeep.links import link_to_tell, read_link

_TEMPLATE = "knowledge/directory/upkeep/confirm.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the entry's name and one button; on POST note that the entry is true, once and for this entry alone."""
    question = read_link(token)
    if question is None or not question.organisation.is_shown:
        # Whoever finds an old mail learns nothing about an entry that is no longer shown.
        return render(request, _TEMPLATE, {"state": "unknown"}, status=404)
    if request.method == "POST":
        answer(question)
        return redirect(request.path)
    state = "asked" if question.answered_at is None else "done"
    context = {
        "state": state,
        "organisation": question.organisation,
        "question": question,
        "tell_url": link_to_tell(question.organisation),
    }
    return render(request, _TEMPLATE, context)


@transaction.atomic
def answer(question: Confirmation) -> bool:
    """Note the answer under a lock and tell whether it was the first; a second click changes nothing."""
    organisation = Organisation.objects.select_for_update().get(pk=question.organisation_id)
    question = Confirmation.objects.get(pk=question.pk)
    if question.answered_at is not None or organisation.state not in (EntryState.LIVE, EntryState.DORMANT):
        return False
    mark_confirmed(organisation, by=None)
    return True
