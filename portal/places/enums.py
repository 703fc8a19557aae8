"""The code lists of places: kinds of municipalities and the Länder with their official numbers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MunicipalityKind(models.TextChoices):
    """What a municipality is in municipal law."""

    INDEPENDENT_CITY = "independent-city", _("independent city")
    DISTRICT = "district", _("district")
    MUNICIPALITY = "municipality", _("municipality within a district")
    CITY_STATE = "city-state", _("city state")


class Land(models.TextChoices):
    """The sixteen Länder by the first two digits of the AGS (Source: Destatis, Gemeindeverzeichnis)."""

    SCHLESWIG_HOLSTEIN = "01", "Schleswig-Holstein"
    HAMBURG = "02", "Hamburg"
    NIEDERSACHSEN = "03", "Niedersachsen"
    BREMEN = "04", "Bremen"
    NORDRHEIN_WESTFALEN = "05", "Nordrhein-Westfalen"
    HESSEN = "06", "Hessen"
    RHEINLAND_PFALZ = "07", "Rheinland-Pfalz"
    BADEN_WUERTTEMBERG = "08", "Baden-Württemberg"
    BAYERN = "09", "Bayern"
    SAARLAND = "10", "Saarland"
    BERLIN = "11", "Berlin"
    BRANDENBURG = "12", "Brandenburg"
    MECKLENBURG_VORPOMMERN = "13", "Mecklenburg-Vorpommern"
    SACHSEN = "14", "Sachsen"
    SACHSEN_ANHALT = "15", "Sachsen-Anhalt"
    THUERINGEN = "16", "Thüringen"


#: The two Länder that are one municipality each; Bremen consists of two independent cities.
CITY_STATES = frozenset({Land.HAMBURG, Land.BERLIN})
