"""What an operator starts: compose.yaml and the image fit the settings, the tested server and each other."""

import re

import pytest
from django.conf import settings

from portal.settings.environment import KNOWN_VARIABLES
from tests.elasticsearch import DISTRIBUTIONS

COMPOSE = (settings.BASE_DIR / "compose.yaml").read_text()
DOCKERFILE = (settings.BASE_DIR / "Dockerfile").read_text()
EXAMPLE = (settings.BASE_DIR / ".env.example").read_text()
#: The heap and the number of processes have defaults that fit a small machine.
ASKED_FOR = sorted(set(re.findall(r"\$\{(\w+)", COMPOSE)))


def test_the_server_is_the_release_that_the_tests_run():
    assert f"elasticsearch:{DISTRIBUTIONS['8'].number}\n" in COMPOSE


def test_every_setting_is_one_that_the_portal_knows():
    named = re.findall(r"^\s+(PORTAL_\w+):", COMPOSE, re.MULTILINE)
    assert len(named) > 5
    assert set(named) <= KNOWN_VARIABLES


@pytest.mark.parametrize("name", ASKED_FOR)
def test_whatever_it_asks_for_stands_in_the_example(name):
    assert re.search(rf"^{name}=", EXAMPLE, re.MULTILINE)


@pytest.mark.parametrize("name", ["PORTAL_SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "ELASTIC_PASSWORD"])
def test_no_secret_has_a_value_in_the_repository(name):
    assert re.search(rf"^{name}=$", EXAMPLE, re.MULTILINE)
    assert re.search(rf"\$\{{{name}:\?", COMPOSE)
    assert not re.search(rf"\$\{{{name}:-", COMPOSE)


def test_the_image_runs_without_rights_and_copies_every_room():
    assert re.search(r"^USER portal$", DOCKERFILE, re.MULTILINE)
    for room in ("portal", "network", "knowledge", "search", "templates", "locale"):
        assert f"COPY {room} ./{room}" in DOCKERFILE
        assert f"!{room}\n" in (settings.BASE_DIR / ".dockerignore").read_text()
