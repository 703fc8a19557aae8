"""The person who signs in; identified by the e-mail address, named as they wish to be named."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.enums import AccountState


class UserManager(BaseUserManager):
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
        """Create an administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account."""

    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(_("name"), max_length=150, help_text=_("As others see it beside contributions."))
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
    is_staff = models.BooleanField(_("municipal staff"), default=False)
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
        """Keep `is_active` equal to what `state` says."""
        self.is_active = self.state == AccountState.ACTIVE
        if kwargs.get("update_fields") is not None and "state" in kwargs["update_fields"]:
            kwargs["update_fields"] = {*kwargs["update_fields"], "is_active"}
        super().save(*args, **kwargs)

    def get_full_name(self):
        """Return the name that others see."""
        return self.display_name or self.email

    def get_short_name(self):
        """Return the name that others see; people choose it, so there is no shorter one."""
        return self.get_full_name()


def display_name(user) -> str:
    """Return how allauth's pages and mails address `user`."""
    return user.get_full_name()
