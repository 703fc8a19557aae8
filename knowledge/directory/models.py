"""An organisation of migrants or another partner of the municipalities."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
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

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    @classmethod
    def circles(cls) -> list[tuple[str, str]]:
        """Return every organisation as an audience that an editor may choose."""
        return [(f"org:{pk}", name) for pk, name in cls.objects.values_list("pk", "name")]
