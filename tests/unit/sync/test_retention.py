"""Photo files leave the tablet when central has had all of a record for long enough, and never for less."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.contract.records import Lane, RecordType, Report
from sync.contract.wire import FileOffer, Receipt
from sync.originals import verify_originals
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.outbox import Entry, ItemState, StoredRecord
from sync.replica.uploads import Upload
from sync.retention import LetGo, may_leave, sweep
from tests.contract.tablet import CITY_ROWS, DEVICE, MORNING, Tablet

LANES = (Lane.ORIGINAL, Lane.THUMBNAIL, Lane.STAMPED)
DAYS = 30
DAY_S = 86_400.0


class Desk:
    """A tablet whose central has the same time."""

    def __init__(self, root: Path) -> None:
        self.tablet = Tablet(root)
        self.central = MemoryCentral(now=lambda: self.tablet.clock.now())
        for table, row in CITY_ROWS:
            self.central.put_row(table, row)
        with self.tablet.work.act():
            identity = msgspec.structs.replace(
                self.tablet.work.meta.require_identity(), epoch=self.central.epoch
            )
            self.tablet.work.meta.set_identity(identity)

    def round(self) -> None:
        self.tablet.engine(MemoryRemote(self.central, DEVICE)).round()

    def sweep(self, days: int = DAYS) -> int:
        return sweep(self.tablet.work, self.tablet.clock, days).files

    def here(self, report: Report) -> set[Lane]:
        files = [file for photo in report.photos for file in photo.files]
        return {f.lane for f in files if self.tablet.folder.file(f.sha256, f.media_type, f.lane).exists()}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.tablet.close()


@pytest.mark.faults(23)
def test_full_size_files_leave_after_the_days_and_the_thumbnail_stays(
    desk: Desk, tally: Callable[..., None]
) -> None:
    report = desk.tablet.report(b"one", b"two", lanes=LANES)
    original = desk.tablet.path_of(b"one")
    side = original.with_name(f"{original.stem}.0198c0de-0000-7000-8000-000000000001.side")
    side.write_bytes(b"what it is")
    desk.round()
    desk.tablet.clock.advance(DAYS * DAY_S - 60)
    desk.round()
    assert desk.sweep() == 0
    desk.tablet.clock.advance(120)
    desk.round()
    assert desk.sweep() == 4
    assert desk.here(report) == {Lane.THUMBNAIL}
    assert not side.exists()
    verified = verify_originals(desk.tablet.work)
    assert (verified.let_go, verified.findings) == (2, [])
    assert desk.sweep() == 0
    tally(runs=1, note="copies kept for the days chosen, then let go")


def test_nothing_of_a_record_leaves_while_one_of_its_files_has_no_receipt(desk: Desk) -> None:
    report = desk.tablet.report(b"one", b"two", lanes=LANES)
    desk.round()
    waiting = desk.tablet.work.uploads.of_record(report.report_id)[0].file
    desk.tablet.clock.advance(2 * DAYS * DAY_S)
    desk.round()
    with desk.tablet.work.act():
        desk.tablet.work.uploads.put_back(waiting, "")
    assert desk.sweep() == 0
    assert desk.here(report) == set(LANES)


def test_bytes_that_something_else_still_needs_stay(desk: Desk) -> None:
    desk.tablet.report(b"same")
    desk.round()
    desk.tablet.clock.advance(2 * DAYS * DAY_S)
    later = desk.tablet.report(b"same")
    desk.round()
    assert desk.sweep() == 0
    assert desk.here(later) == {Lane.ORIGINAL}


def test_files_no_record_names_are_left_alone(desk: Desk) -> None:
    path = desk.tablet.folder.file("ab" * 32, "image/jpeg")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"of a draft")
    desk.round()
    desk.tablet.clock.advance(2 * DAYS * DAY_S)
    desk.round()
    assert desk.sweep() == 0
    assert path.exists()


@pytest.mark.faults(14)
@pytest.mark.parametrize("years", [20, -20])
def test_a_clock_that_jumps_lets_nothing_go(desk: Desk, years: int, tally: Callable[..., None]) -> None:
    report = desk.tablet.report(b"one")
    desk.round()
    desk.tablet.clock.set(years * 365 * DAY_S, 0.0, "boot-1")
    assert desk.sweep() == 0
    desk.tablet.clock.set(0.0, 5.0, "boot-2")
    assert desk.sweep() == 0
    assert desk.here(report) == {Lane.ORIGINAL}
    tally(runs=1, note="retention under a clock that jumps")


@pytest.mark.faults(16)
def test_a_central_whose_clock_is_wrong_lets_nothing_go(desk: Desk, tally: Callable[..., None]) -> None:
    report = desk.tablet.report(b"one")
    desk.round()
    central_now = desk.central._now
    desk.central._now = lambda: central_now() + timedelta(days=4000)
    desk.round()
    desk.tablet.report()  # a push brings central's time along
    desk.round()
    assert desk.sweep() == 0
    assert desk.here(report) == {Lane.ORIGINAL}
    tally(runs=1, note="retention under a central that is years ahead")


@pytest.mark.faults(23)
def test_receipts_of_another_epoch_let_nothing_go(desk: Desk, tally: Callable[..., None]) -> None:
    report = desk.tablet.report(b"one")
    desk.round()
    desk.tablet.clock.advance(2 * DAYS * DAY_S)
    desk.round()
    with desk.tablet.work.act():
        desk.tablet.work.meta.set_epoch("another")
    assert desk.sweep() == 0
    assert desk.here(report) == {Lane.ORIGINAL}
    tally(runs=1, note="copies kept when central's epoch changed")


def test_what_left_is_noted(desk: Desk) -> None:
    desk.tablet.report(b"one")
    desk.round()
    desk.tablet.clock.advance(2 * DAY_S)
    desk.round()
    assert sweep(desk.tablet.work, desk.tablet.clock, 1) == LetGo(1, 3)
    kinds = [row[0] for row in desk.tablet.work._db.execute("SELECT kind FROM event").fetchall()]
    assert kinds.count("let_go") == 1


NOW = MORNING + timedelta(days=100)
RECORD = StoredRecord("r", RecordType.REPORT, "r", "W", 1, MORNING, "{}", "b" * 64)
_states = st.sampled_from([state for state in ItemState if state is not ItemState.DRAFT])


def _receipts(name: str, sha256: str) -> st.SearchStrategy[Receipt | None]:
    return st.none() | st.builds(
        Receipt,
        st.sampled_from([name, "x"]),
        st.sampled_from([sha256, "f" * 64]),
        st.just(1),
        st.integers(0, 60).map(lambda days: NOW - timedelta(days=days)),
        st.sampled_from(["now", "before"]),
    )


@given(
    st.tuples(_states, _receipts("r", "b" * 64)),
    st.lists(st.tuples(_states, _receipts("a" * 64, "a" * 64)), max_size=4),
    st.integers(1, 60),
)
def test_files_leave_only_when_every_part_has_its_own_old_receipt(
    record: tuple[ItemState, Receipt | None], files: list[tuple[ItemState, Receipt | None]], days: int
) -> None:
    entry = Entry(RECORD, record[0], "", 0, "", "", {}, record[1])
    uploads = [
        Upload(FileOffer("a" * 64, 3, "image/jpeg", Lane.ORIGINAL, "r", slot), state, 3, 1, "", "", receipt)
        for slot, (state, receipt) in enumerate(files)
    ]
    leaves = may_leave(entry, uploads, epoch="now", now=NOW, keep_days=days)
    names = [("r", "b" * 64), *[("a" * 64, "a" * 64)] * len(files)]
    good = [
        state is ItemState.SENT
        and receipt is not None
        and (receipt.id, receipt.sha256, receipt.epoch) == (*name, "now")
        and NOW - receipt.received_at >= timedelta(days=days)
        for name, (state, receipt) in zip(names, [record, *files], strict=True)
    ]
    assert leaves == all(good)
