"""Where the insights meet the Wagtail admin: addresses, a menu of their own, and one's tasks on the start page."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from search.insights import report_views, state_views, task_views
from search.insights.home_panel import TasksPanel
from search.insights.rules import may_read_insights, may_work_on_tasks


class EditorsItem(MenuItem):
    """Shown to editors."""

    def is_shown(self, request):
        """Tell whether the person may read what is counted."""
        return may_read_insights(request.user)


class TasksItem(MenuItem):
    """Shown to everybody who can be given tasks."""

    def is_shown(self, request):
        """Tell whether the person works in the editing interface."""
        return may_work_on_tasks(request.user)


@hooks.register("register_admin_urls")
def search_addresses():
    """The state of the index, the report, the tasks."""
    return [
        path("suche/", state_views.state, name="search_state"),
        path("suche/stand/", state_views.figures, name="search_state_figures"),
        path("suche/erneut/", state_views.retry_all, name="search_retry_all"),
        path("suche/erneut/<int:pk>/", state_views.retry_one, name="search_retry_one"),
        path("suche/auswertung/", report_views.without_hits, name="search_insights_empty"),
        path("suche/auswertung/ohne-klick/", report_views.hardly_opened, name="search_insights_unopened"),
        path("suche/auswertung/nie-geoeffnet/", report_views.never_opened, name="search_insights_records"),
        path("suche/aufgaben/", task_views.task_list, name="search_tasks"),
        path("suche/aufgaben/neu/", task_views.new_task, name="search_task_new"),
        path("suche/aufgaben/<int:pk>/", task_views.task, name="search_task"),
        path("suche/aufgaben/<int:pk>/erledigt/", task_views.finish, name="search_task_finish"),
        path("suche/aufgaben/<int:pk>/verwerfen/", task_views.dismiss, name="search_task_dismiss"),
        path("suche/aufgaben/<int:pk>/oeffnen/", task_views.reopen, name="search_task_reopen"),
    ]


@hooks.register("register_admin_menu_item")
def search_menu():
    """The search stands below the vocabulary, which is its thesaurus."""
    items = [
        EditorsItem(_("Search index"), reverse("search_state"), name="search-state", icon_name="search", order=10),
        EditorsItem(_("Report"), reverse("search_insights_empty"), name="search-report", icon_name="view", order=20),
        TasksItem(_("Editorial tasks"), reverse("search_tasks"), name="search-tasks", icon_name="tasks", order=30),
    ]
    menu = Menu(register_hook_name=None, items=items)
    return SubmenuMenuItem(_("Search care"), menu, name="search-insights", icon_name="search", order=310)


@hooks.register("construct_homepage_panels")
def own_tasks(request, panels):
    """Whoever has open tasks sees them first."""
    if may_work_on_tasks(request.user):
        panels.insert(0, TasksPanel())
