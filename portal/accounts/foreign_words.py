"""Texts of allauth and Django whose own German is informal or unclear; named here to keep ours in the catalogue."""

from django.utils.translation import gettext_noop

FOREIGN = (
    gettext_noop("You must type the same password each time."),
    gettext_noop("The password is too similar to the %(verbose_name)s."),
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("This password is too common."),
)
