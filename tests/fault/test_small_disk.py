"""A disk that is full, read-only or damaged under the real processes: nothing saved changes, work goes on."""

from __future__ import annotations

import io
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

import sync.replica.folder
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, keep_draft, start_draft
from fieldapp.capture.opening import open_desk
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from sync.contract.errors import FieldError
from sync.contract.records import NOWHERE, Lane
from sync.originals import verify_originals
from sync.replica.folder import DataFolder
from sync.replica.outbox import ItemState
from sync.replica.reserve import keep_door
from sync.vault import Vault
from tests.contract.tablet import CLASS, OFFICER
from tests.fault.ledger_plugin import Teller
from tests.fault.process_ground import ProcessGround, Program, command
from tests.fault.small_disk import SmallDisk, mountable

SIZES = 40
LANES = (Lane.ORIGINAL, Lane.THUMBNAIL)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    if not mountable(tmp_path):
        pytest.skip("no small file system: mounting one takes root")
    with SmallDisk(tmp_path / "card", 100) as disk:
        yield disk


@pytest.fixture
def ground(tmp_path: Path, disk: SmallDisk) -> Iterator[ProcessGround]:
    with ProcessGround(tmp_path, tablet_folder=disk.folder / "tablet") as ground:
        ground.start_daemon()
        ground.fill()
        yield ground


