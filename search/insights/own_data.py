"""Which tasks a person had or made; of what people search for nothing is kept that could be handed out."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.own_data.contributions import STAYS
from portal.accounts.own_data.registry import DataKind, register_kinds
from search.insights.models import EditorialTask
from search.insights.naming import names_of


def _tasks(person: User):
    """A note is told to whoever made the task, because to others it is somebody else's words."""
    rows = list(EditorialTask.objects.filter(assignee=person) | EditorialTask.objects.filter(created_by=person))
    names = names_of([task.key for task in rows if not task.text], person)
    for task in sorted(rows, key=lambda task: task.pk):
        yield {
            "about": task.text or names[task.key].title,
            "responsible": task.assignee_id == person.pk,
            "created": task.created_by_id == person.pk,
            "note": task.note if task.created_by_id == person.pk else "",
            "state": task.get_state_display(),
            "due_on": task.due_on,
            "created_on": task.created_at,
            "closed_on": task.closed_at,
        }


def register() -> None:
    """Let people see their tasks; an open one is nobody's when the account goes, so that somebody takes it over."""
    register_kinds(
        DataKind(
            code="editorial_tasks",
            title=_("Editorial tasks"),
            purpose=_("So that the editors know who does what."),
            retention=STAYS,
            columns={
                "about": _("About"),
                "responsible": _("You are responsible"),
                "created": _("Made by you"),
                "note": _("Note"),
                "state": _("State"),
                "due_on": _("Due on"),
                "created_on": _("Created on"),
                "closed_on": _("Closed on"),
            },
            records=_tasks,
            forget=lambda person: EditorialTask.objects.open().of(person).update(assignee=None),
            fields=frozenset({"search_insights.editorialtask.assignee", "search_insights.editorialtask.created_by"}),
        )
    )
