"""The disk fills up while a snapshot is unpacked: said plainly, the replica works, the next fill succeeds."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.contract.errors import NeedsPerson
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica import unpacking
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet, full_row

PLATE = "粤B12345"


@pytest.fixture
def central() -> MemoryCentral:
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    central.put_row("permit", full_row("permit", permit_id="P1", plate=PLATE, status="active"))
    return central


@pytest.fixture
def tablet(data_dir: Path, central: MemoryCentral) -> Iterator[Tablet]:
    with Tablet(data_dir) as tablet:
        tablet.engine(MemoryRemote(central, DEVICE)).round()
        yield tablet


class FullDisk:
    """``os`` as the unpacking sees it, on a disk that takes no more."""

    def __init__(self, fails: str) -> None:
        self._fails = fails

    def __getattr__(self, name: str) -> object:
        if name == self._fails:
            return self._refuse
        return getattr(os, name)

    def _refuse(self, *_given: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", ["open", "pread", "fsync"])
def test_disk_that_fills_up_during_unpacking_leaves_the_replica_and_the_next_fill_succeeds(
    tablet: Tablet, central: MemoryCentral, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    name = tablet.reference.name
    central.put_row("permit", full_row("permit", permit_id="P2", plate=PLATE, status="active"))
    with monkeypatch.context() as full:
        full.setattr(unpacking, "os", FullDisk(step))
        with pytest.raises(NeedsPerson, match="disk_full"):
            tablet.engine(MemoryRemote(central, DEVICE)).refill()
    assert tablet.reference.name == name
    assert [row["permit_id"] for row in tablet.reference.permits(PLATE)] == ["P1"]
    assert not list(tablet.folder.reference.glob("*.new"))

    tablet.engine(MemoryRemote(central, DEVICE)).refill()
    assert [row["permit_id"] for row in tablet.reference.permits(PLATE)] == ["P1", "P2"]


def test_disk_without_room_for_the_city_is_said_before_a_byte_is_fetched(
    tablet: Tablet, central: MemoryCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Counting(MemoryRemote):
        fetched = 0

        def snapshot_frame(self, manifest, frame):  # type: ignore[no-untyped-def]
            self.fetched += 1
            return super().snapshot_frame(manifest, frame)

    remote = Counting(central, DEVICE)
    usage = type("Usage", (), {"free": 1})()
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage)
    with pytest.raises(NeedsPerson, match="disk_full"):
        tablet.engine(remote).refill()
    assert remote.fetched == 0
