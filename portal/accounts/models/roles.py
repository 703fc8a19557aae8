"""A role that a person has, what it is tied to, and from when to when."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import SCOPES_OF_ROLE, Role, ScopeKind
from portal.accounts.querysets import RoleAssignmentQuerySet
from portal.accounts.scopes import circle_of, find_target


class RoleAssignment(models.Model):
    """A role of a person; kept after its end, so that it stays known who was allowed what and when."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="role_assignments",
    )
    role = models.CharField(_("role"), max_length=30, choices=Role)
    scope_kind = models.CharField(_("tied to"), max_length=20, choices=ScopeKind, default=ScopeKind.NETWORK)
    #: The key of the municipality, department, organisation or group; empty for the whole network.
    scope_id = models.PositiveBigIntegerField(null=True, blank=True)
    valid_from = models.DateField(_("from"), default=timezone.localdate)
    #: The last day on which the role holds.
    valid_to = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day; empty means no end."))
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    granted_at = models.DateTimeField(_("given on"), default=timezone.now)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    #: Set when somebody ends the role before its last day; from that moment it holds no longer.
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("role of a person")
        verbose_name_plural = _("roles of people")
        ordering = ["role", "scope_kind", "scope_id", "valid_from"]
        indexes = [models.Index(name="role_by_scope", fields=["scope_kind", "scope_id"])]
        constraints = [
            models.CheckConstraint(
                name="role_scope_is_named",
                condition=models.Q(scope_kind=ScopeKind.NETWORK, scope_id__isnull=True)
                | (~models.Q(scope_kind=ScopeKind.NETWORK) & models.Q(scope_id__isnull=False)),
            ),
            models.CheckConstraint(
                name="role_ends_after_it_begins",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("The last day lies before the first. Please check both."),
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.scope_name}"

    def clean(self):
        """Refuse a role that is tied to what it cannot be tied to."""
        if self.scope_kind not in SCOPES_OF_ROLE.get(self.role, ()):
            raise ValidationError(
                _("The role “%(role)s” cannot be tied to %(scope)s.")
                % {"role": self.get_role_display(), "scope": self.get_scope_kind_display()},
                code="scope",
            )
        if self.scope_kind != ScopeKind.NETWORK and self.target is None:
            raise ValidationError(_("What the role is to be tied to is not there any more."), code="gone")

    @cached_property
    def target(self) -> models.Model | None:
        """The municipality, department, organisation or group; nothing for the whole network."""
        return find_target(self.scope_kind, self.scope_id)

    @property
    def scope_name(self) -> str:
        """Return how people call what the role is tied to."""
        if self.scope_kind == ScopeKind.NETWORK:
            return str(ScopeKind.NETWORK.label)
        return str(self.target) if self.target is not None else str(_("not there any more"))

    @property
    def circle(self) -> str:
        """Return the audience that the role brings, e.g. `group:7`."""
        return circle_of(self.scope_kind, self.scope_id)

    def is_live(self, on: datetime.date) -> bool:
        """Tell whether the role holds on a day; the same rule as `live()`."""
        return self.ended_at is None and self.valid_from <= on and (self.valid_to is None or self.valid_to >= on)

    def as_logged(self) -> dict:
        """Return what the audit log keeps of the role."""
        return {
            "role": self.role,
            "scope": f"{self.scope_kind}:{self.scope_id}" if self.scope_id else self.scope_kind,
            "scope_name": self.scope_name,
            "from": self.valid_from.isoformat(),
            "to": self.valid_to.isoformat() if self.valid_to else None,
            "ended": self.ended_at.isoformat() if self.ended_at else None,
        }
