"""`manage.py import_paper`: says what it recognised, makes a draft, never a second one."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from knowledge.papers.models import PaperImport, PositionPaperPage
from tests.factories import pages
from tests.knowledge.papers.reading import makers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index():
    return pages.paper_index()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "papier.md"
    path.write_bytes(makers.as_md(makers.simple_paper()))
    return path


def run(*args, **options) -> str:
    output = io.StringIO()
    with translation.override("en"):
        call_command("import_paper", *map(str, args), stdout=output, no_color=True, **options)
    return output.getvalue()


def test_a_file_becomes_a_draft_and_a_report(file):
    report = run(file)

    page = PositionPaperPage.objects.get()
    assert not page.live
    assert page.issuing_body == "Arbeitskreis Übergänge"
    assert "1.1 Zahlen und Maße" in report
    assert "[left out] Stand 7. 6. 2021" in report
    assert PaperImport.objects.get().page == page


def test_a_trial_makes_nothing(file):
    assert "Title: Arbeitskreis Übergänge" in run(file, dry_run=True)
    assert not PositionPaperPage.objects.exists()
    assert not PaperImport.objects.exists()


def test_the_same_file_again_needs_to_be_told_to_update(file):
    run(file)

    with pytest.raises(CommandError, match="--update") as refused:
        run(file)
    run(file, update=True)

    assert refused.value.returncode == 3
    assert PositionPaperPage.objects.count() == 1


def test_what_the_paper_does_not_say_comes_from_the_call(tmp_path):
    path = tmp_path / "kurz.txt"
    path.write_text("Ein Titel\n\nEin Absatz, der nichts verrät.", encoding="utf-8")

    with pytest.raises(CommandError, match="--issuing-body, --as-of") as refused:
        run(path)
    run(path, "--issuing-body", "Beirat", "--as-of", "2020-02-29")

    assert refused.value.returncode == 2
    assert PositionPaperPage.objects.get().as_of.isoformat() == "2020-02-29"


@pytest.mark.parametrize("parent", ["papiere", "id"])
def test_the_list_of_papers_may_be_named(file, index, parent):
    run(file, parent=index.slug if parent == "papiere" else str(index.pk))

    assert PositionPaperPage.objects.get().get_parent().pk == index.pk


def test_an_unknown_list_of_papers_is_refused(file):
    with pytest.raises(CommandError, match="no list of papers"):
        run(file, parent="gibt-es-nicht")


@pytest.mark.parametrize(("name", "data", "code"), [("x.exe", b"MZ", 1), ("x.odt", b"PK\x03\x04kaputt", 1)])
def test_a_file_that_cannot_be_read_ends_with_a_reason(tmp_path, name, data, code):
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(CommandError) as refused:
        run(path)

    assert refused.value.returncode == code


def test_a_missing_file_is_a_wrong_call(tmp_path):
    with pytest.raises(CommandError) as refused:
        run(tmp_path / "fehlt.txt")

    assert refused.value.returncode == 2


def test_a_title_that_no_page_can_bear_leaves_nothing_behind(tmp_path):
    path = tmp_path / "lang.md"
    path.write_text("# " + "Sehr langer Titel " * 30 + "\n\nStand 1.1.2020\n\nText.", encoding="utf-8")

    with pytest.raises(CommandError):
        run(path, "--issuing-body", "Beirat")

    assert not PositionPaperPage.objects.exists()
    assert not PaperImport.objects.exists()
