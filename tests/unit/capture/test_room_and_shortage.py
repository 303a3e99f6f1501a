"""Room for photos by what they come to here, and what is told before it runs out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from image_makers import jpeg
from use_case_desk import close_desk, make_desk

from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, keep_draft, list_drafts, start_draft
from fieldapp.capture.overview import room_now
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from fieldapp.capture.room import ROW_BYTES, USUAL_PHOTO_BYTES, Room, photo_bytes
from fieldapp.capture.shortage import Shortage, Urgency, shortages
from sync.contract.errors import NeedsPerson
from sync.contract.records import NOWHERE, ClockState
from sync.replica import reserve
from sync.replica.folder import RESERVE_BYTES, DataFolder
from sync.replica.reserve import keep_reserve, reserve_path
from sync.sending import Battery

PLENTY = Room(RESERVE_BYTES + 100 * USUAL_PHOTO_BYTES)
MAINS = Battery()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "tablet")
    yield made
    close_desk(made)


def of(photos: int) -> Room:
    return Room(RESERVE_BYTES + photos * USUAL_PHOTO_BYTES)


def told(room: Room | None = PLENTY, battery: Battery = MAINS, clock: ClockState = ClockState.TRUSTED):
    return [(one.code, one.urgency) for one in shortages(room, battery, clock)]


@pytest.mark.parametrize(("free", "photos"), [(0, 0), (RESERVE_BYTES, 0), (RESERVE_BYTES + 25_000_000, 4)])
def test_room_is_what_is_free_above_the_reserve(free: int, photos: int) -> None:
    assert Room(free).photos == photos


def test_size_of_a_photo_follows_what_was_taken_lately() -> None:
    assert photo_bytes([]) == USUAL_PHOTO_BYTES
    assert photo_bytes([1_000_000]) == 1_000_000 + ROW_BYTES
    grown = photo_bytes([1_000_000] * 20 + [9_000_000] * 5)
    assert 5_000_000 < grown < 9_000_000


@pytest.mark.parametrize(
    ("photos", "expected"),
    [
        (50, []),
        (49, [("shortage_room", Urgency.SOON)]),
        (9, [("shortage_room", Urgency.NOW)]),
        (0, [("shortage_room_none", Urgency.TOO_LATE)]),
    ],
)
def test_room_is_told_before_it_is_gone(photos: int, expected: list[tuple[str, Urgency]]) -> None:
    assert told(of(photos)) == expected
    assert told(None) == []


@pytest.mark.parametrize(
    ("battery", "expected"),
    [
        (Battery(True, 20, False), []),
        (Battery(True, 19, False), [("shortage_battery", Urgency.SOON)]),
        (Battery(True, 9, False), [("shortage_battery", Urgency.NOW)]),
        (Battery(True, 5, True), []),
        (Battery(False, None, False), []),
    ],
)
def test_battery_is_told_while_nothing_feeds_it(
    battery: Battery, expected: list[tuple[str, Urgency]]
) -> None:
    assert told(battery=battery) == expected


def test_clock_is_told_when_doubtful_and_not_while_merely_unverified() -> None:
    assert told(clock=ClockState.DOUBTFUL) == [("shortage_clock", Urgency.SOON)]
    assert told(clock=ClockState.UNVERIFIED) == []


def test_most_urgent_comes_first() -> None:
    found = shortages(of(0), Battery(True, 12, False), ClockState.DOUBTFUL)

    assert [one.code for one in found] == ["shortage_room_none", "shortage_battery", "shortage_clock"]
    assert found[1] == Shortage("shortage_battery", Urgency.SOON, {"percent": 12})


def test_room_on_a_real_tablet_counts_photos_of_drafts_and_records(desk: Desk) -> None:
    draft = start_draft(desk, body=DraftBody(class_code="03-11"))
    take_photo(desk, draft, jpeg(), NOWHERE)
    before = room_now(desk)
    submit_report(desk, draft)
    after = room_now(desk)

    assert before.photo_bytes < USUAL_PHOTO_BYTES / 10
    assert after.photo_bytes >= before.photo_bytes, "thumbnail and stamped picture count too"
    assert after.photos > 0


def test_reserve_is_set_aside_where_there_is_plenty_and_only_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DataFolder, "free_bytes", lambda _folder: RESERVE_BYTES)
    assert not keep_reserve(desk.folder)
    monkeypatch.undo()

    assert keep_reserve(desk.folder)

    found = reserve_path(desk.folder).stat()
    assert found.st_blocks * 512 >= reserve.FILE_BYTES, "really taken, not a hole"


def fill_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk without a free byte as long as the reserve lies on it."""
    save = type(desk.work.drafts).save

    def full(drafts: object, draft: object) -> None:
        if reserve_path(desk.folder).exists():
            raise NeedsPerson("disk_full", free_mb=0)
        save(drafts, draft)  # type: ignore[arg-type]

    monkeypatch.setattr(type(desk.work.drafts), "save", full)


def test_open_report_is_finished_from_the_reserve_when_the_disk_is_full(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = start_draft(desk, body=DraftBody(class_code="03-11"))
    take_photo(desk, draft, jpeg(), NOWHERE)
    keep_reserve(desk.folder)
    fill_disk(desk, monkeypatch)

    keep_draft(desk, draft, desk.officer.officer_id, DraftBody(class_code="03-11", note="写完它"))
    assert not reserve_path(desk.folder).exists()
    saved = submit_report(desk, draft)

    assert desk.work.outbox.entry(saved.record_id) is not None
    assert list_drafts(desk) == []


def test_full_disk_without_a_reserve_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = start_draft(desk, body=DraftBody(note="x"))

    def full(*_: object) -> None:
        raise NeedsPerson("disk_full", free_mb=0)

    monkeypatch.setattr(type(desk.work.drafts), "save", full)

    with pytest.raises(NeedsPerson, match="disk_full"):
        keep_draft(desk, draft, desk.officer.officer_id, DraftBody(note="y"))


def test_new_photo_is_refused_rather_than_taken_from_the_reserve(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = start_draft(desk, body=DraftBody(note="x"))
    keep_reserve(desk.folder)
    monkeypatch.setattr(DataFolder, "free_bytes", lambda _folder: RESERVE_BYTES)

    with pytest.raises(NeedsPerson, match="disk_full"):
        take_photo(desk, draft, jpeg(), NOWHERE)
    assert reserve_path(desk.folder).exists()
