"""What the person with a tablet does, by the product's own use cases, in the middle of rounds too."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from contextlib import suppress

from PIL import Image

from fieldapp.capture.act import submit_act, view_case
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import (
    DraftBody,
    discard_draft,
    keep_draft,
    open_draft,
    remove_photo,
    start_draft,
)
from fieldapp.capture.lookup_log import log_lookup
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from fieldapp.capture.undo import Undone, undo
from sync.contract.errors import FieldError, InputRefused
from sync.contract.lifecycle import LIFE_CYCLE, ActKind
from sync.contract.records import ClockState, Place, PlaceSource
from sync.contract.wire import decode_record, sha256_hex
from sync.replica.outbox import ItemState
from tests.fault.simulation.city import CLASS
from tests.fault.simulation.ledger import Doubt, Ledger
from tests.fault.simulation.tablet import Tablet
from tests.fault.simulation.world import Violation

PLACES = (
    Place(lon=113.9, lat=22.56, accuracy_m=5.0, source=PlaceSource.GNSS),
    Place(lon=113.91, lat=22.57, accuracy_m=60.0, source=PlaceSource.GNSS),
)


def _tiny_jpeg(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (32, 24), (shade, 90, 200 - shade)).save(out, "JPEG")
    return out.getvalue()


_JPEGS = [_tiny_jpeg(shade) for shade in (10, 120)]


class Person:
    """One tablet's person. ``look`` is called after each thing done, with the tablet it was done on."""

    def __init__(self, tablet: Tablet, ledger: Ledger, look: Callable[[Tablet], None]) -> None:
        self._tablet = tablet
        self._ledger = ledger
        self._look = look
        self._chance: random.Random = tablet.world.chance(f"{tablet.name} person")
        self._last_photo = b""
        self.jpeg_share = 0.03
        self.large_share = 0.03

    def do_something(self) -> None:
        """Draw something to do, and do it; once the faults have stopped, nothing new begins."""
        if self._tablet.healing:
            return
        doings: list[tuple[int, Callable[[Desk], str]]] = [
            (8, self._report),
            (3, self._draft),
            (4, self._act),
            (3, self._undo),
            (2, self._submit_draft),
            (1, self._discard),
            (1, self._remove_photo),
            (2, self._look_up),
            (1, self._try_again),
        ]
        doing = self._chance.choices([one for _, one in doings], [weight for weight, _ in doings])[0]
        self.do(doing)

    def do(self, doing: Callable[[Desk], str]) -> None:
        """Do one thing; a refusal must change nothing, a death leaves it in doubt."""
        tablet = self._tablet
        if not tablet.is_on:
            return
        life = tablet.living
        with life.use():
            life.reference.reopen()
            try:
                said = doing(life.desk)
            except FieldError as refused:
                if refused.code in ("store_busy", "disk_failed", "folder_broken"):
                    raise Violation(f"I13 {refused.code} in {doing.__name__}") from refused
                said = f"refused: {refused.code}"
                tablet.world.count(f"refused {refused.code}")
            self._ledger.doubt = None
            tablet.world.note(tablet.name, f"{doing.__name__.strip('_')} {said}")
            tablet.world.count("acts of people")
            self._look(tablet)
        if self._chance.random() < 0.8:
            tablet.nudge()

    def report(self, desk: Desk, photos: int) -> str:
        """A report with so many photos, from nothing to saved."""
        draft_id = self._begin(desk)
        self._photos(desk, draft_id, photos)
        self._fill_in(desk, draft_id)
        return self._submit(desk, draft_id)

    def _report(self, desk: Desk) -> str:
        return self.report(desk, self._chance.choice((0, 1, 1, 2, 3)))

    def _draft(self, desk: Desk) -> str:
        draft_id = self._begin(desk)
        self._photos(desk, draft_id, self._chance.randrange(3))
        self._fill_in(desk, draft_id)
        return draft_id

    def _begin(self, desk: Desk) -> str:
        self._ledger.doubt = Doubt("start", set())
        draft_id = start_draft(desk)
        self._ledger.note_draft(desk, draft_id)
        return draft_id

    def _photos(self, desk: Desk, draft_id: str, number: int) -> None:
        for _ in range(number):
            data = self._picture()
            self._ledger.doubt = Doubt("photo", {draft_id})
            self._ledger.bytes_of[sha256_hex(data)] = data
            saved = take_photo(desk, draft_id, data, self._chance.choice(PLACES))
            if saved.photo.original.sha256 != sha256_hex(data):
                raise Violation("I3 a photo was saved under another hash")
            self._ledger.note_draft(desk, draft_id)

    def _picture(self) -> bytes:
        drawn = self._chance.random()
        if drawn < 0.08 and self._last_photo:
            return self._last_photo
        if drawn < 0.08 + self.jpeg_share:
            data = self._chance.choice(_JPEGS) + self._chance.randbytes(8)
        elif drawn < 0.08 + self.jpeg_share + self.large_share:
            data = self._chance.randbytes(self._chance.randrange(200_000, 700_000))
        else:
            data = self._chance.randbytes(self._chance.randrange(1, 4_000))
        self._last_photo = data
        return data

    def _fill_in(self, desk: Desk, draft_id: str) -> None:
        self._ledger.doubt = Doubt("save", {draft_id})
        body = DraftBody(class_code=CLASS, note=f"看到 {self._chance.randrange(1000)}")
        keep_draft(desk, draft_id, desk.officer.officer_id, body)
        self._ledger.note_draft(desk, draft_id)

    def _submit(self, desk: Desk, draft_id: str) -> str:
        self._ledger.doubt = Doubt("submit", {draft_id})
        try:
            submit_report(desk, draft_id)
        except FieldError:
            self._ledger.note_draft(desk, draft_id)  # its derivatives may have been made
            raise
        self._kept(desk, draft_id)
        return draft_id

    def _kept(self, desk: Desk, record_id: str) -> None:
        kept = self._ledger.note_record(desk, record_id)
        if kept.device_seq <= self._ledger.highest_seq:
            raise Violation(f"I8 number {kept.device_seq} after {self._ledger.highest_seq}")
        self._ledger.highest_seq = kept.device_seq
        self._check_stamp(desk, record_id)

    def _check_stamp(self, desk: Desk, record_id: str) -> None:
        """Whether the record says of its clock what is true of it, against central's time as it was told."""
        entry = desk.work.outbox.entry(record_id)
        assert entry is not None
        stamp = decode_record(entry.record.record_type, entry.record.body).stamp
        tablet = self._tablet
        if (stamp.boot_id, stamp.wall) != (tablet.clock.boot_id, tablet.clock.now()):
            raise Violation("I8 the stamp does not tell the device's own clocks")
        if stamp.clock is ClockState.TRUSTED:
            off_s = min(abs(tablet.clock.offset_s - central_s) for central_s in tablet.central.offsets)
            if off_s > 121:
                raise Violation(f"I8 a clock that is off by {off_s:.0f} s is called trusted")
        if stamp.clock is ClockState.DOUBTFUL:
            tablet.world.count("stamps doubtful")

    def _open_drafts(self, desk: Desk) -> list[str]:
        return [
            draft.draft_id
            for draft in desk.work.drafts.open_drafts(desk.officer.officer_id)
            if draft.kind == "report"
        ]

    def _submit_draft(self, desk: Desk) -> str:
        drafts = self._open_drafts(desk)
        if not drafts:
            return "none"
        draft_id = self._chance.choice(drafts)
        self._fill_in(desk, draft_id)
        return self._submit(desk, draft_id)

    def _discard(self, desk: Desk) -> str:
        drafts = self._open_drafts(desk)
        if not drafts:
            return "none"
        draft_id = self._chance.choice(drafts)
        self._ledger.doubt = Doubt("discard", {draft_id})
        discard_draft(desk, draft_id)
        self._ledger.note_draft(desk, draft_id)
        return draft_id

    def _remove_photo(self, desk: Desk) -> str:
        for draft_id in self._open_drafts(desk):
            photos = open_draft(desk, draft_id).photos
            if photos:
                self._ledger.doubt = Doubt("discard", {draft_id})
                remove_photo(desk, self._chance.choice(photos))
                self._ledger.note_draft(desk, draft_id)
                return draft_id
        return "none"

    def _act(self, desk: Desk) -> str:
        cases = desk.work.city.cases(40)
        self._chance.shuffle(cases)
        for case in cases[:6]:
            case_id = str(case["case_id"])
            offered = [kind for kind in view_case(desk, case_id).offered if kind is not ActKind.REPORT]
            if offered:
                return self._do_act(desk, case_id, self._chance.choice(offered))
        return "no case"

    def _do_act(self, desk: Desk, case_id: str, kind: ActKind) -> str:
        draft_id = ""
        if LIFE_CYCLE[kind].needs_photo or self._chance.random() < 0.2:
            self._ledger.doubt = Doubt("start", set())
            draft_id = start_draft(desk, kind=kind.value, case_id=case_id)
            self._ledger.note_draft(desk, draft_id)
            self._photos(desk, draft_id, 1)
        self._ledger.doubt = Doubt("submit", {draft_id})
        saved = submit_act(desk, case_id, kind, note="照办", draft_id=draft_id)
        self._kept(desk, saved.record_id)
        return f"{kind.value} {saved.record_id}"

    def _undo(self, desk: Desk) -> str:
        records = [r for r in self._ledger.records.values() if r.record_type != "lookup"]
        if not records:
            return "nothing to undo"
        newest = sorted(records, key=lambda record: record.device_seq)[-4:]
        record_id = self._chance.choice(newest).record_id
        self._ledger.doubt = Doubt("undo", {record_id})
        how = undo(desk, record_id)
        if how is Undone.REMOVED:
            self._ledger.note_removed(desk, record_id)
        elif how is Undone.WITHDRAWN:
            entry = desk.work.outbox.entry(record_id)
            assert entry is not None
            self._kept(desk, entry.record.withdrawn_by)
        return f"{how.value} {record_id}"

    def _look_up(self, desk: Desk) -> str:
        self._ledger.doubt = Doubt("lookup", set())
        lookup_id = log_lookup(desk, f"粤B{self._chance.randrange(30):05}", "allowed")
        self._kept(desk, lookup_id)
        return lookup_id

    def _try_again(self, desk: Desk) -> str:
        refused = [e for e in desk.work.outbox.entries() if e.state is ItemState.NEEDS_YOU]
        if not refused:
            return "nothing refused"
        record_id = self._chance.choice(refused).record.record_id
        with desk.work.act():
            desk.work.outbox.try_again(record_id)
            desk.work.uploads.try_again(record_id)
        return record_id


def quietly(call: Callable[[], object]) -> bool:
    """Do something that may be refused; whether it was done."""
    with suppress(FieldError, InputRefused):
        call()
        return True
    return False
