"""What the public pages of the directory answer: the list, a profile, its address card, and the form for remarks."""

from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from knowledge.directory.enums import EntryState
from knowledge.directory.filters import OrganisationFilter
from knowledge.directory.languages import language_name
from knowledge.directory.linked_data import linked_data_of
from knowledge.directory.maps import sketch_of
from knowledge.directory.models import Offer, Organisation, SpokenLanguage
from knowledge.directory.profile_actions import profile_actions
from knowledge.directory.profiles import for_profile, profile_of
from knowledge.directory.remarks import RemarkForm, receive_remark
from portal.shared.html import linked_data
from portal.shared.limits import allow

#: A whole town hall may write from one address, so the number is generous.
REMARKS_PER_HOUR = 10


def list_context(request: HttpRequest) -> dict:
    """Return the filtered list with what each entry says in it, and the sketch of where they are."""
    context = dict(OrganisationFilter(request.GET, request.user).context())
    page = context["keys"]
    shown = Organisation.objects.visible_to(request.user).select_related("municipality")
    by_key = shown.prefetch_related("offers", "languages__offer").in_bulk(list(page))
    numbered = [(number, by_key[pk]) for number, pk in enumerate(page, start=page.start_index()) if pk in by_key]
    return {
        **context,
        "entries": [_entry(number, organisation) for number, organisation in numbered],
        "sketch": sketch_of(numbered),
    }


def _entry(number: int, organisation: Organisation) -> dict:
    """Words instead of signs: what is offered, in which languages, and since when nobody said that it is still so."""
    offers: list[Offer] = [offer for offer in organisation.offers.all() if offer.is_active]
    languages: list[SpokenLanguage] = [
        one for one in organisation.languages.all() if one.offer_id is None or one.offer.is_active
    ]
    return {
        "number": number,
        "organisation": organisation,
        "kind": capfirst(str(organisation.get_kind_display())),
        "place": organisation.municipality.full_name if organisation.municipality else organisation.city,
        "offers": list(dict.fromkeys(capfirst(str(offer.get_kind_display())) for offer in offers)),
        "languages": list(dict.fromkeys(language_name(one.code) for one in languages)),
        "is_dormant": organisation.state == EntryState.DORMANT,
    }


def organisation_or_404(request: HttpRequest, slug: str, organisations=None) -> Organisation:
    """Return the entry that the reader may see; anything else is as if it were not there."""
    found = (organisations if organisations is not None else Organisation.objects).filter(slug=slug)
    organisation = found.visible_to(request.user).first()
    if organisation is None:
        raise Http404
    return organisation


def profile_context(request: HttpRequest, slug: str) -> dict:
    """Return everything that stands on a profile and around it."""
    organisation = organisation_or_404(request, slug, for_profile(Organisation.objects))
    profile = profile_of(organisation, request.user)
    address = request.build_absolute_uri(organisation.get_absolute_url())
    return {
        "profile": profile,
        "organisation": organisation,
        "actions": profile_actions(organisation, request.user),
        "address": address,
        "mail_link": _mail_link(organisation, address),
        "linked_data": linked_data(linked_data_of(profile, address=address)),
    }


def _mail_link(organisation: Organisation, address: str) -> str:
    """Return a link that opens the reader's own mail program; nobody else learns that something is shared."""
    words = {"subject": organisation.name, "body": f"{organisation.name}\n{organisation.summary}\n\n{address}"}
    return f"mailto:?{urlencode(words, quote_via=quote)}"


def remark_answer(request: HttpRequest, slug: str) -> tuple[dict, int] | HttpResponse:
    """Take a remark, or return the form with its status; what was typed is never lost."""
    organisation = organisation_or_404(request, slug)
    if request.method != "POST":
        return {"organisation": organisation, "form": RemarkForm(), "sent": "gesendet" in request.GET}, 200
    form = RemarkForm(request.POST)
    if not allow(request, "entry-remark", limit=REMARKS_PER_HOUR, seconds=3600):
        form.add_error(None, _("Many remarks came from your connection within an hour. Try it again later."))
        return {"organisation": organisation, "form": form}, 429
    if not form.is_valid():
        return {"organisation": organisation, "form": form}, 422
    if not form.is_from_a_program:
        receive_remark(organisation=organisation, remark=form.save(commit=False))
    return redirect(f"{organisation.get_absolute_url()}rueckmeldung/?gesendet=1")
