"""Attributes: by which the standard ties terms and values to whatever they are said of."""

import uuid

from knowledge.directory.hsds.identities import known, part_id
from knowledge.directory.hsds.taxonomies import FACT, Taxonomy


class Attributes:
    """Gathers the attributes of one thing."""

    def __init__(self, owner: uuid.UUID, entity: str, entity_id: str) -> None:
        self._owner = owner
        self._entity = entity
        self._entity_id = entity_id
        self.found: list[dict] = []

    def add(self, taxonomy: Taxonomy, code: str, name: str, value: str = "") -> None:
        """Tie a term to the thing, with a value where the term alone does not say all."""
        self.found.append(
            known(
                id=part_id(
                    self._owner, f"attribute-{self._entity}", f"{self._entity_id}:{taxonomy.slug}:{code}:{value}"
                ),
                link_id=self._entity_id,
                link_entity=self._entity,
                link_type=taxonomy.slug,
                taxonomy_term_id=taxonomy.term_id(code),
                value=value,
                taxonomy_term=taxonomy.term(code, name),
            )
        )

    def add_fact(self, code: str, value: object) -> None:
        """Tie a fact to the thing; what is not known is left out."""
        if value is None or value == "":
            return
        written = str(value).lower() if isinstance(value, bool) else str(value)
        self.add(FACT, code, str(FACT.names()[code]), written)
