"""What goes on behind an entry: its own people and editors see it, others neither see nor change anything there."""

import pytest

from tests.matrix.requests import ask, expect_none
from tests.matrix.roles import BY_NAME
from tests.matrix.test_routes import CHANGES, writing

pytestmark = pytest.mark.django_db
OUTSIDERS = ("anonymous", "member", "staff of A", "editor of organisation Y", "author", "administrator of A",
             "suspended administrator", "editor without a second factor")  # fmt: skip
ACTS = (
    "teil/name-und-ort/", "texte/neu/", "angebote/neu/", "angebote/zurueckholen/", "vorschlag/auftrag/",
    "veroeffentlichen/", "herausnehmen/", "stimmt-noch/", "verlauf/1/", "vertretung/",
)  # fmt: skip
#: Wagtail keeps its bar's settings for whoever works in the editing interface, on every page.
_PROFILE = "wagtailusers_userprofile"


def pages(world) -> dict[str, str]:
    """Return the pages of organisation X, each with the objects whose words it must hold."""
    start = f"/verzeichnis-pflegen/{world.places['organisation X'].slug}/"
    found = {f"{start}verlauf/1/": "version of X", f"{start}vertretung/": "proof of representation"}
    for planted in world.of_kind("directory.ProfileChange"):
        if planted.key.startswith("proposal of X"):
            found[f"{start}pruefung/{planted.pk}/"] = planted.key
    return found


@pytest.mark.parametrize("name", ["editor of organisation X", "editor", "administrator"])
def test_its_people_and_editors_find_there_what_is_theirs(world, name):
    faults = []
    for address, key in pages(world).items():
        response = ask(world, BY_NAME[name], address)
        found = world.mint.found_in(response)
        # The decision has not been made, and the proof has not been checked.
        missing = world.mint.of(key, leaving_out={"decision_note", "check_note", "proof"}) - found
        faults += [f"{address}: {word} of {key} is missing" for word in missing]
        faults += [f"{address}: {response.status_code}"] if response.status_code != 200 else []
    expect_none(faults)


@pytest.mark.parametrize("name", OUTSIDERS)
def test_others_see_and_change_nothing_there(world, name):
    role, faults = BY_NAME[name], []
    start = f"/verzeichnis-pflegen/{world.places['organisation X'].slug}/"
    addresses = [*pages(world), *(f"{start}{act}" for act in ACTS)]
    addresses += [f"{start}pruefung/{p.pk}/zuruecknehmen/" for p in world.of_kind("directory.ProfileChange")][:4]
    for address in addresses:
        with writing() as written:
            answers = ask(world, role, address), ask(world, role, address, CHANGES)
        faults += [f"{address}: {answer.status_code}" for answer in answers if answer.status_code not in (302, 404)]
        faults += [f"{address} wrote: {statement[:100]}" for statement in written if _PROFILE not in statement]
        faults += [f"{address}: {leak}" for answer in answers for leak in world.leaks(role, answer)]
    expect_none(faults)
