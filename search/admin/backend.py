"""The backend by which Wagtail's editing interface searches (`WAGTAILSEARCH_BACKENDS`)."""

from modelsearch.backends.base import BaseSearchBackend

from search.admin.results import FoundByEditors, Question


class SearchBackend(BaseSearchBackend):
    """Answers from the database and the index of the portal; its own index is none, so nothing is ever written.

    Begun words are found in `search()` as well as in `autocomplete()`, because Wagtail's bulk actions repeat with the
    one what a list found with the other: what they change must be what the list showed.
    """

    query_compiler_class = Question
    autocomplete_query_compiler_class = Question
    results_class = FoundByEditors
