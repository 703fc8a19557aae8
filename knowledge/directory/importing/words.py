"""What people write in lists for kinds, legal forms, languages, places and fields of action, and what is meant."""

import re

from knowledge.directory.enums import LegalForm, OrganisationKind
from knowledge.directory.importing.reading.headings import squeezed
from knowledge.directory.languages import language_names
from knowledge.topics.models import FieldOfAction
from portal.places.models import Municipality

_KINDS = {
    "mso": OrganisationKind.MIGRANT_ORGANISATION,
    "mo": OrganisationKind.MIGRANT_ORGANISATION,
    "migrantenorganisation": OrganisationKind.MIGRANT_ORGANISATION,
    "migrantinnenorganisation": OrganisationKind.MIGRANT_ORGANISATION,
    "migrantenselbstorganisation": OrganisationKind.MIGRANT_ORGANISATION,
    "migrantenverein": OrganisationKind.MIGRANT_ORGANISATION,
    "dachverband": OrganisationKind.UMBRELLA,
    "verbund": OrganisationKind.UMBRELLA,
    "mbe": OrganisationKind.MIGRATION_ADVICE,
    "migrationsberatung": OrganisationKind.MIGRATION_ADVICE,
    "jmd": OrganisationKind.YOUTH_MIGRATION,
    "jugendmigrationsdienst": OrganisationKind.YOUTH_MIGRATION,
    "fluechtlingssozialarbeit": OrganisationKind.REFUGEE_SOCIAL_WORK,
    "integrationskurstraeger": OrganisationKind.COURSE_PROVIDER,
    "sprachkurstraeger": OrganisationKind.COURSE_PROVIDER,
    "kommunalesintegrationszentrum": OrganisationKind.INTEGRATION_CENTRE,
    "ki": OrganisationKind.INTEGRATION_CENTRE,
    "raa": OrganisationKind.INTEGRATION_CENTRE,
    "auslaenderbehoerde": OrganisationKind.FOREIGNERS_AUTHORITY,
    "abh": OrganisationKind.FOREIGNERS_AUTHORITY,
    "jobcenter": OrganisationKind.JOB_CENTRE,
    "agenturfuerarbeit": OrganisationKind.JOB_CENTRE,
    "kammer": OrganisationKind.CHAMBER,
    "schule": OrganisationKind.SCHOOL,
    "hochschule": OrganisationKind.UNIVERSITY,
    "universitaet": OrganisationKind.UNIVERSITY,
    "stiftung": OrganisationKind.FOUNDATION,
    "wohlfahrtsverband": OrganisationKind.WELFARE,
    "integrationsbeirat": OrganisationKind.COUNCIL,
    "integrationsrat": OrganisationKind.COUNCIL,
    "antidiskriminierungsstelle": OrganisationKind.ANTI_DISCRIMINATION,
    "betrieb": OrganisationKind.COMPANY,
    "unternehmen": OrganisationKind.COMPANY,
}
_LEGAL_FORMS = {
    "ev": LegalForm.REGISTERED_ASSOCIATION,
    "eingetragenerverein": LegalForm.REGISTERED_ASSOCIATION,
    "verein": LegalForm.ASSOCIATION,
    "nichteingetragenerverein": LegalForm.ASSOCIATION,
    "ggmbh": LegalForm.NON_PROFIT_COMPANY,
    "gemeinnuetzigegmbh": LegalForm.NON_PROFIT_COMPANY,
    "initiative": LegalForm.INITIATIVE,
    "ohnerechtsform": LegalForm.INITIATIVE,
    "stiftung": LegalForm.FOUNDATION,
    "genossenschaft": LegalForm.COOPERATIVE,
    "eg": LegalForm.COOPERATIVE,
    "koerperschaft": LegalForm.PUBLIC_BODY,
    "koerperschaftdesoeffentlichenrechts": LegalForm.PUBLIC_BODY,
    "kdoer": LegalForm.PUBLIC_BODY,
    "gmbh": LegalForm.COMPANY,
    "ug": LegalForm.COMPANY,
}
_LANGUAGES = {
    "tigrinisch": "ti", "farsi": "fa", "kurmanci": "kmr", "kurmanji": "kmr", "kurmandschi": "kmr", "sorani": "ckb",
    "paschto": "ps", "pashto": "ps", "romanes": "rom", "dari": "prs", "mandarin": "zh", "tamazight": "ber",
}  # fmt: skip
_SEPARATORS = re.compile(r"[,;/|\n•·]+")
_AND = re.compile(r"\s(?:und|sowie|u\.)\s")


def parted(text: str) -> list[str]:
    """Return the members of a cell that holds several; “Bildung und Sprache” may be one."""
    return _tidy(_SEPARATORS.split(text))


def parted_by_and(text: str) -> list[str]:
    """Return the members of what is no word of ours as a whole, e.g. “Arabisch und Tigrinya”."""
    return _tidy(_AND.split(text))


def _tidy(parts: list[str]) -> list[str]:
    return list(dict.fromkeys(part.strip(" -–") for part in parts if part.strip(" -–")))


class Vocabulary:
    """The words of the portal, read once for a whole list."""

    def __init__(self) -> None:
        self.kinds = _by_word(OrganisationKind) | {word: str(kind) for word, kind in _KINDS.items()}
        self.legal_forms = _by_word(LegalForm) | {word: str(form) for word, form in _LEGAL_FORMS.items()}
        names = {squeezed(name): tag for tag, name in reversed(language_names().items())}
        self.languages = names | {tag: tag for tag in language_names()} | _LANGUAGES
        rubrics = list(FieldOfAction.objects.values_list("pk", "slug", "name"))
        self.fields_of_action = {squeezed(word): pk for pk, *words in rubrics for word in words}
        self.places: dict[str, set[int]] = {}
        for place in Municipality.objects.only("ags", "name", "designation", "kind"):
            for word in (place.ags, place.name, place.full_name, f"{place.designation} {place.name}"):
                self.places.setdefault(squeezed(word), set()).add(place.pk)


def _by_word(choices) -> dict[str, str]:
    return {squeezed(word): str(value) for value, label in choices.choices for word in (str(value), str(label))}
