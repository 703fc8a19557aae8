"""A working group of the network."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class WorkingGroup(index.Indexed, models.Model):
    """People from several municipalities who work on something; members and leads are roles (`portal.accounts`)."""

    name = models.CharField(_("name"), max_length=160, unique=True)
    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    purpose = models.TextField(
        _("purpose"), blank=True, help_text=_("What the group works on, in one or two sentences.")
    )

    search_fields = [index.AutocompleteField("name"), index.AutocompleteField("purpose")]

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    @classmethod
    def circles(cls) -> list[tuple[str, str]]:
        """Return every group as an audience that an editor may choose."""
        return [(f"group:{pk}", name) for pk, name in cls.objects.values_list("pk", "name")]
