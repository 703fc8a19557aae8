"""Taking a consent back: from that answer on, no word of the person stands in any answer to anybody.

Every route of the portal is asked by readers, by keepers of the entry and by editors, with the index lagging behind,
and whatever mails leave afterwards are read, too.
"""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from knowledge.directory.enums import ChangeAct, ChangeState, ChangeSubject
from knowledge.directory.models import Contact, DirectoryIndexPage, Expert, ExpertRequest, ProfileChange
from knowledge.directory.people.links import token_of
from portal.accounts.enums import ScopeKind
from portal.accounts.models import RoleAssignment
from search.drain import drain
from tests.factories.accounts import UserFactory
from tests.factories.directory import contact, expert, offer, organisation
from tests.factories.pages import site_with_home
from tests.matrix.requests import ask, closed_page, expect_none
from tests.matrix.roles import BY_NAME
from tests.matrix.route_walk import routes
from tests.matrix.routes import addresses, row_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile"),
]

KEEPER, ASKER = "editor of organisation X", "member"
READERS = [BY_NAME[name] for name in ("anonymous", ASKER, "staff of B", KEEPER, "editor")]
#: Words that stand nowhere else; in lower case, as answers are compared.
OF_THE_CONTACT = ("wiedehopfia", "blaukehlchenamt", "rotmilan@verein.example", "0170 4711081")
OF_THE_EXPERT = ("steinadlerkunde", "haubentaucherisch", "zaunkoenighonorar", "kranichantwort", "seidenschwanz")


@pytest.fixture
def scene(world, changeable_index):
    """An entry that everybody reads, with a contact who agreed to everything, and an expert who answered a member."""
    if not DirectoryIndexPage.objects.exists():
        site_with_home().add_child(instance=DirectoryIndexPage(title="Verzeichnis", slug="verzeichnis"))
    entry = organisation(name="Verein Offene Tür")
    offer(entry)
    name, function, email, phone = OF_THE_CONTACT
    person = contact(entry, name=name, function=function, email=email, phone=phone)
    RoleAssignment.objects.create(
        person_id=world.people[KEEPER].pk, role="organisation_editor", scope_kind=ScopeKind.ORGANISATION,
        scope_id=entry.pk,
    )  # fmt: skip
    ProfileChange.objects.create(
        organisation=entry, subject=ChangeSubject.CONTACT, act=ChangeAct.ADD, state=ChangeState.ACCEPTED,
        after={"name": name, "email": email, "phone": phone}, proposed_by_id=world.people[KEEPER].pk,
    )  # fmt: skip
    headline, competences, conditions, answer, own_name = OF_THE_EXPERT
    known = expert(
        UserFactory(display_name=own_name), headline=headline, competences=competences, conditions=conditions
    )
    ExpertRequest.objects.create(
        expert=known, asked_by_id=world.people[ASKER].pk, occasion="Elternabend", text="Frage",
        consideration="150 Euro",
        answered_at=timezone.now(), is_accepted=True, answer=answer, revealed=["name"],
    )  # fmt: skip
    drain()
    return entry, person, known


def every_address(world, role, entry: "object", known: Expert) -> list[str]:
    """Every address of every route, and those of the entry, the expert and everything that is made of them."""
    question = ExpertRequest.objects.get(expert=known).pk
    profile = f"/verzeichnis/{entry.slug}/"
    own = [
        "/verzeichnis/", profile, f"{profile}kontakt.vcf", f"{profile}rueckmeldung/", "/verzeichnis/?q=verein",
        f"/api/hsds/3.0/organizations/{entry.uid}", "/api/hsds/3.0/organizations?per_page=100",
        f"/verzeichnis-pflegen/{entry.slug}/", f"/verzeichnis-pflegen/{entry.slug}/teil/ansprechpersonen/",
        f"/verzeichnis-pflegen/{entry.slug}/vorschau/", f"/verzeichnis-pflegen/{entry.slug}/verlauf/",
        "/fachpersonen/", known.get_absolute_url(), f"{known.get_absolute_url()}anfragen/", "/fachpersonen/anfragen/",
        f"/fachpersonen/anfragen/{question}/", f"/redaktion/snippets/directory/organisation/edit/{entry.pk}/",
        f"/redaktion/snippets/directory/organisation/history/{entry.pk}/",
        "/konto/daten/", "/sitemap.xml", "/robots.txt",
        *(f"{path}?q={word}" for word in (*OF_THE_CONTACT, *OF_THE_EXPERT)
          for path in ("/suche/", "/suche/vorschlaege/", "/api/v1/suche/", "/verzeichnis/")),
    ]  # fmt: skip
    walked = [
        address
        for route in routes()
        if (row := row_of(route)) is not None
        if role.edits or not route.pattern.startswith(("redaktion/", "verwaltung/"))
        for address in addresses(route, row, world, role, closed_page(world))
    ]
    return list(dict.fromkeys([*own, *walked]))


