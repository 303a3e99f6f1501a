"""The work database damaged in every way: made anew with all that was acknowledged, told, sent once."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import msgspec
import pytest

from sync.contract.errors import FieldError, NeedsPerson, RetryLater
from sync.contract.ids import new_id
from sync.contract.lifecycle import ActKind
from sync.contract.records import Photo
from sync.remote.memory import MemoryCentral, MemoryRemote
from sync.replica.drafts import Draft, SavedPhoto
from sync.replica.files import durable_write
from sync.replica.folder import DataFolder
from sync.replica.outbox import Entry
from sync.replica.recovery import look_again
from sync.replica.sidecars import Sidecar
from sync.replica.work import WorkStore
from tests.contract.tablet import CITY_ROWS, DEVICE, KEY, OFFICER, Tablet, photo_of
from tests.fault.damage import (
    DAMAGES,
    Damage,
    all_gone,
    log_deleted,
    missing,
    zero_length,
    zeroed_header,
    zeroed_pages,
)
from tests.fault.ledger_plugin import Teller

SEEDS = 1
GONE = (missing, all_gone, zero_length)
"""What a log cannot mend by itself."""
COPIES = ("none", "old", "new")


class Shift:
    """A tablet that has worked: what was acknowledged, to hold a rebuilt one against."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.central = MemoryCentral()
        for table, row in CITY_ROWS:
            self.central.put_row(table, row)
        self.tablet = Tablet(root)
        self.chance = chance
        self.records: set[str] = set()
        self.drafts: dict[str, str] = {}
        self.photos: dict[str, Photo] = {}

    def work(self, acts: int) -> None:
        """Some reports, an act, a draft with a photo that is written on; one that is thrown away."""
        tablet, work = self.tablet, self.tablet.work
        for _ in range(acts):
            report = tablet.report(self.chance.randbytes(40), note="字" * self.chance.randrange(2000))
            self.records.add(report.report_id)
        self.records.add(tablet.act(new_id(), ActKind.ACCEPT).act_id)
        undone = tablet.report().report_id
        with work.act():
            assert work.outbox.remove_unsent(undone)
            work.uploads.remove(undone)
        draft_id = self._draft("first")
        data = self.chance.randbytes(50)
        durable_write(tablet.path_of(data), data)
        self._photo(draft_id, photo_of(data, 0))
        self._keep(draft_id, "second")
        dropped = self._draft("thrown away")
        with work.act():
            work.drafts.delete(dropped)
        del self.drafts[dropped]

    def sync(self) -> None:
        """One round with central; acts on cases it does not know are refused there."""
        self.tablet.engine(MemoryRemote(self.central, DEVICE)).round()

    def killed(self, at: Path) -> DataFolder:
        """The folder as a kill leaves it: nothing closed, nothing moved out of the log."""
        shutil.copytree(self.tablet.folder.root, at)
        return DataFolder(at)

    def _draft(self, note: str) -> str:
        draft_id = new_id()
        self._keep(draft_id, note)
        return draft_id

    def _keep(self, draft_id: str, note: str) -> None:
        self.tablet.clock.advance(1)
        body = msgspec.json.encode({"note": note}).decode()
        now = self.tablet.clock.now()
        with self.tablet.work.act():
            self.tablet.work.drafts.save(Draft(draft_id, OFFICER, "report", "", body, now, "", "open"))
        self.drafts[draft_id] = body

    def _photo(self, draft_id: str, photo: Photo) -> None:
        saved = SavedPhoto(new_id(), draft_id, photo)
        work, now = self.tablet.work, self.tablet.clock.now()
        with work.act():
            work.sidecars.write(
                Sidecar(saved.photo_id, draft_id, photo, OFFICER, DEVICE, "report", now, note="beside")
            )
            work.drafts.add_photo(saved)
        self.photos[saved.photo_id] = photo

    def check(self, rebuilt: Tablet) -> None:
        """All that was acknowledged is there, what was taken back is not; synced, central has each once."""
        work = rebuilt.work
        assert work.integrity() == []
        assert rebuilt.device_id == DEVICE
        assert {entry.record.record_id for entry in _all(work)} == self.records
        drafts = {draft.draft_id: draft.body for draft in work.drafts.all_open()}
        assert drafts == self.drafts
        photos = {s.photo_id: s.photo for draft_id in drafts for s in work.drafts.photos(draft_id)}
        assert photos == self.photos
        engine = rebuilt.engine(MemoryRemote(self.central, DEVICE))
        engine.round()
        assert engine.round().nothing_done
        later = rebuilt.report(b"after")
        engine.round()
        assert len(self.central.bodies()) == len(set(self.central.bodies()))
        cases = {row["case_id"] for row in self.central.rows("city_case").values()}
        reports = {e.record.record_id for e in _all(work) if e.record.record_id == e.record.case_id}
        assert cases == reports
        assert later.report_id in cases


