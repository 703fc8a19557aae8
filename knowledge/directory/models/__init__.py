"""The door to the models of the directory; the modules below import downwards: organisations, parts, people."""

from knowledge.directory.models.importing import DirectoryImport
from knowledge.directory.models.keeping import Confirmation, EntryRemark, ProfileChange, ProfileVersion, Representation
from knowledge.directory.models.mandates import Mandate, Qualification
from knowledge.directory.models.offers import Offer, OfferAccess, OpeningTime, SpokenLanguage
from knowledge.directory.models.organisations import Organisation
from knowledge.directory.models.pages import DirectoryIndexPage
from knowledge.directory.models.people import Consent, Contact, Expert, ExpertRequest
from knowledge.directory.models.profile import Registration, SelfDescription, TransparencyNote

__all__ = [
    "Confirmation",
    "Consent",
    "Contact",
    "DirectoryImport",
    "DirectoryIndexPage",
    "EntryRemark",
    "Expert",
    "ExpertRequest",
    "Mandate",
    "Offer",
    "OfferAccess",
    "OpeningTime",
    "Organisation",
    "ProfileChange",
    "ProfileVersion",
    "Qualification",
    "Registration",
    "Representation",
    "SelfDescription",
    "SpokenLanguage",
    "TransparencyNote",
]
