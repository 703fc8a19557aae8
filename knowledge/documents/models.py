"""The text of a document, as far as a machine can read it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from knowledge.documents.enums import EXPLANATIONS, PARTLY, REMEDIES, STATE_NAMES
from knowledge.documents.querysets import DocumentTextQuerySet
from knowledge.documents.reading.outcome import Part, Reason, State
from portal.shared.models import PortalDocument


class DocumentText(models.Model):
    """What was read in the file that a document has at the moment, or why nothing was."""

    # It is made of the file and goes with it, so it is no use of the document.
    wagtail_reference_index_ignore = True

    document = models.OneToOneField(
        PortalDocument, verbose_name=_("document"), on_delete=models.CASCADE, related_name="extracted_text"
    )
    #: The stored file that the state is about; each upload gets a name of its own, so another name is another file.
    file_name = models.CharField(max_length=255)
    #: Checksum of the content, by which a file that was read before is known again; empty until it was looked at.
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(_("searchability"), max_length=20, default=State.WAITING.value, db_index=True)
    reason = models.CharField(max_length=20, blank=True)
    #: The text in its order, as `knowledge.documents.reading.outcome.Part` without what is empty.
    parts = models.JSONField(default=list, blank=True)
    page_count = models.PositiveIntegerField(_("pages"), default=0)
    #: Pages whose text is not found, because they are pictures or cannot be opened.
    silent_pages = models.PositiveIntegerField(default=0)
    #: As the file declares it, e.g. "de-DE".
    language = models.CharField(max_length=35, blank=True)
    #: Unit: seconds on the wall.
    seconds = models.FloatField(default=0)
    #: Since when somebody is reading the file.
    claimed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(_("read on"), null=True, blank=True)

    objects = DocumentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")
        ordering = ["document__title", "pk"]

    def __str__(self):
        return f"{self.document_id}: {self.state}"

    def passages(self) -> list[Part]:
        """Return the text in its order."""
        return [Part(**part) for part in self.parts]

    def wait_for(self, file_name: str, sha256: str) -> None:
        """Be about another file from now on; what was read in the old one is forgotten at once."""
        self.file_name, self.sha256 = file_name, sha256
        self.state, self.reason = State.WAITING, Reason.NONE
        self.parts, self.language = [], ""
        self.page_count = self.silent_pages = 0
        self.seconds, self.claimed_at, self.read_at = 0, None, None

    @property
    def is_partly_searchable(self) -> bool:
        """Tell whether a part of the file is not found; the same rule as `partly_searchable()`."""
        return self.state == State.READ and self.reason in PARTLY

    @property
    def state_name(self) -> str:
        """Return how the state is called; a file that is found in part says so."""
        return str(_("Searchable in part") if self.is_partly_searchable else STATE_NAMES[State(self.state)])

    @property
    def advice(self) -> str:
        """Return what an editor should know and can do, in a sentence or two; empty where all is well."""
        told = (EXPLANATIONS.get(Reason(self.reason), ""), REMEDIES.get(State(self.state), ""))
        pages = {"silent": self.silent_pages, "pages": self.page_count}
        return " ".join(str(sentence) % pages for sentence in told if sentence)