def words_in(response, address: str, words) -> list[str]:
    """Which of the words an answer tells; the one that was asked for is no news."""
    told = response.told.lower()
    return [word for word in words if word in told and word not in address]


def told_to(world, role, address, words) -> list[str]:
    return words_in(ask(world, role, address), address, words)


def test_before_it_those_who_may_see_the_people_do(world, scene):
    entry, _person, known = scene
    anybody, asker = BY_NAME["anonymous"], BY_NAME[ASKER]
    assert set(told_to(world, anybody, f"/verzeichnis/{entry.slug}/", OF_THE_CONTACT)) == set(OF_THE_CONTACT)
    assert told_to(world, asker, known.get_absolute_url(), OF_THE_EXPERT[:3]) == list(OF_THE_EXPERT[:3])
    assert told_to(world, asker, "/suche/?q=haubentaucherisch", OF_THE_EXPERT[:1]) == list(OF_THE_EXPERT[:1])
    question = ExpertRequest.objects.get(expert=known).pk
    assert told_to(world, asker, f"/fachpersonen/anfragen/{question}/", OF_THE_EXPERT[3:]) == list(OF_THE_EXPERT[3:])
    assert told_to(world, anybody, "/suche/?q=wiedehopfia", ("verein offene",)) == []


@pytest.mark.parametrize("role", READERS, ids=str)
def test_after_it_no_word_of_them_stands_in_any_answer(world, scene, role, monkeypatch):
    entry, person, known = scene
    for module in ("search.asking", "search.drain"):
        monkeypatch.setattr(f"{module}.drain_quietly", lambda: None)
    # Whatever a cache might keep is asked for once before.
    for address in (f"/verzeichnis/{entry.slug}/", "/verzeichnis/", "/fachpersonen/", "/suche/?q=verein"):
        ask(world, role, address)
    for somebody in (person, known):
        answer = ask(world, BY_NAME["anonymous"], _link(somebody), {"act": "withdraw"})
        assert answer.status_code == 302
        assert words_in(answer, "", (*OF_THE_CONTACT, *OF_THE_EXPERT)) == []
    faults = []
    for address in every_address(world, role, entry, known):
        answer = ask(world, role, address)
        told = words_in(answer, address, (*OF_THE_CONTACT, *OF_THE_EXPERT))
        if told and "/redaktion/users/" not in address:
            faults.append(f"{address} ({answer.status_code}): {told}")
    expect_none(faults)


def test_after_it_no_mail_names_them(world, scene, mailoutbox, django_capture_on_commit_callbacks):
    entry, person, known = scene
    with django_capture_on_commit_callbacks(execute=True):
        for somebody in (person, known):
            ask(world, BY_NAME["anonymous"], _link(somebody), {"act": "withdraw"})
    ask(world, BY_NAME["anonymous"], f"/verzeichnis/{entry.slug}/rueckmeldung/", {"text": "Die Adresse stimmt nicht."})
    for command in (["directory_consents"], ["directory", "remind"], ["saved_searches", "send"]):
        try:
            call_command(*command, verbosity=0)
        except CommandError as refusal:
            # Other people's mails are not what is looked at here.
            assert not any(word in str(refusal).lower() for word in (*OF_THE_CONTACT, *OF_THE_EXPERT))  # noqa: PT017
    told = " ".join(f"{mail.to} {mail.subject} {mail.body} {mail.alternatives}" for mail in mailoutbox).lower()
    assert [word for word in (*OF_THE_CONTACT, *OF_THE_EXPERT) if word in told] == []


def test_after_it_no_word_of_the_contact_is_left_in_the_database(world, scene):
    """What is in no row can stand in no answer; the expert's own words stay with the expert alone."""
    _entry, person, known = scene
    for somebody in (person, known):
        ask(world, BY_NAME["anonymous"], _link(somebody), {"act": "withdraw"})
    drain()
    assert _rows_with(OF_THE_CONTACT) == []
    own = {f"{model._meta.label}" for model in (Expert, ExpertRequest)}
    assert {row.partition(":")[0] for row in _rows_with(OF_THE_EXPERT[:4])} <= own
    assert Contact.objects.filter(pk=person.pk).exists()


def _rows_with(words) -> list[str]:
    from django.apps import apps
    from django.db.models import CharField, JSONField, Q, TextField

    found = []
    for model in apps.get_models(include_auto_created=True):
        texts = [f for f in model._meta.local_concrete_fields if isinstance(f, CharField | TextField | JSONField)]
        for field in texts:
            wanted = Q()
            for word in words:
                wanted |= Q(**{f"{field.name}__icontains": word})
            found += [f"{model._meta.label}: {field.name}" for _row in model._base_manager.filter(wanted)[:1]]
    return found


def _link(person) -> str:
    return reverse("consent", args=[token_of(person)])
