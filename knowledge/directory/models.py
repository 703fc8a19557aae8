"""An organisation of migrants or another partner of the municipalities."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from portal.audit.actions import record
from portal.audit.listeners import acting_person


class Organisation(index.Indexed, models.Model):
    """An organisation whose people have accounts and keep what is written about it."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    municipality = models.ForeignKey(
        "places.Municipality",
        verbose_name=_("municipality"),
        help_text=_("Where it has its seat; the administrators there look after its people's accounts."),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
    )

    search_fields = [index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Log a change of the municipality, whose administrators give the roles in the organisation."""
        before = Organisation.objects.filter(pk=self.pk).values_list("municipality__name", flat=True).first()
        after = self.municipality.name if self.municipality else None
        with transaction.atomic():
            super().save(*args, **kwargs)
            if before != after:
                record(
                    action="organisation.moved",
                    by=acting_person(),
                    about=self,
                    before={"municipality": before},
                    after={"municipality": after},
                )

    @classmethod
    def circles(cls) -> list[tuple[str, str]]:
        """Return every organisation as an audience that an editor may choose."""
        return [(f"org:{pk}", name) for pk, name in cls.objects.values_list("pk", "name")]