def _ruin(folder: DataFolder) -> None:
    """Neither the database nor its log can be opened any more."""
    zeroed_header(folder.work_db, random.Random(0))
    log_deleted(folder.work_db, random.Random(0))


def _all(work: WorkStore) -> list[Entry]:
    return work.outbox.entries(limit=100_000)


def _once(tmp_path: Path, damage: Damage, copied: str, seed: int) -> None:
    chance = random.Random(seed)
    shift = Shift(tmp_path / f"tablet-{seed}", chance)
    if copied == "old":
        assert shift.tablet.work.make_copy() is not None
    shift.work(chance.randrange(1, 4))
    if chance.random() < 0.5:
        shift.sync()
    if copied == "new":
        assert shift.tablet.work.make_copy() is not None
    if chance.random() < 0.5:
        shift.tablet.work.checkpoint()
    shift.work(chance.randrange(1, 4))
    folder = shift.killed(tmp_path / f"killed-{seed}")
    shift.tablet.close()
    before = folder.work_db.read_bytes()
    damage(folder.work_db, chance)
    harmed = not folder.work_db.exists() or folder.work_db.read_bytes() != before
    if harmed and folder.work_db.exists():
        look_again(folder)  # what nobody reads is not met; whoever meets it says so
    rebuilt = Tablet(folder.root)
    try:
        shift.check(rebuilt)
        told = rebuilt.work.rebuilt()
        assert told is not None or damage not in GONE
        if told is not None and harmed:
            assert told.records == len(shift.records)
            assert told.drafts == len(shift.drafts)
            kept = Path(told.kept) / "work.db"
            assert kept.exists() == (damage.__name__ not in ("missing", "all_gone"))
    finally:
        rebuilt.close()


@pytest.mark.faults(11)
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damaged_store_comes_back_with_all_that_was_acknowledged(
    tmp_path: Path, damage: Damage, tally: Teller, long_form: bool
) -> None:
    seeds = range(60 if long_form else SEEDS)
    shift = DAMAGES.index(damage)  # so that a short run has each kind of copy with some damage
    for seed in seeds:
        _once(tmp_path, damage, COPIES[(seed + shift) % len(COPIES)], seed)
    tally(runs=len(seeds), seeds=f"0..{len(seeds) - 1}", note=damage.__name__)


@pytest.mark.faults(11)
def test_damage_met_while_open_is_mended_in_place_and_every_other_user_of_the_store_follows(
    tmp_path: Path, tally: Teller
) -> None:
    shift = Shift(tmp_path / "tablet", random.Random(7))
    shift.work(3)
    shift.tablet.work.checkpoint()
    other = WorkStore(shift.tablet.folder, KEY)
    zeroed_pages(shift.tablet.folder.work_db, random.Random(1))
    for number in range(2, 8):
        zeroed_pages(shift.tablet.folder.work_db, random.Random(number))
    assert shift.tablet.work.mend()
    later = shift.tablet.report(note="after")
    shift.records.add(later.report_id)
    with other.act():  # opens what is in place now
        assert other.outbox.entry(later.report_id) is not None
    other.close()
    shift.check(shift.tablet)
    shift.tablet.close()
    tally(runs=1, note="met while open")


@pytest.mark.faults(11)
def test_rebuild_broken_off_at_any_step_is_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tally: Teller
) -> None:
    shift = Shift(tmp_path / "tablet", random.Random(3))
    shift.work(2)
    folder = shift.killed(tmp_path / "killed")
    shift.tablet.close()
    _ruin(folder)
    steps = 0

    class Stopped(BaseException):
        """As a kill: nothing may tidy up."""

    real = Path.rename

    def rename_or_stop(path: Path, target: Path) -> Path:
        nonlocal left
        left -= 1
        if left < 0:
            raise Stopped
        return real(path, target)

    while True:
        left = steps
        monkeypatch.setattr(Path, "rename", rename_or_stop)
        try:
            Tablet(folder.root).close()
        except Stopped:
            steps += 1
        else:
            break
        finally:
            monkeypatch.setattr(Path, "rename", real)
    assert steps >= 1
    with Tablet(folder.root) as rebuilt:
        shift.check(rebuilt)
    tally(runs=steps, note="rebuild broken off")


