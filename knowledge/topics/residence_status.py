"""Residence statuses: the upper level of the code list, as far as access to an offer depends on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ResidenceStatus(models.TextChoices):
    """Groups of residence statuses under German law, from secure to insecure.

    Source: AufenthG, AsylG and FreizügG/EU; grouped as in the Central Register of Foreigners (AZR). Legal categories
    are never merged: a tolerated person is neither an applicant nor a recognised refugee.
    """

    GERMAN = "DE", _("Germans")
    FREE_MOVEMENT = "FZ", _("EU citizens and their families")
    PERMANENT = "UB", _("permanent settlement permit")
    TRAINING = "AA", _("residence permit for training or study")
    WORK = "AW", _("residence permit for work")
    PROTECTION = "AH", _("residence permit on humanitarian grounds, refugees included")
    FAMILY = "AF", _("residence permit for family reasons")
    SPECIAL = "AB", _("special rights of residence")
    ASYLUM_PROCEDURE = "AG", _("asylum procedure (permission to stay)")
    TOLERATION = "DU", _("toleration (Duldung)")
    OBLIGED_TO_LEAVE = "AP", _("obliged to leave, without toleration")
    PROVISIONAL = "FB", _("provisional residence document")
