"""The public glossary: all terms from A to Z or those of one letter, and each term on a page of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.topics.models import Term, Topic
from knowledge.topics.skos import turtle
from knowledge.topics.words import fold, sort_key


@dataclass(frozen=True, slots=True)
class Row:
    """A term as the glossary shows it; words that are terms themselves carry their address."""

    term: Term
    alternatives: list[dict]
    narrower: list[dict]
    related: list[dict]


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Show the terms, grouped by their first letter; `?buchstabe=` shows one letter."""
    terms = sorted(Term.objects.visible_to(request.user).for_reading(), key=lambda term: sort_key(term.preferred))
    chosen = request.GET.get("buchstabe", "").strip().upper()[:1]
    used = {term.initial for term in terms}
    rows = _rows(terms, chosen)
    context = {
        "groups": [(letter, list(group)) for letter, group in groupby(rows, key=lambda row: row.term.initial)],
        "letters": [(letter, letter in used) for letter in (*ascii_uppercase, *sorted(used - set(ascii_uppercase)))],
        "chosen": chosen,
        "count": len(rows),
    }
    return render(request, "knowledge/topics/glossary.html", context)


@require_safe
def term(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one term at its stable address."""
    terms = Term.objects.visible_to(request.user)
    found = get_object_or_404(terms.prefetch_related("labels"), slug=slug)
    glossary_url = reverse("topics:glossary")
    context = {
        "row": _row(found, _addresses(terms.only("preferred", "slug"))),
        "crumbs": [{"title": _("Home"), "url": "/"}, {"title": _("Glossary"), "url": glossary_url}],
        "list_url": f"{glossary_url}#{found.slug}",
        "search_url": f"{reverse('search:results')}?{urlencode({'q': found.preferred})}",
    }
    return render(request, "knowledge/topics/term_page.html", context)


@require_safe
def skos(request: HttpRequest) -> HttpResponse:
    """Offer the whole vocabulary as SKOS for other systems."""
    base = request.build_absolute_uri(reverse("topics:glossary"))
    terms = Term.objects.visible_to(request.user).for_reading().order_by("slug")
    topics = Topic.objects.select_related("broader").order_by("slug")
    return HttpResponse(turtle(terms, topics, base=base), content_type="text/turtle; charset=utf-8")


def _rows(terms: list[Term], chosen: str) -> list[Row]:
    addresses = _addresses(terms)
    return [_row(term, addresses) for term in terms if not chosen or term.initial == chosen]


def _addresses(terms: Iterable[Term]) -> dict[str, str]:
    return {fold(term.preferred): term.get_absolute_url() for term in terms}


def _row(term: Term, addresses: dict[str, str]) -> Row:
    def linked(words: list[str]) -> list[dict]:
        return [{"name": word, "url": addresses.get(fold(word), "")} for word in words]

    return Row(term, linked(term.shown_alternatives), linked(term.narrower_words), linked(term.related_words))
