"""The remote contract kept by HTTP against a real central, plainly and over a bad link with retries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.central.store.feed import Place, make_cursor
from sync.central.store.store import delete_row, put_row
from sync.contract.tables import Row, Stream
from sync.remote.base import Remote
from sync.remote.faulty import Fault, FaultyRemote, Kind
from sync.remote.http import HttpRemote
from sync.replica.meta import Identity
from tests.contract.central_device import DeviceUnderTest
from tests.contract.central_server import CentralUnderTest
from tests.contract.remote_contract import RemoteContract
from tests.contract.remote_side import Side
from tests.contract.test_remote_memory import Patient, every_other


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralUnderTest]:
    with CentralUnderTest(tmp_path_factory.mktemp("central")) as running:
        yield running


class HttpSide:
    """A newly enrolled device of a real central."""

    foreign_cursor = make_cursor(Place("f" * 16, 1, 1, 1, ""))

    def __init__(self, central: CentralUnderTest) -> None:
        self.central = central
        device = DeviceUnderTest.of(central)
        given = device.enrolled
        device.close()
        self.device_id = given.device_id
        key = device.key.private_bytes_raw().hex()
        identity = Identity(
            central.url, given.device_id, key, given.token, given.epoch, given.city, given.signing_key
        )
        self.http = HttpRemote(identity, central.authority_pem)
        self.remote: Remote = self.http

    def put(self, table: str, *rows: Row) -> None:
        with self.central.central.store.writing() as db:
            for row in rows:
                put_row(db, table, row)

    def delete(self, table: str, *keys: str) -> None:
        with self.central.central.store.writing() as db:
            for key in keys:
                delete_row(db, table, key)

    def forget_tombstones(self, stream: Stream) -> None:
        self.central.central.feed.forget_tombstones(stream, self.central.central.store.head())

    def offer_map(self, file: Path) -> None:
        self.central.central.maps.put(file)

    def withdraw_map(self) -> None:
        self.central.central.maps.remove()

    def look_ups(self, plate: str) -> list[tuple[str, str]]:
        page = self.central.central.lookups.page(plate)
        return [(str(row["lookup_id"]), str(row["answer"])) for row in page.lookups]


class TestHttp(RemoteContract):
    """HTTP and central themselves."""

    @pytest.fixture
    def side(self, central: CentralUnderTest) -> Iterator[Side]:
        side = HttpSide(central)
        yield side
        side.http.close()


class TestHttpLosingReplies(RemoteContract):
    """Every answer to a push or an offer is lost once."""

    @pytest.fixture
    def side(self, central: CentralUnderTest) -> Iterator[Side]:
        side = HttpSide(central)
        lossy = every_other(Kind.LOSE_REPLY)
        side.remote = Patient(
            FaultyRemote(side.http, lambda call: lossy(call) if call in ("push", "offer") else Fault())
        )
        yield side
        side.http.close()
