"""How people join: by an invitation that only its receiver can redeem, or by a request that somebody decides."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.accounts.addresses import shortened
from portal.accounts.enums import InvitationState, RequestState, Role, ScopeKind
from portal.accounts.names import validate_one_line
from portal.accounts.querysets import InvitationQuerySet, JoinRequestQuerySet
from portal.accounts.scopes import find_target

#: Unit: days. A link in an old mail opens nothing.
INVITATION_DAYS = 7


def invitation_end() -> datetime.datetime:
    """Return when an invitation made now runs out."""
    return timezone.now() + datetime.timedelta(days=INVITATION_DAYS)


class Invitation(models.Model):
    """An invitation by e-mail; of the link only a digest is kept, so that the database opens no account."""

    email = models.EmailField(_("e-mail address"))
    display_name = models.CharField(_("name"), max_length=150, blank=True, validators=[validate_one_line])
    municipality = models.ForeignKey(
        "places.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    #: The role that goes with the account; empty for a member.
    role = models.CharField(_("role"), max_length=30, choices=Role, blank=True)
    scope_kind = models.CharField(_("tied to"), max_length=20, choices=ScopeKind, default=ScopeKind.NETWORK)
    scope_id = models.PositiveBigIntegerField(null=True, blank=True)
    role_valid_to = models.DateField(_("role until"), null=True, blank=True)
    message = models.TextField(_("personal message"), blank=True, max_length=1_000)
    #: SHA-256 of the token in the link, in hex.
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("invited on"), default=timezone.now)
    sent_at = models.DateTimeField(_("last sent on"), null=True, blank=True)
    expires_at = models.DateTimeField(_("valid until"), default=invitation_end)
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked on"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            # Not per address: whoever invites must not learn whether somebody else invited the same person.
            models.UniqueConstraint(
                Lower("email"),
                "role",
                "scope_kind",
                Coalesce("scope_id", 0),
                Coalesce("municipality", models.Value(0), output_field=models.BigIntegerField()),
                name="invitation_once_open_per_purpose",
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                violation_error_message=_("There is an open invitation to this address. Send it again instead."),
            ),
            models.CheckConstraint(
                name="invitation_scope_is_named",
                condition=models.Q(scope_kind=ScopeKind.NETWORK, scope_id__isnull=True)
                | (~models.Q(scope_kind=ScopeKind.NETWORK) & models.Q(scope_id__isnull=False)),
            ),
        ]

    def __str__(self):
        # As the log keeps it: whoever does not come is not remembered for years.
        return shortened(self.email)

    @cached_property
    def target(self) -> models.Model | None:
        """The municipality, department, organisation or group that the role is tied to."""
        return find_target(self.scope_kind, self.scope_id)

    @property
    def is_tied_to_nothing(self) -> bool:
        """Tell whether what the role was to be tied to is gone; without it the role would be the whole network's."""
        return self.scope_kind != ScopeKind.NETWORK and self.target is None

    @property
    def scope_name(self) -> str:
        """Return how people call what the role is tied to."""
        if self.scope_kind == ScopeKind.NETWORK:
            return str(ScopeKind.NETWORK.label)
        return str(self.target) if self.target is not None else str(_("not there any more"))

    def as_logged(self) -> dict:
        """Return what the audit log keeps of the invitation."""
        return {
            "email": shortened(self.email),
            "role": self.role,
            "scope": f"{self.scope_kind}:{self.scope_id}" if self.scope_id else self.scope_kind,
            "scope_name": self.scope_name if self.role else "",
            "to": self.role_valid_to.isoformat() if self.role_valid_to else None,
            "municipality": str(self.municipality) if self.municipality else "",
        }

    def state_at(self, at: datetime.datetime) -> InvitationState:
        """Return where the invitation stands."""
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        return InvitationState.EXPIRED if self.expires_at <= at else InvitationState.OPEN


class JoinRequest(models.Model):
    """Somebody asks for an account; an administrator decides."""

    email = models.EmailField(_("e-mail address"))
    display_name = models.CharField(_("name"), max_length=150, validators=[validate_one_line])
    municipality = models.ForeignKey(
        "places.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    organisation = models.CharField(
        _("organisation or office"), max_length=200, blank=True, validators=[validate_one_line]
    )
    purpose = models.TextField(_("what you want to do in the network"), max_length=2_000)
    state = models.CharField(_("state"), max_length=20, choices=RequestState, default=RequestState.OPEN)
    created_at = models.DateTimeField(_("asked on"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: What the person is told when the request is declined.
    reason = models.TextField(_("reason"), blank=True, max_length=1_000)
    invitation = models.ForeignKey(
        Invitation, verbose_name=_("invitation"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for an account")
        verbose_name_plural = _("requests for an account")
        ordering = ["state", "created_at"]
        constraints = [
            models.UniqueConstraint(
                name="request_once_open_per_address", fields=["email"], condition=models.Q(state=RequestState.OPEN)
            )
        ]

    def __str__(self):
        # As the log keeps it: whoever is declined is not remembered for years.
        return shortened(self.email)
