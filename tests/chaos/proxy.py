"""A listener between portal and server that can spoil what goes through it, in every way an outage is known to."""

import contextlib
import socket
import threading
from enum import Enum

from tests.elasticsearch import free_port

_PRODUCT = "X-Elastic-Product: Elasticsearch\r\n"
_JSON = "Content-Type: application/vnd.elasticsearch+json;compatible-with=8\r\n"


def _answer(status: str, body: str, headers: str = _PRODUCT + _JSON) -> bytes:
    return f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()


class Fault(Enum):
    """What is answered in the server's place; None lets everything through."""

    NONE = None
    CLOSED = b""
    GARBAGE = b"\x00\xff\x13 no HTTP at all \r\n\r\n"
    NO_JSON = _answer("200 OK", "<html><title>Wartung</title></html>", "Content-Type: text/html\r\n")
    HALF_JSON = _answer("200 OK", '{"took": 3, "hits": {"to')
    OTHER_JSON = _answer("200 OK", '{"acknowledged": true}')
    UNAUTHORISED = _answer("401 Unauthorized", '{"error": {"type": "security_exception"}, "status": 401}')
    FORBIDDEN = _answer("403 Forbidden", '{"error": {"type": "security_exception"}, "status": 403}')
    OVERLOADED = _answer(
        "429 Too Many Requests", '{"error": {"type": "es_rejected_execution_exception"}, "status": 429}'
    )
    BROKEN = _answer("500 Internal Server Error", '{"error": {"type": "null_pointer_exception"}, "status": 500}')
    UNAVAILABLE = _answer("503 Service Unavailable", "no healthy upstream", "Content-Type: text/plain\r\n")
    SILENT = b"silent"


class FaultProxy:
    """Passes connections on to `port` until it is told a fault; connections that are open then are cut."""

    def __init__(self, port: int) -> None:
        self._target = port
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._fault = Fault.NONE
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def fault(self) -> Fault:
        """Return what is answered now."""
        return self._fault

    @fault.setter
    def fault(self, fault: Fault) -> None:
        self._fault = fault
        for connection in list(self._open):
            _shut(connection)

    def close(self) -> None:
        """Stop listening and cut what is open."""
        _shut(self._listener)
        self.fault = Fault.CLOSED

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            match self._fault:
                case Fault.NONE:
                    self._pass_on(connection)
                case Fault.SILENT:
                    while connection.recv(65_536):
                        pass
                case fault:
                    connection.recv(65_536)
                    connection.sendall(fault.value)
        self._open.discard(connection)
        _shut(connection)

    def _pass_on(self, connection: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self._target)) as server:
            self._open.add(server)
            back = threading.Thread(target=_copy, args=(server, connection), daemon=True)
            back.start()
            _copy(connection, server)
            back.join()
            self._open.discard(server)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    _shut(target)


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
