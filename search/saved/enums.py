"""How often a saved search writes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    """How often the owner gets mail about new hits; the feed is there in any case."""

    DAILY = "daily", _("daily, by e-mail")
    WEEKLY = "weekly", _("weekly, by e-mail")
    NEVER = "never", _("never (only in the feed and on this portal)")


#: Unit: days. How long a digest waits after the one before.
PAUSE_DAYS = {Frequency.DAILY: 1, Frequency.WEEKLY: 7}
