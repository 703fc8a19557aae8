"""What the audit log tells about tasks, the index and exported figures."""

from django.utils.translation import gettext_lazy as _

from portal.audit.registry import ActionKind, Detail, register_actions, register_details
from search.insights.enums import TaskState

TASKS = (
    ActionKind("task.created", _("Task made"), _("%(actor)s made the task “%(object)s” for %(responsible)s.")),
    ActionKind("task.changed", _("Task changed"), _("%(actor)s changed the task “%(object)s”.")),
    ActionKind("task.done", _("Task done"), _("%(actor)s did the task “%(object)s”.")),
    ActionKind("task.dismissed", _("Task dismissed"), _("%(actor)s dismissed the task “%(object)s”.")),
    ActionKind("task.reopened", _("Task opened again"), _("%(actor)s opened the task “%(object)s” again.")),
)
SEARCH = (
    ActionKind(
        "index.retried", _("Indexing tried again"), _("%(actor)s had the index try again: %(retried)s changes.")
    ),
    ActionKind("insights.exported", _("Figures exported"), _("%(actor)s exported figures of the search: %(list)s.")),
)


def register() -> None:
    """Make the actions and the words of their details known."""
    register_actions(*TASKS, *SEARCH)
    register_details(
        {
            "responsible": Detail(_("Responsible")),
            "due_on": Detail(_("Due on")),
            "note": Detail(_("Note")),
            "task_state": Detail(_("State"), lambda: dict(TaskState.choices)),
            "retried": Detail(_("Number of changes")),
            "list": Detail(_("List")),
        }
    )
