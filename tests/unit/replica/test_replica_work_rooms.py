"""The rooms of the work store: outbox, uploads, drafts, identity, clock, cursors, what central told."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.contract.errors import NeedsPerson
from sync.contract.lifecycle import ActKind
from sync.contract.records import ClockState, Lane
from sync.contract.tables import Stream
from sync.contract.wire import Change, Receipt
from sync.replica.drafts import Draft, SavedPhoto
from sync.replica.meta import CursorAt
from sync.replica.outbox import ItemState
from tests.contract.tablet import MORNING, OFFICER, Tablet, full_row, photo_of

LANES = (Lane.ORIGINAL, Lane.THUMBNAIL, Lane.STAMPED)


@pytest.fixture
def tablet(data_dir: Path) -> Iterator[Tablet]:
    with Tablet(data_dir) as tablet:
        yield tablet


def receipt(record_id: str, sha256: str = "a" * 64, epoch: str = "epoch1") -> Receipt:
    return Receipt(record_id, sha256, 7, MORNING, epoch)


def test_record_number_grows_by_one_and_a_failed_act_leaves_no_gap_and_no_half(tablet: Tablet) -> None:
    first = tablet.report()
    with suppress(ZeroDivisionError), tablet.work.act():
        tablet.work.meta.next_device_seq()
        raise ZeroDivisionError
    second = tablet.report()
    assert (first.stamp.device_seq, second.stamp.device_seq) == (1, 2)
    assert len(tablet.work.outbox.entries()) == 2


def test_entries_are_paged_newest_first(tablet: Tablet) -> None:
    reports = [tablet.report() for _ in range(5)]
    first = tablet.work.outbox.entries(limit=2)
    rest = tablet.work.outbox.entries(after_seq=first[-1].record.device_seq)
    assert [e.record.record_id for e in first + rest] == [r.report_id for r in reversed(reports)]


def test_first_send_freezes_and_a_second_one_takes_the_same_bytes(tablet: Tablet) -> None:
    tablet.report(note="一")
    outbox = tablet.work.outbox
    with tablet.work.act():
        first = outbox.freeze_batch(10, MORNING)
        outbox.put_back([first[0].op_id], "unreachable", {"reason": "x"})
        second = outbox.freeze_batch(10, MORNING + timedelta(hours=1))
    assert first == second
    entry = outbox.entry(first[0].op_id)
    assert entry is not None
    assert (entry.frozen_at, entry.attempts) == (MORNING.isoformat(), 2)
    assert (entry.code, entry.facts) == ("unreachable", {"reason": "x"})


def test_batch_holds_at_least_one_body_however_long_it_is(tablet: Tablet) -> None:
    for _ in range(3):
        tablet.report(note="x" * 1000)
    with tablet.work.act():
        assert len(tablet.work.outbox.freeze_batch(10, MORNING, body_bytes=1)) == 1


def test_records_of_a_case_are_its_report_and_its_acts_in_order(tablet: Tablet) -> None:
    report = tablet.report()
    act = tablet.act(report.report_id, ActKind.SUPPLEMENT)
    tablet.report()
    entries = tablet.work.outbox.records_of_case(report.report_id)
    assert [entry.record.record_id for entry in entries] == [report.report_id, act.act_id]


def test_pending_counts_what_has_not_gone_and_since_when(tablet: Tablet) -> None:
    assert tablet.work.outbox.pending() == (0, "")
    first = tablet.report(b"1234", lanes=LANES)
    tablet.clock.advance(60)
    tablet.report()
    assert tablet.work.outbox.pending() == (2, MORNING.isoformat())
    bytes_waiting = sum(file.bytes for photo in first.photos for file in photo.files)
    pending = tablet.work.uploads.pending()
    assert (pending.photos, pending.bytes) == (1, bytes_waiting)
    with tablet.work.act():
        tablet.work.uploads.progress(tablet.work.uploads.of_record(first.report_id)[0].file, 2)
    assert tablet.work.uploads.pending().bytes == bytes_waiting - 2


def test_files_wait_until_central_has_their_record(tablet: Tablet) -> None:
    report = tablet.report(b"photo")
    assert tablet.work.uploads.waiting(10) == []
    with tablet.work.act():
        tablet.work.outbox.mark_sent(report.report_id, receipt(report.report_id))
    assert [u.file.record_id for u in tablet.work.uploads.waiting(10)] == [report.report_id]


def test_file_that_failed_often_lets_the_others_go_first(tablet: Tablet) -> None:
    slow, quick = tablet.report(b"slow"), tablet.report(b"quick")
    uploads = tablet.work.uploads
    with tablet.work.act():
        for report in (slow, quick):
            tablet.work.outbox.mark_sent(report.report_id, receipt(report.report_id))
        for _ in range(4):
            uploads.start(uploads.of_record(slow.report_id)[0].file, MORNING)
    assert [u.file.record_id for u in uploads.waiting(10)] == [quick.report_id, slow.report_id]


def test_refused_files_can_be_tried_again_by_a_person(tablet: Tablet) -> None:
    report = tablet.report(b"photo")
    uploads = tablet.work.uploads
    with tablet.work.act():
        tablet.work.outbox.mark_sent(report.report_id, receipt(report.report_id))
        uploads.mark_needs_you(uploads.of_record(report.report_id)[0].file, "file_missing")
    assert uploads.waiting(10) == []
    with tablet.work.act():
        uploads.try_again(report.report_id)
    assert len(uploads.waiting(10)) == 1


def test_receipt_of_a_file_counts_for_every_slot_that_names_it(tablet: Tablet) -> None:
    report = tablet.report(b"same", b"same")
    sha256 = report.photos[0].original.sha256
    with tablet.work.act():
        tablet.work.uploads.mark_sent(sha256, receipt(sha256, sha256))
    assert tablet.file_states(report.report_id) == [ItemState.SENT, ItemState.SENT]
    assert len(tablet.work.uploads.originals()) == 2


def test_withdrawn_record_names_the_act_that_took_it_back(tablet: Tablet) -> None:
    report = tablet.report()
    with tablet.work.act():
        tablet.work.outbox.mark_withdrawn(report.report_id, "act-1")
    entry = tablet.work.outbox.entry(report.report_id)
    assert entry is not None
    assert entry.record.withdrawn_by == "act-1"


def test_draft_comes_back_after_a_restart_with_its_photos_in_their_slots(
    tablet: Tablet, data_dir: Path
) -> None:
    draft = Draft("d1", OFFICER, "report", "", '{"note":"半"}', MORNING, "", "open")
    drafts = tablet.work.drafts
    with tablet.work.act():
        drafts.save(draft)
        for _ in range(2):
            slot = drafts.next_slot("d1")
            drafts.add_photo(SavedPhoto(f"p{slot}", "d1", photo_of(b"%d" % slot, slot)))
        drafts.remove_photo("p0")
    tablet.close()
    tablet.__init__(data_dir)  # type: ignore[misc]
    drafts = tablet.work.drafts
    assert drafts.open_drafts(OFFICER) == [draft]
    assert drafts.open_drafts("other") == []
    assert [photo.photo.slot for photo in drafts.photos("d1")] == [1]
    assert drafts.next_slot("d1") == 2
    assert drafts.uses_file(photo_of(b"1", 1).original.sha256)
    assert not drafts.uses_file("f" * 64)


def test_submitted_draft_is_no_open_draft_and_is_found_by_its_record(tablet: Tablet) -> None:
    drafts = tablet.work.drafts
    with tablet.work.act():
        drafts.save(Draft("d1", OFFICER, "report", "", "{}", MORNING, "r1", "submitted"))
    found = drafts.of_record("r1")
    assert found is not None
    assert found.draft_id == "d1"
    assert drafts.open_drafts(OFFICER) == []
    with tablet.work.act():
        drafts.delete("d1")
    assert drafts.get("d1") is None


def test_identity_is_needed_and_a_new_token_and_epoch_are_kept(tablet: Tablet) -> None:
    meta = tablet.work.meta
    with tablet.work.act():
        meta.set_token("new")
        meta.set_epoch("epoch2")
    identity = meta.require_identity()
    assert (identity.token, identity.epoch, identity.city.home_plate) == ("new", "epoch2", "粤B")


def test_device_that_is_not_enrolled_says_so(tmp_path: Path) -> None:
    tablet = Tablet(tmp_path / "t")
    tablet.work._db.execute("DELETE FROM meta")
    with pytest.raises(NeedsPerson, match="not_enrolled"):
        tablet.work.meta.require_identity()
    tablet.close()


@pytest.mark.parametrize(
    ("ahead_s", "state"), [(0, ClockState.TRUSTED), (110, ClockState.TRUSTED), (-200, ClockState.DOUBTFUL)]
)
def test_clock_is_as_good_as_its_last_comparison_with_centrals(
    tablet: Tablet, ahead_s: int, state: ClockState
) -> None:
    assert tablet.report().stamp.clock is ClockState.UNVERIFIED
    with tablet.work.act():
        tablet.work.meta.note_server_time(tablet.clock.now() + timedelta(seconds=ahead_s), tablet.clock)
    stamp = tablet.report().stamp
    assert (stamp.clock, stamp.offset_ms, stamp.boot_id) == (state, ahead_s * 1000, "boot-1")


@pytest.mark.parametrize(
    ("wall_s", "monotonic_s", "boot", "state"),
    [
        (3600, 3600, "boot-1", ClockState.TRUSTED),
        (3600 + 20 * 365 * 86_400, 3600, "boot-1", ClockState.DOUBTFUL),  # set on by twenty years meanwhile
        (-86_400, 3600, "boot-1", ClockState.DOUBTFUL),  # set back
        (3600, -500, "boot-1", ClockState.DOUBTFUL),  # a monotonic clock that went back is no witness
        (86_400, 10, "boot-2", ClockState.UNVERIFIED),  # started anew since, and not compared again
        (-86_400, 10, "boot-2", ClockState.DOUBTFUL),  # earlier than what central said before
    ],
)
def test_clock_set_since_it_was_compared_is_doubtful(
    tablet: Tablet, wall_s: int, monotonic_s: int, boot: str, state: ClockState
) -> None:
    with tablet.work.act():
        tablet.work.meta.note_server_time(tablet.clock.now(), tablet.clock)
    tablet.clock.set(wall_s, monotonic_s, boot)
    assert tablet.report().stamp.clock is state


def test_each_stream_has_its_own_cursor(tablet: Tablet) -> None:
    meta = tablet.work.meta
    assert meta.cursor(Stream.WORK) is None
    at = CursorAt("c9", "epoch1", datetime(2026, 3, 2, tzinfo=UTC))
    with tablet.work.act():
        meta.move_cursor(Stream.WORK, CursorAt("c1", "epoch1", MORNING))
        meta.move_cursor(Stream.WORK, at)
    assert meta.cursor(Stream.WORK) == at
    assert meta.cursor(Stream.REFERENCE) is None


def change(table: str, key: str, **cells: str | int | float | None) -> Change:
    return Change(1, table, key, full_row(table, **cells))


def test_what_central_told_is_read_by_officer_plate_and_case(tablet: Tablet) -> None:
    city = tablet.work.city
    changes = [
        change("officer", "W1", officer_id="W1", name="喆", role="grid_worker"),
        change("blacklist", "b1", entry_id="b1", subject="粤B12345", level=1),
        change("blacklist", "b2", entry_id="b2", subject="粤B12345", level=3),
        change("city_case", "k-1", case_id="k-1", assignee="W1", due_at="", reported_at="2026-03-02"),
        change("city_case", "k-2", case_id="k-2", assignee="W1", due_at="2026-03-05"),
        change("case_act", "a2", act_id="a2", case_id="k-1", act_order=2),
        change("case_act", "a1", act_id="a1", case_id="k-1", act_order=1),
        Change(2, "a_table_of_a_newer_central", "x", {"x": 1}),
    ]
    with tablet.work.act():
        assert city.apply(changes) == 7
    officer = city.officer("W1")
    assert officer is not None
    assert officer["name"] == "喆"
    assert [row["entry_id"] for row in city.blacklist(["粤B12345", "c1"])] == ["b2", "b1"]
    assert [row["case_id"] for row in city.cases_of("W1")] == ["k-2", "k-1"]
    assert [row["act_id"] for row in city.acts("k-1")] == ["a1", "a2"]
    assert [row["case_id"] for row in city.cases_matching("k-")] == ["k-1", "k-2"]
    assert [row["case_id"] for row in city.cases_matching("%")] == []
    with tablet.work.act():
        city.apply([Change(3, "blacklist", "b1"), Change(3, "blacklist", "never-had")])
        city.clear()
    assert set(city.counts().values()) == {0}


def test_change_writes_only_what_changed_and_passes_over_columns_of_a_newer_central(tablet: Tablet) -> None:
    city = tablet.work.city
    with tablet.work.act():
        city.apply([Change(1, "officer", "W1", {"officer_id": "W1", "name": "喆", "mood": "fine"})])
        city.apply([Change(2, "officer", "W1", {"officer_id": "W1", "squad": "二队"})])
    row = city.officer("W1")
    assert row is not None
    assert (row["name"], row["squad"], row["role"]) == ("喆", "二队", None)
