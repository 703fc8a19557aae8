"""“Does something not fit any more?”: a reader tells the organisation, which sees it in its mail and in its entry."""

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knowledge.directory.models import EntryRemark, Organisation
from knowledge.directory.upkeep.links import link_to_tell
from knowledge.directory.upkeep.recipients import keepers_addresses
from portal.accounts.adapter import own_address
from portal.accounts.post import Letter, send_later

LONGEST_REMARK = 2_000


class RemarkForm(forms.ModelForm):
    """What does not fit; an address only for an answer, and no account."""

    #: A field that people do not see; whoever fills it in is a program.
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = EntryRemark
        fields = ["text", "email"]
        labels = {
            "text": gettext_lazy("What does not fit any more?"),
            "email": gettext_lazy("Your e-mail address"),
        }
        help_texts = {
            "text": gettext_lazy("For instance a telephone number, opening times or an offer that has ended."),
            "email": gettext_lazy("Only if you want an answer. The organisation gets it with your remark."),
        }
        error_messages = {
            "text": {"required": gettext_lazy("The remark is empty. Please write what does not fit any more.")},
            "email": {"invalid": gettext_lazy("The e-mail address is incomplete. Write it like name@kommune.de.")},
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].max_length = LONGEST_REMARK
        self.fields["text"].widget.attrs["maxlength"] = LONGEST_REMARK
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    @property
    def is_from_a_program(self) -> bool:
        """Tell whether the hidden field was filled in."""
        return bool(self.data.get(self.add_prefix("website")))


def receive_remark(*, organisation: Organisation, remark: EntryRemark) -> EntryRemark:
    """Keep a reader's remark and tell the organisation by mail once it is kept; anybody may write."""
    with transaction.atomic():
        remark.organisation = organisation
        remark.save()
        transaction.on_commit(lambda: send_later(_letter(remark)))
    return remark


def _letter(remark: EntryRemark) -> Letter:
    """Write to the organisation's own address; where it has none, the editors look after the entry."""
    organisation = remark.organisation
    why = _("A reader thinks that something in the entry “%(name)s” of the directory does not fit any more.")
    answer = (
        _("Answer to: %(email)s") % {"email": remark.email}
        if remark.email
        else _("The reader left no address and does not expect an answer.")
    )
    return Letter(
        to=organisation.email or settings.EDITOR_EMAIL,
        subject=_("Remark on the entry %(name)s") % {"name": organisation.name},
        paragraphs=(why % {"name": organisation.name},),
        quotation=remark.text,
        link_label=_("Open the entry"),
        link=own_address(organisation.get_absolute_url()),
        closing=(answer, *_what_to_do(organisation)),
    )


def _what_to_do(organisation: Organisation) -> tuple[str, ...]:
    """Say how the entry is changed; who has no account is not sent to the sign-in."""
    if not organisation.email or keepers_addresses(organisation):
        return (_("After signing in you change the entry yourselves; the remark waits for you there."),)
    values = {"link": link_to_tell(organisation)}
    return (_("Is the reader right? Write to the editors what is to change; you need not sign in: %(link)s") % values,)
