"""Puts the vocabulary into the Wagtail admin."""

from wagtail.snippets.models import register_snippet

from knowledge.topics.viewsets import VocabularyGroup

register_snippet(VocabularyGroup)
