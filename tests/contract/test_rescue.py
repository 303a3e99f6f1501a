"""A rescue file from a real tablet into a real central: all of it, once, whatever order things happen in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from sync.central.importing import FileCounts, RecordCounts, import_rescue
from sync.central.shown import show_rescued
from sync.central.store.rescued import rescued_drafts
from sync.clock import SystemClock
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.ids import new_id
from sync.contract.lifecycle import ActKind
from sync.contract.records import Lane
from sync.contract.wire import sha256_hex
from sync.enrol import enrol
from sync.link import Link
from sync.listener import Silence
from sync.replica.drafts import Draft, SavedPhoto
from sync.replica.files import durable_write
from sync.replica.folder import DataFolder
from sync.replica.outbox import ItemState
from sync.rescue import sealed
from sync.rescue.choosing import store_if_it_opens, write_what_can_be
from sync.rescue.locked import measure_locked, write_locked_rescue
from sync.rescue.writing import write_rescue
from sync.vault import Vault
from tests.contract.central_server import CentralUnderTest
from tests.contract.tablet import Tablet, photo_of

CLOCK = SystemClock()
LANES = (Lane.THUMBNAIL, Lane.STAMPED, Lane.ORIGINAL)
OFFICER = "G1001"
NOTHING_NEW = RecordCounts(0, 0, 0, 0)


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralUnderTest]:
    with CentralUnderTest(tmp_path / "central") as running:
        yield running


class _Let:
    """A tablet let in by a real central, with the key of its store."""

    def __init__(self, root: Path, central: CentralUnderTest) -> None:
        folder = DataFolder(root)
        enrolled = enrol(folder, central.url, central.enrol_code(), "tablet", CLOCK, vault=Vault(folder))
        self.key = enrolled.key
        self.tablet = Tablet(root, key=enrolled.key, officer=OFFICER)

    def sync(self) -> None:
        """One round over the network."""
        link = Link(self.tablet.folder, self.key, CLOCK, Silence())
        try:
            link.round(lambda: None)
        finally:
            link.close()


@pytest.fixture
def let(tmp_path: Path, central: CentralUnderTest) -> Iterator[_Let]:
    made = _Let(tmp_path / "tablet", central)
    yield made
    made.tablet.close()


def _draft(tablet: Tablet, note: str, photo: bytes) -> str:
    draft_id = new_id()
    durable_write(tablet.path_of(photo), photo)
    with tablet.work.act():
        body = msgspec.json.encode({"note": note}).decode()
        tablet.work.drafts.save(Draft(draft_id, OFFICER, "report", "", body, CLOCK.now(), "", "open"))
        tablet.work.drafts.add_photo(SavedPhoto(new_id(), draft_id, photo_of(photo, 0)))
    return draft_id


def _cases(central: CentralUnderTest) -> list[str]:
    return sorted(str(case["case_id"]) for case in central.central.ledger.page(None, 100, "").cases)


def test_everything_unsent_arrives_once_and_a_second_import_changes_nothing(
    central: CentralUnderTest, let: _Let, tmp_path: Path
) -> None:
    reports = [let.tablet.report(b"photo %d" % n, b"twin", lanes=LANES, note="救") for n in range(3)]
    draft_id = _draft(let.tablet, "unfinished", b"draft photo")
    target = tmp_path / "out.rescue"

    rescued = write_rescue(let.tablet.work, target, CLOCK)

    different = 3 * 3 + 3 + 1  # three lanes of three photos, of the photo they share, and the draft's
    assert (rescued.records, rescued.drafts, rescued.files) == (3, 1, different)
    assert (rescued.missing, rescued.damaged) == (0, 0)
    first = import_rescue(central.central, target)
    assert first.records == RecordCounts(new=3, known=0, refused=0, conflict=0)
    assert first.files == FileCounts(new=different, known=0, refused=0, damaged=0, missing=0)
    assert (first.drafts, first.drafts_known) == (1, 0)
    again = import_rescue(central.central, target)
    assert again.records == RecordCounts(new=0, known=3, refused=0, conflict=0)
    assert (again.files.new, again.files.known) == (0, different)
    assert (again.drafts, again.drafts_known) == (0, 1)
    assert _cases(central) == sorted(report.report_id for report in reports)
    for report in reports:
        found = central.central.ledger.case(report.report_id)
        assert found.times_at_central == 1
        assert all(photo.held for photo in found.photos)
    held = central.central.objects.find(sha256_hex(b"draft photo"))
    assert held is not None
    assert held.path.read_bytes() == b"draft photo"
    kept = rescued_drafts(central.central.store, 10)
    line, photo = show_rescued({"drafts": kept}).splitlines()
    assert line.startswith(f"{draft_id}  {OFFICER}")
    assert line.endswith("unfinished")
    assert sha256_hex(b"draft photo") in photo
    assert [row["draft_id"] for row in kept] == [draft_id]
    assert "unfinished" in str(kept[0]["body"])


def test_what_left_in_a_rescue_file_is_withdrawn_by_undo_and_not_removed(let: _Let, tmp_path: Path) -> None:
    rescued = let.tablet.report(b"one")
    write_rescue(let.tablet.work, tmp_path / "f.rescue", CLOCK)
    later = let.tablet.report(b"two")
    with let.tablet.work.act():
        assert not let.tablet.work.outbox.remove_unsent(rescued.report_id)
        assert let.tablet.work.outbox.remove_unsent(later.report_id)


def test_tablet_syncing_after_the_import_learns_of_it_and_makes_no_duplicate(
    central: CentralUnderTest, let: _Let, tmp_path: Path
) -> None:
    report = let.tablet.report(b"one", b"two", lanes=LANES)
    write_rescue(let.tablet.work, tmp_path / "f.rescue", CLOCK)
    import_rescue(central.central, tmp_path / "f.rescue")
    let.sync()
    assert let.tablet.state(report.report_id) is ItemState.SENT
    assert set(let.tablet.file_states(report.report_id)) == {ItemState.SENT}
    assert _cases(central) == [report.report_id]
    assert central.central.ledger.case(report.report_id).times_at_central == 1


def test_import_after_the_tablet_has_synced_counts_all_as_known(
    central: CentralUnderTest, let: _Let, tmp_path: Path
) -> None:
    report = let.tablet.report(b"one", b"two")
    write_rescue(let.tablet.work, tmp_path / "f.rescue", CLOCK)
    let.sync()
    came = import_rescue(central.central, tmp_path / "f.rescue")
    assert came.records == RecordCounts(new=0, known=1, refused=0, conflict=0)
    assert (came.files.new, came.files.known) == (0, 2)
    assert central.central.ledger.case(report.report_id).times_at_central == 1


def test_half_sent_report_gives_what_is_left_and_a_refused_act_goes_too(
    central: CentralUnderTest, let: _Let, tmp_path: Path
) -> None:
    sent = let.tablet.report(b"sent")
    let.sync()
    act = let.tablet.act(sent.report_id, ActKind.ACCEPT)  # nobody dispatched it: central will refuse
    let.sync()
    assert let.tablet.state(act.act_id) is ItemState.NEEDS_YOU
    rescued = write_rescue(let.tablet.work, tmp_path / "f.rescue", CLOCK)
    assert (rescued.records, rescued.files) == (1, 0)
    came = import_rescue(central.central, tmp_path / "f.rescue")
    assert came.records.refused == 1


def test_nothing_to_rescue_is_a_whole_file_too(central: CentralUnderTest, let: _Let, tmp_path: Path) -> None:
    rescued = write_rescue(let.tablet.work, tmp_path / "f.rescue", CLOCK)
    assert (rescued.records, rescued.drafts, rescued.files) == (0, 0, 0)
    assert import_rescue(central.central, tmp_path / "f.rescue").records == NOTHING_NEW


def test_missing_and_altered_photos_are_told_and_hold_up_nothing(
    central: CentralUnderTest, let: _Let, tmp_path: Path
) -> None:
    report = let.tablet.report(b"good", b"gone", b"altered")
    let.tablet.path_of(b"gone").unlink()
    let.tablet.path_of(b"altered").write_bytes(b"ALTERED")
    rescued = write_rescue(let.tablet.work, tmp_path / "f.rescue", CLOCK)
    assert (rescued.files, rescued.missing, rescued.damaged) == (2, 1, 1)
    came = import_rescue(central.central, tmp_path / "f.rescue")
    assert came.files == FileCounts(new=1, known=0, refused=0, damaged=1, missing=1)
    held = {p.sha256: p.held for p in central.central.ledger.case(report.report_id).photos}
    assert held == {sha256_hex(b"good"): True, sha256_hex(b"gone"): False, sha256_hex(b"altered"): False}


def _spoil(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_cut_altered_foreign_and_forged_files_are_refused_and_nothing_is_taken(
    central: CentralUnderTest, let: _Let, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed, "PIECE", 1000)
    let.tablet.report(os.urandom(5000))
    target = tmp_path / "f.rescue"
    write_rescue(let.tablet.work, target, CLOCK)
    whole = target.read_bytes()

    def refused(data: bytes) -> str:
        target.write_bytes(data)
        with pytest.raises(InputRefused) as refusal:
            import_rescue(central.central, target)
        return refusal.value.code

    begin = len(sealed.MAGIC) + 8 + 32
    assert refused(b"") == "rescue_not_one"
    assert refused(b"PK\x03\x04" + whole) == "rescue_not_one"
    assert refused(_spoil(whole, len(sealed.MAGIC) + 3)) == "rescue_foreign"
    for cut in (begin, begin + 1016, begin + 1, len(whole) - 1, len(whole) // 2):
        assert refused(whole[:cut]) == "rescue_damaged"
    for at in (begin - 1, begin, len(whole) // 2, len(whole) - 1):
        assert refused(_spoil(whole, at)) == "rescue_damaged"
    assert refused(whole[:begin] + whole[begin + 1016 :]) == "rescue_damaged"  # a piece left out
    swapped = whole[begin + 1016 : begin + 2032] + whole[begin : begin + 1016]
    assert refused(whole[:begin] + swapped + whole[begin + 2032 :]) == "rescue_damaged"
    assert refused(whole + b"\0") == "rescue_damaged"
    assert _cases(central) == []
    target.write_bytes(whole)
    assert import_rescue(central.central, target).records.new == 1


def test_file_in_another_tablets_name_is_refused(
    central: CentralUnderTest, let: _Let, tmp_path: Path
) -> None:
    other = _Let(tmp_path / "other", central)
    other.tablet.report(b"photo")
    identity = other.tablet.work.meta.require_identity()
    posing = msgspec.structs.replace(identity, device_id=let.tablet.device_id)
    with other.tablet.work.act():
        other.tablet.work.meta.set_identity(posing)
    write_rescue(other.tablet.work, tmp_path / "f.rescue", CLOCK)
    with pytest.raises(InputRefused, match="rescue_forged"):
        import_rescue(central.central, tmp_path / "f.rescue")
    with other.tablet.work.act():
        other.tablet.work.meta.set_identity(msgspec.structs.replace(identity, device_id=new_id()))
    write_rescue(other.tablet.work, tmp_path / "g.rescue", CLOCK)
    with pytest.raises(InputRefused, match="rescue_device_unknown"):
        import_rescue(central.central, tmp_path / "g.rescue")
    other.tablet.close()
    assert _cases(central) == []


def test_rescue_file_of_another_city_is_refused(central: CentralUnderTest, let: _Let, tmp_path: Path) -> None:
    let.tablet.report(b"photo")
    write_rescue(let.tablet.work, tmp_path / "f.rescue", CLOCK)
    with (
        CentralUnderTest(tmp_path / "elsewhere") as other,
        pytest.raises(InputRefused, match="rescue_foreign"),
    ):
        import_rescue(other.central, tmp_path / "f.rescue")


def test_target_that_exists_is_not_written_over(let: _Let, tmp_path: Path) -> None:
    (tmp_path / "f.rescue").write_bytes(b"earlier")
    with pytest.raises(InputRefused, match="rescue_target_exists"):
        write_rescue(let.tablet.work, tmp_path / "f.rescue", CLOCK)
    assert (tmp_path / "f.rescue").read_bytes() == b"earlier"


def test_folder_that_is_not_there_is_not_made_for_a_drive_may_be_missing(let: _Let, tmp_path: Path) -> None:
    report = let.tablet.report(b"one")
    target = tmp_path / "stick" / "f.rescue"
    for store in (let.tablet.work, None):
        with pytest.raises(NeedsPerson, match="folder_unwritable"):
            write_what_can_be(let.tablet.folder, store, target, CLOCK)
    assert not target.parent.exists()
    assert let.tablet.work.outbox.remove_unsent(report.report_id)


def test_tablet_enrolled_before_there_was_a_key_is_told_what_to_do(let: _Let, tmp_path: Path) -> None:
    identity = let.tablet.work.meta.require_identity()
    with let.tablet.work.act():
        let.tablet.work.meta.set_identity(msgspec.structs.replace(identity, rescue_key=""))
    with pytest.raises(NeedsPerson, match="rescue_key_missing"):
        write_rescue(let.tablet.work, tmp_path / "f.rescue", CLOCK)


def test_rescue_file_shows_nothing_in_the_clear(let: _Let, tmp_path: Path) -> None:
    let.tablet.report(b"CANARY-PHOTO" * 10_000, note="CANARY-NOTE")
    write_rescue(let.tablet.work, tmp_path / "f.rescue", CLOCK)
    data = (tmp_path / "f.rescue").read_bytes()
    assert b"CANARY" not in data
    assert let.tablet.device_id.encode() not in data
    assert (tmp_path / "f.rescue").stat().st_mode & 0o077 == 0


def test_locked_tablet_gives_all_as_it_lies_and_central_opens_it_with_its_escrow(
    central: CentralUnderTest, let: _Let, tmp_path: Path
) -> None:
    sent = let.tablet.report(b"sent", lanes=LANES)
    let.sync()
    report = let.tablet.report(b"one", b"two", lanes=LANES)
    _draft(let.tablet, "unfinished", b"draft photo")
    target = tmp_path / "locked.rescue"
    rescued = write_locked_rescue(let.tablet.folder, target, CLOCK)
    assert rescued.locked
    assert rescued.files == 3 + 6 + 1
    came = import_rescue(central.central, target)
    assert came.records == RecordCounts(new=1, known=0, refused=0, conflict=0)
    assert (came.files.new, came.files.damaged, came.drafts) == (7, 0, 1)
    assert _cases(central) == sorted([sent.report_id, report.report_id])
    assert import_rescue(central.central, target).records.known == 1
    assert {path.name for path in central.data.iterdir() if path.name.startswith("tmp")} == set()
    let.sync()
    assert set(let.tablet.file_states(report.report_id)) == {ItemState.SENT}
    assert central.central.ledger.case(report.report_id).times_at_central == 1


def test_locked_tablet_gives_voice_notes_and_papers_too_and_names_what_it_cannot_read(
    central: CentralUnderTest, let: _Let, tmp_path: Path
) -> None:
    folder = let.tablet.folder
    kinds = {b"spoken": "audio/wav", b"a paper": "application/pdf", b"odd": "application/octet-stream"}
    for data, kind in kinds.items():
        durable_write(folder.file(sha256_hex(data), kind), data)
    let.tablet.report(b"one")
    gone = folder.file(sha256_hex(b"gone"), "image/jpeg")
    gone.parent.mkdir(exist_ok=True)
    gone.symlink_to(tmp_path / "nowhere")  # named, and cannot be read

    rescued = write_locked_rescue(folder, tmp_path / "f.rescue", CLOCK)

    assert (rescued.files, rescued.missing) == (len(kinds) + 1, 1)
    assert import_rescue(central.central, tmp_path / "f.rescue").files.missing == 1


@pytest.mark.parametrize("why", ["no key", "store of a newer version"])
def test_what_does_not_open_here_is_written_as_it_lies_for_central_to_open(
    central: CentralUnderTest, let: _Let, tmp_path: Path, why: str
) -> None:
    report = let.tablet.report(b"one")

    def key() -> bytes:
        raise NeedsPerson("locked" if why == "no key" else "store_too_new")

    with store_if_it_opens(let.tablet.folder, key) as store:
        rescued = write_what_can_be(let.tablet.folder, store, tmp_path / "f.rescue", CLOCK)
    assert store is None
    assert rescued.locked
    assert (rescued.files, rescued.bytes > 0) == (measure_locked(let.tablet.folder)[0], True)
    import_rescue(central.central, tmp_path / "f.rescue")
    assert _cases(central) == [report.report_id]


def test_locked_tablet_with_a_damaged_store_gives_what_its_journal_holds(
    central: CentralUnderTest, let: _Let, tmp_path: Path
) -> None:
    report = let.tablet.report(b"one")
    for name in ("work.db", "work.db-wal"):
        (let.tablet.folder.root / name).write_bytes(bytes(8192))
    write_locked_rescue(let.tablet.folder, tmp_path / "f.rescue", CLOCK)
    came = import_rescue(central.central, tmp_path / "f.rescue")
    assert (came.records.new, came.files.new) == (1, 1)
    assert _cases(central) == [report.report_id]


def test_locked_file_in_another_tablets_name_is_refused(
    central: CentralUnderTest, let: _Let, tmp_path: Path
) -> None:
    other = _Let(tmp_path / "other", central)
    other.tablet.report(b"photo")
    keys = other.tablet.folder.keys
    keys.write_text(keys.read_text().replace(other.tablet.device_id, let.tablet.device_id))
    write_locked_rescue(other.tablet.folder, tmp_path / "f.rescue", CLOCK)
    with pytest.raises(NeedsPerson, match="escrow_wrong"):
        import_rescue(central.central, tmp_path / "f.rescue")
    other.tablet.close()
    assert _cases(central) == []
