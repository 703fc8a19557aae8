"""Puts the vocabulary into the Wagtail admin."""

from wagtail.snippets.models import register_snippet

from knowledge.topics.viewsets import VocabularyGroup, new_term_url
from search.insights.term_editor import register_term_editor

register_snippet(VocabularyGroup)
# What readers search for in vain often is another word for a term.
register_term_editor(new_term_url)
