"""How an entry is kept true: proposals for sensitive parts, the history, confirmations, remarks of readers."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.directory.enums import ChangeAct, ChangeState, ChangeSubject, ConfirmationAnswer
from knowledge.directory.models.organisations import Organisation


def _person(verbose_name, **kwargs) -> models.ForeignKey:
    """A person beside an act; the act stays when the account goes."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=verbose_name,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        **kwargs,
    )


class ProfileChange(models.Model):
    """A proposed change of a sensitive part; until an editor accepts it, what was there before holds."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="changes"
    )
    subject = models.CharField(_("concerns"), max_length=20, choices=ChangeSubject)
    act = models.CharField(_("act"), max_length=10, choices=ChangeAct)
    #: Key of the mandate, qualification, contact or register entry; empty for new ones and for the organisation itself.
    target_id = models.PositiveBigIntegerField(null=True, blank=True)
    #: Field → value as JSON says it; empty for what is new or goes.
    before = models.JSONField(_("before"), default=dict, blank=True)
    after = models.JSONField(_("after"), default=dict, blank=True)
    note = models.TextField(_("note for the editors"), max_length=1_000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ChangeState, default=ChangeState.OPEN, db_index=True)
    proposed_by = _person(_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed on"), default=timezone.now)
    #: Whose words the open proposal held before somebody else of the organisation changed it; they are told, too.
    earlier_proposers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed before by"), blank=True, related_name="+"
    )
    decided_by = _person(_("decided by"))
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    #: Told to the organisation; never empty where it was declined.
    decision_note = models.TextField(_("reason"), max_length=1_000, blank=True)

    class Meta:
        verbose_name = _("proposed change of a profile")
        verbose_name_plural = _("proposed changes of profiles")
        ordering = ["-proposed_at", "-pk"]

    def __str__(self):
        return f"{self.organisation}: {self.get_subject_display()} ({self.get_act_display()})"


class ProfileVersion(models.Model):
    """What an entry said after a change, so that it can be compared and brought back."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"))
    #: Which part was changed, or what was done with the whole.
    part = models.CharField(_("part"), max_length=30)
    #: The free parts as `knowledge.directory.keeping.snapshots` writes them; no person's details are among them.
    snapshot = models.JSONField(_("content"), default=dict)
    changed_by = _person(_("changed by"))
    changed_at = models.DateTimeField(_("changed on"), default=timezone.now)

    class Meta:
        verbose_name = _("version of a profile")
        verbose_name_plural = _("versions of profiles")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(name="profile_version_once", fields=["organisation", "number"])]

    def __str__(self):
        return f"{self.organisation} {self.number}"


class Confirmation(models.Model):
    """The organisation was asked whether its entry is still true, and what it answered."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="confirmations"
    )
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    #: Which reminder it is: 0 for the first question.
    reminder = models.PositiveSmallIntegerField(_("reminder"), default=0)
    #: When a mail server took the mail; empty where none did yet, or where nobody can be written to.
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=12, choices=ConfirmationAnswer, blank=True)

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return f"{self.organisation} {self.asked_at:%Y-%m-%d}"


class EntryRemark(models.Model):
    """A reader tells the organisation that something in its entry does not fit any more."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="remarks"
    )
    text = models.TextField(_("what does not fit any more"), max_length=2_000)
    #: Written by the link in a mail to the organisation itself; then editors see to it, where nobody keeps the entry.
    is_own = models.BooleanField(_("by the organisation itself"), default=False)
    #: Only where the reader wants an answer.
    email = models.EmailField(_("your e-mail address"), blank=True)
    received_at = models.DateTimeField(_("received on"), default=timezone.now)
    handled_at = models.DateTimeField(_("done on"), null=True, blank=True)
    handled_by = _person(_("done by"))

    class Meta:
        verbose_name = _("remark on an entry")
        verbose_name_plural = _("remarks on entries")
        ordering = ["-received_at", "-pk"]

    def __str__(self):
        return self.text[:80]


class Representation(models.Model):
    """A person says with what right they speak for the organisation; an editor notes what was seen.

    Several people keep one entry; that they may is a role, this is the proof behind it.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="representations"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="representations"
    )
    function = models.CharField(_("your function in the organisation"), max_length=120)
    proof = models.CharField(
        _("proof"), max_length=300, help_text=_("E.g. “Register of associations VR 1234, board member”.")
    )
    declared_at = models.DateTimeField(_("declared on"), default=timezone.now)
    checked_by = _person(_("checked by"))
    checked_at = models.DateTimeField(_("checked on"), null=True, blank=True)
    #: What was seen, or why it was not enough; told to the person.
    check_note = models.CharField(_("result of the check"), max_length=300, blank=True)
    is_accepted = models.BooleanField(_("accepted"), null=True, blank=True)
    #: When a proof was last not enough; stays until one is, so that writing another one alone opens nothing.
    declined_at = models.DateTimeField(_("not enough since"), null=True, blank=True)

    class Meta:
        verbose_name = _("proof of representation")
        verbose_name_plural = _("proofs of representation")
        ordering = ["-declared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(name="representation_once_per_person", fields=["organisation", "person"])
        ]

    def __str__(self):
        return f"{self.organisation}: {self.function}"

    @property
    def is_withheld(self) -> bool:
        """Tell whether a proof was not enough and none has been since; the same rule as `rules.may_publish`."""
        return self.is_accepted is False or self.declined_at is not None
