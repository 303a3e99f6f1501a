"""What is typed comes back from the draft as it was, and no order of acts loses or doubles a report."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

sys.path.append(str(Path(__file__).resolve().parents[1] / "unit" / "capture"))

from image_makers import jpeg
from use_case_desk import close_desk, make_desk

from fieldapp.capture.drafts import COMMAND, DraftBody, draft_text, keep_draft, list_drafts, open_draft
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from fieldapp.capture.undo import Undone, undo
from sync.contract.errors import InputRefused
from sync.contract.records import NOWHERE
from sync.replica.outbox import ItemState

PHOTO = jpeg()
any_text = st.text(st.characters(exclude_categories=()), max_size=40)


@given(note=any_text, address=any_text, plate=any_text, recovered=st.booleans())
def test_body_read_back_is_what_was_typed(note: str, address: str, plate: str, recovered: bool) -> None:
    body = DraftBody(note=note, address=address, plate=plate, recovered=recovered)

    assert msgspec.convert(json.loads(draft_text(body)), DraftBody) == body


class Desks(RuleBasedStateMachine):
    """Typing, taking photos, submitting, sending and undoing in any order, against a plain model."""

    @initialize()
    def open(self) -> None:
        self.place = TemporaryDirectory()
        self.desk = make_desk(Path(self.place.name) / "tablet")
        self.note: dict[str, str] = {}
        self.seen: dict[str, DraftBody] = {}
        self.lost: dict[str, set[str]] = {}
        self.photos: dict[str, int] = {}
        self.submitted: set[str] = set()
        self.frozen: set[str] = set()
        self.withdrawn: set[str] = set()
        self.count = 0

    def ids(self) -> list[str]:
        return [f"01900000-0000-7000-8000-{n:012x}" for n in range(3)]

    @rule(n=st.integers(0, 2), note=any_text)
    def type(self, n: int, note: str) -> None:
        """In the form, which knows the draft as it was when it last kept or opened it."""
        draft = self.ids()[n]
        if draft in self.submitted:
            return
        seen = self.seen.get(draft, DraftBody())
        if note != seen.note and self.note.get(draft, note) not in (seen.note, note):
            self.lost.setdefault(draft, set()).add(self.note[draft])
        body = msgspec.structs.replace(seen, class_code="03-11", note=note)
        kept = keep_draft(self.desk, draft, "G1001", body, seen).body
        self.note[draft] = note if note != seen.note else self.note.get(draft, note)
        assert kept.note == self.note[draft]
        self.seen[draft] = kept
        self.lost.get(draft, set()).discard(kept.note)

    @precondition(lambda self: set(self.note) - self.submitted)
    @rule(data=st.data(), note=any_text)
    def somebody_else_types(self, data: st.DataObject, note: str) -> None:
        """Who has just read it, and writes over nothing but what stands."""
        draft = data.draw(st.sampled_from(sorted(set(self.note) - self.submitted)))
        body = open_draft(self.desk, draft).body
        keep_draft(self.desk, draft, "G1001", msgspec.structs.replace(body, note=note, by=COMMAND))
        self.note[draft] = note
        self.lost.get(draft, set()).discard(note)

    @rule(n=st.integers(0, 2), note=any_text)
    def type_late(self, n: int, note: str) -> None:
        draft = self.ids()[n]
        if draft in self.submitted:
            keep_draft(self.desk, draft, "G1001", DraftBody(class_code="03-11", note=note))

    @precondition(lambda self: set(self.note) - self.submitted)
    @rule(data=st.data())
    def shoot(self, data: st.DataObject) -> None:
        draft = data.draw(st.sampled_from(sorted(set(self.note) - self.submitted)))
        take_photo(self.desk, draft, PHOTO, NOWHERE)
        self.photos[draft] = self.photos.get(draft, 0) + 1

    @precondition(lambda self: self.note)
    @rule(data=st.data())
    def submit(self, data: st.DataObject) -> None:
        draft = data.draw(st.sampled_from(sorted(self.note)))
        try:
            submit_report(self.desk, draft)
        except InputRefused:
            assert draft not in self.submitted
            return
        self.submitted.add(draft)

    @rule()
    def send(self) -> None:
        with self.desk.work.act():
            self.desk.work.outbox.freeze_batch(100, self.desk.clock.now())
        self.frozen |= self.submitted

    @precondition(lambda self: self.submitted)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        record = data.draw(st.sampled_from(sorted(self.submitted)))
        how = undo(self.desk, record)
        if record in self.withdrawn:
            assert how is Undone.ALREADY
        elif record in self.frozen:
            assert how is Undone.WITHDRAWN
            self.withdrawn.add(record)
        else:
            assert how is Undone.REMOVED
            self.submitted.discard(record)

    def teardown(self) -> None:
        if not hasattr(self, "desk"):
            return
        entries = {entry.record.record_id: entry for entry in self.desk.work.outbox.entries()}
        reports = [e for e in entries.values() if e.record.record_id == e.record.case_id]
        assert {e.record.record_id for e in reports} == self.submitted
        assert {e.record.record_id for e in reports if e.record.withdrawn_by} == self.withdrawn
        assert all(e.state is not ItemState.SENT for e in reports)
        opened = {o.draft.draft_id: o for o in list_drafts(self.desk)}
        assert {d: o.body.note for d, o in opened.items()} == {
            d: note for d, note in self.note.items() if d not in self.submitted
        }
        for draft, notes in self.lost.items():
            put_aside = {json.loads(one.value) or "" for one in open_draft(self.desk, draft).body.aside}
            assert notes <= put_aside, "no words of either side are lost"
        assert {d: len(o.photos) for d, o in opened.items()} == {d: self.photos.get(d, 0) for d in opened}
        close_desk(self.desk)
        self.place.cleanup()


TestDesks = Desks.TestCase
