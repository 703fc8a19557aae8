import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.accounts import rules
from portal.accounts.actions.roles import grant_role
from portal.accounts.enums import AccountState, Role
from portal.accounts.models import Invitation, JoinRequest, RoleAssignment, User
from portal.accounts.people.reading import what_a_person_reads
from portal.shared.visibility import labels_for
from tests.factories.accounts import UserFactory
from tests.factories.places import DepartmentFactory, MunicipalityFactory
from tests.portal.accounts.people import (
    local_administrator,
    network_administrator,
    organisation,
    sign_in,
    working_group,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return MunicipalityFactory(name="Ravensfurt")


def text_of(response) -> str:
    return response.content.decode()


# Who sees what.


def _everybody(place):
    group, club = working_group(), organisation(municipality=place)
    return {
        "network": network_administrator(municipality=place),
        "local": local_administrator(place),
        "local elsewhere": local_administrator(MunicipalityFactory()),
        "lead": UserFactory(roles=[("group_lead", group)], municipality=place),
        "organisation": UserFactory(roles=[("organisation_editor", club)], municipality=place),
        "editor": UserFactory(editor=True, municipality=place),
        "staff": UserFactory(roles=[("staff", place)], municipality=place),
        "coming": UserFactory(
            roles=[("editor", None, {"valid_from": timezone.localdate() + datetime.timedelta(days=9)})],
            municipality=place,
        ),
        "member": UserFactory(municipality=place),
        "elsewhere": UserFactory(),
        "suspended": UserFactory(municipality=place, state=AccountState.SUSPENDED),
        "without factor": UserFactory(roles=["administrator"], second_factor=False),
    }


def test_the_predicate_and_the_queryset_say_the_same_about_everybody(place):
    everybody = {name: User.objects.get(pk=person.pk) for name, person in _everybody(place).items()}
    for name, actor in everybody.items():
        listed = set(User.objects.administrable_by(actor).values_list("pk", flat=True))
        asked = {person.pk for person in everybody.values() if rules.may_administer(actor, person)}
        assert listed == asked, name


PAGES = [
    "/personen/",
    "/personen/rollen/",
    "/personen/einladen/",
    "/personen/einladen/?rolle=mitglied",
    "/personen/einladen/?rolle=staff",
    "/personen/einladungen/",
    "/personen/anfragen/",
    "/personen/anfragen/{request}/",
    "/personen/anfragen/{request}/ablehnen/",
    "/personen/{person}/",
    "/personen/{person}/aendern/",
    "/personen/{person}/rolle-geben/",
    "/personen/{person}/rolle-geben/?rolle=staff",
    "/personen/{person}/sperren/",
    "/personen/{person}/sitzungen-beenden/",
    "/personen/{person}/entsperren/",
    "/personen/rollen/{role}/beenden/",
    "/personen/gruppe/{group}/",
    "/personen/gruppe/{group}/einladen/",
    "/personen/organisation/{organisation}/",
    "/personen/organisation/{organisation}/einladen/",
    "/personen/meine/",
]
OF_GROUPS = {"/personen/gruppe/{group}/", "/personen/gruppe/{group}/einladen/"}
OF_ORGANISATIONS = {"/personen/organisation/{organisation}/", "/personen/organisation/{organisation}/einladen/"}
OPEN_TO = {
    "network": set(PAGES) - {"/personen/meine/"},
    "local": set(PAGES) - {"/personen/meine/", "/personen/rollen/"} - OF_GROUPS,
    "lead": {"/personen/meine/"} | OF_GROUPS,
    "organisation": {"/personen/meine/"} | OF_ORGANISATIONS,
    "editor": set(),
    "member": set(),
    "anonymous": set(),
}


@pytest.mark.parametrize("name", OPEN_TO)
def test_whoever_has_no_business_there_gets_the_answer_of_a_page_that_is_not_there(client, place, name):
    everybody = _everybody(place)
    values = {
        "person": everybody["staff"].pk,
        "role": everybody["staff"].role_assignments.get().pk,
        "group": everybody["lead"].role_assignments.get().scope_id,
        "organisation": everybody["organisation"].role_assignments.get().scope_id,
        "request": JoinRequest.objects.create(email="a@b.example", display_name="A", municipality=place).pk,
    }
    if name != "anonymous":
        sign_in(client, everybody[name])
    missing = client.get("/gibt-es-nicht/")
    for pattern in PAGES:
        for method in (client.get, client.post):
            response = method(pattern.format(**values))
            if name == "anonymous" and method == client.post:
                # Whose session ended gets back what was typed, wherever it was sent.
                assert response.status_code == 401
                continue
            if pattern not in OPEN_TO[name]:
                assert response.status_code in (404, 405), pattern
                if response.status_code == 404:
                    assert set(response.headers) == set(missing.headers), pattern
                else:
                    # The address is known to be there by those with a role; what lies behind it is not.
                    assert method == client.post, pattern
                    assert name not in ("member", "anonymous"), pattern
            elif method == client.get:
                assert response.status_code == 200, pattern


def test_people_of_other_municipalities_and_of_the_network_are_not_there(client, place):
    everybody = _everybody(place)
    sign_in(client, everybody["local"])
    for name in ("elsewhere", "editor", "network", "coming", "local elsewhere"):
        pk = everybody[name].pk
        for page in ("", "aendern/", "rolle-geben/", "sperren/", "entsperren/", "sitzungen-beenden/"):
            assert client.get(f"/personen/{pk}/{page}").status_code == 404
        assert everybody[name].email not in text_of(client.get("/personen/"))


@pytest.mark.parametrize("pk", [0, 10**17, 10**18 - 1, 10**30])
def test_numbers_that_nobody_has_are_not_there(client, pk):
    sign_in(client, network_administrator())
    for path in (f"/personen/{pk}/", f"/personen/gruppe/{pk}/", f"/personen/rollen/{pk}/beenden/"):
        assert client.get(path).status_code == 404


# The list.


def test_the_list_counts_in_words_finds_by_name_and_address_and_narrows(client, place):
    sign_in(client, network_administrator(display_name="Ada", email="ada@netz.example"))
    UserFactory(display_name="Özlem Şahin", municipality=place, roles=[("staff", place)])
    UserFactory(display_name="Jürgen Groß", municipality=place, state=AccountState.SUSPENDED)
    cases = {
        "": {"Ada", "Özlem Şahin", "Jürgen Groß"},
        "?q=şahin": {"Özlem Şahin"},
        "?q=ÖZLEM": {"Özlem Şahin"},
        "?q=ada@": {"Ada"},
        "?rolle=staff": {"Özlem Şahin"},
        "?rolle=keine": {"Jürgen Groß"},
        "?zustand=suspended": {"Jürgen Groß"},
        f"?kommune={place.pk}": {"Özlem Şahin", "Jürgen Groß"},
        "?rolle=staff&zustand=suspended": set(),
        "?rolle=gibtesnicht&kommune=x&zustand=%00": {"Ada", "Özlem Şahin", "Jürgen Groß"},
    }
    for query, expected in cases.items():
        response = client.get(f"/personen/{query}")
        assert {str(person) for person in response.context["people"]} == expected, query
    html = text_of(client.get("/personen/?rolle=staff&zustand=suspended"))
    assert "empty-state" in html
    assert "chips" in html


def test_the_list_comes_in_pages(client):
    sign_in(client, network_administrator())
    for _ in range(30):
        UserFactory()
    first, second = client.get("/personen/"), client.get("/personen/?seite=2")
    assert (len(first.context["people"]), len(second.context["people"])) == (25, 6)
    assert "seite=2" in text_of(first)


def _fill(place, number):
    for _ in range(number):
        group = working_group(f"AG {WorkingNumber.next()}")
        department = DepartmentFactory(municipality=place)
        UserFactory(municipality=place, roles=[("staff", department), ("group_member", group), ("staff", place)])
        JoinRequest.objects.create(email=f"{WorkingNumber.next()}@k.example", display_name="A", municipality=place)


class WorkingNumber:
    """Numbers for names that must differ."""

    last = 0

    @classmethod
    def next(cls) -> int:
        cls.last += 1
        return cls.last


LIST_QUERIES = 18
PERSON_QUERIES = 20


def test_the_list_asks_the_database_as_often_for_many_as_for_few(client, place, django_assert_num_queries):
    sign_in(client, network_administrator())
    _fill(place, 2)
    client.get("/personen/")
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/personen/")
    _fill(place, 10)
    with django_assert_num_queries(LIST_QUERIES):
        client.get("/personen/")


def test_a_persons_page_asks_as_often_for_many_roles_as_for_few(client, place, django_assert_num_queries):
    administrator = network_administrator()
    sign_in(client, administrator)
    person = UserFactory(municipality=place, roles=[("staff", place), ("group_member", working_group())])
    grant_role(by=administrator, person=person, role=Role.STAFF, target=DepartmentFactory(municipality=place))
    client.get(f"/personen/{person.pk}/")
    with django_assert_num_queries(PERSON_QUERIES):
        client.get(f"/personen/{person.pk}/")
    for _ in range(5):
        department, group = DepartmentFactory(municipality=place), working_group(f"AG {WorkingNumber.next()}")
        grant_role(by=administrator, person=person, role=Role.STAFF, target=department)
        grant_role(by=administrator, person=person, role=Role.GROUP_MEMBER, target=group)
    with django_assert_num_queries(PERSON_QUERIES):
        client.get(f"/personen/{person.pk}/")


def test_the_head_of_a_page_asks_nothing_more_for_anonymous_readers(client, django_assert_max_num_queries):
    client.get("/kontakt/")
    with django_assert_max_num_queries(4):
        assert "/personen/" not in text_of(client.get("/kontakt/"))


@pytest.mark.parametrize(
    ("name", "address"),
    [("network", "/personen/"), ("local", "/personen/"), ("lead", "/personen/meine/"), ("member", "")],
)
def test_the_menu_leads_those_there_who_have_business_there(client, place, name, address):
    sign_in(client, _everybody(place)[name])
    html = text_of(client.get("/kontakt/"))
    assert (f'href="{address}"' in html) if address else ("/personen/" not in html)


# The person.


def test_a_persons_page_says_who_may_what_why_and_who_gave_it(client, place):
    administrator = network_administrator(display_name="Ada Öztürk")
    sign_in(client, administrator)
    person = UserFactory(display_name="Jürgen Groß", municipality=place)
    group = working_group("AG Übergänge")
    today = timezone.localdate()
    grant_role(by=administrator, person=person, role=Role.GROUP_MEMBER, target=group, reason="Auf Wunsch der Leitung")
    later = today + datetime.timedelta(days=30)
    grant_role(by=administrator, person=person, role=Role.STAFF, target=place, valid_from=later)
    RoleAssignment.objects.create(
        person=person,
        role=Role.EDITOR,
        valid_from=today - datetime.timedelta(9),
        valid_to=today - datetime.timedelta(1),
    )
    response = client.get(f"/personen/{person.pk}/")
    html = text_of(response)
    groups = {name: [one["role"].role for one in response.context[name]] for name in ("current", "coming", "ended")}
    assert groups == {"current": ["group_member"], "coming": ["staff"], "ended": ["editor"]}
    assert "Auf Wunsch der Leitung" in html
    assert html.count("Ada Öztürk") >= 2
    assert "JBSWY3DPEHPK3PXP" not in html
    assert "AG Übergänge" in html


def test_what_a_person_can_read_is_what_the_portal_lets_them_read_with_a_reason(place):
    everybody = _everybody(place)
    for name, person in everybody.items():
        person = User.objects.get(pk=person.pk)
        readable = what_a_person_reads(person)
        assert len(readable) == len(labels_for(person)), name
        assert all(one.reason for one in readable)
    lead = User.objects.get(pk=everybody["lead"].pk)
    assert any(one.name == "AG Übergänge" for one in what_a_person_reads(lead))


def test_who_signed_in_when_is_not_told(client, place):
    person = UserFactory(municipality=place)
    sign_in(client, person)
    sign_in(client, local_administrator(place))
    response = client.get(f"/personen/{person.pk}/")
    assert response.context["changes"] == []


def test_a_role_is_given_in_two_steps_with_a_reason(client, place):
    sign_in(client, local_administrator(place))
    person = UserFactory(municipality=place)
    path = f"/personen/{person.pk}/rolle-geben/"
    offered = {role["value"] for role in client.get(path).context["roles"]}
    assert offered == rules.GIVEN_BY_A_MUNICIPALITY
    department = DepartmentFactory(municipality=place, name="Amt für Migration")
    DepartmentFactory(name="Fremdes Amt")
    html = text_of(client.get(f"{path}?rolle=staff"))
    assert "Amt für Migration" in html
    assert "Fremdes Amt" not in html
    values = {
        "target": f"department:{department.pk}",
        "valid_from": timezone.localdate().strftime("%d.%m.%Y"),
        "valid_to": "31.12.2099",
        "reason": "Neu im Amt",
    }
    for wrong in ({"reason": ""}, {"valid_from": "gestern"}, {"valid_to": "01.01.2020"}, {"target": "department:99"}):
        assert client.post(f"{path}?rolle=staff", {**values, **wrong}).status_code == 422
    assert client.post(f"{path}?rolle=staff", values).status_code == 302
    role = person.role_assignments.get()
    assert (role.target, role.reason, role.valid_to.year) == (department, "Neu im Amt", 2099)
    assert client.post(f"{path}?rolle=staff", values).status_code == 422


@pytest.mark.parametrize("target", ["network", "municipality:{other}", "group:{group}", "department:x", "x:1", ""])
def test_a_role_is_not_given_where_one_has_no_say(client, place, target):
    sign_in(client, local_administrator(place))
    person = UserFactory(municipality=place)
    value = target.format(other=MunicipalityFactory().pk, group=working_group().pk)
    values = {"target": value, "valid_from": timezone.localdate().strftime("%d.%m.%Y"), "reason": "Versuch"}
    for role in ("staff", "administrator"):
        assert client.post(f"/personen/{person.pk}/rolle-geben/?rolle={role}", values).status_code == 422
    for role in ("editor", "author", "group_lead", "x"):
        assert client.post(f"/personen/{person.pk}/rolle-geben/?rolle={role}", values).status_code == 404
    assert not person.role_assignments.exists()


def test_a_role_of_the_whole_network_needs_no_choice(client):
    sign_in(client, network_administrator())
    person = UserFactory()
    path = f"/personen/{person.pk}/rolle-geben/?rolle=editor"
    assert 'type="hidden" name="target" value="network"' in text_of(client.get(path))
    values = {"target": "network", "valid_from": timezone.localdate().strftime("%d.%m.%Y"), "reason": "Neu"}
    assert client.post(path, values).status_code == 302
    assert person.groups.filter(name="Redaktion").exists()


def test_a_search_finds_what_a_role_is_tied_to(client):
    sign_in(client, network_administrator())
    person = UserFactory()
    DepartmentFactory(name="Amt für Migration", municipality=MunicipalityFactory(name="Bergheim"))
    path = f"/personen/{person.pk}/rolle-geben/?rolle=staff"
    assert "Amt für Migration" not in text_of(client.get(path))
    for words in ("Bergheim", "für Migration"):
        narrowed = client.post(path, {"suche": words, "eingrenzen": "", "reason": "Schon getippt."})
        assert narrowed.status_code == 200
        assert "Amt für Migration" in text_of(narrowed)
        assert "Schon getippt." in text_of(narrowed)
    assert not person.role_assignments.exists()


def test_narrowing_the_list_keeps_a_begun_invitation_and_sends_nothing(client, mailoutbox):
    sign_in(client, network_administrator())
    typed = {"email": "neu@kommune.example", "message": "Willkommen im Netzwerk", "suche": "Berg", "eingrenzen": ""}
    html = text_of(client.post("/personen/einladen/?rolle=staff", typed))
    assert "neu@kommune.example" in html
    assert "Willkommen im Netzwerk" in html
    assert not Invitation.objects.exists()


def test_a_role_is_ended_with_a_reason(client, place):
    sign_in(client, local_administrator(place))
    role = UserFactory(municipality=place, roles=[("staff", place)]).role_assignments.get()
    path = f"/personen/rollen/{role.pk}/beenden/"
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "Hat gewechselt"}).status_code == 302
    role.refresh_from_db()
    assert role.ended_at is not None
    assert client.post(path, {"reason": "Hat gewechselt"}).status_code == 404


