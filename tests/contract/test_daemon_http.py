"""The daemon over real HTTP: the server goes and comes back, dispatches arrive, nothing hangs at the end."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from sync.central.attachments import take_in
from sync.central.authority import ensure_authority
from sync.central.store.store import put_row
from sync.clock import SystemClock
from sync.control import ControlClient, Message
from sync.daemon import Daemon
from sync.enrol import Enrolled, enrol
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore
from sync.vault import Vault
from tests.contract.central_server import CentralUnderTest
from tests.contract.strange_server import StrangeServer, read_request

CLOCK = SystemClock()


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralUnderTest]:
    with CentralUnderTest(tmp_path / "central") as running:
        yield running


@pytest.fixture
def tablet(tmp_path: Path, central: CentralUnderTest) -> tuple[DataFolder, Enrolled]:
    folder = DataFolder(tmp_path / "tablet")
    return folder, enrol(folder, central.url, central.enrol_code(), "tablet", CLOCK, vault=Vault(folder))


@contextmanager
def _running(folder: DataFolder, key: bytes) -> Iterator[ControlClient]:
    daemon = Daemon(folder, CLOCK, find_key=lambda: key)
    ready = threading.Event()
    thread = threading.Thread(target=daemon.run, args=(ready.set,))
    thread.start()
    assert ready.wait(60)
    try:
        with ControlClient(folder, answer_s=60) as client:
            state = client.ask("subscribe")["state"]
            client._early.appendleft({"event": "state", **state})  # its first round may be over already
            yield client
    finally:
        daemon.stop()
        thread.join(60)
        assert not thread.is_alive(), "the daemon did not stop"


def _wait(client: ControlClient, wanted: Callable[[Message], bool]) -> Message:
    for event in client.events(wait_s=60):
        if wanted(event):
            return event
    raise AssertionError("the daemon hung up")


def _link(state: str) -> Callable[[Message], bool]:
    return lambda event: event["event"] == "state" and event["link"] == state and not event["busy"]


def test_the_server_goes_and_comes_back_and_the_daemon_notices_both(
    central: CentralUnderTest, tablet: tuple[DataFolder, Enrolled]
) -> None:
    folder, enrolled = tablet
    with _running(folder, enrolled.key) as client:
        _wait(client, _link("online"))
        central.stop()
        assert _wait(client, _link("offline"))["code"] in ("unreachable", "timeout")
        central.start()
        _wait(client, _link("online"))


def test_what_changes_at_central_arrives_by_itself(
    central: CentralUnderTest, tablet: tuple[DataFolder, Enrolled]
) -> None:
    folder, enrolled = tablet
    with _running(folder, enrolled.key) as client:
        _wait(client, _link("online"))
        with central.central.store.writing() as db:
            row = {"officer_id": "G1001", "name": "新名字", "role": "grid_worker", "squad": "", "active": 1}
            put_row(db, "officer", row)
        _wait(client, lambda event: "officer" in event.get("tables", []))
        store = WorkStore(folder, enrolled.key)
        found = store.city.officer("G1001")
        assert found is not None
        assert found["name"] == "新名字"
        store.close()


def test_a_token_renewed_in_a_round_is_kept_for_the_next_start(
    central: CentralUnderTest, tablet: tuple[DataFolder, Enrolled]
) -> None:
    folder, enrolled = tablet
    store = WorkStore(folder, enrolled.key)
    with store.act():
        store.meta.set_token("0" * 64)
    with _running(folder, enrolled.key) as client:
        client.round()
    token = store.meta.require_identity().token
    assert token not in ("0" * 64, enrolled.identity.token)
    store.close()


def test_a_daemon_whose_server_is_silent_stops_all_the_same(
    tmp_path: Path, central: CentralUnderTest
) -> None:
    folder = DataFolder(tmp_path / "tablet")
    enrolled = enrol(folder, central.url, central.enrol_code(), "tablet", CLOCK, vault=Vault(folder))
    authority = ensure_authority(tmp_path / "authority", ("127.0.0.1",), datetime.now(UTC))
    asked, released = threading.Event(), threading.Event()

    def silent(peer: ssl.SSLSocket) -> None:
        read_request(peer)
        asked.set()
        released.wait()

    with StrangeServer(authority, silent) as server:
        folder.authority.write_bytes(authority.pem_path.read_bytes())
        store = WorkStore(folder, enrolled.key)
        with store.act():
            store.meta.set_identity(msgspec.structs.replace(enrolled.identity, server=server.url))
        store.close()
        with _running(folder, enrolled.key):
            assert asked.wait(60)
        released.set()


def test_photo_command_sent_along_is_fetched_by_its_hash(
    tmp_path: Path, central: CentralUnderTest, tablet: tuple[DataFolder, Enrolled]
) -> None:
    folder, enrolled = tablet
    photo = tmp_path / "from command.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 1000 + b"\xff\xd9")
    (taken,) = take_in(central.central, [photo], [])
    with _running(folder, enrolled.key) as client:
        _wait(client, _link("online"))
        client.ask("fetch", sha256=taken.original.sha256)
        assert _wait(client, lambda event: event["event"] == "fetched")["code"] == ""
        client.ask("fetch", sha256="0" * 64)
        assert _wait(client, lambda event: event["event"] == "fetched")["code"] == "photo_unknown"
    assert folder.fetched_file(taken.original.sha256).read_bytes() == photo.read_bytes()
