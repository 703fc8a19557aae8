"""What editors and authors are responsible for, as tasks among their others."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.duties import Duty, duty
from portal.accounts.models import User
from search.insights.models import EditorialTask
from search.insights.rules import may_work_on_tasks

#: More of them are looked at in the editing interface, which has lists of its own.
MOST = 50


def duties(person: User, at: datetime.datetime) -> Iterator[Duty]:
    """Give the open tasks of a person, the most urgent first."""
    if not may_work_on_tasks(person):
        return
    today = timezone.localdate(at)
    for task in EditorialTask.objects.visible_to(person).of(person).open()[:MOST]:
        if task.text:
            sentence = _("Make sure that “%(question)s” finds something") % {"question": task.text}
        else:
            sentence = _("Look at a page that searches find and nobody opens")
        yield duty(sentence, _("Open the task"), reverse("search_task", args=[task.pk]), task.due_on, today)
