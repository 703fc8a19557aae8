"""Plants entries of the directory in every state and audience, with all that organisations say in them."""

import datetime

from django.utils import timezone

from knowledge.directory.models import (
    EntryRemark,
    Mandate,
    Offer,
    OfferAccess,
    OpeningTime,
    Organisation,
    Qualification,
    Registration,
    SelfDescription,
    SpokenLanguage,
    TransparencyNote,
)
from tests.factories.pages import directory_index
from tests.matrix.filling import values_for
from tests.matrix.plant_people import _ADMINISTRATIONS
from tests.matrix.world import EDITING, Planted, World

#: Name of the case → state, audience, and whether readers find it; written down, never asked of the portal.
CASES = {
    "public": ("live", "public", True),
    "public, dormant": ("dormant", "public", True),
    "for members": ("live", "member", True),
    "draft": ("draft", "public", False),
    "archived": ("archived", "public", False),
}
#: By what the search does not find an organisation: addresses and numbers, and what it shares with its offers.
_UNFINDABLE = {
    "slug", "street", "postal_code", "city", "website", "email", "phone", "reachable", "rooms", "quality",
    "legal_basis", "funding_programme", "name", "short_name",
}  # fmt: skip
_OFFER_UNFINDABLE = {"url", "name"}
#: Model → choices it cannot do without, and places of its words that the search does not read.
_PARTS = {
    SelfDescription: ({"language": "de"}, {"language"}),
    Mandate: ({"kind": "municipal"}, {"confirmed_by", "reply"}),
    Qualification: ({"kind": "advice"}, {"confirmed_by", "evidence", "reply"}),
    Registration: ({"kind": "vereinsregister"}, {"number", "authority", "reply"}),
    TransparencyNote: ({"item": "1"}, {"url"}),
}
#: Shown only beside a confirmation, which none of these has.
_UNSHOWN = {Mandate: {"confirmed_by"}, Qualification: {"confirmed_by"}, SelfDescription: {"language"}}


def plant_directory(world: World) -> None:
    """Plant the list, then an entry of every case with an offer that takes place, and one that does not."""
    _plant_index(world)
    for case in CASES:
        _plant_entry(world, case)
    remark = _create(world, "remark", EntryRemark, {EDITING, "org:X"}, organisation=world.places["organisation X"])
    _add(world, "remark", remark)


def _plant_index(world: World) -> None:
    page = directory_index()
    owner, reach = page._meta.label, {"public", EDITING}
    kept = {"slug"}
    texts = values_for(type(page), lambda place, room: world.mint.token(owner, place, reach, room=room))
    for name in set(texts) - kept:
        setattr(page, name, texts[name])
    page.save()
    world.add(
        Planted(
            owner, page._meta.label, "public", readable=True, pk=page.pk, url=page.url,
            shown=world.mint.of(owner, leaving_out={"slug", "seo_title", "title"}),
            extra={"state": "live", "in_sitemap": True},
        )
    )  # fmt: skip


def _plant_entry(world: World, case: str) -> None:
    state, audience, is_shown = CASES[case]
    owner = f"entry: {case}"
    reach = {EDITING, *_ADMINISTRATIONS, *({audience} if is_shown else ())}
    entry = _create(
        world, owner, Organisation, reach, state=state, audience=audience, confirmed_at=timezone.now(),
        founded_year=1999,
    )  # fmt: skip
    shown = world.mint.of(owner, leaving_out={"slug"})
    findable = world.mint.of(owner, leaving_out=_UNFINDABLE)
    for model, (choices, unfindable) in _PARTS.items():
        name = f"{owner}: {model._meta.model_name}"
        _add(world, name, _create(world, name, model, reach, organisation=entry, **choices))
        shown |= world.mint.of(name, leaving_out=_UNSHOWN.get(model, set()))
        findable |= world.mint.of(name, leaving_out=unfindable | {"url"})
    shown |= _plant_offer(world, owner, entry, reach, case)
    world.add(
        Planted(
            owner, "directory.Organisation", audience, readable=is_shown, pk=entry.pk, url=entry.get_absolute_url(),
            shown=shown, title=world.mint.at(owner, "name"), search_kind="organisation", findable=findable,
            extra={
                "state": state, "without_common_word": True, "slug": entry.slug,
                "in_sitemap": state == "live" and audience == "public",
            },
        )
    )  # fmt: skip


def _plant_offer(world: World, of: str, entry: Organisation, reach: set[str], case: str) -> set[str]:
    """Plant the offers of an entry; returns the words that its profile shows of them."""
    _state, audience, is_shown = CASES[case]
    owner = f"{of}: offer"
    offer = _create(world, owner, Offer, reach, organisation=entry, kind="advice")
    paused = _create(world, f"{owner}, paused", Offer, reach, organisation=entry, kind="advice", is_active=False)
    shown = world.mint.of(owner) | {world.mint.at(f"{owner}, paused", "name")}
    findable = world.mint.of(owner, leaving_out=_OFFER_UNFINDABLE)
    SpokenLanguage.objects.create(organisation=entry, offer=offer, code="ti")
    _add(world, f"{owner}, paused", paused)
    for name, model, values in (
        (f"{owner}: access", OfferAccess, {"offer": offer, "status": "DU", "access": "open"}),
        (f"{owner}: time", OpeningTime, {"organisation": entry, "offer": offer, "weekday": 1,
                                         "opens": datetime.time(9), "closes": datetime.time(12)}),
    ):  # fmt: skip
        _add(world, name, _create(world, name, model, reach, **values))
        shown |= world.mint.of(name)
        findable |= world.mint.of(name)
    world.add(
        Planted(
            owner, "directory.Offer", audience, readable=is_shown, pk=offer.pk,
            title=world.mint.at(owner, "name"), search_kind="offer", findable=findable,
            extra={"without_common_word": True},
        )
    )  # fmt: skip
    return shown


def _create(world: World, owner: str, model, reach: set[str], **fixed):
    texts = values_for(model, lambda place, room: world.mint.token(owner, place, reach, room=room))
    return model.objects.create(**texts | fixed)


def _add(world: World, key: str, thing) -> None:
    world.add(Planted(key, thing._meta.label, "", readable=False, pk=thing.pk))
