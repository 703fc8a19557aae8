"""Who may know whether a document is searchable: whoever may change or delete documents."""

from django.db.models import QuerySet
from wagtail.permissions import policy_registry

from portal.shared.models import PortalDocument

ACTIONS = ["change", "delete"]


def may_look_after_documents(person) -> bool:
    """Tell whether the person may change or delete any document."""
    return policy_registry.get_by_type(PortalDocument).user_has_any_permission(person, ACTIONS)


def documents_looked_after(person) -> QuerySet[PortalDocument]:
    """Return the documents that the person may change or delete, as Wagtail's list of documents does."""
    policy = policy_registry.get_by_type(PortalDocument)
    return policy.instances_user_has_any_permission_for(person, ACTIONS).order_by()


def collections_looked_after(person) -> QuerySet:
    """Return the collections in which they lie."""
    return policy_registry.get_by_type(PortalDocument).collections_user_has_any_permission_for(person, ACTIONS)
