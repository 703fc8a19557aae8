"""How this process has texts turned into vectors: by a child that it can lose without harm."""

import base64
import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

_PROJECT = Path(__file__).resolve().parents[2]
_MODULE = "search.semantics.model"
#: Unit: seconds. After a failure nobody tries for so long.
REST = 30.0
#: Unit: bytes. More than any answer; whatever writes on is stopped.
_LONGEST_ANSWER = 4_000_000
#: A question is short; measured on a busy machine, more threads wait for each other longer than they save.
_THREADS_OF_QUESTIONS = 1


class EmbedderUnavailable(Exception):  # noqa: N818 -- it names a state of the model, not a mistake.
    """There are no vectors now."""


class Embedder(Protocol):
    """Something that turns texts into vectors of one length."""

    def begin(self, patience: float) -> str:
        """Return the model's name; raises EmbedderUnavailable when it is not ready within `patience` seconds."""

    def embed(self, texts: Sequence[str], *, is_query: bool, patience: float) -> list[bytes]:
        """Return one vector of 32-bit floats for each text; raises EmbedderUnavailable."""


class ChildEmbedder:
    """Keeps one child process; any doubt about it ends it, and the next question after a rest begins another."""

    def __init__(self, *, is_patient: bool = False, module: str = _MODULE, rest: float = REST) -> None:
        self._is_patient, self._module, self._rest = is_patient, module, rest
        self._lock = threading.Lock()
        self._child: subprocess.Popen | None = None
        self._owner = 0
        self._model = ""
        self._pending = b""
        self._resting_until = 0.0

    def begin(self, patience: float) -> str:
        """Start the child without waiting longer than that for its model to be loaded."""
        with self._alone(patience):
            return self._begun(patience)

    def embed(self, texts: Sequence[str], *, is_query: bool, patience: float) -> list[bytes]:
        """Ask the child; one question at a time."""
        ends = time.monotonic() + patience
        with self._alone(patience):
            self._begun(max(ends - time.monotonic(), 0.0))
            try:
                self._child.stdin.write(json.dumps({"texts": list(texts), "is_query": is_query}).encode() + b"\n")
                self._child.stdin.flush()
                answer = self._line(ends)
                if answer is None:
                    raise TimeoutError("It answers too slowly.")
                vectors = [base64.b64decode(vector) for vector in json.loads(answer)["vectors"]]
            except (OSError, ValueError, LookupError, TypeError) as fault:
                raise self._given_up(fault) from fault
        if len(vectors) != len(texts):
            raise EmbedderUnavailable("The model lost a text.")
        return vectors

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    @contextlib.contextmanager
    def _alone(self, patience: float):
        if not self._lock.acquire(timeout=max(patience, 0.0)):
            raise EmbedderUnavailable("The model is answering somebody else.")
        try:
            yield
        finally:
            self._lock.release()

    def _begun(self, patience: float) -> str:
        if self._owner != os.getpid():
            # A forked process must not talk to the child of the one it was made from.
            self._child, self._model, self._pending = None, "", b""
        if time.monotonic() < self._resting_until:
            raise EmbedderUnavailable("The model failed a moment ago.")
        try:
            if self._child is None:
                self._start()
            if not self._model:
                line = self._line(time.monotonic() + patience)
                if line is None:
                    # Still loading, which is no failure.
                    raise EmbedderUnavailable("The model is being loaded.")
                self._model = json.loads(line)["model"]
        except (OSError, ValueError, LookupError, TypeError) as fault:
            raise self._given_up(fault) from fault
        return self._model

    def _start(self) -> None:
        self._child = subprocess.Popen(  # noqa: S603 -- our own module, nothing from outside.
            [sys.executable, "-m", self._module],
            cwd=_PROJECT,
            env=self._environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        os.set_blocking(self._child.stdout.fileno(), False)
        self._owner = os.getpid()

    def _environment(self) -> dict[str, str]:
        """Hand on where packages are, and nothing that is secret."""
        paths = os.pathsep.join(dict.fromkeys([str(_PROJECT), *filter(None, sys.path)]))
        threads = os.cpu_count() or 1
        if not self._is_patient:
            threads = min(threads, _THREADS_OF_QUESTIONS)
        return {
            "PYTHONPATH": paths,
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": str(threads),
            # Threads that wait for work must not burn the processor meanwhile.
            "OMP_WAIT_POLICY": "PASSIVE",
        }

    def _line(self, ends: float) -> bytes | None:
        """Return the child's next line, or nothing when it takes longer; raises OSError when the child is gone."""
        source = self._child.stdout.fileno()
        readable = select.poll()
        readable.register(source, select.POLLIN)
        while b"\n" not in self._pending:
            if not readable.poll(max(ends - time.monotonic(), 0.0) * 1_000):
                return None
            read = os.read(source, 65_536)
            if not read or len(self._pending) > _LONGEST_ANSWER:
                raise OSError("The model's process ended.")
            self._pending += read
        line, _, self._pending = self._pending.partition(b"\n")
        return line

    def _given_up(self, fault: Exception) -> EmbedderUnavailable:
        self._end()
        self._resting_until = time.monotonic() + self._rest
        return EmbedderUnavailable(f"The model does not work: {fault}")

    def _end(self) -> None:
        child, self._child, self._model, self._pending = self._child, None, "", b""
        if child is None or self._owner != os.getpid():
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        child.wait()
