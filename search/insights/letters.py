"""What the letter about a task says."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.adapter import own_address
from portal.accounts.models import User
from portal.accounts.post import Letter
from search.insights.models import EditorialTask
from search.insights.naming import subject_of


def task_letter(task: EditorialTask, by: User) -> Letter:
    """Return the letter to the person who is responsible from now on."""
    subject = subject_of(task, task.assignee)
    due = [_("It is due on %(day)s.") % {"day": date_format(task.due_on, "j. F Y")}] if task.due_on else []
    return Letter(
        to=task.assignee.email,
        subject=_("Editorial task: %(subject)s") % {"subject": subject},
        paragraphs=(
            _("%(person)s has made you responsible for an editorial task.") % {"person": by},
            _("It is about: %(subject)s") % {"subject": subject},
            *due,
        ),
        quotation=task.note,
        link_label=_("Look at the task"),
        link=own_address(reverse("search_task", args=[task.pk])),
        closing=(_("You get this mail because you work in the editing interface. All your tasks stand there, too."),),
    )
