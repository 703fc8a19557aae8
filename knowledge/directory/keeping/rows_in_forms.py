"""Rows beside an entry or an offer, as forms ask for them and snapshots keep them: hours and languages."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.directory.enums import Weekday
from knowledge.directory.keeping.fields import HoursField
from knowledge.directory.languages import FREQUENT


def add_hours(form: forms.BaseForm, times: list[dict]) -> None:
    """Give a form one line of hours per day."""
    for day, label in Weekday.choices:
        form.fields[f"day_{day}"] = HoursField(label=_("Opening times on %(day)s") % {"day": label})
        form.initial.setdefault(f"day_{day}", [span for span in times if span["weekday"] == day])
    form.fields[f"day_{Weekday.MONDAY}"].help_text = _(
        "For example 9–12, 14:30–18. A note stands in brackets: 17–19 (women only)."
    )


def hours_of(cleaned: Mapping) -> list[dict]:
    """Return the typed hours as snapshots keep them."""
    return [{"weekday": day, **span} for day in Weekday.values for span in cleaned[f"day_{day}"]]


def languages_at_first(rows: list[dict]) -> dict[str, list[str]]:
    """Sort kept languages into the three fields."""
    spoken = [row["code"] for row in rows if not row["with_interpreter"]]
    return {
        "spoken": [tag for tag in spoken if tag in FREQUENT],
        "others": [tag for tag in spoken if tag not in FREQUENT],
        "interpreted": [row["code"] for row in rows if row["with_interpreter"]],
    }


def language_rows(cleaned: Mapping) -> list[dict]:
    """Return the typed languages as snapshots keep them; whoever speaks one needs no interpreter for it."""
    spoken = dict.fromkeys([*cleaned["spoken"], *cleaned["others"]], False)
    rows = dict.fromkeys(cleaned["interpreted"], True) | spoken
    return [{"code": code, "with_interpreter": by_interpreter} for code, by_interpreter in rows.items()]
