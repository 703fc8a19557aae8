"""Named sets of counts and tasks; each count is summed over its days before it is judged."""

import datetime

from django.db import models
from django.db.models import F, Max, Q, Sum

from search.insights.enums import HARDLY_EVER, LEAST_ASKED, LEAST_SHOWN, TaskState
from search.insights.rules import may_read_insights, may_work_on_tasks


class QuestionCountQuerySet(models.QuerySet):
    """Questions by the day."""

    def since(self, day: datetime.date) -> "QuestionCountQuerySet":
        """Keep the days from `day` on."""
        return self.filter(day__gte=day)

    def summed(self) -> "QuestionCountQuerySet":
        """Sum each question over the days; the sums carry names of their own, so that days can still be asked for."""
        return (
            self.order_by()
            .values("text")
            .annotate(
                times_asked=Sum("asked"),
                times_empty=Sum("without_hits") + Sum("within"),
                times_opened=Sum("opened"),
                last_empty=Max("day", filter=Q(without_hits__gt=0) | Q(within__gt=0)),
                last_answered=Max("day", filter=Q(asked__gt=F("without_hits"))),
            )
        )

    def without_hits(self) -> "QuestionCountQuerySet":
        """Sum the questions that found nothing and have not found anything on a later day."""
        unsolved = Q(last_answered__isnull=True) | Q(last_answered__lte=F("last_empty"))
        return self.summed().filter(unsolved, times_empty__gt=0).order_by("-times_empty", "text")

    def hardly_opened(self) -> "QuestionCountQuerySet":
        """Sum the questions that found something of which hardly anything was opened."""
        found = self.summed().annotate(times_answered=Sum("asked") - Sum("without_hits"))
        rarely = Q(times_answered__gte=F("times_opened") * HARDLY_EVER)
        return found.filter(rarely, times_answered__gte=LEAST_ASKED).order_by("-times_answered", "text")


class RecordCountQuerySet(models.QuerySet):
    """Records by the day."""

    def since(self, day: datetime.date) -> "RecordCountQuerySet":
        """Keep the days from `day` on."""
        return self.filter(day__gte=day)

    def never_opened(self) -> "RecordCountQuerySet":
        """Sum the records that were shown often and opened not once."""
        summed = (
            self.order_by()
            .values("kind", "object_id")
            .annotate(times_shown=Sum("shown"), times_opened=Sum("opened"), last_shown=Max("day"))
        )
        never = summed.filter(times_opened=0, times_shown__gte=LEAST_SHOWN)
        return never.order_by("-times_shown", "kind", "object_id")


class TaskQuerySet(models.QuerySet):
    """Editorial tasks."""

    def visible_to(self, person) -> "TaskQuerySet":
        """Keep what the person may read and work on: editors everything, authors what they are responsible for."""
        if may_read_insights(person):
            return self
        return self.filter(assignee=person) if may_work_on_tasks(person) else self.none()

    def open(self) -> "TaskQuerySet":
        """Keep what is still to be done."""
        return self.filter(state=TaskState.OPEN)

    def closed(self) -> "TaskQuerySet":
        """Keep what is done or dismissed."""
        return self.exclude(state=TaskState.OPEN)

    def of(self, person) -> "TaskQuerySet":
        """Keep what a person is responsible for."""
        return self.filter(assignee=person)

    def of_nobody(self) -> "TaskQuerySet":
        """Keep what nobody can do: nobody is responsible, or somebody whose account is closed."""
        return self.filter(Q(assignee__isnull=True) | Q(assignee__is_active=False))

    def old(self, day: datetime.date) -> "TaskQuerySet":
        """Keep what was closed before a day."""
        return self.closed().filter(closed_at__date__lt=day)

    def with_people(self) -> "TaskQuerySet":
        """Fetch the people along."""
        return self.select_related("assignee", "created_by")
