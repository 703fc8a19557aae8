"""What docs/api.md says of the interface is so: every address, parameter and example is asked."""

import re

import pytest
from django.conf import settings

from knowledge.directory.hsds.openapi import openapi_document
from tests.knowledge.directory.hsds.furnished import whole_organisation

pytestmark = pytest.mark.django_db
BASE = "/api/hsds/3.0"
TEXT = (settings.BASE_DIR / "docs" / "api.md").read_text()


def addresses() -> list[str]:
    return sorted(set(re.findall(rf"`({BASE}/[\w./{{}}]*)`", TEXT)))


def examples() -> list[str]:
    return re.findall(rf"curl 'https://…({BASE}[^']*)'", TEXT)


@pytest.fixture
def made():
    return whole_organisation()


@pytest.mark.parametrize("address", addresses())
def test_every_address_of_the_documentation_answers(client, made, address):
    record = made if "organizations" in address else made.offers.first()

    assert client.get(address.replace("{id}", str(record.uid))).status_code == 200


@pytest.mark.parametrize("address", examples())
def test_every_example_answers_with_the_envelope(client, made, address):
    answer = client.get(address).json()

    assert answer["empty"] is False
    assert set(re.findall(r'"(\w+)":', TEXT.partition('"total_items"')[2].partition("```")[0])) >= set(answer) - {
        "total_items"
    }


def test_the_documentation_knows_every_address_and_parameter():
    paths = {path.rstrip("/") for path in openapi_document("/")["paths"]} - {""}
    assert {f"{BASE}{path}" for path in paths} <= set(addresses())
    for name in openapi_document("/")["components"]["parameters"]:
        assert f"`{name}`" in TEXT
    assert len(examples()) == 3
