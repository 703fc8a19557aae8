"""People, their roles, how they join and how they leave."""

from portal.accounts.models.farewell import WAITING_DAYS, Consent, Farewell
from portal.accounts.models.joining import INVITATION_DAYS, Invitation, JoinRequest
from portal.accounts.models.people import User, UserManager, display_name
from portal.accounts.models.roles import RoleAssignment

__all__ = [
    "INVITATION_DAYS",
    "WAITING_DAYS",
    "Consent",
    "Farewell",
    "Invitation",
    "JoinRequest",
    "RoleAssignment",
    "User",
    "UserManager",
    "display_name",
]
