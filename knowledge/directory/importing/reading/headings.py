"""German words above columns and which field of the directory they stand for; pure, so that reading can use it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

#: A column about persons; it is recognised to be left out.
PERSON = "person"
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})

#: Field → headings that stand for it exactly, squeezed.
EXACT: dict[str, frozenset[str]] = {
    field: frozenset(words.split())
    for field, words in {
        PERSON: "kontakt kontaktperson person ap anrede titel vorname nachname familienname mobil handy kontaktdaten "
        "ansprechperson vorsitz vorstand leitung",
        "name": "name verein vereinsname organisation organisationsname traeger traegername einrichtung institution "
        "bezeichnung mso migrantenorganisation initiative gruppe partner nameverein nameorganisation",
        "short_name": "kurzname abkuerzung kuerzel kurzbezeichnung kurz",
        "own_language_name": "originalname eigenbezeichnung nameineigensprache nameinderherkunftssprache",
        "kind": "art typ kategorie organisationsart organisationstyp artderorganisation partnerart",
        "legal_form": "rechtsform",
        "founded_year": "gruendungsjahr gruendung gegruendet gegruendetam jahrdergruendung gruendungsdatum seit",
        "municipality": "kommune gemeinde ags gemeindeschluessel amtlichergemeindeschluessel sitzgemeinde",
        "street": "strasse str strassehausnummer strasseundhausnummer strassenr strasseundnr strassehausnr strhausnr",
        "house_number": "hausnummer hausnr hnr",
        "postal_code": "plz postleitzahl",
        "city": "ort stadt sitz wohnort ortschaft",
        "address": "adresse anschrift postanschrift postadresse plzort plzundort",
        "latitude": "latitude lat breitengrad breite geobreite geografischebreite geographischebreite geolat gpslat",
        "longitude": "longitude lon lng long laengengrad laenge geolaenge geografischelaenge geographischelaenge "
        "geolon geolng gpslon gpslng",
        "coordinates": "koordinaten koordinate geokoordinaten geokoordinate gpskoordinaten gps geo latlon latlng",
        "website": "website webseite homepage internet url web www internetseite internetadresse link",
        "email": "email mail emailadresse mailadresse epost",
        "phone": "telefon tel telefonnummer telefonnr fon festnetz rufnummer phone",
        "summary": "kurzbeschreibung kurzinfo ineinemsatz kurzprofil",
        "description": "beschreibung selbstbeschreibung ueberuns profil taetigkeit taetigkeiten angebot angebote "
        "schwerpunkt schwerpunkte zweck vereinszweck aufgaben ziele aktivitaeten selbstverstaendnis",
        "fields_of_action": "handlungsfeld handlungsfelder themen thema themenfeld themenfelder arbeitsfelder "
        "taetigkeitsfelder bereich bereiche arbeitsbereiche",
        "languages": "sprache sprachen gesprochenesprachen beratungssprachen arbeitssprachen",
        "register_number": "vereinsregisternummer vereinsregisternr vrnummer vrnr vr registernummer registernr "
        "vereinsregister vereinsreg",
        "register_court": "registergericht amtsgericht gericht",
        "reachable": "oeffnungszeiten sprechzeiten erreichbarkeit buerozeiten erreichbar",
        "responsibility": "zustaendigkeit zustaendigkeiten",
        "legal_basis": "rechtsgrundlage",
        "funding_programme": "foerderprogramm foerderung",
    }.items()
}
#: Pieces of headings in the order in which they are looked for: what is about persons comes first.
PIECES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (PERSON, ("ansprechp", "kontaktperson", "vorsitz", "vorstand", "geschaeftsfuehr", "leiter", "vorname", "nachname",
              "mobil", "handy", "privat", "geburts", "koordinator", "kontaktname", "namekontakt", "inhaber",
              "vertretung")),
    ("own_language_name", ("eigensprache", "eigenersprache", "herkunftssprache")),
    ("short_name", ("kurzname", "abkuerzung")),
    ("email", ("email", "mailadresse")),
    ("website", ("website", "webseite", "homepage", "internet")),
    ("phone", ("telefon", "rufnummer")),
    ("register_court", ("registergericht",)),
    ("register_number", ("registernummer", "registernr", "vereinsregister")),
    ("legal_form", ("rechtsform",)),
    ("founded_year", ("gruendung", "gegruendet")),
    ("postal_code", ("postleitzahl",)),
    ("house_number", ("hausnummer",)),
    ("street", ("strasse",)),
    ("address", ("anschrift", "adresse")),
    ("fields_of_action", ("handlungsfeld", "themenfeld", "arbeitsfeld")),
    ("languages", ("sprache",)),
    ("reachable", ("oeffnungszeit", "sprechzeit", "erreichbar")),
    ("name", ("namede", "vereinsname", "organisationsname", "nameorganisation", "namederorganisation")),
    ("summary", ("kurzbeschreibung",)),
    ("description", ("beschreibung", "taetigkeit", "schwerpunkt")),
    ("municipality", ("gemeindeschluessel", "kommune")),
    ("responsibility", ("zustaendig",)),
)  # fmt: skip
#: Shorter pieces of other words would be found everywhere.
_LONGEST_HEADING = 80


def squeezed(heading: str) -> str:
    """Return a heading without case, umlauts, blanks and signs."""
    plain = unicodedata.normalize("NFKC", heading).casefold().translate(_UMLAUTS)
    return re.sub(r"[^a-z0-9]", "", plain)


def field_for(heading: str) -> str:
    """Return the field that a heading stands for, or nothing."""
    word = squeezed(heading)
    if not word or len(heading) > _LONGEST_HEADING:
        return ""
    for field, words in EXACT.items():
        if word in words:
            return field
    for field, pieces in PIECES:
        if any(piece in word for piece in pieces):
            return field
    return ""


def guessed(columns: Sequence[str]) -> list[str]:
    """Return a field for every column, each field once; several columns may be about persons.

    Where first names have a column, the one called “Name” holds family names.
    """
    found: list[str] = []
    has_first_names = any(squeezed(column) == "vorname" for column in columns)
    for column in columns:
        field = field_for(column)
        if has_first_names and squeezed(column) == "name":
            field = PERSON
        found.append(field if field == PERSON or field not in found else "")
    return found
