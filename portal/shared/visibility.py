"""Who may read what: one audience per object, one set of labels per person, one rule for every read path."""

from collections.abc import Callable, Iterable

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """For whom an object is meant; circles such as `group:7` and `org:3` stand beside these."""

    PUBLIC = "public", _("Everybody")
    MEMBER = "member", _("Members of the network")
    STAFF = "staff", _("Municipal staff")
    EDITOR = "editor", _("Editors only")
    #: The audiences above an object and its own exclude one another; it is held by no person at all.
    NOBODY = "nobody", _("Nobody, because the settings exclude one another")


#: From wide to narrow; whoever belongs to one of them belongs to all before it.
WIDE_TO_NARROW = (Audience.PUBLIC, Audience.MEMBER, Audience.STAFF, Audience.EDITOR)
#: What an editor may choose besides the circles; nobody means something to be seen by nobody.
CHOOSABLE = WIDE_TO_NARROW

_circles: list[Callable[[], Iterable[tuple[str, str]]]] = []


def register_circles(provider: Callable[[], Iterable[tuple[str, str]]]) -> None:
    """Let a room offer its circles, as pairs of audience and name, wherever an audience is chosen."""
    _circles.append(provider)


def audience_choices() -> list[tuple[str, str]]:
    """Return what can be chosen as an audience: the four general ones, then every room's circles."""
    general = [(audience.value, audience.label) for audience in CHOOSABLE]
    return [*general, *(circle for provider in _circles for circle in provider())]


def audience_name(audience: str) -> str:
    """Return how an audience is called; a circle that is gone is shown by its key, so that it is noticed."""
    general = dict(Audience.choices)
    # Circles are asked for only where one is meant, because every room reads its own from the database.
    return str(general[audience] if audience in general else dict(audience_choices()).get(audience, audience))


def narrowed(outer: str, own: str) -> str:
    """Return the audience of something meant for `own` that lies within something meant for `outer`.

    Two circles, or a circle and the staff, share people that no single audience names; nobody is the safe answer.
    """
    if Audience.NOBODY in (outer, own):
        return Audience.NOBODY
    if outer in WIDE_TO_NARROW and own in WIDE_TO_NARROW:
        return max(outer, own, key=WIDE_TO_NARROW.index)
    for one, other in ((outer, own), (own, outer)):
        # Every circle consists of members.
        if one in (Audience.PUBLIC, Audience.MEMBER) or one == other:
            return other
    return Audience.NOBODY


class AudienceField(models.CharField):
    """An audience; indexed, because every list filters by it."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("verbose_name", _("audience"))
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("default", Audience.PUBLIC)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        """Offer the audiences of the moment, which a model's fixed choices could not know."""
        return forms.ChoiceField(
            choices=audience_choices,
            label=self.verbose_name,
            help_text=self.help_text,
            initial=self.default,
        )


class ChosenAudienceField(AudienceField):
    """What an editor chose; what holds may be narrower, because of what the object lies in."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("verbose_name", _("audience"))
        kwargs.setdefault(
            "help_text",
            _("Who may read this. What lies within something closed is never open to more people than that."),
        )
        kwargs.setdefault("db_index", False)
        # The release before this one goes on writing rows without the column while the new one is being started.
        kwargs.setdefault("db_default", Audience.PUBLIC)
        super().__init__(*args, **kwargs)


def labels_for(user) -> frozenset[str]:
    """Return the audiences that `user` belongs to.

    The public alone for anonymous and suspended people, and for those who still owe the second factor that their
    role demands. The person's own roles are asked of the person (`User.audience_labels`), since accounts stand above.
    """
    if user is None or not user.is_authenticated or not user.is_active or user.owes_second_factor:
        return frozenset({Audience.PUBLIC})
    return frozenset({Audience.PUBLIC, Audience.MEMBER, *user.audience_labels})


class VisibleQuerySet(models.QuerySet):
    """A queryset that can be narrowed to what a person may read."""

    def visible_to(self, user):
        """Keep the rows whose audience `user` belongs to."""
        return self.filter(audience__in=labels_for(user))
