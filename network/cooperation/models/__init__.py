"""The door to the models of cooperation; the modules below import downwards: requests, agreements, records."""

from network.cooperation.models.agreements import Acceptance, Agreement, AgreementVersion
from network.cooperation.models.balances import BalanceRow, BalanceYear, LedgerComment, UsualFee
from network.cooperation.models.histories import SharedCooperation
from network.cooperation.models.records import Rating, ServiceRecord
from network.cooperation.models.requests import CooperationRequest, CounterProposal

__all__ = [
    "Acceptance",
    "Agreement",
    "AgreementVersion",
    "BalanceRow",
    "BalanceYear",
    "CooperationRequest",
    "CounterProposal",
    "LedgerComment",
    "Rating",
    "ServiceRecord",
    "SharedCooperation",
    "UsualFee",
]
