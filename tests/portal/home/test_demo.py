import datetime
import re
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import TestCase
from wagtail.fields import StreamField
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision, Site

from knowledge.directory.enums import EntryState, MandateState, OrganisationKind
from knowledge.directory.models import Offer, Organisation
from knowledge.papers.models import PaperIndexPage, PositionPaperPage
from knowledge.topics.models import Term, Topic
from network.cooperation.balance import LEAST_ORGANISATIONS
from network.cooperation.models import BalanceRow, LedgerComment
from portal.accounts.models import User
from portal.accounts.second_factor import current_code
from portal.home.demo.accounts import ADMINISTRATOR, EDITOR, MEMBER, SECOND_FACTOR_SECRET, SIGN_INS, STAFF
from portal.home.demo.ledger import Outcome
from portal.home.demo.loading import load_demo
from portal.home.demo.pages import existing_page
from portal.home.models import ContentPage, HomePage, ReaderMessage, StandardPage
from portal.places.models import Department, Municipality
from portal.shared.visibility import Audience

READERS = {
    None: {Audience.PUBLIC},
    MEMBER.email: {Audience.PUBLIC, Audience.MEMBER},
    STAFF.email: {Audience.PUBLIC, Audience.MEMBER, Audience.STAFF},
    EDITOR.email: set(Audience),
    ADMINISTRATOR.email: set(Audience),
}
HIT = re.compile(r'href="(/(?:papiere|grundwissen|glossar|mitmachen)/[^"#?]+)')


def pages() -> list[Page]:
    return list(Page.objects.filter(depth__gt=1).order_by("path").specific())


def streams_of(page: Page):
    fields = (field for field in page._meta.get_fields() if isinstance(field, StreamField))
    return [(field.stream_block, getattr(page, field.name)) for field in fields]


def state() -> dict:
    """Everything that a second load might change."""
    models = (
        Municipality,
        Department,
        Organisation,
        Offer,
        User,
        EmailAddress,
        Topic,
        Term,
        Page,
        ModelLogEntry,
        PageLogEntry,
    )
    return {
        "counts": {model.__name__: model.objects.count() for model in models},
        "revisions": list(Revision.objects.order_by("pk").values_list("pk", "object_id")),
        "latest": list(Page.objects.order_by("pk").values_list("pk", "latest_revision", "live_revision", "path")),
        "passwords": list(User.objects.order_by("pk").values_list("email", "password")),
        "sites": list(Site.objects.values_list("hostname", "port", "site_name", "root_page")),
    }


class LoadedDemoTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_demo()

    def outcomes_of_another_load(self) -> dict[str, Outcome]:
        told = {}
        load_demo(lambda outcome, name: told.__setitem__(name, outcome))
        return told

    def test_a_second_load_changes_nothing_and_says_so(self):
        before = state()
        told = self.outcomes_of_another_load()
        assert state() == before
        assert set(told.values()) == {Outcome.PRESENT}

    def test_the_balance_of_a_year_speaks_of_enough_organisations_and_hides_the_few(self):
        rows = {row.municipality.ags: row for row in BalanceRow.objects.select_related("municipality")}
        shown, hidden = rows["05999000"], rows["03499000"]
        assert shown.requests >= LEAST_ORGANISATIONS
        assert None not in (shown.refusals, shown.hours, shown.share_paid_percent, shown.median_days)
        assert {hidden.requests, hidden.hours, hidden.share_paid_percent, hidden.median_days} == {None}
        assert LedgerComment.objects.exclude(reply="").exists()
        assert "Stadt Ravensfurt" in self.client.get("/kooperation/bilanz/").text

    def test_a_profile_tells_of_cooperation_that_is_over(self):
        page = self.client.get("/verzeichnis/bruecken-bauen/").text
        assert "41 Familien kamen" in page.split('id="kooperationen"')[1]

    def test_an_edited_page_keeps_the_edit_even_under_another_address(self):
        page = existing_page(StandardPage, "mitmachen")
        page.title, page.slug = "Dabei sein", "dabei-sein"
        page.save_revision().publish()
        self.outcomes_of_another_load()
        assert StandardPage.objects.get(pk=page.pk).title == "Dabei sein"
        assert not Page.objects.filter(slug="mitmachen").exists()

    def test_an_edited_municipality_and_a_changed_password_stay(self):
        Municipality.objects.filter(ags="16099042").update(population=9250)
        member = User.objects.get(email=MEMBER.email)
        member.set_password("ein-eigenes-Passwort")
        member.save()
        self.outcomes_of_another_load()
        assert Municipality.objects.get(ags="16099042").population == 9250
        assert User.objects.get(email=MEMBER.email).check_password("ein-eigenes-Passwort")

    def test_what_was_removed_stays_away(self):
        existing_page(StandardPage, "grundwissen").delete()
        Organisation.objects.filter(municipality__ags="16099042").delete()
        Municipality.objects.get(ags="16099042").delete()
        PositionPaperPage.objects.get(slug="geduldete-in-ausbildung").delete()
        before = state()
        told = self.outcomes_of_another_load()
        assert state() == before
        assert told["Stadt Kaltenrode"] is Outcome.REMOVED
        assert told["Grundwissen"] is Outcome.REMOVED
        assert told["Kreis der Nachbarschaft Kaltenrode e. V."] is Outcome.REMOVED

    def test_every_page_is_valid(self):
        for page in pages():
            page.full_clean()
            for block, value in streams_of(page):
                block.clean(value)

    def test_every_page_answers_its_audience_and_nobody_else(self):
        assert {page.audience for page in pages()} >= {Audience.PUBLIC, Audience.MEMBER, Audience.STAFF}
        for email, audiences in READERS.items():
            self.client.logout()
            if email:
                self.client.force_login(User.objects.get(email=email))
            for page in pages():
                expected = 200 if page.audience in audiences else 404
                assert self.client.get(page.url).status_code == expected, (email, page.url)

    def test_links_inside_the_texts_lead_somewhere(self):
        addresses = set()
        for page in ContentPage.objects.all():
            addresses |= set(re.findall(r'href="(/[^"]*)"', str(list(page.body.raw_data))))
        assert "/kontakt/" in addresses
        assert {address: self.client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)

    def test_no_text_names_an_exclamation_or_a_placeholder(self):
        for page in pages():
            for _block, value in streams_of(page):
                assert not re.search(r"lorem|\[\.\.\.\]|TODO|!(?=[\s<])", str(value), re.IGNORECASE), page.title

    def test_the_site_has_one_root_and_addresses_are_paths(self):
        site = Site.objects.get()
        assert site.root_page.specific == HomePage.objects.get()
        assert site.site_name == "Fokusportal"
        assert site.root_url == "http://127.0.0.1:8000"
        assert not Page.objects.filter(title__startswith="Welcome").exists()
        assert PaperIndexPage.objects.get().url == "/papiere/"

    def test_municipalities_differ_in_kind_size_and_land(self):
        municipalities = Municipality.objects.all()
        for municipality in municipalities:
            municipality.full_clean()
            assert 2 <= municipality.departments.count() <= 4
        assert len({municipality.land for municipality in municipalities}) == 4
        assert len({municipality.kind for municipality in municipalities}) == 3

    def test_everybody_signs_in_with_the_password_and_the_code_that_are_printed(self):
        for sign_in in SIGN_INS:
            user = User.objects.get(email=sign_in.email)
            validate_password(sign_in.password, user)
            answer = self.client.post("/konto/anmelden/", {"login": sign_in.email, "password": sign_in.password})
            assert answer.status_code == 302
            if sign_in.role:
                assert "_auth_user_id" not in self.client.session
                cache.clear()
                self.client.post(answer["Location"], {"code": current_code(SECOND_FACTOR_SECRET)})
            assert self.client.session["_auth_user_id"] == str(user.pk)
            self.client.logout()

    def test_the_editor_may_edit_and_publish_everything_but_no_accounts(self):
        editor = User.objects.get(email=EDITOR.email)
        for page in pages():
            tester = page.permissions_for_user(editor)
            assert tester.can_edit()
            assert tester.can_publish()
        for permission in (
            "topics.add_topic", "topics.change_term", "topics.delete_fieldofaction", "places.change_municipality",
            "places.add_department", "home.change_readermessage", "wagtailimages.add_image", "wagtaildocs.add_document",
        ):  # fmt: skip
            assert editor.has_perm(permission), permission
        assert not editor.has_perm("accounts.change_user")
        assert not editor.has_perm("home.add_readermessage")

    def test_rights_that_an_administrator_took_away_do_not_come_back(self):
        group = User.objects.get(email=EDITOR.email).groups.get()
        group.permissions.remove(*group.permissions.filter(codename="delete_term"))
        self.outcomes_of_another_load()
        assert not group.permissions.filter(codename="delete_term").exists()

    def test_one_paper_has_two_editions(self):
        second = PositionPaperPage.objects.get(edition=2)
        assert second.supersedes.edition == 1
        assert second.supersedes.title == second.title
        assert second.supersedes.as_of < second.as_of
        assert "Fassung 1" in self.client.get(second.url).content.decode()

    def test_the_paper_on_tolerated_persons_waits_for_its_review(self):
        paper = PositionPaperPage.objects.get(slug="geduldete-in-ausbildung")
        assert paper.is_overdue(datetime.date(2026, 3, 1))
        assert paper.responsible_department.municipality.name == "Landkreis Wiedenmoor"

    def test_papers_are_told_apart_by_every_filter(self):
        papers = PositionPaperPage.objects.all()
        assert len({paper.issuing_body for paper in papers}) == 2
        assert len({paper.year for paper in papers}) == 3
        assert len({paper.responsible_department.municipality for paper in papers}) == 2
        for paper in papers:
            assert paper.topics.exists()
            assert paper.fields_of_action.exists()
            assert paper.footnotes
            assert paper.summary

    def test_every_frequent_search_finds_something_and_closed_pages_only_their_audience(self):
        call_command("search", "rebuild", stdout=StringIO())
        for search in HomePage.objects.get().frequent_searches:
            answer = self.client.get("/suche/", {"q": search.value})
            assert set(HIT.findall(answer.content.decode())), search.value
        closed = existing_page(StandardPage, "auskunft-an-betriebe")
        for email in READERS:
            self.client.logout()
            if email:
                self.client.force_login(User.objects.get(email=email))
            hits = HIT.findall(self.client.get("/suche/", {"q": "Mustertext Auskunft"}).content.decode())
            assert (closed.url in hits) == (Audience.STAFF in READERS[email]), email

    def test_a_word_of_the_demo_file_leads_to_its_page(self):
        call_command("documents", "read", stdout=StringIO())
        call_command("search", "rebuild", stdout=StringIO())
        html = self.client.get("/suche/", {"q": "Fahrkarte"}).content.decode()
        (address,) = re.findall(r'href="(/dokumente/[^"#]+)#page=2"', html)
        assert self.client.get(address)["Content-Type"] == "application/pdf"
        linking = self.client.get(existing_page(StandardPage, "zustaendigkeiten").url).content.decode()
        assert f'href="{address}"' in linking

    def test_the_partners_show_what_a_directory_has_to_tell(self):
        partners = Organisation.objects.all()
        assert partners.count() >= 12
        assert partners.filter(state=EntryState.DORMANT).count() == 1
        assert any(partner.is_service for partner in partners)
        assert partners.get(kind=OrganisationKind.UMBRELLA).member_organisations.count() >= 2
        assert partners.filter(takes_requests=False).exists()
        states = {mandate.state for partner in partners for mandate in partner.mandates.all()}
        assert states == set(MandateState)
        for partner in partners:
            assert partner.offers.exists()
            assert partner.descriptions.exists()
            shown = self.client.get(partner.get_absolute_url()).status_code
            assert shown == (200 if partner.audience == Audience.PUBLIC else 404), partner

    def test_who_speaks_tigrinya_and_knows_about_recognition_leads_to_the_right_offer(self):
        call_command("search", "rebuild", stdout=StringIO())
        html = self.client.get("/suche/", {"q": "wer kann Tigrinya und kennt sich mit Anerkennung aus?"}).text
        offer = Offer.objects.get(name="Sprechstunde: Was zählt mein Abschluss?")
        assert re.findall(r'data-hit="(\w+:\d+)"', html)[0] == f"offer:{offer.pk}"

    def test_readers_messages_can_be_seen_by_the_editor(self):
        ReaderMessage.objects.create(kind="frage", text="Wo finde ich die Termine?")
        assert User.objects.get(email=EDITOR.email).has_perm("home.view_readermessage")


@pytest.mark.django_db
def test_the_command_refuses_to_bring_public_passwords_into_production():
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo")
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_command_prints_every_item_and_the_sign_ins(settings):
    settings.DEBUG = True
    out = StringIO()
    call_command("demo", stdout=out)
    text = out.getvalue()
    assert "Landkreis Wiedenmoor" in text
    for sign_in in SIGN_INS:
        assert sign_in.email in text
        assert sign_in.password in text
