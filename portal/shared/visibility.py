"""Who may read what: one audience per object, one set of labels per person, one rule for every read path."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """For whom an object is meant; later rooms add `group:ID` and `org:ID` beside these four."""

    PUBLIC = "public", _("Everybody")
    MEMBER = "member", _("Members of the network")
    STAFF = "staff", _("Municipal staff")
    EDITOR = "editor", _("Editors only")


class AudienceField(models.CharField):
    """The audience of an object; indexed, because every list filters by it."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("verbose_name", _("audience"))
        kwargs.setdefault("help_text", _("Who may read this. Search, lists and exports follow this choice."))
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("choices", Audience.choices)
        kwargs.setdefault("default", Audience.PUBLIC)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)


def labels_for(user) -> frozenset[str]:
    """Return the audiences that `user` belongs to; anonymous and inactive people belong to the public alone."""
    if user is None or not user.is_authenticated or not user.is_active:
        return frozenset({Audience.PUBLIC})
    labels = {Audience.PUBLIC, Audience.MEMBER}
    if user.is_staff:
        labels.add(Audience.STAFF)
    if user.has_perm("wagtailadmin.access_admin"):
        labels |= {Audience.STAFF, Audience.EDITOR}
    return frozenset(labels)


class VisibleQuerySet(models.QuerySet):
    """A queryset that can be narrowed to what a person may read."""

    def visible_to(self, user):
        """Keep the rows whose audience `user` belongs to."""
        return self.filter(audience__in=labels_for(user))
