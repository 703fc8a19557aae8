"""The editors' form of a term: looks at all its words together."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from knowledge.topics.words import fold


class TermForm(WagtailAdminModelForm):
    """A term with its words; a word that stands there twice would have two relations."""

    def is_valid(self) -> bool:
        """Check the words against each other after each has passed by itself."""
        return super().is_valid() and not self._mark_repeated_words()

    def _mark_repeated_words(self) -> bool:
        seen, repeated = set(), False
        for row in self.formsets["labels"].forms:
            if not row.cleaned_data or row.cleaned_data.get("DELETE"):
                continue
            word = fold(row.cleaned_data["text"])
            if word in seen:
                row.add_error("text", _("This word stands twice at this term."))
                repeated = True
            seen.add(word)
        return repeated
