"""Wagtail's views that change who may read what, each made one transaction with its consequences."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.collection_privacy import set_privacy as set_collection_privacy
from wagtail.admin.views.collections import Edit
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.models import Collection

from portal.shared.inheritance import settle_collections

#: A restriction and the audiences that follow from it are saved together or not at all.
restrict_page = require_admin_access(transaction.atomic(SetPrivacyView.as_view()))
restrict_collection = require_admin_access(transaction.atomic(set_collection_privacy))


@require_admin_access
@transaction.atomic
def edit_collection(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a collection; moving it elsewhere sends no signal, so its files are settled here."""
    response = Edit.as_view()(request, pk=pk)
    moved = Collection.objects.filter(pk=pk).first()
    if request.method == "POST" and moved is not None:
        settle_collections(moved)
    return response
