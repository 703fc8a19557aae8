"""The pattern library at /muster/: every component in every state, with long German words; only where DEBUG is on.

The samples are data, not interface: they stand for what people write.
"""

from datetime import date

from django import forms
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

LONG_WORD = "Aufenthaltsbeendigungsmaßnahme"
LONGEST_WORD = "Ausbildungsduldungsverlängerungsantragsbearbeitungsstelle"
SENTENCE = (
    f"Die {LONGEST_WORD} der Stadt Oberahlen beantwortet Fragen zur {LONG_WORD} und nennt die Ansprechperson "
    "bei der Ausländerbehörde."
)


class PatternForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name der Einrichtung", help_text="So, wie sie auf dem Briefkopf steht.")
    email = forms.EmailField(label="E-Mail-Adresse", required=False)
    kind = forms.ChoiceField(
        label="Worum geht es?", choices=[("a", "Frage"), ("b", LONG_WORD)], widget=forms.RadioSelect
    )
    place = forms.ChoiceField(
        label="Kommune", choices=[("", "Bitte wählen"), ("1", "Stadt Oberahlen"), ("2", "Kreis Wieden")]
    )
    text = forms.CharField(label="Ihre Nachricht", widget=forms.Textarea(attrs={"rows": 4}))
    agreed = forms.BooleanField(label="Ich habe die Hinweise zum Datenschutz gelesen")


def _filters() -> list[dict]:
    fields = ["Übergang Schule – Beruf", "Sprachförderung", f"{LONG_WORD} und Ausbildungsduldung", "Gesundheit"]
    years = [str(year) for year in range(2026, 2013, -1)]
    return [
        {
            "param": "handlungsfeld",
            "label": "Handlungsfeld",
            "choices": [
                {"value": str(number), "label": label, "count": 12 - 3 * number, "chosen": number == 2}
                for number, label in enumerate(fields)
            ],
        },
        {
            "param": "jahr",
            "label": "Jahr",
            "choices": [{"value": year, "label": year, "count": 1, "chosen": year == "2014"} for year in years],
        },
    ]


def _sections() -> list[dict]:
    return [
        {"number": "1", "anchor": "ausgangslage", "level": 1, "heading": "Ausgangslage"},
        {"number": "1.1", "anchor": "zahlen", "level": 2, "heading": f"Zahlen zur {LONG_WORD}"},
        {"number": "1.1.1", "anchor": "erhebung", "level": 3, "heading": "Was erhoben wird und was nicht"},
        {
            "number": "2",
            "anchor": "folgerungen",
            "level": 1,
            "heading": "Wer zieht die Schlussfolgerungen aus dem Bericht?",
        },
    ]


def _footnotes() -> list[dict]:
    return [
        {
            "number": 1,
            "anchor": "fussnote-1",
            "back_links": ["fussnote-1-verweis-1", "fussnote-1-verweis-2"],
            "url": "https://oberahlen.example/berichte/uebergang-schule-beruf/2014/fassung-der-endgueltigen-drucklegung.pdf",
            "value": {
                "text": "",
                "source": "Stadt Oberahlen: Bericht zum Übergang Schule – Beruf.",
                "retrieved": "2014-04",
            },
        },
        {
            "number": 2,
            "anchor": "fussnote-2",
            "back_links": ["fussnote-2-verweis-1"],
            "url": "",
            "value": {"text": "<p>Eine Anmerkung ohne Quelle.</p>", "source": "", "retrieved": ""},
        },
    ]


def _citations() -> list[dict]:
    plain = (
        "Arbeitskreis Übergang (2014): Bildungswege junger Zugewanderter. Fassung 1, Stand 30. April 2014. "
        "Fokusportal. URL: https://portal.example/papiere/bildungswege/, Abruf: 22. November 2026."
    )
    bibtex = "@techreport{Bildungswege2014,\n  author = {{Arbeitskreis Übergang}},\n  year = {2014}\n}"
    return [
        {"format": "text", "label": "Text", "text": plain, "download_url": "#zitieren"},
        {"format": "bibtex", "label": "BibTeX", "text": bibtex, "download_url": "#zitieren"},
        {
            "format": "ris",
            "label": "RIS",
            "text": "TY  - RPRT\nAU  - Arbeitskreis Übergang\nER  - ",
            "download_url": "#zitieren",
        },
        {"format": "csl", "label": "CSL-JSON", "text": '[{"type": "report"}]', "download_url": "#zitieren"},
    ]


