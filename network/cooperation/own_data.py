"""What people wrote and did in cooperation: handed out to them, kept because two sides rely on it."""

from django.utils.translation import gettext_lazy as _

from network.cooperation.models import (
    Acceptance,
    Agreement,
    AgreementVersion,
    BalanceYear,
    CooperationRequest,
    CounterProposal,
    LedgerComment,
    Rating,
    ServiceRecord,
    SharedCooperation,
)
from portal.accounts.own_data.registry import DataKind, register_kinds

_PURPOSE = _("So that both sides of a cooperation know who agreed to what.")
_RETENTION = _("As long as the cooperation has to be accounted for; when you go, the account behind it is nobody's.")
_NUMBER = {"number": _("Number")}
#: Code, title, model, the field of the person, and the columns with their fields and names.
_KINDS = (
    ("requests", _("Requests that you sent or drafted"), CooperationRequest, "asked_by",
     {"title": _("What it is about"), "occasion": _("Occasion"), "service": _("Service"),
      "use_of_results": _("Use of the results"), "no_consideration_reason": _("Reason"), "created_at": _("Begun on")}),
    ("answers", _("Requests that you answered"), CooperationRequest, "answered_by",
     {"answer": _("Answer"), "answer_note": _("Note"), "answered_at": _("Answered on")}),
    ("counter_proposals", _("Counter-proposals that you made"), CounterProposal, "made_by",
     {"text": _("Text"), "made_at": _("Written on")}),
    ("texts", _("Texts of agreements that you wrote"), AgreementVersion, "written_by",
     {"service": _("Service"), "rights": _("Rights in the results"), "settlement": _("Settlement"),
      "written_at": _("Written on")}),
    ("acceptances", _("Texts of agreements that you accepted"), Acceptance, "person", {"at": _("Accepted on")}),
    ("ends", _("Agreements that you ended"), Agreement, "ended_by",
     {"end_note": _("Note"), "ended_on": _("Ended on")}),
    ("records", _("Records of service that you entered"), ServiceRecord, "entered_by",
     {"what": _("What was done"), "done_on": _("Day"), "entered_at": _("Entered on")}),
    ("record_answers", _("Records of service that you agreed to or disputed"), ServiceRecord, "answered_by",
     {"dispute": _("What is not right"), "answered_at": _("Answered on")}),
    ("payments", _("Payments that you noted"), ServiceRecord, "paid_noted_by",
     {"what": _("What was done"), "paid_on": _("Paid on")}),
    ("ratings", _("Ratings that you gave"), Rating, "given_by",
     {"kept_agreements": _("Agreements kept"), "was_respectful": _("Treated as equals"),
      "would_repeat": _("Would work together again"), "words": _("In your own words"), "given_at": _("Given on")}),
    ("histories", _("Cooperation that you showed on a profile"), SharedCooperation, "shown_by",
     {"subject": _("What it was about"), "role": _("Your part in it"), "result": _("Result"),
      "result_url": _("Address"), "shown_at": _("Shown since")}),
    ("ledger_comments", _("Comments on ledgers"), LedgerComment, "written_by",
     {"text": _("Text"), "written_at": _("Written on")}),
    ("ledger_replies", _("Replies to comments on ledgers"), LedgerComment, "replied_by",
     {"reply": _("Text"), "replied_at": _("Written on")}),
    ("balances", _("Yearly balances that you published"), BalanceYear, "published_by",
     {"year": _("Year"), "published_at": _("Published on")}),
)  # fmt: skip


def _kind(code: str, title, model, field: str, columns: dict) -> DataKind:
    def records(person):
        for row in model.objects.filter(**{field: person}).order_by("pk").values("pk", *columns):
            yield {"number": row["pk"], **{name: row[name] for name in columns}}

    return DataKind(
        code=f"cooperation_{code}",
        title=title,
        purpose=_PURPOSE,
        retention=_RETENTION,
        columns=_NUMBER | columns,
        records=records,
        fields=frozenset({f"{model._meta.label_lower}.{field}"}),
    )


def register() -> None:
    """Let people see what they wrote."""
    register_kinds(*(_kind(*kind) for kind in _KINDS))
