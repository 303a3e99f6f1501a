"""The same over real HTTP: an engine, a real central, a bad link between, and central stopped meanwhile."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.central.store.store import put_row
from sync.contract.errors import RetryLater
from sync.contract.records import Lane
from sync.remote.base import Remote
from sync.remote.faulty import Fault, FaultyRemote, Kind, by_chance, scripted
from sync.remote.http import HttpRemote
from sync.replica.meta import Identity
from sync.replica.outbox import ItemState
from tests.contract.central_device import DeviceUnderTest
from tests.contract.central_server import CentralUnderTest
from tests.contract.remote_side import once_written
from tests.contract.tablet import CITY_ROWS, Tablet


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralUnderTest]:
    with CentralUnderTest(tmp_path / "central", permits=50) as running:
        with running.central.store.writing() as db:
            for table, row in CITY_ROWS:
                put_row(db, table, row)
        yield running


@pytest.fixture
def device(central: CentralUnderTest) -> DeviceUnderTest:
    device = DeviceUnderTest.of(central)
    device.close()
    return device


@pytest.fixture
def tablet(device: DeviceUnderTest, data_dir: Path) -> Iterator[Tablet]:
    with Tablet(data_dir, device_id=device.device_id) as tablet:
        with tablet.work.act():
            tablet.work.meta.set_identity(identity_of(device))
        yield tablet


@pytest.fixture
def remote(central: CentralUnderTest, device: DeviceUnderTest) -> Iterator[HttpRemote]:
    remote = HttpRemote(identity_of(device), central.authority_pem)
    yield remote
    remote.close()


def identity_of(device: DeviceUnderTest) -> Identity:
    given = device.enrolled
    key = device.key.private_bytes_raw().hex()
    return Identity(device.url, given.device_id, key, given.token, given.epoch, given.city, given.signing_key)


def count(central: CentralUnderTest, sql: str, *values: str) -> int:
    with central.central.store.reading() as db:
        return int(db.execute(sql, values).fetchone()[0])


def go_on_until_done(tablet: Tablet, remote: Remote, most: int = 300) -> None:
    engine = tablet.engine(remote)
    for _ in range(most):
        try:
            engine.round()
        except RetryLater:
            continue
        if tablet.work.outbox.pending()[0] == 0 and tablet.work.uploads.pending().bytes == 0:
            return
    raise AssertionError("not done")


@pytest.mark.parametrize("seed", range(3))
def test_everything_arrives_exactly_once_at_a_real_central_over_a_bad_link(
    tablet: Tablet, remote: HttpRemote, central: CentralUnderTest, seed: int
) -> None:
    chance = random.Random(seed)
    reports = [
        tablet.report(
            *(chance.randbytes(chance.randrange(1, 700_000)) for _ in range(3)),
            lanes=(Lane.ORIGINAL, Lane.THUMBNAIL),
        )
        for _ in range(4)
    ]
    go_on_until_done(tablet, FaultyRemote(remote, by_chance(chance, 0.3)))
    for report in reports:
        entry = tablet.work.outbox.entry(report.report_id)
        assert entry is not None
        same = "SELECT count(*) FROM op WHERE record_id = ? AND status = 'done' AND body = ?"
        assert count(central, same, report.report_id, entry.record.body) == 1
        for photo in report.photos:
            for file in photo.files:
                path = tablet.folder.file(file.sha256, file.media_type, file.lane)
                assert b"".join(remote.photo(file.sha256)) == path.read_bytes()
    assert count(central, "SELECT count(*) FROM op") == 4
    assert tablet.reference.counts()["permit"] == 50


def test_upload_cut_by_central_stopping_goes_on_after_it_started_again(
    tablet: Tablet, remote: HttpRemote, central: CentralUnderTest
) -> None:
    data = random.Random(3).randbytes(2_000_000)
    report = tablet.report(data)
    cut = FaultyRemote(remote, scripted(Fault(Kind.CUT, at=900_000), only="upload"))
    with pytest.raises(RetryLater):
        tablet.engine(cut).round()
    offer = tablet.work.uploads.of_record(report.report_id)[0].file
    once_written(remote, offer)
    central.stop()
    with pytest.raises(RetryLater):
        tablet.engine(remote).round()
    central.start()
    sha256 = report.photos[0].original.sha256
    begun = remote.offer([offer])[0].offset
    assert 0 < begun <= 900_000
    told: list[int] = []

    class Noting:
        def records(self, ids: object) -> None: ...
        def tables(self, names: object) -> None: ...
        def fill(self, done: int, total: int) -> None: ...
        def progress(self, record_id: str, sha256: str, sent: int, total: int) -> None:
            told.append(sent)

    tablet.engine(remote, Noting()).round()
    assert min(told) >= begun
    assert tablet.file_states(report.report_id) == [ItemState.SENT]
    assert b"".join(remote.photo(sha256)) == data
