"""A list never replaces what people of an organisation propose, and undoing it leaves theirs alone."""

import pytest

from knowledge.directory.enums import ChangeState
from knowledge.directory.importing.cells import Row
from knowledge.directory.importing.undoing import _empty_again
from knowledge.directory.importing.writing import fill_gaps
from knowledge.directory.keeping.marks import mark_of, mark_of_change
from knowledge.directory.keeping.proposing import propose
from knowledge.directory.keeping.sensitive import LEGAL_FORM
from knowledge.directory.models import ProfileChange
from tests.factories import directory as make
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ROW = Row(1, {"name": "Brücken", "legal_form": "ev"})


@pytest.fixture
def club():
    return make.organisation(name="Brücken", legal_form="")


@pytest.fixture
def keeper(club):
    return UserFactory(roles=[("organisation_editor", club)])


@pytest.fixture
def editor():
    return UserFactory(editor=True)


def test_a_list_does_not_replace_the_legal_form_that_the_organisation_proposes(club, keeper, editor):
    values, read = {"legal_form": "ggmbh"}, mark_of(LEGAL_FORM, club, None, None)
    own = propose(by=keeper, organisation=club, kind=LEGAL_FORM, values=values, read=read)
    fill_gaps(by=editor, organisation=club, row=ROW, note="Liste")
    own.refresh_from_db()
    assert (own.after, own.proposed_by) == ({"legal_form": "ggmbh"}, keeper)
    assert ProfileChange.objects.count() == 1


@pytest.mark.parametrize("is_changed", [True, False])
def test_undoing_withdraws_what_the_list_proposed_unless_somebody_made_it_theirs(club, keeper, editor, is_changed):
    filled = fill_gaps(by=editor, organisation=club, row=ROW, note="Liste")
    change = ProfileChange.objects.get()
    if is_changed:
        values = {"legal_form": "ggmbh"}
        propose(by=keeper, organisation=club, kind=LEGAL_FORM, values=values, read=mark_of_change(change))
    _empty_again(editor, club.pk, {"fields": [], "proposals": list(filled.proposals)})
    change.refresh_from_db()
    assert change.state == (ChangeState.OPEN if is_changed else ChangeState.WITHDRAWN)
