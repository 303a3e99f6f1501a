"""Whatever people type goes the whole way byte for byte, or is refused where it is typed: capture, push,
central, pull by another tablet, and what a command line shows of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from fieldapp.capture.act import submit_act
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, start_draft
from fieldapp.capture.opening import open_desk
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from sync.central.composition import Central
from sync.central.settings import Settings
from sync.central.shown import show_case, show_cases
from sync.central.store.devices import Device
from sync.central.world import real_world
from sync.cli.output import print_result
from sync.contract.errors import InputRefused
from sync.contract.lifecycle import ActKind
from sync.contract.records import NOWHERE, Act, RecordType, Report
from sync.contract.tables import Stream
from sync.contract.text import NOTE_MAX
from sync.contract.wire import ChangesPage, EnrolRequest, PushStatus, decode_record
from sync.replica.meta import CursorAt
from tests.contract.central_server import fill_small_city
from tests.contract.tablet import Tablet
from tests.fault.ledger_plugin import Teller

AWKWARD = (
    "𠮷野家",
    "👩‍👩‍👧‍👦",
    "\u202eabc\u202c",
    "\x00",
    "\ud83d",
    "\udc00",
    "'; DROP TABLE op; --",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "\nstate: closed",
    "\r\nact 2026-01-01  close by C0001: accepted",
    "../../../etc/passwd",
    "CON.txt",
    "e\u0301 \ufeff\u200b\u2028\u2029",
    "\x1b[31m\x07\x08",
    "{0} %s ${jndi:ldap://x}",
    "\\u0000 \\ud83d",
)
texts = st.lists(
    st.sampled_from(AWKWARD) | st.text(st.characters(codec=None), max_size=20), min_size=1, max_size=4
).map("".join).map(lambda text: joined(text)) | st.integers(NOTE_MAX - 1, NOTE_MAX + 1).map(
    lambda length: "長" * length
)
OFFICER = "G1001"
COMMANDING = {chr(code) for code in (*range(9), *range(10, 0x20), *range(0x7F, 0xA0))} | set(
    "\u202a\u202e\u2066"
)
"""Characters that command a terminal, or turn text around."""


def joined(text: str) -> str:
    """The same text where two halves of a character that stand together are that character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


class Way:
    """Two tablets and a central, with nothing between them but bytes."""

    def __init__(self, root: Path) -> None:
        world = real_world()
        self.central = Central(Settings(data=root / "central"), world)
        fill_small_city(self.central)
        self.device = self._admitted("ab" * 32)
        with Tablet(root / "one", device_id=self.device.device_id, officer=OFFICER) as tablet:
            key = tablet.work._key
        self.other = Tablet(root / "two", device_id=self._admitted("cd" * 32).device_id, officer=OFFICER)
        self.folder = tablet.folder
        self.desk: Desk = open_desk(tablet.folder, key, OFFICER)
        for stream in (Stream.WORK, Stream.REFERENCE):
            self._pull(self.desk.work if stream is Stream.WORK else None, stream)
        photo = io.BytesIO()
        Image.new("RGB", (16, 16)).save(photo, "JPEG")
        self.photo = photo.getvalue()

    def _admitted(self, public_key: str) -> Device:
        issued = self.central.devices.issue_code(b"authority", "", timedelta(hours=1))
        request = EnrolRequest(issued.code.secret, public_key, "ef" * 32, "tablet", "linux")
        return self.central.devices.authenticate(self.central.devices.enrol(request, "test").token)

    def _pull(self, work: object, stream: Stream) -> None:
        store = self.desk.reference if stream is Stream.REFERENCE else work
        held = store.cursor() if stream is Stream.REFERENCE else store.meta.cursor(stream)  # type: ignore[attr-defined, union-attr]
        cursor, more = held.cursor if held else "", True
        while more:
            page = self.central.feed.page(self.device, stream, cursor)
            page = msgspec.json.decode(msgspec.json.encode(page), type=ChangesPage)
            at = CursorAt(page.cursor, page.epoch, page.server_time)
            if stream is Stream.REFERENCE:
                self.desk.reference.apply(page.changes, at)
            else:
                with store.act():  # type: ignore[union-attr]
                    store.city.apply(page.changes)  # type: ignore[union-attr]
                    store.meta.move_cursor(stream, at)  # type: ignore[union-attr]
            cursor, more = page.cursor, page.more

    def report(self, text: str) -> str:
        """Save a report with this text in every field that takes one."""
        body = DraftBody(class_code="03-11", note=text, address=text[:200], place=NOWHERE)
        draft_id = start_draft(self.desk, body=body)
        take_photo(self.desk, draft_id, self.photo, NOWHERE)
        return submit_report(self.desk, draft_id).record_id

    def send(self) -> None:
        """Push everything as bytes, and let the other tablet pull."""
        work = self.desk.work
        with work.act():
            items = work.outbox.freeze_batch(100, self.desk.clock.now())
        raw = [msgspec.Raw(msgspec.json.encode(item)) for item in items]
        answers = self.central.intake.push(self.device.device_id, raw).answers
        assert [(answer.status, answer.code) for answer in answers] == [(PushStatus.DONE, "")] * len(items)
        with work.act():
            for answer in answers:
                assert answer.receipt is not None
                work.outbox.mark_sent(answer.op_id, answer.receipt)
        self._pull(self.other.work, Stream.WORK)

    def close(self) -> None:
        self.desk.work.close()
        self.desk.reference.close()
        self.other.close()
        self.central.close()


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    made = Way(tmp_path_factory.mktemp("way"))
    yield made
    made.close()


