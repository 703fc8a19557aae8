"""The person who signs in; identified by the e-mail address, named as they wish to be named."""

import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from portal.accounts.enums import EDITING_ROLES, MUNICIPAL_ROLES, AccountState, Role, ScopeKind
from portal.accounts.names import validate_one_line
from portal.accounts.querysets import PersonQuerySet
from portal.shared.inheritance import restriction_prefix
from portal.shared.visibility import Audience

#: What counts as a second factor; recovery codes alone are only a way back to one.
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


#: What decides about rights; written by the acts that change it, and never along with something else.
DECIDING_FIELDS = frozenset({"is_active", "is_superuser", "keeps_name", "municipality", "rights_change_on", "state"})
#: An account that waits for its deletion can be suspended, too; the person's choice about the name holds on.
GONE = frozenset({AccountState.LEFT, AccountState.SUSPENDED})


class UserManager(BaseUserManager.from_queryset(PersonQuerySet)):
    """Creates people; the address is compared without regard to case."""

    def get_by_natural_key(self, email):
        """Find a person by the address as typed."""
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        """Create a person with an active account."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Create an administrator of the whole network, for the command line of an empty installation."""
        from portal.accounts.actions.roles import appoint

        user = self.create_user(email, password, **fields)
        appoint(person=user)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account."""

    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(
        _("name"), max_length=150, validators=[validate_one_line], help_text=_("As others see it beside contributions.")
    )
    municipality = models.ForeignKey(
        "places.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    state = models.CharField(_("state"), max_length=20, choices=AccountState, default=AccountState.ACTIVE)
    #: Follows `state`; a column, because Django's and Wagtail's queries filter by it.
    is_active = models.BooleanField(_("may sign in"), default=True)
    #: The next day on which a role begins or has ended, so that the rights that follow from roles must be set anew.
    rights_change_on = models.DateField(null=True, blank=True, editable=False)
    #: Whether contributions of a person who left keep their name; chosen by the person.
    keeps_name = models.BooleanField(_("name stays beside contributions"), default=True, db_default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["display_name"]
        constraints = [
            models.CheckConstraint(
                name="account_active_follows_state",
                condition=models.Q(state=AccountState.ACTIVE, is_active=True)
                | (~models.Q(state=AccountState.ACTIVE) & models.Q(is_active=False)),
            )
        ]

    def __str__(self):
        return self.get_full_name()

    def save(self, *args, **kwargs):
        """Keep `is_active` equal to what `state` says; write what decides about rights only where it is named.

        A form for a name or a password saves the whole person as they were at the beginning of its request, which
        would bring back rights that were taken away meanwhile.
        """
        self.is_active = self.state == AccountState.ACTIVE
        named = kwargs.get("update_fields")
        if named is None and not self._state.adding:
            read = {field for field in self._meta.concrete_fields if field.attname not in self.get_deferred_fields()}
            kwargs["update_fields"] = {field.name for field in read if not field.primary_key} - DECIDING_FIELDS
        elif named is not None and "state" in named:
            kwargs["update_fields"] = {*named, "is_active"}
        super().save(*args, **kwargs)

    def refresh_from_db(self, *args, **kwargs):
        """Forget the rights that were asked for once, too."""
        self.forget_rights()
        super().refresh_from_db(*args, **kwargs)

    def forget_rights(self) -> None:
        """Ask for roles and factors anew the next time; they are kept for the length of a request only."""
        for name in ("live_roles", "audience_labels", "has_second_factor"):
            self.__dict__.pop(name, None)

    def get_full_name(self):
        """Return the name that others see, Wagtail's histories included; people who left decide whether it stays."""
        if self.state in GONE and not self.keeps_name:
            return str(_("former member"))
        return self.display_name or self.email

    @property
    def credited_as(self) -> str:
        """Return the name beside contributions."""
        return self.get_full_name()

    def as_logged(self) -> dict:
        """Return what the audit log keeps of the account."""
        return {"display_name": self.display_name, "municipality": str(self.municipality or "")}

    def get_short_name(self):
        """Return the name that others see; people choose it, so there is no shorter one."""
        return self.get_full_name()

    @property
    def is_staff(self) -> bool:
        """Tell Django who may enter the technical administration; municipal staff is a role."""
        return self.is_superuser

    @cached_property
    def live_roles(self) -> tuple:
        """The roles that the person has today."""
        if not self.is_active:
            return ()
        return tuple(self.role_assignments.live(timezone.localdate()))

    @cached_property
    def audience_labels(self) -> frozenset[str]:
        """The audiences that the person belongs to by their roles, beyond those of every member."""
        labels = {role.circle for role in self.live_roles if role.circle}
        if any(role.role in MUNICIPAL_ROLES for role in self.live_roles):
            labels.add(Audience.STAFF)
        if self.works_in_editing:
            labels |= {Audience.STAFF, Audience.EDITOR}
        return frozenset({*labels, *self._restriction_labels()})

    def has_role(self, role: Role, *kinds: ScopeKind) -> bool:
        """Tell whether the person has a role today, tied to one of the kinds where any are named."""
        return any(held.role == role and (not kinds or held.scope_kind in kinds) for held in self.live_roles)

    @property
    def works_in_editing(self) -> bool:
        """Tell whether the person works in the editing interface."""
        return self.administers_network or any(role.role in EDITING_ROLES for role in self.live_roles)

    @property
    def administers_network(self) -> bool:
        """Tell whether the person administers the whole network."""
        return self.has_role(Role.ADMINISTRATOR, ScopeKind.NETWORK)

    @property
    def may_release(self) -> bool:
        """Tell whether the person may open pages and files to others than the editors."""
        return self.administers_network or self.has_role(Role.EDITOR)

    @property
    def needs_second_factor(self) -> bool:
        """Tell whether the person may do more than a member, which a password alone must not open."""
        return bool(self.live_roles)

    @cached_property
    def has_second_factor(self) -> bool:
        """Whether an authenticator app or a security key is set up."""
        return Authenticator.objects.filter(user=self, type__in=SECOND_FACTORS).exists()

    @property
    def owes_second_factor(self) -> bool:
        """Tell whether the person must set up a second factor before their roles open anything."""
        return self.needs_second_factor and not self.has_second_factor

    @property
    def awaits_deletion(self) -> bool:
        """Tell whether the person asked for the account's deletion and has not taken it back."""
        return self.farewells.filter(due_on__isnull=False, cancelled_at__isnull=True, done_at__isnull=True).exists()

    def rights_are_due(self, on: datetime.date) -> bool:
        """Tell whether a role has begun or ended since the rights were last set."""
        return self.rights_change_on is not None and self.rights_change_on <= on

    def _restriction_labels(self) -> set[str]:
        """Wagtail's restrictions to groups of accounts that the person passes."""
        passed = [self._passed(model) for model in (PageViewRestriction, CollectionViewRestriction)]
        return {f"{prefix}:{pk}" for prefix, pk in passed[0].union(passed[1])}

    def _passed(self, model) -> models.QuerySet:
        found = model.objects.filter(restriction_type=model.GROUPS)
        if not self.administers_network:
            found = found.filter(groups__user=self)
        return found.values_list(models.Value(restriction_prefix(model)), "pk")


def display_name(user) -> str:
    """Return how allauth's pages and mails address `user`."""
    return user.get_full_name()
