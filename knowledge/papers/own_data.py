"""Which papers a person imported: the file's name and the day; the draft made of it is a page like any other."""

from django.utils.translation import gettext_lazy as _

from knowledge.papers.models import PaperImport
from portal.accounts.models import User
from portal.accounts.own_data.contributions import STAYS
from portal.accounts.own_data.registry import DataKind, register_kinds


def _imports(person: User):
    rows = PaperImport.objects.filter(uploaded_by=person).order_by("pk")
    for filename, uploaded_at in rows.values_list("filename", "uploaded_at"):
        yield {"file": filename, "imported_on": uploaded_at}


def register() -> None:
    """Let people see what they imported."""
    register_kinds(
        DataKind(
            code="paper_imports",
            title=_("Papers that you imported"),
            purpose=_("So that a draft can be made of the file and it stays known where it came from."),
            retention=STAYS,
            columns={"file": _("File"), "imported_on": _("Imported on")},
            records=_imports,
            fields=frozenset({"papers.paperimport.uploaded_by"}),
        )
    )
