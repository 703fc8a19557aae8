"""Municipalities by their official key (AGS) as of a day, and the departments inside them."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.search import index

from portal.places.enums import Land, MunicipalityKind
from portal.shared.alphabet import alphabetical

#: Land 2 + Regierungsbezirk 1 + Kreis 2 + Gemeinde 3 digits (Source: Destatis, Amtlicher Gemeindeschlüssel).
#: Neither `\d` nor `$`: the one lets foreign digits through, the other a line break at the end.
AGS_PATTERN = r"^(0[1-9]|1[0-6])[0-9]{6}\Z"


class Municipality(index.Indexed, ClusterableModel):
    """A municipality or district as of a day; reforms link it to what it was before and became after."""

    #: Amtlicher Gemeindeschlüssel, text because of the leading zero; a district has the last three digits 000.
    ags = models.CharField(
        _("official municipality key (AGS)"),
        max_length=8,
        unique=True,
        help_text=_("Eight digits with the leading zero, e.g. 05315000; a district ends with 000."),
        validators=[RegexValidator(AGS_PATTERN, _("An AGS has eight digits and begins with the Land, 01 to 16."))],
    )
    name = models.CharField(_("name"), max_length=120)
    sorted_as = alphabetical("name")
    #: What the register writes around the name: “Stadt”, “Landeshauptstadt”, “Landkreis”.
    designation = models.CharField(_("designation"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=MunicipalityKind)
    #: Follows from `ags`; a column, because lists filter by it.
    land = models.CharField(_("Land"), max_length=2, choices=Land, editable=False)
    #: Unit: persons. Empty where the source names none.
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    #: Gebietsstand: the day as of which name, key and population hold.
    area_as_of = models.DateField(_("area status as of"))
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        help_text=_("The municipality into which this one was merged."),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="predecessors",
    )

    search_fields = [
        index.AutocompleteField("name"),
        index.AutocompleteField("designation"),
        index.AutocompleteField("ags"),
    ]

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["sorted_as", "name", "ags"]
        constraints = [
            models.CheckConstraint(name="municipality_ags_is_valid", condition=models.Q(ags__regex=AGS_PATTERN)),
            models.CheckConstraint(
                name="municipality_land_is_in_its_ags", condition=models.Q(land=Substr("ags", 1, 2))
            ),
            models.CheckConstraint(
                name="municipality_is_not_its_own_successor", condition=~models.Q(successor=models.F("id"))
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        """Return the name as people say it: a district is told from the town of the same name."""
        if self.kind == MunicipalityKind.DISTRICT and self.designation:
            return f"{self.designation} {self.name}"
        return self.name

    def save(self, *args, **kwargs):
        """Take the Land from the key."""
        self.land = self.ags[:2]
        if kwargs.get("update_fields") is not None and "ags" in kwargs["update_fields"]:
            kwargs["update_fields"] = {*kwargs["update_fields"], "land"}
        super().save(*args, **kwargs)

    def clean(self):
        """Take the Land from the key; refuse a circle of successors, because following it would never end."""
        self.land = self.ags[:2]
        seen, place = {self.pk} if self.pk else set(), self.successor
        while place is not None:
            if place.pk in seen:
                raise ValidationError(
                    {"successor": _("“%(name)s” would become its own successor.") % {"name": self.name}}, code="circle"
                )
            seen.add(place.pk)
            place = place.successor

    def present(self) -> "Municipality":
        """Return the municipality that this one belongs to today, itself where it still exists."""
        place, seen = self, set()
        while place.successor is not None and place.pk not in seen:
            seen.add(place.pk)
            place = place.successor
        return place


class Department(models.Model):
    """An office inside a municipality that answers for pages, figures or measures."""

    municipality = ParentalKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.CASCADE, related_name="departments"
    )
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("A functional address, not a person's."))

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["municipality__sorted_as", "name"]
        constraints = [
            models.UniqueConstraint(
                name="department_once_per_municipality",
                fields=["municipality", "name"],
                violation_error_message=_("This municipality already has a department of that name."),
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.municipality}"
