"""Fields of action, topics and terms for tests."""

import factory

from knowledge.topics.models import FieldOfAction, Term, TermLabel, Topic


class FieldOfActionFactory(factory.django.DjangoModelFactory):
    """A field of action."""

    class Meta:
        model = FieldOfAction

    slug = factory.Sequence(lambda number: f"handlungsfeld-{number}")
    name = factory.Sequence(lambda number: f"Handlungsfeld {number}")
    position = factory.Sequence(lambda number: number)


class TopicFactory(factory.django.DjangoModelFactory):
    """A topic in a field of action."""

    class Meta:
        model = Topic

    slug = factory.Sequence(lambda number: f"thema-{number}")
    name = factory.Sequence(lambda number: f"Thema {number}")
    field_of_action = factory.SubFactory(FieldOfActionFactory)


class TermFactory(factory.django.DjangoModelFactory):
    """A term; `words` gives its labels as pairs of text and relation."""

    class Meta:
        model = Term
        skip_postgeneration_save = True

    preferred = factory.Sequence(lambda number: f"Begriff {number}")
    definition = "Erklärt in einem Satz, was gemeint ist."

    @factory.post_generation
    def words(self, create, extracted, **kwargs):
        for text, relation in extracted or ():
            TermLabel.objects.create(term=self, text=text, relation=relation)

    @factory.post_generation
    def topics(self, create, extracted, **kwargs):
        if extracted:
            self.topics.set(extracted)
            self.save()
