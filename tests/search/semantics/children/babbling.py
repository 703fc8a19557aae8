"""Says something else."""

from tests.search.semantics.children import tell

tell("not JSON")