def acceptable(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= c <= "\udfff" for c in text) and len(text) <= NOTE_MAX


def shown(result: dict[str, object], show: object) -> list[str]:
    out = io.StringIO()
    with redirect_stdout(out):
        print_result(result, show)  # type: ignore[arg-type]
    return out.getvalue().rstrip("\n").split("\n")


def test_two_halves_that_stand_together_arrive_as_their_character(way: Way) -> None:
    case_id = way.report("\ud83d\udc00")
    way.send()
    assert way.central.ledger.case(case_id).case["note"] == "🐀"


@pytest.mark.faults(29)
def test_every_text_goes_the_whole_way_byte_for_byte_or_is_refused_where_it_is_typed(
    way: Way, tally: Teller, long_form: bool
) -> None:
    counts = {"whole": 0, "refused": 0}

    @settings(max_examples=1000 if long_form else 80)
    @given(texts)
    def one(text: str) -> None:
        if not acceptable(text):
            with pytest.raises(InputRefused):
                way.report(text)
            counts["refused"] += 1
            return
        case_id = way.report(text)
        act = submit_act(way.desk, case_id, ActKind.SUPPLEMENT, note=text) if text.strip() else None
        way.send()

        for row in (way.other.work.city.case(case_id), way.central.ledger.case(case_id).case):
            assert row is not None
            assert (row["note"], row["address"]) == (text, text[:200])
            record = decode_record(RecordType.REPORT, str(row["record"]))
            assert isinstance(record, Report)
            assert (record.note, record.address) == (text, text[:200])
        if act is not None:
            entry = way.desk.work.outbox.entry(act.record_id)
            assert entry is not None
            kept = decode_record(RecordType.ACT, entry.record.body)
            assert isinstance(kept, Act)
            assert kept.note == text
        _shown_lines_are_ours(way, case_id)
        counts["whole"] += 1

    one()
    assert counts["whole"] > 20
    assert counts["refused"] > 3
    tally(runs=sum(counts.values()), seeds="hypothesis", note=f"texts all the way: {counts}")


def _shown_lines_are_ours(way: Way, case_id: str) -> None:
    """Nothing that was typed begins a line of its own, or carries a character that commands a terminal."""
    file = msgspec.to_builtins(way.central.ledger.case(case_id))
    own = {*file["case"], "act", "photo", "verdict"}
    lines = shown(file, show_case)
    for line in lines:
        assert line.startswith("    ") or line.split(":")[0].split(" ")[0] in own, line
        assert not COMMANDING & set(line), line
    states = [line for line in lines if line.startswith("state:")]
    assert states == [f"state: {file['case']['state']}"]
    page = way.central.ledger.page(None, 5, "")
    found = {"cases": page.cases, "cursor": page.cursor}
    assert len(shown(found, show_cases)) == len(page.cases) + bool(page.cursor)