def test_a_person_gives_up_their_own_role(client):
    person = UserFactory(editor=True)
    sign_in(client, person)
    response = client.post(f"/personen/rollen/{person.role_assignments.get().pk}/beenden/", {"reason": "Keine Zeit"})
    assert response["Location"] == "/konto/"
    person.refresh_from_db()
    assert person.live_roles == ()


def test_accounts_are_suspended_let_in_again_signed_out_and_changed_from_their_page(client, place):
    sign_in(client, network_administrator())
    person = UserFactory(municipality=place)
    page = f"/personen/{person.pk}/"
    for act, state in (("sperren", "suspended"), ("entsperren", "active")):
        assert client.get(f"{page}{act}/").status_code == 200
        assert client.post(f"{page}{act}/", {"reason": ""}).status_code == 422
        assert client.post(f"{page}{act}/", {"reason": "Grund"}).status_code == 302
        person.refresh_from_db()
        assert person.state == state
    assert client.post(f"{page}sitzungen-beenden/", {"reason": "Telefon"}).status_code == 302
    other = MunicipalityFactory(name="Bergheim")
    assert client.post(f"{page}aendern/", {"display_name": "Neu", "municipality": "bergheim"}).status_code == 302
    person.refresh_from_db()
    assert (person.display_name, person.municipality) == ("Neu", other)
    actions = [line.entry.action for line in client.get(page).context["changes"]]
    assert actions == ["account.changed", "account.sessions_ended", "account.reinstated", "account.suspended"]


