"""People for tests."""

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from portal.accounts.actions.roles import settle_rights
from portal.accounts.models import RoleAssignment, User
from portal.accounts.scopes import kind_of
from portal.accounts.sealing import seal

#: Short for a role in the whole network, as `UserFactory(editor=True)`.
NETWORK_ROLES = ("administrator", "editor", "author")


class UserFactory(factory.django.DjangoModelFactory):
    """A person with an active account and a verified address.

    `roles` names what the person does: `"editor"`, or `("staff", municipality)` for a role tied to something, or
    `("staff", municipality, {"valid_to": day})`; `staff=True` makes them staff of a municipality of their own. Whoever
    has a role has a second factor, too, unless `second_factor=False`.
    """

    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person-{number}@kommune.example")
    display_name = factory.Faker("name", locale="de_DE")
    password = factory.django.Password("ein-langes-Passwort")

    @classmethod
    def _create(cls, model_class, *args, roles=(), staff=False, second_factor=None, **kwargs):
        roles = [*roles, *(role for role in NETWORK_ROLES if kwargs.pop(role, False))]
        person = super()._create(model_class, *args, **kwargs)
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        if staff:
            from tests.factories.places import MunicipalityFactory

            person.municipality = person.municipality or MunicipalityFactory()
            person.save(update_fields=["municipality"])
            roles.append(("staff", person.municipality))
        for role in roles:
            _give(person, (role,) if isinstance(role, str) else role)
        if bool(roles) if second_factor is None else second_factor:
            secret = {"secret": seal("JBSWY3DPEHPK3PXP")}
            Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data=secret)
        person.forget_rights()
        return person


def _give(person, given) -> None:
    role, target, fields = (*given, None, None)[:3]
    RoleAssignment.objects.create(
        person=person,
        role=role,
        scope_kind=kind_of(target),
        scope_id=target.pk if target is not None else None,
        **(fields or {}),
    )
    settle_rights(person)
