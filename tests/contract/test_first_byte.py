"""When a request begins to leave: after name, connection and certificate, just before its first byte."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.central.authority import Authority, ensure_authority
from sync.contract.errors import FieldError, RetryLater
from sync.remote.address import parse_address
from sync.remote.transport import Transport
from tests.contract.strange_server import Script, StrangeServer, always, answer, read_request

WELL = answer("200 OK", b"{}", "Content-Type: application/json")
SILENCE_S, PATIENT_S = 0.3, 60.0
"""How long a client waits here for what never comes, and for what does."""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return ensure_authority(tmp_path_factory.mktemp("authority"), ("127.0.0.1",), datetime.now(UTC))


@contextmanager
def silent_port() -> Iterator[str]:
    """Somebody who takes connections and says nothing, ever."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"


@contextmanager
def closed_port() -> Iterator[str]:
    """Where nobody listens, and nobody else begins to meanwhile."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"https://127.0.0.1:{taken.getsockname()[1]}"


def began(url: str, authority: Path, *, times: int = 1, wait_s: float = PATIENT_S) -> tuple[int, str]:
    """How often a request began to leave in so many tries, and the code of the last one's error."""
    transport = Transport(parse_address(url), authority, connect_s=wait_s, read_s=wait_s)
    told: list[None] = []
    code = ""
    try:
        for _ in range(times):
            transport.ask("POST", "/v1/push", body=b"a record", begins=lambda: told.append(None))
    except FieldError as error:
        code = error.code
    finally:
        transport.close()
    return len(told), code


def test_nothing_leaves_where_nobody_listens_answers_or_is_found(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closed_port() as url:
        assert began(url, authority.pem_path) == (0, "unreachable")
    with silent_port() as url:
        assert began(url, authority.pem_path, wait_s=SILENCE_S) == (0, "timeout")

    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert began("https://central.invalid", authority.pem_path) == (0, "unreachable")


def test_nothing_leaves_for_a_server_that_is_another(authority: Authority, tmp_path: Path) -> None:
    other = ensure_authority(tmp_path, ("127.0.0.1",), datetime.now(UTC))
    asked: list[bytes] = []
    with StrangeServer(other, lambda peer: asked.append(read_request(peer))) as server:
        assert began(server.url, authority.pem_path) == (0, "server_identity")
    assert asked == []


def hang_up(peer: socket.socket) -> None:
    """The request is read, and no answer given."""
    read_request(peer)  # type: ignore[arg-type]


@pytest.mark.parametrize(("script", "code"), [(always(WELL), ""), (hang_up, "unreachable")])
def test_request_that_is_read_has_begun_once(authority: Authority, script: Script, code: str) -> None:
    with StrangeServer(authority, script) as server:
        assert began(server.url, authority.pem_path) == (1, code)


def test_request_over_a_connection_kept_open_begins_too(authority: Authority) -> None:
    def twice(peer: socket.socket) -> None:
        for _ in range(2):
            read_request(peer)  # type: ignore[arg-type]
            peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    with StrangeServer(authority, twice) as server:
        assert began(server.url, authority.pem_path, times=2) == (2, "")
        assert server.connections == 1


def test_what_is_raised_before_the_first_byte_is_raised_as_it_is_and_nothing_arrives(
    authority: Authority,
) -> None:
    asked: list[bytes] = []

    def no() -> None:
        raise RetryLater("interrupted")

    with StrangeServer(authority, lambda peer: asked.append(read_request(peer))) as server:
        transport = Transport(parse_address(server.url), authority.pem_path)
        with pytest.raises(RetryLater, match="interrupted"):
            transport.ask("POST", "/v1/push", body=b"a record", begins=no)
        transport.close()
    assert b"".join(asked) == b""  # the server may also find the connection reset
