"""A photo on its way over real HTTP stops in its middle for a pause and goes on from where central has it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from sync.central.store.store import put_row
from sync.contract.errors import RetryLater
from sync.contract.wire import FileAnswer, FileOffer
from sync.leash import Leash
from sync.remote.base import Progress
from sync.remote.http import HttpRemote
from sync.replica.meta import Identity
from sync.replica.outbox import ItemState
from tests.contract.central_device import DeviceUnderTest
from tests.contract.central_server import CentralUnderTest
from tests.contract.tablet import CITY_ROWS, Tablet

SIZE = 6_000_000
STOP_AT = 2_500_000
AT_REST = 1_000_000


class StoppingLeash(Leash):
    """Stops the file once so many bytes were read of it and the most of them have come to rest at central, as
    a pause in the middle of a request does."""

    read = 0

    def __init__(self, parts: Path) -> None:
        super().__init__()
        self._parts = parts

    def require_free(self, file: FileOffer) -> None:
        super().require_free(file)
        if self.read > STOP_AT:
            while sum(part.stat().st_size for part in self._parts.iterdir()) <= AT_REST:
                threading.Event().wait(0.01)
            raise RetryLater("interrupted")


class StoppedRemote(HttpRemote):
    """Reads the file to be sent through such a leash, once."""

    leash: StoppingLeash | None = None
    told: int = 0

    def upload(self, file: FileOffer, answer: FileAnswer, source: BinaryIO, progress: Progress) -> None:
        if (leash := self.leash) is None:
            super().upload(file, answer, source, progress)
            return
        self.leash = None
        leashed = leash.put_on(file, source)
        real = leashed.read

        def counted(size: int = -1) -> bytes:
            data = real(size)
            leash.read += len(data)
            return data

        leashed.read = counted  # type: ignore[method-assign]
        super().upload(file, answer, leashed, progress)


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralUnderTest]:
    with CentralUnderTest(tmp_path / "central") as running:
        with running.central.store.writing() as db:
            for table, row in CITY_ROWS:
                put_row(db, table, row)
        yield running


def test_a_request_stopped_in_its_middle_loses_no_byte_and_no_connection_to_the_rest(
    central: CentralUnderTest, data_dir: Path
) -> None:
    device = DeviceUnderTest.of(central)
    device.close()
    given = device.enrolled
    identity = Identity(
        device.url,
        given.device_id,
        device.key.private_bytes_raw().hex(),
        given.token,
        given.epoch,
        given.city,
        given.signing_key,
    )
    remote = StoppedRemote(identity, central.authority_pem)
    with Tablet(data_dir, device_id=device.device_id) as tablet:
        with tablet.work.act():
            tablet.work.meta.set_identity(identity)
        data = bytes(range(256)) * (SIZE // 256)
        report = tablet.report(data)
        remote.leash = StoppingLeash(central.central.settings.uploads)
        engine = tablet.engine(remote)
        with pytest.raises(RetryLater, match="interrupted"):
            engine.round()
        offer = tablet.work.uploads.of_record(report.report_id)[0].file
        begun = remote.offer([offer])[0].offset
        assert AT_REST < begun <= STOP_AT + 65_536
        engine.round()
        assert tablet.file_states(report.report_id) == [ItemState.SENT]
        assert b"".join(remote.photo(offer.sha256)) == data
    remote.close()
