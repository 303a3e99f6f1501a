"""One request to one pinned server and back: connections, time-outs, limits, and network errors by name.

Connections are kept alive and lent to one request at a time, so that any number of threads may ask. Nothing
is retried and no redirect is followed. ``close`` also breaks off what is under way, from any thread: a daemon
that is told to stop must not wait for a network that is gone.

    name found → connected → certificate good → ``begins`` → the first byte of the request

A request that ends without ``begins`` having been called has not left this tablet, not a byte of it.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import warnings
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import requests
import urllib3.exceptions
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool

from sync.contract.errors import FieldError, NeedsPerson, RetryLater
from sync.remote.address import ServerAddress
from sync.remote.answers import Answer
from sync.remote.base import Begins, unheeded
from sync.remote.tls import tls_failure

warnings.filterwarnings("ignore", category=urllib3.exceptions.SystemTimeWarning)
"""A clock that is far off is told by us (``clock_wrong``), in a sentence and once."""

CONNECT_S = 5.0
READ_S = 20.0
ANSWER_MAX = 64 << 20
PIECE = 1 << 16


class Body(Protocol):
    """A request's body that is read in pieces: it has a length, and bytes."""

    def __len__(self) -> int: ...

    def read(self, size: int = -1, /) -> bytes: ...

    def __iter__(self) -> Iterator[bytes]: ...


class Transport:
    """Requests to one server whose certificate must be signed by the pinned authority."""

    def __init__(
        self,
        address: ServerAddress,
        authority: Path,
        *,
        connect_s: float = CONNECT_S,
        read_s: float = READ_S,
    ) -> None:
        self.address = address
        self._authority = authority
        self._connect_s = connect_s
        self._read_s = read_s
        self._lock = threading.Lock()
        self._idle: list[requests.Session] = []
        self._live: weakref.WeakSet[HTTPSConnection] = weakref.WeakSet()
        self._beginning = _Beginning()
        self._closed = False

    def ask(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        body: bytes | Body | None = None,
        wait_s: float = 0.0,
        limit: int = ANSWER_MAX,
        begins: Begins = unheeded,
    ) -> Answer:
        """Send a request and read its whole answer; ``wait_s`` is how long the server may hold it."""
        with self.open(
            method, path, headers=headers, query=query, body=body, wait_s=wait_s, begins=begins
        ) as (head, pieces):
            data = bytearray()
            for piece in pieces:
                data += piece
                if len(data) > limit:
                    raise RetryLater("not_ours", reason="length")
            return Answer(head.status, head.headers, bytes(data))

    @contextmanager
    def open(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        body: bytes | Body | None = None,
        wait_s: float = 0.0,
        begins: Begins = unheeded,
    ) -> Iterator[tuple[Answer, Iterator[bytes]]]:
        """The head of an answer, and its body in pieces while the context lasts."""
        with self._session() as session, self._named_errors():
            self._beginning.call = begins
            response = session.request(
                method,
                self.address.text + path,
                params=query,
                data=body,
                headers=headers,
                timeout=(self._connect_s, self._read_s + wait_s),
                allow_redirects=False,
                stream=True,
            )
            try:
                lower = {name.lower(): value for name, value in response.headers.items()}
                yield Answer(response.status_code, lower), response.iter_content(PIECE)
            finally:
                response.close()

    def close(self) -> None:
        """Break off what is under way and refuse what comes; may be called from any thread."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            live = list(self._live)
        for connection in live:
            sock = connection.sock
            if sock is not None:
                with suppress(OSError):  # not TLS's own: that takes the session from under whoever reads
                    socket.socket.shutdown(sock, socket.SHUT_RDWR)
        for session in idle:
            session.close()

    @contextmanager
    def _session(self) -> Iterator[requests.Session]:
        with self._lock:
            if self._closed:
                raise RetryLater("interrupted")
            session = self._idle.pop() if self._idle else None
        session = session or self._new_session()
        try:
            yield session
        finally:
            with self._lock:
                if not self._closed:
                    self._idle.append(session)
                    session = None
            if session is not None:
                session.close()

    def _new_session(self) -> requests.Session:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(self._authority)
        except OSError as error:  # an SSLError is one: what lies there is no certificate
            raise NeedsPerson("folder_broken", file=self._authority.name) from error
        session = requests.Session()
        session.trust_env = False
        session.verify = str(self._authority)
        session.headers["User-Agent"] = "fieldapp"
        session.mount("https://", _PinnedAdapter(self._note_connection, self._first_byte))
        return session

    def _note_connection(self, connection: HTTPSConnection) -> None:
        with self._lock:
            self._live.add(connection)
            closed = self._closed
        if closed:
            connection.close()
            raise RetryLater("interrupted")

    def _first_byte(self) -> None:
        """Bytes of the request that this thread makes are about to leave."""
        begins, self._beginning.call = self._beginning.call, unheeded
        begins()

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except (OSError, urllib3.exceptions.HTTPError, http.client.HTTPException) as error:
            raise self._name(error) from error

    def _name(self, error: Exception) -> FieldError:
        if self._closed:
            return RetryLater("interrupted")
        server = self.address.text
        causes = list(_causes(error))
        for cause in causes:
            if isinstance(cause, FieldError):
                return cause
            if isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError):
                return tls_failure(cause, server)
        if any(isinstance(c, requests.ReadTimeout | urllib3.exceptions.ReadTimeoutError) for c in causes):
            return RetryLater("timeout", server=server)
        return RetryLater("unreachable", server=server)


class _Beginning(threading.local):
    """What each thread's request wants to hear before its first byte leaves."""

    call: Begins = staticmethod(unheeded)


class _PinnedAdapter(HTTPAdapter):
    """An adapter that tells of every connection it makes, and before it sends anything."""

    def __init__(self, told: Callable[[HTTPSConnection], None], sends: Callable[[], None]) -> None:
        self._told = told
        self._sends = sends
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0, pool_block=False)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """As usual, with our kind of connection."""
        told, sends = self._told, self._sends

        class Connection(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                told(self)

            def send(self, data: Any) -> None:
                if (
                    self.sock is None
                ):  # made here, and not by ``send``: what fails before this has sent nothing
                    self.connect()
                sends()
                super().send(data)

        class Pool(HTTPSConnectionPool):
            ConnectionCls = Connection

        options["socket_options"] = [*HTTPSConnection.default_socket_options, *_noticing_silence()]
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = {"https": Pool}


def _noticing_silence() -> Iterator[tuple[int, int, int]]:
    """Options with which a connection whose other end is gone breaks in about twenty seconds, also while it
    waits for an answer that may take long: a long poll over a dead link must not look like a quiet one."""
    yield (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", 10), ("TCP_KEEPINTVL", 3), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, name):
            yield (socket.IPPROTO_TCP, getattr(socket, name), value)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and everything it stands for: causes, contexts and wrapped reasons, each once."""
    seen: set[int] = set()
    todo: list[object] = [error]
    while todo:
        found = todo.pop()
        if not isinstance(found, BaseException) or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        todo += [found.__cause__, found.__context__, getattr(found, "reason", None), *found.args]
