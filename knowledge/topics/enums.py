"""How a label relates to its term, in the words of SKOS."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LabelRelation(models.TextChoices):
    """What another word has to do with the preferred one.

    Source: W3C SKOS Reference, 18 August 2009. `SAME` is skos:altLabel; `OUTDATED` is skos:hiddenLabel (found, never
    shown); `NARROWER` and `RELATED` are skos:narrower and skos:related where the word is a term of its own, else
    skos:note; `AMBIGUOUS` is skos:altLabel on every term that the word may mean.
    """

    SAME = "same", _("means the same")
    NARROWER = "narrower", _("is a narrower word")
    RELATED = "related", _("is related")
    OUTDATED = "outdated", _("is outdated or degrading")
    AMBIGUOUS = "ambiguous", _("may mean several things")


#: A word with one of these relations leads to its term alone, so no second term may claim it.
EXCLUSIVE_RELATIONS = frozenset({LabelRelation.SAME, LabelRelation.OUTDATED})


class EntryKind(models.TextChoices):
    """What an entry of the shipped vocabulary became."""

    FIELD_OF_ACTION = "field", _("Field of action")
    TOPIC = "topic", _("Topic")
    TERM = "term", _("Term")