# The matrix, groups and organisations.


def test_the_page_on_roles_says_what_each_allows_and_who_holds_it(client, place):
    sign_in(client, network_administrator(display_name="Ada Öztürk"))
    UserFactory(display_name="Jürgen Groß", roles=[("staff", place)])
    UserFactory(display_name="Gesperrt", roles=[("staff", place)], state=AccountState.SUSPENDED)
    UserFactory()
    response = client.get("/personen/rollen/")
    counts = {role["role"]: role["count"] for role in response.context["roles"]}
    assert (counts[Role.ADMINISTRATOR], counts[Role.STAFF], counts[Role.EDITOR]) == (1, 1, 0)
    assert response.context["members"] == 1
    assert set(counts) == set(Role)
    assert "/personen/?rolle=staff" in text_of(response)
    assert "Jürgen Groß" in text_of(response)


def test_a_lead_sees_the_own_group_and_takes_members_out(client, place):
    group, other = working_group(), working_group("AG Zahlen")
    lead = UserFactory(roles=[("group_lead", group)])
    member = UserFactory(display_name="Jürgen Groß", roles=[("group_member", group), ("group_member", other)])
    sign_in(client, lead)
    html = text_of(client.get(f"/personen/gruppe/{group.pk}/"))
    assert "Jürgen Groß" in html
    assert member.email not in html
    assert client.get(f"/personen/gruppe/{other.pk}/").status_code == 404
    own, foreign = member.role_assignments.get(scope_id=group.pk), member.role_assignments.get(scope_id=other.pk)
    response = client.post(f"/personen/rollen/{own.pk}/beenden/", {"reason": "Hat die Gruppe verlassen"})
    assert response["Location"] == f"/personen/gruppe/{group.pk}/"
    assert client.post(f"/personen/rollen/{foreign.pk}/beenden/", {"reason": "Versuch"}).status_code == 404


