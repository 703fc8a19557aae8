"""The questions people really type, asked of the paper that started the portal (issue 3, section 4)."""

import re

import pytest
from django.urls import reverse

from search import door
from search.door import SearchRecord, Section, ThesaurusLabel, ThesaurusTerm
from search.drain import drain
from search.registry import registry
from tests.factories.places import DepartmentFactory, MunicipalityFactory
from tests.search.kinds import visible_rows

pytestmark = pytest.mark.django_db

_HEADING = re.compile(r"(?:\d+\. )?[^\n.:?!-]{5,70}")


def sections_of(text: str):
    heading, body = "", []
    for block in text.split("\n\n"):
        if _HEADING.fullmatch(block.strip()):
            if body:
                yield Section(heading, f"s-{len(heading)}", "\n".join(body))
            heading, body = block.strip(), []
        elif block.strip():
            body.append(block.strip())
    yield Section(heading, f"s-{len(heading)}", "\n".join(body))


@pytest.fixture
def paper(seed_paper, engine, terms):
    """The paper arrives in a portal whose index was built before it came."""
    from portal.places.models import Municipality

    text = seed_paper.read_text()
    record = lambda place: SearchRecord(  # noqa: E731 -- a projection as a room would write it.
        kind="test_paper",
        id=str(place.pk),
        url="/papiere/fokus/",
        title="Kommunale Koordinierung mit dem Fokus Migration",
        sections=tuple(sections_of(text)) if place.name == "Papier" else (),
    )
    door.register(
        Municipality,
        kind="test_paper",
        label="Papier",
        project=record,
        queryset=lambda: Municipality.objects.filter(name="Papier").order_by("pk"),
        visible_to=visible_rows(Municipality),
    )
    terms.replace(
        ThesaurusTerm(
            "mo",
            "Migrantenorganisation",
            (
                ThesaurusLabel("MSO", "same", True),
                ThesaurusLabel("Migrantenselbstorganisation", "same"),
                ThesaurusLabel("Ausländerverein", "outdated"),
            ),
        ),
        ThesaurusTerm("ki", "Künstliche Intelligenz", (ThesaurusLabel("KI", "ambiguous", True),)),
        ThesaurusTerm("kiz", "Kommunales Integrationszentrum", (ThesaurusLabel("KI", "ambiguous", True),)),
    )
    place = MunicipalityFactory(name="Papier")
    for name in (
        "Behörde für Bildung",
        "Sportamt",
        "Bericht aus dem Sportverein",
        "Wer ist wer im Rathaus",
        "Schulverwaltung",
    ):
        DepartmentFactory(name=name, email="public@kommune.example", municipality__name="Neuenbrück")
    drain()
    yield place
    registry.remove("test_paper")


def ask(client, query, **parameters):
    return client.get(reverse("search:results"), {"q": query, **parameters}).context["results"]


def keys(results):
    return [(hit.kind, hit.id) for hit in results.hits]


def test_probe(client, paper):
    for q in (
        "Schülerinnen",
        "SchülerInnen",
        "Schüler*innen",
        "Schüler:innen",
        "Migrantenorganisation",
        "MSO",
        "Migrantenselbstorganisationen",
        "Behörde",
        "Ausländerbehoerde",
        "Frühwarnsystm",
        "wer ist verantwortlich für Schlussfolgerungen aus dem Bericht",
        "KI",
        '"interkulturelle Öffnung"',
        "<script>",
        "x" * 10000,
        "der die das",
        '"',
        "\x00",
        "😀",
        "Geduldete Ausbildungsplatz",
    ):
        r = ask(client, q)
        print(
            q[:60],
            "|",
            r.total,
            r.searched_query[:30],
            [m.label for m in r.meanings],
            r.understanding and r.understanding.synonyms,
        )
        for h in r.hits[:3]:
            print(
                "    ",
                "".join(s.text for s in h.title)[:40],
                "|",
                h.place and h.place.heading,
                "|",
                "".join(f"[{s.text}]" if s.is_match else s.text for s in h.passage)[:260],
                "| +",
                h.further_count,
            )
