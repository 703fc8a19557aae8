"""The right of reply: the organisation's own words on a status that it does not agree with."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.directory.keeping.drafts import forget_typed, typed_before
from knowledge.directory.keeping.pages import for_keepers, say_saved, show
from knowledge.directory.keeping.proposing import reply
from knowledge.directory.keeping.sensitive import MANDATE, QUALIFICATION, REGISTRATION, facts, kind_at
from knowledge.directory.keeping.views.proposals import part_page, way_to
from knowledge.directory.keeping.views.start import may_be_sent
from knowledge.directory.models import Organisation


class ReplyForm(forms.Form):
    """The organisation's own words on a status."""

    text = forms.CharField(
        label=gettext_lazy("Your reply"), required=False, max_length=1_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("It stands beside the status, in your words, at once. Empty removes it."),
    )  # fmt: skip


@for_keepers
@may_be_sent
def answer(request: HttpRequest, organisation: Organisation, kind_slug: str, pk: int) -> HttpResponse:
    """Write the organisation's reply to a status that it does not agree with."""
    kind = kind_at(kind_slug)
    statement = kind.find(organisation, pk) if kind in (MANDATE, QUALIFICATION, REGISTRATION) else None
    if statement is None:
        raise Http404
    typed = typed_before(request) if request.method != "POST" else None
    form = ReplyForm(request.POST if request.method == "POST" else typed, initial={"text": statement.reply})
    if request.method == "POST" and form.is_valid():
        reply(by=request.user, statement=statement, **form.cleaned_data)
        forget_typed(request)
        say_saved(request, _("Your reply"))
        return redirect(part_page(organisation, kind))
    return show(
        request, "reply.html", organisation, heading=_("Reply to the status"), crumbs=way_to(organisation, kind),
        status=422 if form.errors else 200, form=form, statement=statement, back=part_page(organisation, kind),
        facts=facts(kind, kind.values(statement)),
    )  # fmt: skip
