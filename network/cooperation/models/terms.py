"""What is given in return for a service, in the same fields wherever it is offered, answered or agreed."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from network.cooperation.enums import BOUGHT, PAID_AS_A_SUM, Consideration, LegalFrame

LEAST = Decimal("0.01")
#: Unit: hours. A quarter of an hour is the smallest step people keep account of.
LEAST_HOURS = Decimal("0.25")
MOST_HOURS = 10_000


def euro(amount: Decimal) -> str:
    """Write an amount as people do."""
    return f"{number_format(amount, decimal_pos=2, use_l10n=True, force_grouping=True)} €"


class Terms(models.Model):
    """Hours, and what the organisation gets for them; „none" needs a reason that the organisation reads."""

    #: Unit: hours.
    hours = models.DecimalField(
        _("hours"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(LEAST_HOURS), MaxValueValidator(MOST_HOURS)],
        help_text=_("All hours that the organisation spends on it, preparation and travel included."),
    )
    consideration = models.CharField(
        _("what the organisation gets in return"), max_length=12, choices=Consideration, blank=True
    )
    #: Unit: euro per hour.
    fee_per_hour = models.DecimalField(
        _("fee per hour in euro"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(LEAST)],
    )
    #: Unit: euro.
    amount = models.DecimalField(
        _("amount in euro"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(LEAST)],
        help_text=_("For an expense allowance, a service contract or a grant."),
    )
    in_kind = models.CharField(_("what is given in kind"), max_length=300, blank=True)
    no_consideration_reason = models.TextField(
        _("why there is no consideration"),
        max_length=1_000,
        blank=True,
        help_text=_("The organisation reads this reason together with the request."),
    )
    legal_frame = models.CharField(_("grant or procurement"), max_length=12, choices=LegalFrame, blank=True)

    class Meta:
        abstract = True

    #: The fields that make up the terms, in the order in which they are read.
    TERM_FIELDS = (
        "hours", "consideration", "fee_per_hour", "amount", "in_kind", "no_consideration_reason", "legal_frame",
    )  # fmt: skip

    @property
    def terms(self) -> dict:
        """Return the terms by field, so that they can be taken over elsewhere."""
        return {name: getattr(self, name) for name in self.TERM_FIELDS}

    def keep_only_what_was_chosen(self) -> None:
        """Empty what belongs to another kind of consideration, which a form without script still sends."""
        if self.consideration != Consideration.FEE:
            self.fee_per_hour = None
        if self.consideration not in PAID_AS_A_SUM:
            self.amount = None
        if self.consideration != Consideration.IN_KIND:
            self.in_kind = ""
        if self.consideration != Consideration.NONE:
            self.no_consideration_reason = ""

    def terms_errors(self) -> dict[str, ValidationError]:
        """Return what is missing or contradicts itself, by field; empty terms cannot be sent."""
        errors = {}
        if self.hours is None:
            errors["hours"] = _("Please say how many hours you expect.")
        if not self.consideration:
            errors["consideration"] = _("Please say what the organisation gets in return.")
        if not self.legal_frame:
            errors["legal_frame"] = _("Please say whether this is a grant or procurement.")
        errors |= self._details_missing() | self._frame_contradicts()
        return {name: ValidationError(text, code="terms") for name, text in errors.items()}

    def _details_missing(self) -> dict:
        if self.consideration == Consideration.FEE and not self.fee_per_hour:
            return {"fee_per_hour": _("Please enter the fee per hour.")}
        if self.consideration in PAID_AS_A_SUM and not self.amount:
            return {"amount": _("Please enter the amount.")}
        if self.consideration == Consideration.IN_KIND and not self.in_kind.strip():
            return {"in_kind": _("Please say what is given in kind.")}
        if self.consideration == Consideration.NONE and not self.no_consideration_reason.strip():
            return {"no_consideration_reason": _("Please give the reason. The organisation reads it.")}
        return {}

    def _frame_contradicts(self) -> dict:
        if self.consideration in BOUGHT and self.legal_frame == LegalFrame.GRANT:
            return {"legal_frame": _("A paid service is no grant. Choose procurement, or another consideration.")}
        if self.consideration == Consideration.GRANT and self.legal_frame and self.legal_frame != LegalFrame.GRANT:
            return {"legal_frame": _("A grant stands under grant law. Choose that, or another consideration.")}
        if self.consideration == Consideration.NONE and self.legal_frame not in ("", LegalFrame.NEITHER):
            return {"legal_frame": _("Without consideration it is neither a grant nor procurement.")}
        return {}

    @property
    def consideration_in_words(self) -> str:
        """Return the consideration as one line."""
        if self.consideration == Consideration.FEE and self.fee_per_hour:
            return gettext("fee of %(fee)s per hour") % {"fee": euro(self.fee_per_hour)}
        if self.consideration in PAID_AS_A_SUM and self.amount:
            return gettext("%(kind)s: %(amount)s") % {
                "kind": self.get_consideration_display(),
                "amount": euro(self.amount),
            }
        if self.consideration == Consideration.IN_KIND:
            return gettext("in kind: %(what)s") % {"what": self.in_kind}
        if self.consideration == Consideration.NONE:
            return gettext("no consideration")
        return gettext("not said yet")

    @property
    def pays(self) -> bool:
        """Tell whether money is owed."""
        return self.consideration == Consideration.FEE or self.consideration in PAID_AS_A_SUM


def complete_terms() -> models.Q:
    """Return the condition of rows whose terms are complete; the same rule as `Terms.terms_errors`."""
    fee = models.Q(consideration=Consideration.FEE, fee_per_hour__gt=0)
    total = models.Q(consideration__in=sorted(PAID_AS_A_SUM), amount__gt=0)
    kind = models.Q(consideration=Consideration.IN_KIND) & ~models.Q(in_kind="")
    none = models.Q(consideration=Consideration.NONE) & ~models.Q(no_consideration_reason="")
    return models.Q(hours__gt=0) & ~models.Q(legal_frame="") & (fee | total | kind | none)
