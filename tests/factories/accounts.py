"""People for tests."""

import factory
from allauth.account.models import EmailAddress

from portal.accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """A person with an active account and a verified address."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person-{number}@kommune.example")
    display_name = factory.Faker("name", locale="de_DE")
    password = factory.django.Password("ein-langes-Passwort")

    class Params:
        staff = factory.Trait(is_staff=True)
        administrator = factory.Trait(is_staff=True, is_superuser=True)

    @factory.post_generation
    def verified_address(self, create, extracted, **kwargs):
        if create:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)
