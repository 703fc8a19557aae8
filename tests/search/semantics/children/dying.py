"""Dies at the first text."""

import os
import signal
import sys

from tests.search.semantics.children import tell

tell('{"model": "dying 1"}')
sys.stdin.readline()
os.kill(os.getpid(), signal.SIGSEGV)
