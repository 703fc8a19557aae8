"""Offers: listed, added, changed, paused, removed and taken back; each is live at once."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.directory.keeping.drafts import forget_typed, typed_before
from knowledge.directory.keeping.offer_forms import OfferForm
from knowledge.directory.keeping.pages import for_keepers, say_saved, seen_version, show
from knowledge.directory.keeping.parts import PARTS, PartKey
from knowledge.directory.keeping.snapshots import part_values
from knowledge.directory.keeping.versions import UnseenChangeError, save_part, trial
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
    return _edit(request, organisation, Offer(organisation=organisation), heading=_("Add an offer"))


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
        else:
            forget_typed(request)
            say_saved(request, form.cleaned_data["name"], is_changed=is_changed)
            return redirect(_list_of(organisation))
    organisation.refresh_from_db()
    has_errors = form.errors and typed is None
    return show(
        request, "offer.html", organisation, heading=heading, crumbs=[(_OFFERS.label, _list_of(organisation))],
        status=409 if conflict else 422 if has_errors else 200,
        form=form, groups=form.groups(), version=organisation.version, conflict=conflict,
        is_typed_before=typed is not None, back=_list_of(organisation),
    )  # fmt: skip


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

        save_part(
            by=request.user, organisation=organisation, part=PartKey.OFFERS, write=write, seen=organisation.version
        )
        text = _("“%(name)s” takes place again") if is_active else _("“%(name)s” pauses")
        say_saved(request, text % {"name": offer.name})
    return redirect(_list_of(organisation))


@for_keepers
@may_be_sent
def remove(request: HttpRequest, organisation: Organisation, pk: int) -> HttpResponse:
    """Ask once, then remove an offer; the list offers to take it back."""
    offer = get_object_or_404(organisation.offers, pk=pk)
    if request.method != "POST":
        crumbs = [(_OFFERS.label, _list_of(organisation))]
        return show(
            request, "remove_offer.html", organisation, heading=_("Remove the offer"), crumbs=crumbs, offer=offer,
            back=_list_of(organisation),
        )  # fmt: skip
    save_part(
        by=request.user, organisation=organisation, part=PartKey.OFFERS, write=lambda one: offer.delete(),
        seen=organisation.version,
    )  # fmt: skip
    say_saved(request, _("“%(name)s” is removed; below you can take it back") % {"name": offer.name})
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
    save_part(
        by=request.user, organisation=organisation, part=PartKey.OFFERS, seen=organisation.version,
        write=lambda one: write_offer(one, values),
    )  # fmt: skip
    say_saved(request, _("“%(name)s” is back") % {"name": values["name"]})
    return redirect(_list_of(organisation))


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
