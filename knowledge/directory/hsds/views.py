"""The views of the interface for other directories; every session gets the same."""

import uuid
from collections.abc import Callable

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.directory.hsds import records, taxonomies
from knowledge.directory.hsds.answers import Missing, answer, envelope, for_programs, problem
from knowledge.directory.hsds.exporting import export_lines
from knowledge.directory.hsds.filtering import matching_offers, matching_organisations
from knowledge.directory.hsds.openapi import openapi_document
from knowledge.directory.hsds.organizations import basic_organization, minimal_organization
from knowledge.directory.hsds.profile import profile_document
from knowledge.directory.hsds.questions import Question, understood
from knowledge.directory.hsds.services import basic_service, full_service, minimal_service
from portal.accounts.adapter import own_address
from portal.shared.limits import allow

EXPORTS_PER_HOUR = 10


@for_programs
def about(request: HttpRequest) -> HttpResponse:
    """Say which version and profile this is."""
    return answer(
        request,
        {
            "version": "3.0",
            "profile": _address("profile"),
            "openapi_url": _address("openapi"),
            "export_url": _address("export"),
        },
    )


@for_programs
def organizations(request: HttpRequest) -> HttpResponse:
    """Answer a page of the organisations."""
    question = understood(request.GET)
    found = matching_organisations(records.public_organisations(), question)
    if question.minimal:
        return _minimal(request, found.only("uid", "name", "summary", "updated_at"), question, minimal_organization)
    if question.full:
        shown = _page(found, question, records.whole_organisations)
        contents = records.organizations_as_json(shown.object_list, full_services=question.full_service)
    else:
        shown = _page(found, question, records.with_basics)
        contents = [basic_organization(organisation) for organisation in shown.object_list]
    return answer(request, envelope(shown, contents), names_persons=any("contacts" in found for found in contents))


@for_programs
def organization(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Answer one organisation, whole."""
    question = understood(request.GET)
    found = list(records.whole_organisations(records.public_organisations().filter(uid=uid)))
    if not found:
        raise Missing
    content = records.organizations_as_json(found, full_services=question.full_service)[0]
    return answer(request, content, last_modified=found[0].updated_at, names_persons="contacts" in content)


@for_programs
def services(request: HttpRequest) -> HttpResponse:
    """Answer a page of the offers."""
    question = understood(request.GET)
    found = matching_offers(records.public_offers(), question)
    if question.minimal:
        return _minimal(request, found.only("uid", "name", "is_active", "updated_at"), question, minimal_service)
    if question.full:
        shown = _page(found, question, records.whole_offers)
        return answer(request, envelope(shown, [full_service(offer) for offer in shown.object_list]))
    shown = _page(found, question, records.offers_with_basics)
    return answer(request, envelope(shown, [basic_service(offer) for offer in shown.object_list]))


@for_programs
def service(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Answer one offer, whole."""
    found = records.whole_offers(records.public_offers().filter(uid=uid)).first()
    if found is None:
        raise Missing
    content = full_service(found)
    return answer(request, content, last_modified=max(found.updated_at, found.organisation.updated_at))


@for_programs
def taxonomy_list(request: HttpRequest) -> HttpResponse:
    """Answer a page of the code lists."""
    shown = _page([taxonomy.as_json() for taxonomy in taxonomies.TAXONOMIES], understood(request.GET))
    return answer(request, envelope(shown, list(shown.object_list)))


@for_programs
def term_list(request: HttpRequest) -> HttpResponse:
    """Answer a page of the terms, of all code lists or of one."""
    question = understood(request.GET)
    shown = _page(list(taxonomies.terms(question.taxonomy_id)), question)
    return answer(request, envelope(shown, list(shown.object_list)))


@for_programs
def profile(request: HttpRequest) -> HttpResponse:
    """Answer our profile of the standard; its address is its name."""
    return answer(request, profile_document(_address("profile")))


@for_programs
def openapi(request: HttpRequest) -> HttpResponse:
    """Answer the description of the interface."""
    return answer(request, openapi_document(_address("about")))


@for_programs
def export(request: HttpRequest) -> HttpResponse:
    """Send everything in one file, while it is being read."""
    if not allow(request, "hsds_export", limit=EXPORTS_PER_HOUR, seconds=3_600):
        detail = _("At most %(limit)d exports an hour are sent.") % {"limit": EXPORTS_PER_HOUR}
        response = problem(429, _("Too many requests"), detail)
        response["Retry-After"] = "3600"
        return response
    response = StreamingHttpResponse(export_lines(), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verzeichnis-hsds-3.0.json"'
    response["Cache-Control"] = "no-store"
    return response


@for_programs
def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer addresses that the interface does not have, in its own language."""
    raise Missing


def _page(found, question: Question, fetched=lambda found: found):
    """Return the page that was asked for; beyond the last one there is an empty page and no error."""
    paginator = Paginator(found, question.per_page)
    count = paginator.count
    start = (question.page - 1) * question.per_page
    if isinstance(found, QuerySet):
        found = fetched(found)
    things = list(found[start : start + question.per_page]) if start < count else []
    page = paginator.page(1) if count else paginator.get_page(1)
    page.number, page.object_list = question.page, things
    return page


def _minimal(request: HttpRequest, found: QuerySet, question: Question, told: Callable) -> HttpResponse:
    """Answer times of change, and of the rest only what the standard asks for."""
    shown = _page(found.order_by("pk"), question)
    return answer(request, envelope(shown, [told(one) for one in shown.object_list]))


def _address(name: str) -> str:
    return own_address(reverse(f"hsds:{name}"))
