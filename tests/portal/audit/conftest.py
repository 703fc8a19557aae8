"""People and entries for the tests of the log."""

import pytest
from wagtail.log_actions import LogContext

from portal.audit.models import AuditEntry
from tests.factories.accounts import UserFactory


@pytest.fixture
def administrator():
    """An administrator of the network."""
    return UserFactory(display_name="Ayşe Özdemir", roles=["administrator"])


@pytest.fixture
def acting(administrator):
    """Whatever happens in the test is done by the administrator in the editing interface."""
    with LogContext(user=administrator):
        yield administrator


@pytest.fixture
def logged(db):
    """Return what was logged from here on under actions that begin so, oldest first."""
    last = AuditEntry.objects.first()

    def entries(*prefixes):
        found = AuditEntry.objects.filter(number__gt=last.number if last else 0).order_by("number")
        return [entry for entry in found if not prefixes or entry.action.startswith(prefixes)]

    return entries
