"""The page behind the link in a mail: see what is agreed, agree, choose, renew, decline, take back; no signing in.

Opening it does nothing, since programs open links, too; every act is a button.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledge.directory.models import Consent, Contact, Expert
from knowledge.directory.people import consenting
from knowledge.directory.people.forms import DetailsForm
from knowledge.directory.people.links import Person, read_link
from knowledge.directory.people.terms import may_be_renewed
from knowledge.directory.people.wording import field_names, seen_mark, wording_for

TEMPLATE = "knowledge/directory/people/consent.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """Show the consent of the person whose link it is, or do what the button says."""
    person = read_link(token)
    if person is None:
        return render(request, "knowledge/directory/people/consent_gone.html", status=404)
    if request.method != "POST":
        return _page(request, person)
    act = _ACTS.get(request.POST.get("act", ""))
    answer = act(request, person) if act else None
    return answer or redirect(request.path)


def _give(request: HttpRequest, person: Person) -> HttpResponse | None:
    if not isinstance(person, Contact) or person.is_forgotten:
        return None
    form = DetailsForm(request.POST, contact=person)
    if request.POST.get("seen") != seen_mark(person):
        messages.warning(request, _("The details or the words have changed meanwhile. Please read them once more."))
        return None
    if not form.is_valid():
        return _page(request, person, form)
    consenting.give_consent(by=None, person=person, fields=form.cleaned_data["fields_shown"])
    messages.success(request, _("Thank you. The details that you have chosen are shown from now on."))
    return None


def _refuse(request: HttpRequest, person: Person) -> None:
    if isinstance(person, Contact):
        consenting.refuse_consent(contact=person)
        messages.success(request, _("You are not named, and your details are removed. You will not be asked again."))


def _withdraw(request: HttpRequest, person: Person) -> None:
    if held := _held(person):
        consenting.withdraw_consent(by=None, consent=held)
        messages.success(request, _("Your consent is taken back. From now on nothing is shown of you."))


def _renew(request: HttpRequest, person: Person) -> HttpResponse | None:
    held = _held(person)
    if held is None or not may_be_renewed(held, timezone.now()):
        return None
    if request.POST.get("seen") != seen_mark(person):
        messages.warning(request, _("The details or the words have changed meanwhile. Please read them once more."))
        return None
    consenting.renew_consent(by=None, consent=held)
    messages.success(request, _("Your consent is renewed."))
    return None


_ACTS = {"give": _give, "refuse": _refuse, "withdraw": _withdraw, "renew": _renew}


def _held(person: Person) -> Consent | None:
    """Return the consent that was not taken back, whether or not its time is over."""
    return person.consents.filter(withdrawn_at__isnull=True).first()


def _page(request: HttpRequest, person: Person, form: DetailsForm | None = None) -> HttpResponse:
    held, at = _held(person), timezone.now()
    is_contact = isinstance(person, Contact)
    is_forgotten = is_contact and person.is_forgotten
    context = {
        "person": person,
        "is_contact": is_contact,
        "is_forgotten": is_forgotten,
        "held": held,
        "is_live": held is not None and held.expires_at > at,
        "may_renew": held is not None and may_be_renewed(held, at),
        "shown": field_names(held.fields) if held and is_contact else [],
        "wording": wording_for(person),
        "seen": seen_mark(person),
        "form": (form or _details(person, held)) if is_contact and not is_forgotten else None,
    }
    return render(request, TEMPLATE, context, status=422 if form is not None else 200)


def _details(person: Contact | Expert, held: Consent | None) -> DetailsForm:
    return DetailsForm(contact=person, initial={"fields_shown": held.fields if held else []})
