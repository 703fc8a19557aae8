"""Offers: listed, added, changed, paused, removed and taken back; each is live at once."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.directory.keeping.drafts import forget_typed, typed_before
from knowledge.directory.keeping.offer_forms import OfferForm
from knowledge.directory.keeping.pages import for_keepers, say_saved, seen_version, show, version_to_name
from knowledge.directory.keeping.parts import PARTS, PartKey
from knowledge.directory.keeping.snapshots import part_values
from knowledge.directory.keeping.versions import UnseenChangeError, Write, save_part, trial
from knowledge.directory.keeping.views.start import may_be_sent
from knowledge.directory.keeping.wording import Row, lines
from knowledge.directory.keeping.writing import write_offer
from knowledge.directory.models import Offer, Organisation, ProfileVersion

#: How many versions are looked through for offers that were removed.
_LOOKED_THROUGH = 20
_MOST_REMOVED = 5
_OFFERS = PARTS[PartKey.OFFERS]


def offers_context(organisation: Organisation) -> dict:
    """Return the offers, and those that were removed lately and can be taken back."""
    offers = list(organisation.offers.order_by("name", "pk"))
    there = {str(offer.uid) for offer in offers}
    versions = organisation.versions.filter(number__lt=organisation.version).order_by("-number")
    removed: dict[str, dict] = {}
    for version in versions[:_LOOKED_THROUGH]:
        for row in version.snapshot.get(PartKey.OFFERS, {}).get("offers", ()):
            if row["uid"] not in there:
                removed.setdefault(row["uid"], {"name": row["name"], "uid": row["uid"], "number": version.number})
    return {"offers": offers, "removed": list(removed.values())[:_MOST_REMOVED]}


@for_keepers
@may_be_sent
def new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Add an offer."""
    offer = Offer(organisation=organisation, uid=_uid_of_new(request, organisation))
    return _edit(request, organisation, offer, heading=_("Add an offer"))


