"""How often something was asked, shown and opened, by the day and by nobody; and the tasks that follow from it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from search.insights.enums import TaskState
from search.insights.querysets import QuestionCountQuerySet, RecordCountQuerySet, TaskQuerySet
from search.insights.wording import LONGEST_TEXT


class DayCount(models.Model):
    """All new questions of a day."""

    day = models.DateField(_("day"), primary_key=True)
    asked = models.PositiveIntegerField(_("asked"), default=0)
    without_hits = models.PositiveIntegerField(_("without hits"), default=0)
    #: Questions after which at least one hit was opened.
    opened = models.PositiveIntegerField(_("with a hit opened"), default=0)
    #: Questions whose words are not kept, see `wording` and `keeping`.
    unnamed = models.PositiveIntegerField(_("not kept"), default=0)

    class Meta:
        verbose_name = _("questions of a day")
        verbose_name_plural = _("questions by day")
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day}: {self.asked}"


class QuestionCount(models.Model):
    """A question of a day whose words are public anyway, or a single word that was heard on several days."""

    day = models.DateField(_("day"))
    text = models.CharField(_("question"), max_length=LONGEST_TEXT)
    asked = models.PositiveIntegerField(_("asked"), default=0)
    without_hits = models.PositiveIntegerField(_("without hits"), default=0)
    opened = models.PositiveIntegerField(_("with a hit opened"), default=0)
    #: Longer questions without hits, not kept themselves, in which this was the one unknown word.
    within = models.PositiveIntegerField(_("within longer questions without hits"), default=0)

    objects = QuestionCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-day", "text"]
        constraints = [models.UniqueConstraint(name="question_once_a_day", fields=["day", "text"])]

    def __str__(self):
        return f"{self.day}: {self.text}"


class HeardWord(models.Model):
    """A word that the portal itself does not write, by its keyed mark alone, until it was heard on enough days."""

    mark = models.CharField(_("mark"), max_length=64, unique=True)
    days = models.PositiveSmallIntegerField(_("heard on days"), default=0)
    last_day = models.DateField(_("last heard on"))

    class Meta:
        verbose_name = _("word heard")
        verbose_name_plural = _("words heard")
        ordering = ["last_day", "pk"]

    def __str__(self):
        return f"{self.mark[:8]} ({self.days})"


class RecordCount(models.Model):
    """How often a record stood among the first ten hits of a day, and how often it was opened from there."""

    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.CharField(_("object"), max_length=64)
    shown = models.PositiveIntegerField(_("shown"), default=0)
    opened = models.PositiveIntegerField(_("opened"), default=0)

    objects = RecordCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("hit")
        verbose_name_plural = _("hits")
        ordering = ["-day", "kind", "object_id"]
        constraints = [models.UniqueConstraint(name="record_once_a_day", fields=["day", "kind", "object_id"])]

    def __str__(self):
        return f"{self.day}: {self.kind}:{self.object_id}"


class EditorialTask(models.Model):
    """What somebody is to do about a question or about a record; kept when the people are gone."""

    #: What it is about: a question whose words are kept …
    text = models.CharField(_("question"), max_length=LONGEST_TEXT, blank=True)
    #: … or a record, by its kind and key in the search.
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    object_id = models.CharField(_("object"), max_length=64, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("responsible"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="editorial_tasks",
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=2000)
    state = models.CharField(_("state"), max_length=10, choices=TaskState, default=TaskState.OPEN)
    #: Why it was dismissed.
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created on"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("editorial task")
        verbose_name_plural = _("editorial tasks")
        # Due ones first; those without a day come after all days.
        ordering = [models.F("due_on").asc(nulls_last=True), "created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="task_about_question_or_record",
                condition=(~models.Q(text="") & models.Q(kind="", object_id=""))
                | (models.Q(text="") & ~models.Q(kind="") & ~models.Q(object_id="")),
            ),
            models.CheckConstraint(
                name="task_closed_has_a_day",
                condition=models.Q(state=TaskState.OPEN, closed_at__isnull=True)
                | (~models.Q(state=TaskState.OPEN) & models.Q(closed_at__isnull=False)),
            ),
            models.UniqueConstraint(
                name="task_once_open_per_subject",
                fields=["text", "kind", "object_id"],
                condition=models.Q(state=TaskState.OPEN),
            ),
        ]

    def __str__(self):
        return self.text or f"{self.kind} {self.object_id}"

    @property
    def key(self) -> tuple[str, str]:
        """Return kind and key of the record that it is about; both are empty for a question."""
        return self.kind, self.object_id

    def as_logged(self) -> dict:
        """Return what the audit log keeps of the task."""
        return {
            "responsible": str(self.assignee or ""),
            "due_on": self.due_on.isoformat() if self.due_on else None,
            "note": self.note,
            "task_state": self.state,
        }