def test_a_lead_looks_after_the_invitations_into_the_own_group_alone(client, place):
    group, other = working_group(), working_group("AG Zahlen")
    administrator = network_administrator()
    sign_in(client, administrator)
    for one in (group, other):
        client.post(f"/personen/gruppe/{one.pk}/einladen/", {"email": f"neu-{one.pk}@kommune.example"})
    sign_in(client, UserFactory(roles=[("group_lead", group)]))
    own, foreign = Invitation.objects.get(scope_id=group.pk), Invitation.objects.get(scope_id=other.pk)
    html = text_of(client.get(f"/personen/gruppe/{group.pk}/"))
    assert own.email in html
    assert foreign.email not in html
    for act in ("erneut-senden", "zuruecknehmen"):
        assert client.post(f"/personen/einladungen/{foreign.pk}/{act}/").status_code == 404
        response = client.post(f"/personen/einladungen/{own.pk}/{act}/")
        assert response["Location"] == f"/personen/gruppe/{group.pk}/"
    own.refresh_from_db()
    assert own.revoked_at is not None
    assert client.post(f"/personen/einladungen/{own.pk}/erneut-senden/").status_code == 404


def test_invitations_of_a_municipality_are_for_its_administrators(client, place):
    sign_in(client, network_administrator())
    client.post("/personen/einladen/?rolle=mitglied", {"email": "hier@k.example", "municipality": "Ravensfurt"})
    client.post(
        "/personen/einladen/?rolle=editor",
        {"email": "redaktion@k.example", "municipality": "Ravensfurt", "target": "network"},
    )
    client.post("/personen/einladen/?rolle=mitglied", {"email": "dort@k.example"})
    assert Invitation.objects.count() == 3
    sign_in(client, local_administrator(place))
    html = text_of(client.get("/personen/einladungen/"))
    assert "hier@k.example" in html
    assert "redaktion@k.example" not in html
    assert "dort@k.example" not in html


