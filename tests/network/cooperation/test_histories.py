"""The history on a profile: the organisation alone decides what stands there, and neither terms nor ratings ever do."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.cooperation.actions import histories
from network.cooperation.enums import Answer
from network.cooperation.history import history_block
from network.cooperation.models import Rating, SharedCooperation
from tests.factories import cooperation as made
from tests.factories.accounts import UserFactory
from tests.factories.directory import organisation
from tests.factories.pages import directory_index

pytestmark = pytest.mark.django_db
TOLD = {"subject": "Vier Elternabende", "role": "Geplant und geleitet", "result": "Zwölf Familien", "result_url": ""}


def today():
    return timezone.localdate()


@pytest.fixture
def over():
    """An agreement that is over, rated by both sides."""
    asked = made.request(answer=Answer.ACCEPTED, no_consideration_reason="", title="Nur für die zwei Seiten")
    days = {"valid_from": datetime.date(2023, 9, 1), "valid_to": datetime.date(2024, 6, 30)}
    agreement = made.agreement(asked, settlement="Rechnung nach jedem Abend", **days)
    for side in ("municipality", "organisation"):
        grades = {"kept_agreements": 4, "was_respectful": 3, "would_repeat": 2}
        Rating.objects.create(agreement=agreement, side=side, words="Nur unter uns", **grades)
    return agreement


@pytest.fixture
def keeper(over):
    return made.keeper(over.organisation)


def share(by, agreement, **changes):
    histories.share(by=by, agreement=agreement, told=SharedCooperation(**TOLD | changes), on=today())


def profile(client, agreement) -> str:
    directory_index()
    return client.get(agreement.organisation.get_absolute_url()).content.decode().split("<main")[1].split("</main")[0]


def test_without_the_organisations_word_nothing_stands_on_its_profile(client, over):
    assert 'id="kooperationen"' not in profile(client, over)


def test_the_profile_tells_with_whom_what_in_which_part_when_and_how_it_is_named(client, over, keeper):
    share(keeper, over)
    page = profile(client, over)
    credit = over.request.get_credit_display()
    for words in (*filter(None, TOLD.values()), over.municipality.full_name, "2023–2024", credit):
        assert words in page
    for hidden in ("Nur unter uns", "35", "Rechnung nach jedem Abend", over.request.title):
        assert hidden not in page.split('id="kooperationen"')[1].split("</section>")[0]


def test_the_municipality_is_told_and_reads_what_stands_there(client, over, keeper, django_capture_on_commit_callbacks):
    asker = made.asker(over.municipality)
    with django_capture_on_commit_callbacks(execute=True):
        share(keeper, over)
    assert [letter.to for letter in mail.outbox] == [[asker.email]]
    client.force_login(asker)
    assert TOLD["role"] in client.get(over.get_absolute_url()).content.decode()


def test_it_is_written_mended_and_taken_back_by_the_pages(client, over, keeper):
    client.force_login(keeper)
    address = f"{over.get_absolute_url()}profil/"
    assert client.get(address).context["form"]["subject"].value() == over.request.title
    assert client.post(address, TOLD | {"role": ""}).status_code == 422
    assert client.post(address, TOLD).status_code == 302
    first = SharedCooperation.objects.get()
    assert client.post(address, TOLD | {"role": "Beraten"}).status_code == 302
    mended = SharedCooperation.objects.get()
    assert (mended.pk, mended.role, mended.shown_at) == (first.pk, "Beraten", first.shown_at)
    assert client.get(f"{address}entfernen/").status_code == 200
    assert SharedCooperation.objects.exists()
    client.post(f"{address}entfernen/")
    assert not SharedCooperation.objects.exists()


@pytest.mark.parametrize("who", ["asking", "other organisation", "editor", "both"])
def test_nobody_else_decides_what_stands_there(over, who):
    person = {
        "asking": lambda: made.asker(over.municipality),
        "other organisation": made.keeper,
        "editor": lambda: UserFactory(editor=True),
        "both": lambda: UserFactory(roles=[("staff", over.municipality), ("organisation_editor", over.organisation)]),
    }[who]()
    with pytest.raises(PermissionDenied):
        share(person, over)
    share(made.keeper(over.organisation), over)
    with pytest.raises(PermissionDenied):
        histories.take_back(by=person, agreement=over, on=today())
    assert SharedCooperation.objects.exists()


@pytest.mark.parametrize("accepted", [True, False])
def test_nothing_is_told_of_what_is_not_over_or_never_held(accepted):
    days = {} if accepted else {"accepted_by": (), "valid_to": today() - datetime.timedelta(days=2)}
    agreement = made.agreement(made.request(answer=Answer.ACCEPTED), **days)
    with pytest.raises(PermissionDenied):
        share(made.keeper(agreement.organisation), agreement)


@pytest.mark.parametrize(
    ("state", "audience", "reads"), [("live", "public", True), ("live", "member", False), ("draft", "public", False)]
)
def test_it_is_read_by_whoever_reads_the_profile(state, audience, reads):
    from django.contrib.auth.models import AnonymousUser

    partner = organisation(state=state, audience=audience)
    yesterday = today() - datetime.timedelta(days=1)
    held = made.agreement(made.request(organisation=partner, answer=Answer.ACCEPTED), valid_to=yesterday)
    keeper = made.keeper(partner)
    share(keeper, held)
    assert SharedCooperation.objects.visible_to(AnonymousUser()).exists() is reads
    # A block of a profile asks for itself: the profile's own door is not the only way to it.
    assert (history_block(partner, AnonymousUser(), today()) is not None) is reads
    assert SharedCooperation.objects.visible_to(keeper).exists()


def test_a_profile_costs_the_same_however_much_it_tells(client, over, keeper, django_assert_num_queries):
    directory_index()
    address = over.organisation.get_absolute_url()
    share(keeper, over)
    client.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _number in range(3):
        asked = made.request(organisation=over.organisation, answer=Answer.ACCEPTED)
        share(keeper, made.agreement(asked, valid_to=today() - datetime.timedelta(days=1)))
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(address)
