"""Where the shared ground meets Wagtail: nobody is served a page outside of its audience."""

from django.http import Http404
from wagtail import hooks
from wagtail.models import Collection

from portal.shared.inheritance import keep_restrictions, settle_collections
from portal.shared.links import CarefulDocumentLinkHandler, CarefulPageLinkHandler
from portal.shared.pages import BasePage


# Before Wagtail's own look at restrictions, which would send outsiders to the door and so tell that there is something.
@hooks.register("before_serve_page", order=-1)
def answer_outsiders_as_if_it_did_not_exist(page, request, serve_args, serve_kwargs):
    """Refuse a page to people outside of its audience.

    A hook and not `serve()`, because the sub-routes of a routable page never come to `BasePage.serve()`.
    """
    if isinstance(page, BasePage) and not page.is_visible_to(request.user):
        raise Http404


# After Wagtail's own registration, which it replaces.
@hooks.register("register_rich_text_features", order=100)
def link_carefully(features):
    """Let links in running text tell nothing about what is closed."""
    features.register_link_type(CarefulPageLinkHandler)
    features.register_link_type(CarefulDocumentLinkHandler)


@hooks.register("after_copy_page")
def keep_restrictions_of_copies(request, page, new_page):
    """The editing interface copies past the page's own `copy()`."""
    keep_restrictions(page, new_page)


@hooks.register("after_bulk_action")
def settle_files_that_were_put_elsewhere(request, action_type, objects, action):
    """Bring files under the restrictions of their new collection, which Wagtail's bulk action writes without a signal.

    The hook runs within the action's own transaction.
    """
    if action_type == "add_to_collection":
        for collection in Collection.objects.filter(pk__in={file.collection_id for file in _read_anew(objects)}):
            settle_collections(collection)


def _read_anew(files) -> list:
    return [type(file)._base_manager.get(pk=file.pk) for file in files]