@pytest.mark.faults(11)
def test_without_rows_journal_and_copies_the_sidecars_give_the_photos_back(
    tmp_path: Path, tally: Teller
) -> None:
    shift = Shift(tmp_path / "tablet", random.Random(5))
    shift.work(2)
    folder = shift.killed(tmp_path / "killed")
    shift.tablet.close()
    shutil.rmtree(folder.journal)
    _ruin(folder)
    work = WorkStore(folder, KEY)
    assert {d.draft_id for d in work.drafts.all_open()} == set(shift.drafts)
    found = {s.photo_id: s.photo for d in shift.drafts for s in work.drafts.photos(d)}
    assert found == shift.photos
    assert all("beside" in draft.body for draft in work.drafts.all_open())
    work.close()
    tally(runs=1, note="sidecars alone")


def test_wrong_key_or_nothing_to_rebuild_from_is_refused_and_nothing_is_touched(tmp_path: Path) -> None:
    shift = Shift(tmp_path / "tablet", random.Random(5))
    shift.work(1)
    folder = shift.killed(tmp_path / "killed")
    shift.tablet.close()

    def refused(key: bytes) -> str:
        before = {path: path.read_bytes() for path in folder.root.rglob("*") if path.is_file()}
        with pytest.raises(FieldError) as error:
            WorkStore(folder, key)
        changed = {path for path, data in before.items() if not path.exists() or path.read_bytes() != data}
        assert {path.name for path in changed} <= {"work.db", "work.db-wal", "work.db-shm"}
        assert not folder.damaged.exists()
        return error.value.code

    assert refused(bytes(32)) == "store_key_wrong"
    _ruin(folder)
    assert refused(bytes(32)) == "store_key_wrong"
    all_gone(folder.work_db, random.Random(0))
    assert refused(bytes(32)) == "folder_broken"
    with Tablet(folder.root) as rebuilt:
        shift.check(rebuilt)


@pytest.mark.faults(11)
def test_lost_log_is_noticed_without_anybody_asking(tmp_path: Path) -> None:
    shift = Shift(tmp_path / "tablet", random.Random(5))
    shift.tablet.work.checkpoint()
    shift.work(2)
    folder = shift.killed(tmp_path / "killed")
    shift.tablet.close()
    log_deleted(folder.work_db, random.Random(0))
    with Tablet(folder.root) as again:
        shift.check(again)


def _blank(tablet: Tablet) -> Draft:
    return Draft("d", OFFICER, "report", "", "{}", tablet.clock.now(), "", "open")


def test_failed_transaction_leaves_nothing_in_the_journal(tmp_path: Path) -> None:
    with Tablet(tmp_path / "tablet") as tablet:
        kept = tablet.report(note="kept")
        length = tablet.work.journal_bytes()

        def fail() -> None:
            with tablet.work.act():
                tablet.work.drafts.save(_blank(tablet))
                raise NeedsPerson("x")

        with pytest.raises(NeedsPerson, match="x"):
            fail()
        assert tablet.work.journal_bytes() == length
        tablet.folder.work_db.rename(tablet.folder.root / "elsewhere.db")
        tablet.report(note="after")  # made anew from the journal right then
        assert tablet.state(kept.report_id) is not None
        assert tablet.work.drafts.all_open() == []


def test_store_made_anew_while_a_transaction_is_under_way_is_not_called_saved(tmp_path: Path) -> None:
    with Tablet(tmp_path / "tablet") as tablet:

        def overtaken() -> None:
            with tablet.work.act():
                tablet.work.drafts.save(_blank(tablet))
                tablet.folder.work_db.rename(tablet.folder.root / "elsewhere.db")

        with pytest.raises(RetryLater, match="store_moved"):
            overtaken()
        tablet.report(note="after")


def test_copies_are_whole_two_are_kept_and_the_journal_before_them_goes(tmp_path: Path) -> None:
    with Tablet(tmp_path / "tablet") as tablet:
        for _ in range(4):
            tablet.report()
            assert tablet.work.make_copy() is not None
        names = sorted(path.name for path in tablet.folder.copies.iterdir())
        assert names == ["work-00000004.db", "work-00000005.db"]
        segments = sorted(path.name for path in tablet.folder.journal.iterdir())
        assert segments == ["00000004.log", "00000005.log"]
