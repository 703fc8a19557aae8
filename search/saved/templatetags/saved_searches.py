"""What the page of results asks of saved searches."""

from urllib.parse import urlencode

from django import template
from django.template.context import RequestContext
from django.urls import reverse

from search.results import ResultsPage
from search.saved.forms import SavedSearchForm
from search.saved.models import SavedSearch, digest_of, stored, watched
from search.saved.words import suggested_name

register = template.Library()


@register.inclusion_tag("search/saved/offer.html", takes_context=True)
def offer_to_save(context: RequestContext, results: ResultsPage) -> dict:
    """Offer members to keep a search; others are led to the door and back to this page."""
    request = watched(results.request)
    person = getattr(context.get("request"), "user", None)
    if person is None or not person.is_authenticated:
        back = f"{reverse('search:results')}{results.request.address}"
        return {"sign_in_url": f"{reverse('account_login')}?{urlencode({'next': back})}"}
    kept = SavedSearch.objects.owned_by(person).kept().filter(parameters_digest=digest_of(stored(request))).first()
    if kept is not None:
        return {"kept": kept}
    form = SavedSearchForm(initial={"name": suggested_name(request, results.chosen)}, auto_id="merken-%s")
    return {"form": form, "hidden": request.parameters()}
