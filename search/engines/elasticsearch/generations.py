"""Which indexes of the server are generations of ours, which of them is current, and which hear of changes."""

import base64
import datetime
import gzip
import secrets
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError

from search.engines.base import EngineUnavailable, GenerationState, Role
from search.engines.elasticsearch import schema
from search.engines.elasticsearch.client import Connection
from search.language.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Generation:
    """One index with the lexicon it was built with."""

    name: str
    schema: str
    lexicon: str
    aliases: frozenset[str]

    @property
    def is_usable(self) -> bool:
        """Tell whether this version of the code wrote the index."""
        return self.schema == schema.FINGERPRINT


class Generations:
    """The indexes under one prefix; aliases tell them apart, so that a switch is one step for all readers at once.

    `prefix` names what searches ask, `prefix-written` what hears of changes, `prefix-previous` what to go back to.
    """

    def __init__(self, client: Elasticsearch, connection: Connection) -> None:
        self._client = client
        self._connection = connection
        self.read_alias = connection.prefix
        self.write_alias = f"{connection.prefix}-written"
        self.previous_alias = f"{connection.prefix}-previous"
        self._lexicons = f"{connection.prefix}-lexicons"

    def all(self) -> list[Generation]:
        """Return every generation, the oldest first; indexes are named by the moment they were begun."""
        found = self._client.indices.get(index=f"{self._connection.prefix}-g-*", features=["aliases", "mappings"])
        return [_generation(name, found[name]) for name in sorted(found)]

    def current(self) -> Generation:
        """Return the generation that searches use."""
        try:
            found = self._client.indices.get(index=self.read_alias, features=["aliases", "mappings"])
        except NotFoundError as error:
            raise EngineUnavailable("There is no index. Run: manage.py search rebuild") from error
        ((name, described),) = found.items()
        generation = _generation(name, described)
        if not generation.is_usable:
            raise EngineUnavailable("The index was built by another version. Run: manage.py search rebuild")
        return generation

    def written(self) -> list[Generation]:
        """Return every generation that must hear of changes, the current one first."""
        current = self.current()
        others = (
            generation
            for generation in self.all()
            if self.write_alias in generation.aliases and generation.name != current.name and generation.is_usable
        )
        return [current, *others]

    def named(self, name: str) -> Generation:
        """Return a generation by its name."""
        return _generation(name, self._client.indices.get(index=name, features=["aliases", "mappings"])[name])

    def lexicon(self, fingerprint: str) -> Lexicon:
        """Read the lexicon of a generation."""
        try:
            stored = self._client.get(index=self._lexicons, id=fingerprint)
        except NotFoundError as error:
            raise EngineUnavailable("The lexicon of the index is gone. Run: manage.py search rebuild") from error
        lexicon = Lexicon.from_bytes(gzip.decompress(base64.b64decode(stored["_source"]["data"])))
        if lexicon.fingerprint != fingerprint:
            raise EngineUnavailable("The lexicon is not the one the index was built with.")
        return lexicon

    def begin(self, lexicon: Lexicon) -> str:
        """Create an empty generation that hears of changes from its first moment."""
        self._keep(lexicon)
        now = datetime.datetime.now(datetime.UTC)
        name = f"{self._connection.prefix}-g-{now:%Y%m%d%H%M%S}-{secrets.token_hex(3)}"
        mapping = schema.mapping(lexicon.fingerprint).to_dict()
        self._client.indices.create(
            index=name,
            mappings=mapping,
            settings=schema.settings(self._connection.shards),
            aliases={self.write_alias: {}},
        )
        return name

    def resume_previous(self) -> str:
        """Let the previous generation hear of changes again."""
        previous = next((found for found in reversed(self.all()) if self.previous_alias in found.aliases), None)
        if previous is None:
            raise EngineUnavailable("There is no earlier index to go back to.")
        if not previous.is_usable:
            raise EngineUnavailable("The earlier index was built by another version and cannot be used.")
        add = {"add": {"index": previous.name, "alias": self.write_alias}}
        remove = {"remove": {"index": previous.name, "alias": self.previous_alias}}
        self._client.indices.update_aliases(actions=[add, remove])
        return previous.name

    def activate(self, name: str) -> None:
        """Give an index its copies, then let all readers see it at once; the one before is kept for going back."""
        copies = self._connection.replicas
        # The refresh interval of filling would hide single changes; each write asks for its own refresh all the same.
        self._client.indices.put_settings(
            index=name, settings={"number_of_replicas": copies, "refresh_interval": "1s", "auto_expand_replicas": False}
        )
        self._client.indices.refresh(index=name)
        others = [found for found in self.all() if found.name != name]
        before = [found.name for found in others if self.read_alias in found.aliases]
        actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": self.read_alias}}]
        actions.append({"add": {"index": name, "alias": self.write_alias}})
        for found in others:
            gone = found.aliases & {self.read_alias, self.previous_alias}
            actions += [{"remove": {"index": found.name, "alias": alias}} for alias in sorted(gone)]
        actions += [{"add": {"index": old, "alias": self.previous_alias}} for old in before]
        self._client.indices.update_aliases(actions=actions)
        self._remove(found.name for found in others if found.name not in before)

    def retire_others(self) -> None:
        """Let the generations before the current one hear of changes no more; one being built still does."""
        both = {self.write_alias, self.previous_alias}
        old = [found.name for found in self.all() if both <= found.aliases]
        if old:
            actions = [{"remove": {"index": other, "alias": self.write_alias}} for other in old]
            self._client.indices.update_aliases(actions=actions)

    def remove_leftovers(self) -> None:
        """Delete what interrupted rebuilds left behind; call it only while holding the rebuild lock."""
        kept = {self.read_alias, self.previous_alias}
        self._remove(found.name for found in self.all() if not kept & found.aliases)

    def remove_previous(self) -> int:
        """Delete the generations kept for going back."""
        names = [found.name for found in self.all() if self.previous_alias in found.aliases]
        self._remove(names)
        return len(names)

    def remove(self, name: str) -> None:
        """Delete one generation."""
        self._remove([name])

    def states(self) -> list[GenerationState]:
        """Describe all generations, the current one first."""
        current = self.current()
        others = [found for found in reversed(self.all()) if found.name != current.name]
        return [self._state(generation) for generation in (current, *others)]

    def _state(self, generation: Generation) -> GenerationState:
        stats = self._client.indices.stats(index=generation.name, metric=["store"])
        made = self._client.indices.get_settings(index=generation.name, name="index.creation_date")
        millis = int(made[generation.name]["settings"]["index"]["creation_date"])
        role = Role.BUILDING
        if self.read_alias in generation.aliases:
            role = Role.CURRENT
        elif self.previous_alias in generation.aliases:
            role = Role.PREVIOUS
        return GenerationState(
            name=generation.name,
            role=role,
            lexicon=generation.lexicon,
            begun=datetime.datetime.fromtimestamp(millis / 1000, datetime.UTC),
            records=self._client.count(index=generation.name)["count"],
            size=stats["indices"][generation.name]["total"]["store"]["size_in_bytes"],
            is_usable=generation.is_usable,
        )

    def _keep(self, lexicon: Lexicon) -> None:
        if not self._client.indices.exists(index=self._lexicons):
            mappings = {"dynamic": "strict", "properties": {"data": {"type": "binary"}}}
            sizes = {"number_of_shards": 1, "number_of_replicas": self._connection.replicas}
            # Another process may have made it in between.
            self._client.options(ignore_status=400).indices.create(
                index=self._lexicons, mappings=mappings, settings=sizes
            )
        data = base64.b64encode(gzip.compress(lexicon.to_bytes(), mtime=0)).decode()
        self._client.index(index=self._lexicons, id=lexicon.fingerprint, document={"data": data}, refresh=True)

    def _remove(self, names) -> None:
        if names := list(names):
            self._client.options(ignore_status=404).indices.delete(index=names)


def _generation(name: str, described: dict) -> Generation:
    meta = described["mappings"].get("_meta", {})
    return Generation(name, meta.get("schema", ""), meta.get("lexicon", ""), frozenset(described.get("aliases", {})))
