"""The door to the models of the vocabulary; the modules below import from top to bottom: rubrics, terms."""

from knowledge.topics.models.rubrics import FieldOfAction, Topic, VocabularyEntry
from knowledge.topics.models.terms import Term, TermLabel

__all__ = ["FieldOfAction", "Term", "TermLabel", "Topic", "VocabularyEntry"]
