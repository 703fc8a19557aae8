"""A profile for machines: schema.org, with the public facts of the organisation and without any person."""

from typing import Any

from knowledge.directory.enums import CostKind, OrganisationKind
from knowledge.directory.profiles import Profile, ShownOffer

_TYPES = {
    OrganisationKind.FOREIGNERS_AUTHORITY: "GovernmentOrganization",
    OrganisationKind.JOB_CENTRE: "GovernmentOrganization",
    OrganisationKind.INTEGRATION_CENTRE: "GovernmentOrganization",
    OrganisationKind.COUNCIL: "GovernmentOrganization",
    OrganisationKind.UNIVERSITY: "CollegeOrUniversity",
    OrganisationKind.SCHOOL: "EducationalOrganization",
    OrganisationKind.COMPANY: "Corporation",
    OrganisationKind.CHAMBER: "Organization",
    OrganisationKind.COURSE_PROVIDER: "EducationalOrganization",
}
#: Clubs, services, foundations and welfare associations.
_USUAL_TYPE = "NGO"


def linked_data_of(profile: Profile, *, address: str) -> dict[str, Any]:
    """Describe a profile in the words of schema.org; what is not known is left out, and no score is given."""
    organisation = profile.organisation
    return _known(
        {
            "@context": "https://schema.org",
            "@type": _TYPES.get(organisation.kind, _USUAL_TYPE),
            "@id": address,
            "identifier": f"urn:uuid:{organisation.uid}",
            "name": organisation.name,
            "alternateName": [name for name in (organisation.short_name, organisation.own_language_name) if name],
            "description": organisation.summary,
            "url": organisation.website or address,
            "mainEntityOfPage": address,
            "email": organisation.email,
            "telephone": organisation.phone,
            "foundingDate": str(organisation.founded_year or ""),
            "address": _address(organisation),
            "areaServed": [{"@type": "AdministrativeArea", "name": str(area)} for area in organisation.areas.all()],
            "knowsLanguage": [language.code for language in profile.languages],
            "memberOf": [_named(umbrella) for umbrella in profile.umbrellas],
            "makesOffer": [_offer(shown, address) for shown in profile.offers],
        }
    )


def _address(organisation) -> dict[str, str] | None:
    if not (organisation.street or organisation.city):
        return None
    return _known(
        {
            "@type": "PostalAddress",
            "streetAddress": organisation.street,
            "postalCode": organisation.postal_code,
            "addressLocality": organisation.city,
            "addressCountry": "DE",
        }
    )


def _named(organisation) -> dict[str, str]:
    return {"@type": "Organization", "name": organisation.name}


def _offer(shown: ShownOffer, address: str) -> dict[str, Any]:
    offer = shown.offer
    service = _known(
        {
            "@type": "Service",
            "name": offer.name,
            "description": offer.description,
            "serviceType": str(offer.get_kind_display()),
            "url": f"{address}#{offer.anchor}",
            "audience": {"@type": "Audience", "audienceType": offer.target_group} if offer.target_group else None,
            "availableChannel": {
                "@type": "ServiceChannel",
                "availableLanguage": [language.code for language in offer.languages.all()],
            },
        }
    )
    price = {"price": "0", "priceCurrency": "EUR"} if offer.cost == CostKind.FREE else {}
    return {"@type": "Offer", "itemOffered": service, **price}


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
