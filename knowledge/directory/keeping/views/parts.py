"""One part per page: shown, saved, and where somebody else was quicker, laid side by side."""

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.directory.keeping.drafts import forget_typed, typed_before
from knowledge.directory.keeping.pages import for_keepers, say_saved, seen_version, show, version_to_name
from knowledge.directory.keeping.part_forms import FORMS
from knowledge.directory.keeping.parts import Part, PartKey, part_after, part_at, part_before, parts_of
from knowledge.directory.keeping.presentation import records_of
from knowledge.directory.keeping.sensitive import CONTACT, LEGAL_FORM, MANDATE, QUALIFICATION, REGISTRATION, Sensitive
from knowledge.directory.keeping.snapshots import part_values
from knowledge.directory.keeping.versions import UnseenChangeError, save_part, trial
from knowledge.directory.keeping.views.offers import offers_context
from knowledge.directory.keeping.views.start import may_be_sent
from knowledge.directory.keeping.wording import Row, differing_fields
from knowledge.directory.languages import EASY_LANGUAGE
from knowledge.directory.models import Organisation, ProfileVersion

#: The button that saves and leads back to the start page.
LATER = "spaeter"
#: Which sensitive records stand on the page of which part.
_KINDS: dict[str, tuple[Sensitive, ...]] = {
    PartKey.MANDATE: (MANDATE,),
    PartKey.QUALITY: (QUALIFICATION,),
    PartKey.CONTACTS: (CONTACT,),
    PartKey.TRANSPARENCY: (LEGAL_FORM, REGISTRATION),
}


@for_keepers
@may_be_sent
def part(request: HttpRequest, organisation: Organisation, part_slug: str) -> HttpResponse:
    """Show a part with its form, its records, or both; save what was sent."""
    found = part_at(organisation, part_slug)
    if found is None:
        raise Http404
    form_class = FORMS.get(found.key)
    if form_class is None:
        return _show_part(request, organisation, found, None)
    typed = typed_before(request) if request.method != "POST" else None
    form = form_class(request.POST if request.method == "POST" else typed, instance=organisation)
    if request.method == "POST" and form.is_valid():
        return _save(request, organisation, found, form)
    # The form left its own values on the organisation, which only lends its address and its kind from here on.
    organisation.refresh_from_db()
    return _show_part(request, organisation, found, form, typed=typed)


def _save(request: HttpRequest, organisation: Organisation, found: Part, form) -> HttpResponse:
    try:
        is_changed = save_part(
            by=request.user, organisation=organisation, part=found.key, write=form.write, seen=seen_version(request)
        )
    except UnseenChangeError as conflict:
        organisation.refresh_from_db()
        mine = trial(organisation, found.key, form.write)
        rows = differing_fields(found.key, mine, part_values(organisation, found.key))
        return _show_part(request, organisation, found, form, conflict=conflict_of(organisation, conflict, rows))
    forget_typed(request)
    say_saved(request, str(found.label), is_changed=is_changed)
    return redirect(page_after(request, organisation, found))


def page_after(request: HttpRequest, organisation: Organisation, found: Part) -> str:
    """Return where it goes on: to the next part, or to the start page for whoever goes on later."""
    following = part_after(organisation, found)
    if LATER in request.POST or following is None:
        return reverse("keeping:start", args=[organisation.slug])
    return reverse("keeping:part", args=[organisation.slug, following.slug])


def conflict_of(organisation: Organisation, conflict: UnseenChangeError, rows: list[Row]) -> dict:
    """Return what the page says of a conflict: who changed what, and when."""
    newest = ProfileVersion.objects.filter(organisation=organisation, number=conflict.current)
    return {"rows": rows, "version": newest.select_related("changed_by").first()}


def _show_part(
    request: HttpRequest,
    organisation: Organisation,
    found: Part,
    form: BaseForm | None,
    *,
    conflict: dict | None = None,
    typed: QueryDict | None = None,
) -> HttpResponse:
    parts, is_typed_before = parts_of(organisation), typed is not None
    has_errors = form is not None and form.errors and not is_typed_before
    return show(
        request,
        "part.html",
        organisation,
        heading=found.label,
        status=409 if conflict else 422 if has_errors else 200,
        part=found,
        number=parts.index(found) + 1,
        total=len(parts),
        before=part_before(organisation, found),
        after=part_after(organisation, found),
        form=form,
        version=version_to_name(request, organisation, typed, is_shown=conflict is not None),
        conflict=conflict,
        is_typed_before=is_typed_before,
        **_rows(organisation, found),
    )


def _rows(organisation: Organisation, found: Part) -> dict:
    """Return what a part shows beside its form."""
    context: dict = {"groups": [_group(kind, organisation) for kind in _KINDS.get(found.key, ())]}
    if found.key == PartKey.DESCRIPTION:
        own = organisation.descriptions.exclude(language__in=["de", EASY_LANGUAGE])
        context["descriptions"] = sorted(own, key=lambda row: row.language_name)
    if found.key == PartKey.OFFERS:
        context |= offers_context(organisation)
    return context


def _group(kind: Sensitive, organisation: Organisation) -> dict:
    if kind is LEGAL_FORM:
        return {"kind": kind, "records": [], "proposals": [], **_legal_form(organisation)}
    records, proposals = records_of(kind, organisation)
    return {"kind": kind, "records": records, "proposals": proposals}


def _legal_form(organisation: Organisation) -> dict:
    changes = organisation.changes.filter(state="open", subject=LEGAL_FORM.subject, act="change", target_id=None)
    change = changes.first()
    return {
        "legal_form": organisation.get_legal_form_display() or _("not said"),
        "proposed_legal_form": dict(organisation._meta.get_field("legal_form").flatchoices).get(
            change.after.get("legal_form"), _("not said")
        )
        if change
        else "",
        "legal_form_change": change,
    }
