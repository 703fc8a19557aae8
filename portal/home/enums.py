"""The code lists of the front door."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NavigationPlace(models.TextChoices):
    """Where a page is linked from on every page."""

    MAIN = "main", _("in the main navigation")
    FOOTER = "footer", _("in the footer")
    NOWHERE = "nowhere", _("in neither")


class Conformity(models.TextChoices):
    """How far the portal meets the standard (Source: model statement, Implementing Decision (EU) 2018/1523)."""

    FULL = "full", _("fully compliant")
    PARTIAL = "partial", _("partially compliant")
    NONE = "none", _("not compliant")


class MessageKind(models.TextChoices):
    """What a reader writes about."""

    QUESTION = "frage", _("Question to the editors")
    BARRIER = "barriere", _("Report a barrier")
    OUTDATED = "hinweis", _("Remark on a page")