def _hit() -> dict:
    return {
        "kind": "Positionspapier",
        "date": date(2014, 4, 30),
        "title": format_html("Bildungswege junger <mark>Geduldeter</mark>"),
        "url": "#treffer",
        "section_number": "4.2",
        "section_heading": "Ausbildungsplatz und Aufenthalt",
        "section_url": "#treffer",
        "passages": [
            format_html(
                "… wer eine <mark>Duldung</mark> hat und einen {}-<mark>Ausbildung</mark>splatz findet …", "Pflege"
            )
        ],
        "origin": "Stadt Oberahlen · Fassung 1",
        "more": [{"number": "6", "heading": "Was offen ist", "url": "#treffer"}],
        "chips": [
            {"group": "Handlungsfeld", "label": f"{LONG_WORD} und Ausbildungsduldung", "url": "#chips"},
            {"group": "Jahr", "label": "2014", "url": "#chips"},
        ],
    }


def _table() -> dict:
    return {
        "caption": "Einmündung in Ausbildung nach Kommune (erfundene Zahlen)",
        "columns": [
            {"label": "Kommune", "url": "#tabelle", "sort": "ascending"},
            {"label": "2023"},
            {"label": "2024"},
            {"label": "2025"},
            {"label": "Zuständige Stelle"},
        ],
        "rows": [
            ["Stadt Oberahlen", "41,3 %", "43,0 %", "44,8 %", LONGEST_WORD],
            ["Kreis Wieden", "38,9 %", ".", "40,1 %", "Kommunales Integrationszentrum"],
        ],
    }


def _pages() -> dict:
    links = [{"number": number, "url": f"?seite={number}", "current": number == 4} for number in (1, 3, 4, 5, 12)]
    links.insert(1, {"number": None, "url": "", "current": False})
    return {"page_links": links, "previous_url": "?seite=3", "next_url": "?seite=5"}


def patterns(request):
    """Show every component in every state."""
    context = {
        "long_word": LONG_WORD,
        "longest_word": LONGEST_WORD,
        "sentence": SENTENCE,
        "empty_form": PatternForm(auto_id="leer_%s"),
        "failed_form": PatternForm({"email": "keine Adresse", "name": LONGEST_WORD, "kind": "c"}, auto_id="fehler_%s"),
        "filters": _filters(),
        "sections": _sections(),
        "footnotes": _footnotes(),
        "citations": _citations(),
        "hit": _hit(),
        "table": _table(),
        "pages": _pages(),
        "crumbs": [{"title": "Startseite", "url": "/"}, {"title": "Positionspapiere", "url": "#brotkrumen"}],
        "meta": ["Stand 30. April 2014", "Fassung 1", "Arbeitsphase Übergang Schule – Beruf"],
        "topics": [
            {"name": "Duldung", "url": "#worte"},
            {"name": LONG_WORD, "url": "#worte"},
            {"name": "Ausbildung", "url": "#worte"},
        ],
        "pairs": [
            {"term": "Zuständige Stelle", "text": LONGEST_WORD},
            {"term": "Nächste Überprüfung", "text": "23. November 2026"},
        ],
        "actions": [
            {"label": "Alle Papiere ansehen", "url": "#leer"},
            {"label": "Frage an die Redaktion", "url": "#leer"},
        ],
        "notices": [
            ("info", _("Notice"), SENTENCE),
            ("success", _("Done"), "Gespeichert am 22. November 2026 um 14:05 Uhr."),
            ("warning", _("Please note"), "Dieses Papier war bis zum 30. April 2024 zu überprüfen."),
            (
                "error",
                _("Error"),
                "Die Datei ist verschlüsselt. Speichern Sie sie ohne Kennwort und laden Sie sie erneut hoch.",
            ),
        ],
    }
    return render(request, "muster/patterns.html", context)