@for_keepers
@may_be_sent
def change(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    """Change an offer."""
    offer = get_object_or_404(organisation.offers.prefetch_related("languages", "opening_times", "access"), pk=pk)
    return _edit(request, organisation, offer, heading=_("Change the offer"))


def _edit(request: HttpRequest, organisation: Organisation, offer: Offer, *, heading: str) -> HttpResponse:
    typed = typed_before(request) if request.method != "POST" else None
    conflict = None
    form = OfferForm(request.POST if request.method == "POST" else typed, instance=offer)
    if request.method == "POST" and form.is_valid():
        try:
            is_changed = save_part(
                by=request.user, organisation=organisation, part=PartKey.OFFERS, write=form.write,
                seen=seen_version(request), piece=str(offer.uid),
            )  # fmt: skip
        except UnseenChangeError as unseen:
            conflict = _conflict(organisation, offer, form, unseen)
            is_changed = False
        # Who sent the same twice has lost nothing.
        if conflict is None or not (conflict["rows"] or conflict["is_gone"]):
            forget_typed(request)
            say_saved(request, form.cleaned_data["name"], is_changed=is_changed)
            return redirect(_list_of(organisation))
    organisation.refresh_from_db()
    has_errors = form.errors and typed is None
    return show(
        request, "offer.html", organisation, heading=heading, crumbs=[(_OFFERS.label, _list_of(organisation))],
        status=409 if conflict else 422 if has_errors else 200,
        form=form, groups=form.groups(), conflict=conflict,
        version=version_to_name(request, organisation, typed, is_shown=conflict is not None),
        uid="" if offer.pk else offer.uid, is_typed_before=typed is not None, back=_list_of(organisation),
    )  # fmt: skip


def _uid_of_new(request: HttpRequest, organisation: Organisation) -> uuid.UUID:
    """Return the key that the form was given, so that a form that is sent twice makes one offer."""
    try:
        uid = uuid.UUID(request.POST.get("uid", ""))
    except ValueError:
        return uuid.uuid4()
    is_taken = Offer.objects.filter(uid=uid).exclude(organisation=organisation).exists()
    return uuid.uuid4() if is_taken else uid


def _conflict(organisation: Organisation, offer: Offer, form: OfferForm, unseen: UnseenChangeError) -> dict:
    """Lay what was typed and what is there by now side by side; an offer removed meanwhile has nothing on its side."""
    theirs = _find(part_values(organisation, PartKey.OFFERS), str(offer.uid))
    mine = _find(trial(organisation, PartKey.OFFERS, form.write), str(offer.uid)) if theirs else {}
    rows = [
        Row("", str(form.fields[name].label) if name in form.fields else _offer_label(name), *sides)
        for name in mine
        if mine[name] != theirs.get(name)
        and (sides := [_offer_lines(name, values.get(name)) for values in (mine, theirs)])
    ]
    newest = ProfileVersion.objects.filter(organisation=organisation, number=unseen.current)
    return {"rows": rows, "version": newest.select_related("changed_by").first(), "is_gone": not theirs}


@for_keepers
@may_be_sent
def pause(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    """Pause an offer, or let it take place again; the same button takes it back."""
    offer = get_object_or_404(organisation.offers, pk=pk)
    if request.method == "POST":
        is_active = "weiter" in request.POST

        def write(one: Organisation) -> None:
            offer.is_active = is_active
            offer.save(update_fields=["is_active"])

        if not _saved(request, organisation, str(offer.uid), write):
            messages.warning(request, _("Somebody else changed this offer meanwhile. Nothing was overwritten."))
            return redirect(_list_of(organisation))
        text = _("“%(name)s” takes place again") if is_active else _("“%(name)s” pauses")
        say_saved(request, text % {"name": offer.name})
    return redirect(_list_of(organisation))


@for_keepers
@may_be_sent
def remove(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    """Ask once, then remove an offer; the list offers to take it back."""
    offer = get_object_or_404(organisation.offers, pk=pk)
    name = offer.name
    if request.method != "POST" or not _saved(request, organisation, str(offer.uid), lambda one: offer.delete()):
        is_unseen = request.method == "POST"
        offer = get_object_or_404(organisation.offers, pk=pk)
        organisation.refresh_from_db()
        return show(
            request, "remove_offer.html", organisation, heading=_("Remove the offer"), offer=offer,
            is_unseen=is_unseen, status=409 if is_unseen else 200, version=organisation.version,
            crumbs=[(_OFFERS.label, _list_of(organisation))], back=_list_of(organisation),
        )  # fmt: skip
    say_saved(request, _("“%(name)s” is removed; below you can take it back") % {"name": name})
    return redirect(f"{_list_of(organisation)}#entfernt")


@for_keepers
@may_be_sent
def take_back(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Bring a removed offer back under its old address."""
    if request.method != "POST":
        return redirect(_list_of(organisation))
    number = request.POST.get("version", "")
    number = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    version = organisation.versions.filter(number=number).first()
    values = _find(version.snapshot.get(PartKey.OFFERS, {"offers": []}), request.POST.get("uid", "")) if version else {}
    if not values:
        raise Http404
    if _saved(request, organisation, values["uid"], lambda one: write_offer(one, values), name="stand"):
        say_saved(request, _("“%(name)s” is back") % {"name": values["name"]})
    else:
        messages.warning(request, _("Somebody else changed this offer meanwhile. Nothing was overwritten."))
    return redirect(_list_of(organisation))


def _saved(request: HttpRequest, organisation: Organisation, uid: str, write: Write, *, name: str = "version") -> bool:
    """Save an act on one offer if it is as the page showed it; tell whether it was."""
    try:
        save_part(
            by=request.user, organisation=organisation, part=PartKey.OFFERS, write=write, piece=uid,
            seen=seen_version(request, name),
        )  # fmt: skip
    except UnseenChangeError:
        return False
    return True


def _list_of(organisation: Organisation) -> str:
    return reverse("keeping:part", args=[organisation.slug, _OFFERS.slug])


def _find(values: dict, uid: str) -> dict:
    return next((row for row in values["offers"] if row["uid"] == uid), {})


def _offer_label(name: str) -> str:
    labels = {"languages": _("Languages"), "opening_times": _("Opening times"), "access": _("Access")}
    return labels.get(name, name)


def _offer_lines(name: str, value: object) -> list[str]:
    if name == "access":
        return [f"{row['status']}: {row['access']} {row['note']}".strip() for row in value or []]
    if name in ("languages", "opening_times", "fields_of_action"):
        return lines("", name, value)
    return [str(value)] if value not in (None, "", []) else []