@pytest.fixture
def desk(ground: ProcessGround, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk that is not told beforehand that there is no room, so that it meets the full disk itself."""
    monkeypatch.setattr(sync.replica.folder, "RESERVE_BYTES", -1_000_000_000)
    desk = open_desk(DataFolder(ground.tablet_folder), ground.key, OFFICER)
    yield desk
    desk.work.close()
    desk.reference.close()


def noise(chance: random.Random) -> bytes:
    """A JPEG of about 60 KB that is like no other."""
    out = io.BytesIO()
    Image.frombytes("RGB", (160, 120), chance.randbytes(160 * 120 * 3)).resize((320, 240)).save(
        out, "JPEG", quality=95
    )
    return out.getvalue()


def capture(desk: Desk, draft_id: str, data: bytes) -> None:
    """What the page does: a photo, the form, submit."""
    if not desk.work.drafts.photos(draft_id):
        take_photo(desk, draft_id, data, NOWHERE)
    keep_draft(
        desk, draft_id, desk.officer.officer_id, DraftBody(class_code=CLASS, note="渣土", place=NOWHERE)
    )
    submit_report(desk, draft_id)


@pytest.mark.faults(8)
def test_disk_full_at_forty_sizes_says_so_changes_nothing_and_recovers_without_a_restart(
    ground: ProcessGround, disk: SmallDisk, desk: Desk, tally: Teller
) -> None:
    chance = random.Random(8)
    told: dict[str, int] = {}
    for number in range(SIZES):
        data = noise(chance)
        draft_id = start_draft(desk)
        disk.leave(number * 4096)
        try:
            capture(desk, draft_id, data)
        except FieldError as error:
            told[error.code] = told.get(error.code, 0) + 1
            assert desk.work.outbox.entry(draft_id) is None
        else:
            told["saved"] = told.get("saved", 0) + 1
            ground.history.acknowledged(draft_id)
        if number % 8 == 0:
            ground.round()
        disk.empty()
        capture(desk, draft_id, data)
        ground.history.acknowledged(draft_id)
        ground.ask("nudge")
    assert set(told) == {"disk_full", "saved"}, told
    ground.sync_until_sent()
    found = ground.check()
    assert len(found["central"]["cases"]) == SIZES
    tally(runs=SIZES, note=f"free bytes in steps of 4 KB on a mounted file system; {told}")


@pytest.mark.faults(8)
def test_person_is_told_before_the_disk_is_full(
    ground: ProcessGround, disk: SmallDisk, tally: Teller
) -> None:
    disk.leave(60_000_000)
    desk = open_desk(DataFolder(ground.tablet_folder), ground.key, OFFICER)
    try:
        with pytest.raises(FieldError, match="disk_full"):
            take_photo(desk, start_draft(desk), b"photo", NOWHERE)
        assert desk.folder.free_bytes() > 10_000_000
    finally:
        desk.work.close()
        desk.reference.close()
    tally(runs=1, note="below the reserve a photo is refused while there is still room for what is open")


@pytest.mark.faults(8)
@pytest.mark.parametrize("running", [True, False], ids=["beside the daemon", "alone"])
def test_with_not_a_byte_free_what_only_looks_answers(
    ground: ProcessGround, disk: SmallDisk, tally: Teller, running: bool
) -> None:
    ground.report(b"photo")
    vault = Vault(DataFolder(ground.tablet_folder))
    vault.add_pin_slot(ground.key, OFFICER, "246810")
    if not running:
        ground.end_daemon()
        ground.tablet.close()
    disk.leave(0)
    try:
        with pytest.raises(FieldError, match="pin_wrong"):
            vault.open_with_pin(OFFICER, "135790")
        assert vault.open_with_pin(OFFICER, "246810") == ground.key
        for what in ("status", "outbox", "verify"):
            asked = Program(command("sync", what, "--data", str(ground.tablet_folder), "--json"))
            assert asked.wait() == 0, asked.said
    finally:
        disk.empty()
    if not running:
        ground.reopen()
        ground.start_daemon()
    ground.sync_until_sent()
    ground.check()
    tally(runs=4, note="status, outbox, verify and a PIN on a full disk")


@pytest.mark.faults(8)
def test_officer_who_locks_the_window_on_a_full_disk_gets_back_in(
    ground: ProcessGround, disk: SmallDisk, tally: Teller
) -> None:
    folder = DataFolder(ground.tablet_folder)
    vault = Vault(folder)
    vault.add_pin_slot(ground.key, OFFICER, "246810")
    saved = ground.report(b"photo")
    ground.end_daemon()
    ground.tablet.close()
    keep_door(folder)
    disk.leave(0)
    for _ in range(2):  # the first gives the space back, the second finds what is left of it
        desk = open_desk(folder, vault.open_with_pin(OFFICER, "246810"), OFFICER)
        assert desk.work.outbox.entry(saved.report_id) is not None
        desk.work.close()
        desk.reference.close()
    disk.empty()
    ground.reopen()
    ground.start_daemon()
    ground.sync_until_sent()
    ground.check()
    tally(runs=2, note="locked and opened by PIN with not a byte free and no reserve")


@pytest.mark.faults(12)
def test_folder_read_only_in_the_middle_refuses_a_capture_and_a_daemon_in_plain_words(
    ground: ProcessGround, disk: SmallDisk, desk: Desk, tally: Teller
) -> None:
    saved = ground.report(b"before")
    ground.sync_until_sent()
    ground.end_daemon()
    ground.tablet.close()
    desk.work.close()
    desk.reference.close()
    disk.read_only(on=True)
    try:
        with pytest.raises(FieldError) as refused:
            take_photo(desk, "01990000-0000-7000-8000-000000000001", b"photo", NOWHERE)
        daemon = Program(command("sync", "run", "--data", str(ground.tablet_folder), "--json"))
        assert daemon.wait() == 4
    finally:
        disk.read_only(on=False)
    assert refused.value.code == "folder_unwritable"
    assert "folder_unwritable" in daemon.said[-1]
    ground.reopen()
    ground.start_daemon()
    assert ground.tablet.state(saved.report_id) is ItemState.SENT
    ground.report(b"after")
    ground.sync_until_sent()
    ground.check()
    tally(runs=1, note=f"read-only: refused with {refused.value.code}")


@pytest.mark.faults(12)
def test_folder_of_photos_moved_away_is_named_and_goes_on_when_it_is_back(
    ground: ProcessGround, tally: Teller
) -> None:
    files = ground.tablet_folder / "files"
    with ground.paused():
        gone = ground.report(b"photo that is away")
        files.rename(files.with_name("away"))
    ground.round()
    assert ground.tablet.state(gone.report_id) is ItemState.SENT
    assert ground.tablet.file_states(gone.report_id) == [ItemState.NEEDS_YOU]
    shutil.rmtree(files, ignore_errors=True)
    files.with_name("away").rename(files)
    with ground.tablet.work.act():
        ground.tablet.work.uploads.try_again(gone.report_id)
    ground.sync_until_sent()
    ground.check()
    tally(runs=1, note="moved mid-run: file_missing, asked for again, sent")


def flipped(data: bytes) -> bytes:
    return data[:5000] + bytes([data[5000] ^ 1]) + data[5001:]


@pytest.mark.faults(10)
@pytest.mark.parametrize("how", ["one bit", "cut short", "zeroed tail", "emptied"])
def test_photo_damaged_on_the_disk_never_leaves_as_genuine_and_holds_up_nothing(
    ground: ProcessGround, tally: Teller, how: str
) -> None:
    data = random.Random(how).randbytes(20_000)
    damages = {
        "one bit": flipped(data),
        "cut short": data[:7000],
        "zeroed tail": data[:16_384] + bytes(3616),
        "emptied": b"",
    }
    with ground.paused():
        hurt, well = ground.report(data, b"the other photo"), ground.report(b"another report")
        path = ground.tablet.path_of(data)
        path.write_bytes(damages[how])
    ground.round()
    ground.round()
    assert ground.tablet.file_states(hurt.report_id) == [ItemState.NEEDS_YOU, ItemState.SENT]
    assert ground.tablet.work.uploads.of_record(hurt.report_id)[0].code == "file_changed"
    assert ground.tablet.file_states(well.report_id) == [ItemState.SENT]
    assert [finding.what for finding in verify_originals(ground.tablet.work).findings] == ["changed"]
    path.write_bytes(data)
    with ground.tablet.work.act():
        ground.tablet.work.uploads.try_again(hurt.report_id)
    ground.sync_until_sent()
    ground.check()
    tally(runs=1, note=f"{how}: found before the upload and by verify")


@pytest.mark.faults(13)
def test_caches_deleted_while_all_runs_touch_no_evidence(
    ground: ProcessGround, desk: Desk, tally: Teller
) -> None:
    chance = random.Random(13)
    for _ in range(3):
        draft_id = start_draft(desk)
        capture(desk, draft_id, noise(chance))
        ground.history.acknowledged(draft_id)
        shutil.rmtree(ground.tablet_folder / "derived", ignore_errors=True)
        ground.round()
    assert verify_originals(desk.work).findings == []
    states = [u for e in desk.work.outbox.entries() for u in desk.work.uploads.of_record(e.record.record_id)]
    assert {u.state for u in states if u.file.lane is Lane.ORIGINAL} == {ItemState.SENT}
    tally(runs=3, note="derived pictures removed between capture and upload")
