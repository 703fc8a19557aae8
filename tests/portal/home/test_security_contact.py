import datetime

import pytest
import time_machine


@pytest.mark.parametrize("day", ["2026-11-23", "2031-02-28", "2032-02-29"])
def test_whoever_finds_a_weakness_is_told_whom_to_write_to(client, settings, day):
    settings.SECURITY_CONTACT = "sicherheit@kommune.example"
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"
    with time_machine.travel(f"{day}T12:00:00Z", tick=False):
        response = client.get("/.well-known/security.txt")
        now = datetime.datetime.now(datetime.UTC)
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:sicherheit@kommune.example"
    assert fields["Preferred-Languages"] == "de, en"
    assert fields["Canonical"] == "https://portal.example/.well-known/security.txt"
    assert fields["Expires"].endswith("Z")
    assert now < datetime.datetime.fromisoformat(fields["Expires"]) < now + datetime.timedelta(days=365)


def test_it_is_read_only(client):
    assert client.post("/.well-known/security.txt").status_code == 405
