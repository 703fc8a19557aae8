"""Who keeps the entry, with what right, and the entry as others see it."""

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knowledge.directory.keeping.completeness import missing_for_publication
from knowledge.directory.keeping.drafts import forget_typed, typed_before
from knowledge.directory.keeping.pages import for_keepers, say_saved, show
from knowledge.directory.keeping.presentation import keepers_of, own_representation
from knowledge.directory.keeping.publishing import declare_representation
from knowledge.directory.keeping.views.start import may_be_sent
from knowledge.directory.models import Organisation, Representation
from knowledge.directory.profiles import for_profile, profile_of
from knowledge.directory.querysets import organisations_kept_by
from knowledge.directory.rules import may_publish


class RepresentationForm(forms.ModelForm):
    """With what right one speaks for the organisation."""

    class Meta:
        model = Representation
        fields = ("function", "proof")


@for_keepers
@may_be_sent
def representation(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show who keeps the entry, and take down one's own proof; editors who help out have none."""
    own = own_representation(organisation, request.user)
    is_keeper = organisation.pk in organisations_kept_by(request.user)
    typed = typed_before(request) if request.method != "POST" else None
    form = RepresentationForm(request.POST if request.method == "POST" else typed, instance=own) if is_keeper else None
    if request.method == "POST":
        if form is None:
            return redirect("keeping:representation", organisation.slug)
        if form.is_valid():
            declare_representation(by=request.user, organisation=organisation, **form.cleaned_data)
            forget_typed(request)
            say_saved(request, _("Your proof of representation"))
            return redirect("keeping:representation", organisation.slug)
    return show(
        request, "representation.html", organisation, heading=_("People who keep the profile"), form=form,
        status=422 if form and form.errors and typed is None else 200, keepers=keepers_of(organisation),
        own=own_representation(organisation, request.user), is_typed_before=typed is not None,
        invite_url=reverse("people:organisation_invite", args=[organisation.pk]) if is_keeper else "",
    )  # fmt: skip


@for_keepers
@require_safe
def preview(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show the entry as others see it, published or not; of persons what they agreed to."""
    whole = for_profile(Organisation.objects).get(pk=organisation.pk)
    return show(
        request, "preview.html", organisation, heading=_("As others see it"),
        profile=profile_of(whole, AnonymousUser()), needs=missing_for_publication(organisation),
        is_published=organisation.is_shown, may_publish=may_publish(request.user, organisation),
    )  # fmt: skip
