"""Plants people who are named in the directory: contacts and experts in every state of consent, and a question.

What no consent covers is known to the keepers of the entry and to editors alone, or to the person.
"""

import datetime

from django.utils import timezone

from knowledge.directory.models import Consent, Contact, Expert, ExpertRequest
from knowledge.directory.people.wording import EXPERT_FIELDS
from tests.matrix.filling import values_for
from tests.matrix.world import EDITING, Planted, World

_NOW = timezone.now()
_DAY = datetime.timedelta(days=1)
#: State → the dates of the consent; nothing stands for none at all.
_CONSENTS = {
    "live": {"expires_at": _NOW + 90 * _DAY},
    "without consent": None,
    "taken back": {"expires_at": _NOW + 90 * _DAY, "withdrawn_at": _NOW - _DAY},
    "run out": {"given_at": _NOW - 90 * _DAY, "expires_at": _NOW - _DAY},
}
#: What the contacts agreed to; the rest of their details nobody sees.
_SHOWN = ("name", "phone")
#: Whose entry it is → who may find it, and what keeps everybody from it.
_ENTRIES = {
    "member": ("member", "live", {}),
    "staff of A": ("staff", "live", {}),
    "staff of B": ("member", "live", {"is_hidden": True}),
    "member of group A": ("member", "without consent", {}),
    "lead of group A": ("member", "taken back", {}),
    "data owner": ("staff", "run out", {}),
    "suspended administrator": ("member", "live", {}),
}


def plant_contacts(world: World) -> None:
    """Plant a contact in every state of consent in every entry, whoever may read it."""
    for entry in [*world.of_kind("directory.Organisation")]:
        for state, dates in _CONSENTS.items():
            _plant_contact(world, entry, state, dates)


def _plant_contact(world: World, entry: Planted, state: str, dates: dict | None) -> None:
    owner = f"contact of {entry.key}: {state}"
    # Whoever keeps an entry sees whom it names; nobody else does without a consent.
    keepers = {EDITING} | ({entry.key} if entry.key.startswith("org:") else set())
    is_shown = state == "live" and entry.readable
    reach = {name: keepers | ({entry.audience} if is_shown and name in _SHOWN else set()) for name in _FIELDS}
    values = values_for(Contact, lambda place, room: world.mint.token(owner, place, reach[place], room=room))
    person = Contact.objects.create(organisation_id=entry.pk, **values | {"address_mark": ""})
    if dates is not None:
        wording = world.mint.token(owner, "wording", keepers)
        Consent.objects.create(contact=person, purpose="contact", fields=list(_SHOWN), wording=wording, **dates)
    _add(world, owner, person)
    if is_shown and entry.url:
        entry.shown |= {world.mint.at(owner, name) for name in _SHOWN}


_FIELDS = ("name", "function", "email", "phone", "address_mark")


def plant_experts(world: World) -> None:
    """Plant entries of experts in every state, and a question to one of them."""
    for role, (audience, state, values) in _ENTRIES.items():
        _plant_expert(world, role, audience, state, values)
    _plant_question(world)


def _plant_expert(world: World, role: str, audience: str, state: str, fixed: dict) -> None:
    owner, own = f"expert: {role}", f"self:{role}"
    person = world.people[role]
    is_readable = state == "live" and not fixed and person.is_active
    reach = {own, audience} if is_readable else {own}
    values = values_for(Expert, lambda place, room: world.mint.token(owner, place, reach, room=room))
    expert = Expert.objects.create(person_id=person.pk, audience=audience, **values | fixed)
    if dates := _CONSENTS[state]:
        wording = world.mint.token(owner, "wording", {own})
        Consent.objects.create(expert=expert, purpose="expert", fields=list(EXPERT_FIELDS), wording=wording, **dates)
    # Saved once more, so that the index learns of it together with its consent.
    expert.save()
    found = {world.mint.at(owner, place) for place in ("headline", "competences")}
    world.add(
        Planted(
            owner, "directory.Expert", audience, readable=is_readable, pk=expert.pk,
            title=world.mint.at(owner, "headline"), search_kind="expert", findable=found,
            extra={"uid": expert.uid, "without_common_word": True, "role": role},
        )
    )  # fmt: skip


def _plant_question(world: World) -> None:
    """A question of the editor to the member, answered; each of the two sees it, and nobody else."""
    owner, both = "question to an expert", {"self:member", "self:editor"}
    values = values_for(ExpertRequest, lambda place, room: world.mint.token(owner, place, both, room=room))
    expert = Expert.objects.get(pk=world.objects["expert: member"].pk)
    question = ExpertRequest.objects.create(
        expert=expert, asked_by_id=world.people["editor"].pk, answered_at=_NOW, is_accepted=True, **values
    )
    _add(world, owner, question)
    # Who is asked learns who asks, by name.
    name = world.mint.tokens[world.mint.at("person: editor", "display_name")]
    world.mint.token(name.owner, name.place, {*name.reach, "self:member"})


def _add(world: World, key: str, thing) -> None:
    world.add(Planted(key, thing._meta.label, "", readable=False, pk=thing.pk))
