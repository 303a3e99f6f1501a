"""Revocations and the blacklist travel before the rest: before photos, and before and during a long fill."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.contract.errors import RetryLater
from sync.contract.wire import Frame, PushItem, PushReply, SnapshotManifest
from sync.remote.base import Begins, unheeded
from sync.remote.memory import MemoryCentral, MemoryRemote
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet, full_row

PLATE = "粤B12345"


def permit(status: str, reason: str = "") -> dict[str, str | int | float | None]:
    return full_row("permit", permit_id="P1", plate=PLATE, status=status, reason=reason)


@pytest.fixture
def central() -> MemoryCentral:
    central = MemoryCentral()
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    central.put_row("permit", permit("active"))
    return central


@pytest.fixture
def tablet(data_dir: Path, central: MemoryCentral) -> Iterator[Tablet]:
    with Tablet(data_dir) as tablet:
        tablet.engine(MemoryRemote(central, DEVICE)).round()
        central.put_row("permit", permit("revoked", "撒漏"))
        central.put_row("blacklist", full_row("blacklist", entry_id="B1", subject=PLATE, level=3))
        yield tablet


def knows(tablet: Tablet) -> bool:
    """Whether nobody at this tablet would be told that the truck may drive."""
    found = tablet.reference.permits(PLATE)
    listed = tablet.work.city.blacklist([PLATE])
    return [(row["status"], row["reason"]) for row in found] == [("revoked", "撒漏")] and len(listed) == 1


class NoPush(MemoryRemote):
    """A link too poor for anything large."""

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        raise RetryLater("unreachable")

    def snapshot_frame(self, manifest: SnapshotManifest, frame: Frame) -> Iterator[bytes]:
        raise RetryLater("unreachable")


def test_stale_tablet_hears_of_revocations_before_it_sends_anything(
    tablet: Tablet, central: MemoryCentral
) -> None:
    tablet.report(b"photo")
    tablet.clock.advance(3600)
    with pytest.raises(RetryLater):
        tablet.engine(NoPush(central, DEVICE)).round()
    assert knows(tablet)


def test_fill_that_does_not_come_through_has_brought_the_revocations(
    tablet: Tablet, central: MemoryCentral
) -> None:
    name = tablet.reference.name
    with pytest.raises(RetryLater):
        tablet.engine(NoPush(central, DEVICE)).refill()
    assert tablet.reference.name == name
    assert knows(tablet)


class Slow(MemoryRemote):
    """A frame takes minutes, and the permit is revoked only while it is on its way."""

    tablet: Tablet
    seen: bool = False

    def snapshot_frame(self, manifest: SnapshotManifest, frame: Frame) -> Iterator[bytes]:
        self._central.put_row("permit", full_row("permit", permit_id="P2", plate="粤B2", status="void"))
        self.tablet.clock.advance(300)
        return super().snapshot_frame(manifest, frame)


def test_revocation_during_a_long_fill_is_in_the_replica_at_its_end(
    tablet: Tablet, central: MemoryCentral
) -> None:
    central.put_row("permit", full_row("permit", permit_id="P2", plate="粤B2", status="active"))
    remote = Slow(central, DEVICE)
    remote.tablet = tablet
    tablet.engine(remote).refill()
    assert [row["status"] for row in tablet.reference.permits("粤B2")] == ["void"]
    assert knows(tablet)


def test_only_what_was_taken_away_since_is_told(central: MemoryCentral) -> None:
    remote = MemoryRemote(central, DEVICE)
    central.put_row("permit", permit("revoked", "撒漏"))
    told = remote.urgent(central.epoch, 0)
    assert told.permits == [("P1", "revoked", "撒漏")]
    assert remote.urgent(central.epoch, told.sequence).permits == []
    assert remote.urgent("another", told.sequence).permits == told.permits
