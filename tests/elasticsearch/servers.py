"""A node of Elasticsearch: how a test starts, pauses, ends and loses it."""

import contextlib
import json
import os
import shutil
import signal
import ssl
import subprocess
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tests.elasticsearch.distributions import Distribution, installed
from tests.elasticsearch.launching import as_unprivileged, give_away, launch_command, launch_environment
from tests.elasticsearch.requirements import NotAnsweringError, java_home

#: Unit: seconds. On an idle machine a node answers after 15, three at once after 40.
LONGEST_START = 180
LONGEST_END = 30
SETTINGS = {
    "network.host": "127.0.0.1",
    "xpack.security.enabled": False,
    # A developer's full disk must not stop a test; tests of the watermark switch it on again.
    "cluster.routing.allocation.disk.threshold_enabled": False,
}
#: What the server would write for its makers and nobody reads here.
LEFT_OUT_OPTIONS = ("-Xlog:gc", "-XX:+HeapDumpOnOutOfMemoryError")


class Server:
    """A node with data and ports of its own, which outlive its process."""

    scheme = "http"
    #: What a server with security wants to know of who asks, see tests/elasticsearch/securing.py.
    headers: Mapping[str, str] = {}
    tls: ssl.SSLContext | None = None

    def __init__(
        self, distribution: Distribution, folder: Path, java_options: str, settings: Mapping[str, object]
    ) -> None:
        self.version, self.folder, self.java_options = distribution.number, folder, java_options
        self.java_home, self.home = java_home(distribution.java), installed(distribution)
        self.port = settings["http.port"]
        self.url = f"{self.scheme}://127.0.0.1:{self.port}"
        self._process: subprocess.Popen | None = None
        self._set_up({**SETTINGS, **settings})

    @property
    def pid(self) -> int:
        """Return the process that answers; the one that was started only watches over it."""
        return int((self.folder / "pid").read_text())

    @property
    def is_running(self) -> bool:
        """Tell whether the process is there, be it paused."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process without waiting for its answer; data and ports are those of the last time."""
        (self.folder / "pid").unlink(missing_ok=True)
        command = launch_command(self.version, self.home, self.java_home, self.folder / "config")
        with (self.folder / "output").open("a") as output:
            self._process = subprocess.Popen(
                [*as_unprivileged(), *command, "-p", str(self.folder / "pid")],
                cwd=self.home,
                env=launch_environment(self.home, self.java_home, self.folder, self.java_options),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl+C ends the tests first and then, in order, the server; and its group can be ended as one.
                start_new_session=True,
            )

    def wait(self, *, nodes: int = 1) -> None:
        """Return as soon as every shard can be read and so many nodes have found each other."""
        until = time.monotonic() + LONGEST_START
        question = f"/_cluster/health?wait_for_status=yellow&wait_for_nodes=%3E%3D{nodes}&timeout=2s"
        while time.monotonic() < until and self.is_running:
            try:
                if not self.ask(question)["timed_out"]:
                    return
            except (OSError, ValueError):
                time.sleep(0.2)
        self.end()
        said = (self.folder / "output").read_text()[-3000:]
        raise NotAnsweringError(f"Elasticsearch {self.version} antwortet nicht. Zuletzt schrieb es:\n{said}")

    def ask(self, path: str, body: object = None, *, method: str | None = None) -> dict:
        """Return the server's answer to its administrator; with a body it is a POST, unless told otherwise."""
        request = urllib.request.Request(  # noqa: S310 -- our own server.
            self.url + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **self.headers},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=10, context=self.tls) as answer:  # noqa: S310 -- the same.
            return json.load(answer)

    def pause(self) -> None:
        """Let the process stand still: it takes connections and answers nothing."""
        os.kill(self.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let a paused process go on."""
        os.kill(self.pid, signal.SIGCONT)

    def terminate(self) -> None:
        """Ask the process to end, and wait for it."""
        os.kill(self.pid, signal.SIGTERM)
        self._process.wait(LONGEST_END)

    def kill(self) -> None:
        """End the process at once, as a crash would."""
        os.kill(self.pid, signal.SIGKILL)
        self._process.wait(LONGEST_END)

    def restart(self) -> None:
        """Start a server that was ended or killed, and wait until it answers again."""
        self.start()
        self.wait()

    def end(self) -> None:
        """End whatever is left of the process, in whichever state a test has left it."""
        if self.is_running:
            with contextlib.suppress(OSError, ValueError, subprocess.TimeoutExpired):
                self.resume()
                self.terminate()
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _set_up(self, settings: Mapping[str, object]) -> None:
        for name in ("config", "data", "logs", "tmp", "snapshots"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        settings = {
            **settings,
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "path.repo": [str(self.folder / "snapshots")],
        }
        lines = [f"{name}: {json.dumps(value)}\n" for name, value in settings.items()]
        (self.folder / "config" / "elasticsearch.yml").write_text("".join(lines))
        options = (self.home / "config" / "jvm.options").read_text().splitlines(keepends=True)
        kept = [line for line in options if not line.startswith(LEFT_OUT_OPTIONS)]
        (self.folder / "config" / "jvm.options").write_text("".join(kept))
        shutil.copyfile(self.home / "config" / "log4j2.properties", self.folder / "config" / "log4j2.properties")
        give_away(self.folder)
