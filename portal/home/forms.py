"""The form in which a reader writes to the editors."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.home.enums import MessageKind
from portal.home.models import ReaderMessage


class ContactForm(forms.ModelForm):
    """A question, a barrier or a remark; only the text is needed, and no account."""

    #: A field that people do not see; whoever fills it in is a program.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = ReaderMessage
        fields = ["kind", "text", "name", "email", "page_url"]
        labels = {
            "kind": _("What is it about?"),
            "text": _("Your message"),
            "name": _("Your name"),
            "email": _("Your e-mail address"),
        }
        help_texts = {
            "text": _("Please do not name persons and do not send confidential data."),
            "email": _("Only if you want an answer. We use it for nothing else."),
        }
        error_messages = {
            "text": {"required": _("The message is empty. Please write what it is about.")},
            "email": {"invalid": _("The e-mail address is incomplete. Write it like name@kommune.de.")},
        }
        widgets = {"page_url": forms.HiddenInput, "kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].max_length = 5000
        self.fields["text"].widget.attrs["maxlength"] = 5000
        self.fields["kind"].choices = MessageKind.choices
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    @property
    def is_from_a_program(self) -> bool:
        """Tell whether the hidden field was filled in."""
        return bool(self.data.get(self.add_prefix("website")))
