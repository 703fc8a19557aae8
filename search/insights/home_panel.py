"""One's own open tasks on the start page of the editing interface."""

from django.utils import timezone
from wagtail.admin.ui.components import Component

from search.insights.models import EditorialTask
from search.insights.naming import names_of

MOST = 5


class TasksPanel(Component):
    """The tasks that are due first, and how many there are."""

    name = "search-tasks"
    template_name = "search/insights/home_panel.html"
    order = 50

    def get_context_data(self, parent_context):
        """Ask for the person's tasks; nothing is shown where there are none."""
        person = parent_context["request"].user
        own = EditorialTask.objects.visible_to(person).open().of(person)
        tasks = list(own[: MOST + 1])
        names = names_of([task.key for task in tasks if not task.text], person)
        return {
            "rows": [{"task": task, "name": names.get(task.key)} for task in tasks[:MOST]],
            "has_more": len(tasks) > MOST,
            "today": timezone.localdate(),
        }
