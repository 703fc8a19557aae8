"""What the same server does by itself: its German analyzer with its own queries, and Wagtail's search backend."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from django.apps.registry import Apps
from django.db import models
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk
from modelsearch import index as modelsearch
from modelsearch.backends.elasticsearch8 import Elasticsearch8SearchBackend

from search.benchmarks.help_corpus import HelpPage
from search.benchmarks.scoring import DEPTH, Ranking
from search.benchmarks.servers import Corner

BEST_FIELDS = "german, multi_match best_fields title^2"
COMBINED_FIELDS = "german, combined_fields title^5"
_TOGETHER = 100


def german(pages: Sequence[HelpPage], corner: Corner) -> dict[str, Ranking]:
    """Index title and body with the server's `german` analyzer; rank by two of its queries."""
    index = f"{corner.prefix}-german"
    text = {"type": "text", "analyzer": "german"}
    properties = {"title": text, "body": text}
    corner.client.indices.create(
        index=index, mappings={"properties": properties}, settings={"number_of_shards": 1, "number_of_replicas": 0}
    )
    documents = ({"_id": page.address, "title": page.title, "body": page.body} for page in pages)
    bulk(corner.client, documents, index=index, refresh=True)

    def best_fields(question: str) -> dict:
        return {"multi_match": {"query": question, "type": "best_fields", "fields": ["title^2", "body"]}}

    def combined_fields(question: str) -> dict:
        return {"combined_fields": {"query": question, "fields": ["title^5", "body"]}}

    return {
        BEST_FIELDS: _ranking(corner.client, index, best_fields),
        COMBINED_FIELDS: _ranking(corner.client, index, combined_fields),
    }


def wagtail(pages: Sequence[HelpPage], corner: Corner) -> Ranking:
    """Index the pages with Wagtail's backend as a page with a body would be; rank by what its compiler makes."""
    model = _page_model()
    params = {"URLS": list(corner.connection.urls), "INDEX_PREFIX": f"{corner.prefix}-wagtail-", "TIMEOUT": 60}
    backend = Elasticsearch8SearchBackend(params)
    index = backend.get_index_for_model(model)
    index.put()
    index.add_model(model)
    index.add_items(model, [model(address=page.address, title=page.title, body=page.body) for page in pages])
    index.refresh()

    def body(question: str) -> dict:
        return backend.query_compiler_class(model.objects.all(), question).get_query()

    return _ranking(corner.client, index.name, body)


@lru_cache(maxsize=1)
def _page_model() -> type[models.Model]:
    """Make a model like Wagtail's page; it is in no registry of the portal, and no table belongs to it."""

    class HelpEntry(modelsearch.Indexed, models.Model):
        address = models.CharField(max_length=255, primary_key=True)
        title = models.CharField(max_length=255)
        body = models.TextField()

        # As in wagtail.models.Page and in Wagtail's guide for the fields of one's own.
        search_fields = (
            modelsearch.SearchField("title", boost=2),
            modelsearch.AutocompleteField("title"),
            modelsearch.SearchField("body"),
        )

        class Meta:
            app_label = "search"
            apps = Apps()
            managed = False

        def __str__(self) -> str:
            return self.title

    return HelpEntry


def _ranking(client: Elasticsearch, index: str, query) -> Ranking:
    def rank(questions: Sequence[str]) -> Iterator[list[str]]:
        for some in _batches(questions):
            asked = ({"query": query(question), "size": DEPTH, "_source": False} for question in some)
            searches = [line for body in asked for line in ({}, body)]
            for answer in client.msearch(index=index, searches=searches)["responses"]:
                yield _addresses(answer)

    return rank


def _addresses(answer: Mapping) -> list[str]:
    return [hit["_id"] for hit in answer["hits"]["hits"]]


def _batches(questions: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(questions)
    while some := list(islice(remaining, _TOGETHER)):
        yield some
