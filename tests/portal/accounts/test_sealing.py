import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ImproperlyConfigured

from portal.accounts.sealing import seal, unseal
from portal.accounts.second_factor import set_up_totp
from tests.factories.accounts import UserFactory

SECRET = "JBSWY3DPEHPK3PXP"


def test_what_is_sealed_can_be_read_again_and_looks_different_each_time():
    assert unseal(seal(SECRET)) == SECRET
    assert seal(SECRET) != seal(SECRET)


@pytest.mark.django_db
def test_the_database_holds_no_secret_of_a_factor_in_clear():
    set_up_totp(UserFactory(), SECRET)
    assert SECRET not in str(Authenticator.objects.values_list("data", flat=True))


def test_a_former_secret_still_opens_what_it_sealed(settings):
    sealed = seal(SECRET)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret"
    assert unseal(sealed) == SECRET


def test_an_unknown_secret_says_what_to_do(settings):
    sealed = seal(SECRET)
    settings.SECRET_KEY = "another-secret"
    with pytest.raises(ImproperlyConfigured, match="FALLBACKS"):
        unseal(sealed)
