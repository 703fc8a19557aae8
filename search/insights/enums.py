"""The states of a task, the periods that figures are looked at over, and when a figure says something."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TaskState(models.TextChoices):
    """Where a task stands."""

    OPEN = "open", _("open")
    DONE = "done", _("done")
    DISMISSED = "dismissed", _("dismissed")


class Period(models.IntegerChoices):
    """Unit: days up to today; the values stand in addresses."""

    MONTH = 30, _("the last 30 days")
    QUARTER = 90, _("the last 90 days")
    YEAR = 365, _("the last 365 days")


#: A question that was asked less often says nothing about what its readers open.
LEAST_ASKED = 5
#: Opened after at most one question in so many: hardly ever.
HARDLY_EVER = 10
#: A record that was shown less often had no chance yet.
LEAST_SHOWN = 10
