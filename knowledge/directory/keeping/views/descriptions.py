"""The self-description in one further language: written, changed, removed; live at once."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.directory.keeping.drafts import forget_typed, typed_before
from knowledge.directory.keeping.fields import LanguageField, with_plain_lines
from knowledge.directory.keeping.pages import for_keepers, say_saved, seen_version, show, version_to_name
from knowledge.directory.keeping.part_form import DESCRIPTION_LENGTH
from knowledge.directory.keeping.parts import PARTS, PartKey
from knowledge.directory.keeping.snapshots import part_values
from knowledge.directory.keeping.versions import UnseenChangeError, save_part, trial
from knowledge.directory.keeping.views.parts import conflict_of
from knowledge.directory.keeping.views.start import may_be_sent
from knowledge.directory.keeping.wording import differing_fields
from knowledge.directory.keeping.writing import write_descriptions
from knowledge.directory.languages import language_name
from knowledge.directory.models import Organisation, SelfDescription

_PART = PARTS[PartKey.DESCRIPTION]


class TextForm(forms.Form):
    """A text and its language."""

    language = LanguageField(label=gettext_lazy("Language"), max_length=60)
    text = forms.CharField(
        label=gettext_lazy("Who we are"), max_length=DESCRIPTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )  # fmt: skip

    def clean(self) -> dict:
        """Return the text with line ends as the entry keeps them."""
        return with_plain_lines(super().clean())


@for_keepers
@may_be_sent
def new(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Add a language; one that is there already is changed."""
    return _edit(request, organisation, heading=_("Add a language"), initial={})


@for_keepers
@may_be_sent
def change(request: HttpRequest, organisation: Organisation, language: str) -> HttpResponse:
    """Change the text in a language."""
    row = _text(organisation, language)
    initial = {"language": row.language_name, "text": row.text}
    heading = _("Who we are: %(language)s") % {"language": row.language_name}
    return _edit(request, organisation, heading=heading, initial=initial)


@for_keepers
@may_be_sent
def remove(request: HttpRequest, organisation: Organisation, language: str) -> HttpResponse:
    """Ask once, then remove the text in a language; the history can bring it back."""
    row = _text(organisation, language)
    if request.method != "POST" or not _removed(request, organisation, language):
        is_unseen = request.method == "POST"
        row = _text(organisation, language)
        organisation.refresh_from_db()
        return show(
            request, "remove_text.html", organisation, heading=_("Remove the text"), row=row, is_unseen=is_unseen,
            version=organisation.version, status=409 if is_unseen else 200,
            back=_list_of(organisation), crumbs=[(_PART.label, _list_of(organisation))],
        )  # fmt: skip
    say_saved(request, _("Text removed: %(language)s") % {"language": row.language_name})
    return redirect(_list_of(organisation))


def _text(organisation: Organisation, language: str) -> SelfDescription:
    # PostgreSQL raises at a NUL.
    if not language.isprintable():
        raise Http404
    return get_object_or_404(organisation.descriptions, language=language)


def _removed(request: HttpRequest, organisation: Organisation, language: str) -> bool:
    """Remove the text if it is the one that was read; tell whether it was."""
    try:
        save_part(
            by=request.user, organisation=organisation, part=PartKey.DESCRIPTION, seen=seen_version(request),
            write=lambda one: one.descriptions.filter(language=language).delete(),
        )  # fmt: skip
    except UnseenChangeError:
        return False
    return True


def _edit(request: HttpRequest, organisation: Organisation, *, heading: str, initial: dict) -> HttpResponse:
    typed = typed_before(request) if request.method != "POST" else None
    form = TextForm(request.POST if request.method == "POST" else typed, initial=initial)
    if initial:
        form.fields["language"].disabled = True
    conflict = None
    if request.method == "POST" and form.is_valid():
        write = _writer(form.cleaned_data)
        try:
            is_changed = save_part(
                by=request.user, organisation=organisation, part=PartKey.DESCRIPTION, write=write,
                seen=seen_version(request),
            )  # fmt: skip
        except UnseenChangeError as unseen:
            organisation.refresh_from_db()
            mine, theirs = trial(organisation, _PART.key, write), part_values(organisation, _PART.key)
            conflict = conflict_of(organisation, unseen, differing_fields(_PART.key, mine, theirs))
        else:
            forget_typed(request)
            what = _("Who we are: %(language)s") % {"language": language_name(form.cleaned_data["language"])}
            say_saved(request, what, is_changed=is_changed)
            return redirect(_list_of(organisation))
    has_errors = form.errors and typed is None
    return show(
        request, "text.html", organisation, heading=heading, crumbs=[(_PART.label, _list_of(organisation))],
        status=409 if conflict else 422 if has_errors else 200, form=form,
        version=version_to_name(request, organisation, typed, is_shown=conflict is not None), conflict=conflict,
        is_typed_before=typed is not None, back=_list_of(organisation),
    )  # fmt: skip


def _writer(data: dict):
    def write(organisation: Organisation) -> None:
        others = organisation.descriptions.exclude(language=data["language"]).values("language", "text")
        write_descriptions(organisation, [*others, data])

    return write


def _list_of(organisation: Organisation) -> str:
    return reverse("keeping:part", args=[organisation.slug, _PART.slug])
