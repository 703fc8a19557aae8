"""What goes when its time is over: counts by the day, words that were not heard again, tasks closed long ago."""

import datetime

from django.conf import settings
from django.db import transaction

from search.insights.models import DayCount, EditorialTask, HeardWord, QuestionCount, RecordCount

#: Unit: days. A word that is not heard again for so long begins anew.
FORGOTTEN_AFTER = 90


@transaction.atomic
def tidy(*, on: datetime.date) -> dict[str, int]:
    """Delete what is older than it is kept; return how many rows of each kind."""
    first = on - datetime.timedelta(days=settings.SEARCH_INSIGHTS_KEEP_DAYS)
    return {
        **{model._meta.model_name: model.objects.filter(day__lt=first).delete()[0] for model in _BY_DAY},
        "heardword": HeardWord.objects.filter(last_day__lt=on - datetime.timedelta(days=FORGOTTEN_AFTER)).delete()[0],
        "editorialtask": EditorialTask.objects.old(first).delete()[0],
    }


@transaction.atomic
def forget_all() -> dict[str, int]:
    """Delete everything that was counted; tasks stay."""
    return {model._meta.model_name: model.objects.all().delete()[0] for model in (*_BY_DAY, HeardWord)}


_BY_DAY = (DayCount, QuestionCount, RecordCount)
