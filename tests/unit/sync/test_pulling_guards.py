"""Pulling: rows and cursor move together, a mass delete asks first, another epoch is never skipped over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.contract.errors import NeedsPerson, RetryLater
from sync.contract.tables import Stream
from sync.contract.wire import Change, ChangesPage, PushItem, PushReply
from sync.remote.base import Begins, unheeded
from sync.remote.faulty import Fault, FaultyRemote, Kind, scripted
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.outbox import ItemState
from tests.contract.tablet import CITY_ROWS, DEVICE, Tablet, full_row


@pytest.fixture
def central() -> MemoryCentral:
    central = MemoryCentral(page_limit=10)
    for table, row in CITY_ROWS:
        central.put_row(table, row)
    return central


@pytest.fixture
def tablet(data_dir: Path) -> Iterator[Tablet]:
    with Tablet(data_dir) as tablet:
        yield tablet


def fill(central: MemoryCentral, table: str, key: str, number: int) -> None:
    for n in range(number):
        central.put_row(table, full_row(table, **{key: f"{table}-{n:04}"}))


def delete(central: MemoryCentral, table: str, number: int) -> None:
    for n in range(number):
        central.delete_row(table, f"{table}-{n:04}")


def test_first_round_takes_the_snapshot_and_then_only_changes(tablet: Tablet, central: MemoryCentral) -> None:
    fill(central, "permit", "permit_id", 40)
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    engine.round()
    central.put_row("permit", full_row("permit", permit_id="permit-0001", plate="粤B12345"))
    assert engine.round().reference_rows == 1
    assert tablet.reference.counts()["permit"] == 40
    assert [row["permit_id"] for row in tablet.reference.permits("粤B12345")] == ["permit-0001"]


def test_work_rows_arrive_in_pages_and_the_cursor_stands_at_the_end(
    tablet: Tablet, central: MemoryCentral
) -> None:
    fill(central, "blacklist", "entry_id", 35)
    result = tablet.engine(MemoryRemote(central, DEVICE)).round()
    assert result.work_rows == 35 + 3
    cursor = tablet.work.meta.cursor(Stream.WORK)
    assert cursor is not None
    assert MemoryRemote(central, DEVICE).changes(Stream.WORK, cursor.cursor).changes == []


def test_pull_cut_between_pages_goes_on_where_it_stopped(tablet: Tablet, central: MemoryCentral) -> None:
    fill(central, "blacklist", "entry_id", 35)
    script = scripted(Fault(), Fault(Kind.LOSE_REPLY), only="changes")
    engine = tablet.engine(FaultyRemote(MemoryRemote(central, DEVICE), script))
    with pytest.raises(RetryLater):
        engine.round()
    assert tablet.work.city.counts()["blacklist"] == 7
    assert engine.round().work_rows == 28
    assert tablet.work.city.counts()["blacklist"] == 35


@pytest.mark.parametrize(("table", "key"), [("blacklist", "entry_id"), ("permit", "permit_id")])
def test_mass_delete_over_many_pages_stops_and_asks_before_anything_is_deleted(
    tablet: Tablet, central: MemoryCentral, table: str, key: str
) -> None:
    fill(central, table, key, 60)
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    engine.round()
    delete(central, table, 50)
    for _ in range(2):
        with pytest.raises(NeedsPerson, match="mass_delete"):
            engine.round()
        held = tablet.work.city.counts() | tablet.reference.counts()
        assert held[table] == 60


def test_few_deletes_are_applied(tablet: Tablet, central: MemoryCentral) -> None:
    fill(central, "blacklist", "entry_id", 60)
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    engine.round()
    delete(central, "blacklist", 10)
    engine.round()
    assert tablet.work.city.counts()["blacklist"] == 50


def test_mass_delete_that_a_person_agreed_to_is_applied(tablet: Tablet, central: MemoryCentral) -> None:
    fill(central, "blacklist", "entry_id", 60)
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    engine.round()
    delete(central, "blacklist", 50)
    engine.round(deletes_agreed=True)
    assert tablet.work.city.counts()["blacklist"] == 10


def test_new_tablet_is_not_stopped_by_tombstones_of_rows_it_never_had(
    tablet: Tablet, central: MemoryCentral
) -> None:
    fill(central, "blacklist", "entry_id", 60)
    delete(central, "blacklist", 60)
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    assert tablet.work.city.counts()["blacklist"] == 0


def test_snapshot_with_most_rows_gone_is_not_put_in_force(tablet: Tablet, central: MemoryCentral) -> None:
    fill(central, "permit", "permit_id", 60)
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    engine.round()
    delete(central, "permit", 55)
    central.forget_tombstones(Stream.REFERENCE)
    with pytest.raises(NeedsPerson, match="mass_delete"):
        engine.round()
    assert tablet.reference.counts()["permit"] == 60
    engine.refill()
    assert tablet.reference.counts()["permit"] == 5


def test_cursor_gone_on_reference_takes_a_new_snapshot_and_leaves_work_alone(
    tablet: Tablet, central: MemoryCentral
) -> None:
    fill(central, "permit", "permit_id", 60)
    report = tablet.report()
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    engine.round()
    delete(central, "permit", 5)
    central.forget_tombstones(Stream.REFERENCE)
    assert engine.round().work_rows == 0
    assert tablet.reference.counts()["permit"] == 55
    assert tablet.state(report.report_id) is ItemState.SENT


def test_cursor_gone_on_work_compares_everything_and_drops_what_central_has_no_more(
    tablet: Tablet, central: MemoryCentral
) -> None:
    fill(central, "blacklist", "entry_id", 60)
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    engine.round()
    delete(central, "blacklist", 5)
    central.forget_tombstones(Stream.WORK)
    engine.round()
    assert tablet.work.city.counts()["blacklist"] == 55
    assert engine.round().nothing_done


def test_compare_that_would_lose_most_rows_stops_and_asks(tablet: Tablet, central: MemoryCentral) -> None:
    fill(central, "blacklist", "entry_id", 60)
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    engine.round()
    delete(central, "blacklist", 55)
    central.forget_tombstones(Stream.WORK)
    with pytest.raises(NeedsPerson, match="mass_delete"):
        engine.round()
    assert tablet.work.city.counts()["blacklist"] == 60
    engine.round(deletes_agreed=True)
    assert tablet.work.city.counts()["blacklist"] == 5


@pytest.mark.parametrize("epoch", ["epoch2", None])
def test_restored_central_is_offered_again_everything_it_lost_in_the_same_round(
    tablet: Tablet, central: MemoryCentral, epoch: str | None
) -> None:
    backup = central.backup()
    report = tablet.report(b"photo")
    engine = tablet.engine(MemoryRemote(central, DEVICE))
    engine.round()
    central.restore(backup, epoch=epoch)
    engine.round()
    assert list(central.bodies()) == [report.report_id]
    assert central.file(report.photos[0].original.sha256) == b"photo"
    entry = tablet.work.outbox.entry(report.report_id)
    assert entry is not None
    assert entry.receipt is not None
    assert (entry.state, entry.receipt.epoch) == (ItemState.SENT, central.epoch)
    assert tablet.file_states(report.report_id) == [ItemState.SENT]
    assert tablet.work.meta.require_identity().epoch == central.epoch


class CountingRemote(MemoryRemote):
    """Counts how often something was pushed."""

    pushes = 0

    def push(self, items: list[PushItem], begins: Begins = unheeded) -> PushReply:
        self.pushes += 1
        return super().push(items, begins)


@pytest.mark.parametrize("epoch", ["epoch2", None])
def test_what_a_restored_central_lost_goes_again_though_its_deletes_wait_for_a_person(
    tablet: Tablet, central: MemoryCentral, epoch: str | None
) -> None:
    backup = central.backup()
    fill(central, "blacklist", "entry_id", 60)
    report = tablet.report(b"photo")
    remote = CountingRemote(central, DEVICE)
    engine = tablet.engine(remote)
    engine.round()
    central.restore(backup, epoch=epoch)
    with pytest.raises(NeedsPerson, match="mass_delete"):
        engine.round()
    assert tablet.work.city.counts()["blacklist"] == 60
    assert list(central.bodies()) == [report.report_id]
    assert tablet.file_states(report.report_id) == [ItemState.SENT]
    assert remote.pushes == 2
    with pytest.raises(NeedsPerson, match="mass_delete"):
        engine.round()
    assert remote.pushes == 2


class OtherEpoch(MemoryRemote):
    """A central that goes on with an old cursor although it is in another epoch."""

    def changes(self, stream: Stream, cursor: str, *, wait_s: float = 0.0, seen: str = "") -> ChangesPage:
        page = super().changes(stream, cursor, wait_s=wait_s, seen=seen)
        if cursor and stream is Stream.WORK:
            return ChangesPage("epoch9", page.cursor, page.more, page.changes, page.server_time)
        return page


def test_page_of_another_epoch_leads_to_a_compare_and_never_to_a_skip(
    tablet: Tablet, central: MemoryCentral
) -> None:
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    fill(central, "blacklist", "entry_id", 3)
    central.delete_row("officer", "U0001")
    central.forget_tombstones(Stream.WORK)
    tablet.engine(OtherEpoch(central, DEVICE)).round()
    assert tablet.work.city.counts()["blacklist"] == 3
    assert tablet.work.city.officer("U0001") is None


def test_central_whose_epoch_changes_during_a_compare_is_asked_again_later(
    tablet: Tablet, central: MemoryCentral
) -> None:
    fill(central, "blacklist", "entry_id", 30)
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    with pytest.raises(RetryLater, match="server_changing"):
        tablet.engine(OtherEpoch(central, DEVICE)).round()
    assert tablet.work.city.counts()["blacklist"] == 30


def test_damaged_frame_is_fetched_again_and_the_others_are_kept(
    tablet: Tablet, central: MemoryCentral
) -> None:
    fill(central, "permit", "permit_id", 60)
    script = scripted(Fault(Kind.GARBAGE), only="snapshot_frame")
    engine = tablet.engine(FaultyRemote(MemoryRemote(central, DEVICE), script))
    with pytest.raises(RetryLater, match="snapshot_damaged"):
        engine.round()
    engine.round()
    assert tablet.reference.counts()["permit"] == 60


def test_clock_is_compared_with_centrals_in_every_round(tablet: Tablet, central: MemoryCentral) -> None:
    tablet.engine(MemoryRemote(central, DEVICE)).round()
    fix = tablet.work.meta.clock_fix()
    assert fix is not None
    assert fix.boot_id == "boot-1"


class OnlyWhatDiffers(MemoryRemote):
    """A central that takes the tablet for one that holds every row."""

    def changes(self, stream: Stream, cursor: str, *, wait_s: float = 0.0, seen: str = "") -> ChangesPage:
        page = super().changes(stream, cursor, wait_s=wait_s, seen=seen)
        if stream is Stream.WORK or not cursor:
            return page
        told = [Change(c.sequence, c.table, c.id, {"status": "used"}, partial=True) for c in page.changes]
        return ChangesPage(page.epoch, page.cursor, page.more, told, page.server_time)


def test_change_that_tells_only_a_part_of_a_row_that_is_not_here_leads_to_a_fill(
    tablet: Tablet, central: MemoryCentral
) -> None:
    engine = tablet.engine(OnlyWhatDiffers(central, DEVICE))
    engine.round()
    central.put_row("permit", full_row("permit", permit_id="P1", plate="粤B12345", status="used"))
    engine.round()
    assert [row["permit_id"] for row in tablet.reference.permits("粤B12345")] == ["P1"]
