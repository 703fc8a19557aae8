"""What open pages say about closed ones by the way: links in running text, and words that crowd out others."""

import pytest
from wagtail.models import Page

from knowledge.papers.models import PositionPaperPage
from search.drain import drain
from search.suggestions import suggestions
from tests.factories.pages import paper, section
from tests.matrix.requests import ask, expect_none
from tests.matrix.roles import BY_NAME, ROLES
from tests.matrix.test_search import search

pytestmark = pytest.mark.django_db
READERS = [role for role in ROLES if not role.owes_second_factor]


@pytest.mark.parametrize("role", READERS, ids=str)
def test_a_link_to_something_closed_does_not_tell_its_address(world, role):
    linked = [thing for thing in world.of_kind("papers.PositionPaperPage") if thing.extra["state"] != "deleted"]
    links = "".join(f'<p><a linktype="page" id="{thing.pk}">Seite</a></p>' for thing in linked)
    files = [*world.of_kind("shared.PortalDocument")]
    links += "".join(f'<p><a linktype="document" id="{thing.pk}">Datei</a></p>' for thing in files)
    page = paper(title="Verweise", sections=[section("Verweise", links)])
    answer = ask(world, role, page.url)
    expect_none(world.leaks(role, answer))
    shown = [thing for thing in (*linked, *files) if thing.may_be_read_by(role)]
    expect_none([f"{thing.key} is not linked" for thing in shown if f'href="{linked_as(thing)}"' not in answer.told])


def linked_as(thing) -> str:
    """What is not for everybody is linked by its number alone, since a text is the same for all its readers."""
    if thing.audience == "public":
        return thing.url
    return f"/dokumente/{thing.pk}/datei" if thing.kind == "shared.PortalDocument" else f"/seiten/{thing.pk}/"


@pytest.mark.parametrize("name", ["role that ended yesterday", "lead of group A"])
def test_ones_own_data_name_no_page_that_its_maker_may_not_read_today(world, name):
    """Who lost a role keeps the record of having written something, not the title that it has now."""
    role, papers = BY_NAME[name], [*world.of_kind("papers.PositionPaperPage")][::2]
    Page.objects.filter(pk__in=[planted.pk for planted in papers]).update(owner=world.people[name])
    answer = ask(world, role, "/konto/daten/")
    expect_none(world.leaks(role, answer))
    assert {planted.title for planted in world.readable_to(role, papers)} <= world.mint.found_in(answer)


@pytest.mark.parametrize("role", READERS, ids=str)
def test_a_paper_names_no_edition_before_or_after_it_that_its_reader_may_not_see(world, role):
    others = [*world.of_kind("papers.PositionPaperPage")]
    faults = []
    for other in [thing for thing in others if thing.extra["state"] == "live"]:
        after = paper(title="Auflage danach", supersedes_id=other.pk, edition=9)
        before = paper(title="Auflage davor", edition=1)
        PositionPaperPage.objects.filter(pk=other.pk).update(supersedes=before, edition=2)
        for page in (after, before):
            answer = ask(world, role, page.url)
            faults += [f"{page.title} of {other.key}: {leak}" for leak in world.leaks(role, answer)]
            if (other.title in answer.told) is not other.may_be_read_by(role):
                faults.append(f"{page.title} of {other.key}: its title")
    expect_none(faults)


def test_closed_words_do_not_crowd_out_the_repair_of_open_ones(world, changeable_index):
    paper(title="Sprachkursplanung")
    paper(title=" ".join(f"Sprachkursplanum{letter}" for letter in "abcdefgh"), chosen_audience="editor")
    drain()
    page = search(world.user(BY_NAME["anonymous"]), "Sprachkursplanumg")
    assert "Sprachkursplanung" in (page.searched_query, *(link.label for link in page.offered))


def test_a_spelling_in_closed_pages_does_not_replace_the_one_in_open_pages(world, changeable_index):
    paper(title="Größenordnung")
    for number in range(3):
        paper(title=f"Groessenordnung {number}", chosen_audience="editor")
    drain()
    page = search(world.user(BY_NAME["anonymous"]), "Größenordnumg")
    assert "Größenordnung" in (page.searched_query, *(link.label for link in page.offered))


def test_a_word_that_only_closed_pages_write_counts_as_misspelt(world, changeable_index):
    paper(title="Sprachkursplanung")
    paper(title="Sprachkursplanumg", chosen_audience="editor")
    drain()
    page = search(world.user(BY_NAME["anonymous"]), "Sprachkursplanumg")
    assert "Sprachkursplanung" in (page.searched_query, *(link.label for link in page.offered))


def test_closed_titles_do_not_crowd_out_the_offer_of_open_ones(world, changeable_index):
    for number in range(8):
        paper(title=f"Quartiersbüro {number}", chosen_audience="editor")
    paper(title="Quartiersbüro offen")
    drain()
    assert [offer.text for offer in suggestions("Quartiersb", world.user(BY_NAME["anonymous"]))] == [
        "Quartiersbüro offen"
    ]


@pytest.mark.parametrize("role", READERS, ids=str)
def test_a_closed_picture_is_missing_from_an_open_page(world, role):
    pictures = [*world.of_kind("shared.PortalImage")]
    page = paper(title="Bilder", sections=[shown(world, pictures)])
    answer = ask(world, role, page.url)
    expect_none(world.leaks(role, answer))
    seen = {thing.key for thing in pictures if world.mint.at(thing.key, "title") in answer.told}
    assert seen == {thing.key for thing in pictures if thing.may_be_read_by(role)}


def shown(world, pictures) -> dict:
    captions = {thing.pk: world.mint.at(thing.key, "title") for thing in pictures}
    figures = [
        {"type": "figure", "value": {"image": {"image": pk, "decorative": True}, "caption": caption, "source": ""}}
        for pk, caption in captions.items()
    ]
    return {"type": "section", "value": {"heading": "Bilder", "number": "", "level": "1", "body": figures}}
