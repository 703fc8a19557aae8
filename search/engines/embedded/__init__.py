"""The engine that needs no server: tantivy indexes in a directory, one writer at a time, readers in every process."""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