# Wagtail's own pages about accounts.


@pytest.mark.parametrize(
    "path",
    [
        "/redaktion/bulk/accounts/user/delete/?id=1",
        "/redaktion/bulk/accounts/user/assign_role/?id=1",
        "/redaktion/bulk/accounts/user/set_active_state/?id=1",
        "/redaktion/users/",
        "/redaktion/users/new/",
    ],
)
def test_wagtails_own_administration_of_accounts_leads_here(client, path):
    sign_in(client, network_administrator())
    assert client.get(path)["Location"] == "/personen/"
    assert client.post(path)["Location"] == "/personen/"


def test_an_act_asks_for_the_right_even_where_no_page_does(place):
    with pytest.raises(PermissionDenied):
        grant_role(by=local_administrator(place), person=UserFactory(), role=Role.EDITOR)


def test_whose_session_ended_meanwhile_gets_back_what_was_typed(client):
    answer = client.post("/personen/1/sperren/", {"reason": "Ein langer Grund, der nicht verloren gehen soll."})
    assert answer.status_code == 401
    assert "Ein langer Grund" in answer.content.decode()


def test_a_colleague_who_comes_late_reads_that_a_request_was_decided(client):
    wish = JoinRequest.objects.create(
        email="a@b.example", display_name="A", state="declined", decided_at=timezone.now(), purpose="Mitarbeit"
    )
    sign_in(client, UserFactory(administrator=True))
    assert "schon entschieden" in client.get(f"/personen/anfragen/{wish.pk}/").content.decode()


@pytest.mark.parametrize("act", ["erneut-senden", "zuruecknehmen"])
def test_a_member_finds_no_way_to_the_invitations_of_others(client, act):
    pk = Invitation.objects.create(email="b@b.example", token_digest="x").pk
    sign_in(client, UserFactory())
    assert client.post(f"/personen/einladungen/{pk}/{act}/").status_code == 404
    # Nor does the address tell that it takes forms alone.
    assert client.get(f"/personen/einladungen/{pk}/{act}/").status_code == 404
