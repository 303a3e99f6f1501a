"""During a long fill, what is urgent is asked for about once a minute, not with every run of frames."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync import runs
from sync.contract.wire import Frame, SnapshotManifest, Urgent
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica import packing
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet


class Minutes(MemoryRemote):
    """A link on which every request of frames takes so many seconds; counts the urgent requests in a fill."""

    tablet: Tablet
    seconds: float = 0.0
    requests: int = 0
    urgent_at: list[float]

    def urgent(self, epoch: str, after: int) -> Urgent:
        self.urgent_at.append(self.tablet.clock.monotonic())
        return super().urgent(epoch, after)

    def snapshot_frame(self, manifest: SnapshotManifest, frame: Frame) -> Iterator[bytes]:
        self.requests += 1
        self.tablet.clock.advance(self.seconds)
        return super().snapshot_frame(manifest, frame)


@pytest.fixture
def tablet(data_dir: Path) -> Iterator[Tablet]:
    with Tablet(data_dir) as tablet:
        yield tablet


@pytest.fixture
def central() -> MemoryCentral:
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    return central


@pytest.mark.parametrize(("seconds", "every"), [(5.0, 13), (25.0, 3), (70.0, 1)])
def test_urgent_is_asked_for_about_once_a_minute_of_a_long_fill(
    tablet: Tablet, central: MemoryCentral, monkeypatch: pytest.MonkeyPatch, seconds: float, every: int
) -> None:
    monkeypatch.setattr(packing, "RAW_FRAME", 4096)
    monkeypatch.setattr(runs, "RUN_BYTES", 1)
    remote = Minutes(central, DEVICE)
    remote.tablet, remote.urgent_at = tablet, []
    tablet.engine(remote).round()
    remote.urgent_at.clear()
    remote.requests, remote.seconds = 0, seconds
    tablet.engine(remote).refill()
    assert remote.requests > 13
    assert len(remote.urgent_at) - 1 == remote.requests // every  # the first is before the fill begins
