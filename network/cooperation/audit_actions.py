"""What the log keeps of cooperation: who did what, without the answers and the words of the two sides.

The log is read by administrators, who stand on no side; so it does not say who declined.
"""

from django.utils.translation import gettext_lazy as _

from portal.audit.registry import ActionKind

ACTIONS = (
    ActionKind("cooperation.sent", _("Request sent"), _("%(actor)s sent %(object)s.")),
    ActionKind("cooperation.answered", _("Request answered"), _("%(actor)s answered %(object)s.")),
    ActionKind(
        "cooperation.answered_by_link",
        _("Request answered by the link in the mail"),
        _("%(object)s was answered by the link in the mail."),
    ),
    ActionKind(
        "cooperation.requests_by_link",
        _("Requests stopped or welcomed by the link in the mail"),
        _("By the link in the mail it was said whether %(object)s takes requests."),
    ),
    ActionKind("cooperation.decided", _("Counter-proposal taken over"), _("%(actor)s took over %(object)s.")),
    ActionKind("cooperation.withdrawn", _("Request withdrawn"), _("%(actor)s withdrew %(object)s.")),
    ActionKind("cooperation.draft_removed", _("Draft of a request removed"), _("%(actor)s removed %(object)s.")),
    ActionKind("cooperation.text_written", _("Text of an agreement written"), _("%(actor)s wrote %(object)s.")),
    ActionKind("cooperation.text_accepted", _("Text of an agreement accepted"), _("%(actor)s accepted %(object)s.")),
    ActionKind("cooperation.ended", _("Agreement ended"), _("%(actor)s ended %(object)s.")),
    ActionKind("cooperation.record_entered", _("Service recorded"), _("%(actor)s entered %(object)s.")),
    ActionKind("cooperation.record_changed", _("Record of service changed"), _("%(actor)s changed %(object)s.")),
    ActionKind("cooperation.record_removed", _("Record of service removed"), _("%(actor)s removed %(object)s.")),
    ActionKind("cooperation.record_agreed", _("Record of service agreed"), _("%(actor)s agreed to %(object)s.")),
    ActionKind("cooperation.record_disputed", _("Record of service disputed"), _("%(actor)s disputed %(object)s.")),
    ActionKind("cooperation.payment_noted", _("Payment noted"), _("%(actor)s noted the payment of %(object)s.")),
    ActionKind(
        "cooperation.payment_contested", _("Payment contested"), _("%(actor)s says that %(object)s was never paid.")
    ),
    ActionKind("cooperation.rated", _("Cooperation rated"), _("%(actor)s rated %(object)s.")),
    ActionKind(
        "cooperation.shared", _("Cooperation shown on a profile"), _("%(actor)s shows %(object)s on the profile.")
    ),
    ActionKind(
        "cooperation.unshared",
        _("Cooperation taken off a profile"),
        _("%(actor)s took %(object)s off the profile."),
    ),
    ActionKind("cooperation.balance_opened", _("Yearly balance opened"), _("%(actor)s opened the balance %(object)s.")),
    ActionKind(
        "cooperation.balance_published",
        _("Yearly balance published"),
        _("%(actor)s published the balance %(object)s."),
    ),
)
