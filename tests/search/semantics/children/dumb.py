"""Begins and never answers."""

import time

from tests.search.semantics.children import tell

tell('{"model": "dumb 1"}')
time.sleep(60)
