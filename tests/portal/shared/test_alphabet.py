"""Names stand where a German reader looks for them, on every database."""

import pytest

from portal.places.models import Municipality
from portal.shared.alphabet import in_order
from tests.factories.directory import organisation
from tests.factories.places import MunicipalityFactory

pytestmark = pytest.mark.django_db
IN_ORDER = ["Ärztehaus", "Atölye", "Çınar", "„Dostluk“ e. V.", "Oase", "Ofen", "Öffentliche Hilfe", "Straße", "Strauß"]


def test_organisations_stand_in_the_order_of_the_german_alphabet():
    from knowledge.directory.models import Organisation

    for name in reversed(IN_ORDER):
        organisation(name=name)
    assert [one.name for one in Organisation.objects.filter(name__in=IN_ORDER)] == IN_ORDER


@pytest.mark.parametrize(
    ("name", "key"),
    [("O'Connor\\%s", "o'connor\\%s"), ("", ""), ("100 % Ö", "100 % o"), ("İŞ und Groß", "is und gross")],
)
def test_any_name_can_be_put_in_order(name, key):
    place = MunicipalityFactory(name=name)
    assert Municipality.objects.get(pk=place.pk).sorted_as == in_order(name) == key


def test_lists_that_no_database_sorts_have_the_same_order():
    assert sorted(IN_ORDER[4:] + IN_ORDER[:4], key=in_order) == IN_ORDER


def test_a_changed_name_is_put_in_order_anew():
    place = MunicipalityFactory(name="Zell")
    Municipality.objects.filter(pk=place.pk).update(name="Überlingen")
    assert Municipality.objects.get(pk=place.pk).sorted_as == "uberlingen"
