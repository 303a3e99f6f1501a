"""What every remote promises, as one class of tests: run against memory, a bad link and real HTTP alike.

A flavour subclasses ``RemoteContract`` and gives the fixture ``side``: a remote of one device, and a hand on
its central.
"""

from __future__ import annotations

import io
from typing import Any

import msgspec
import pytest

from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.ids import new_id
from sync.contract.lifecycle import ActKind
from sync.contract.records import Lane, Report
from sync.contract.tables import Stream
from sync.contract.wire import (
    PAGE_LIMIT,
    PUSH_BATCH,
    UPLOAD_CHUNK,
    FileOffer,
    OfferStatus,
    PushItem,
    PushStatus,
    sha256_hex,
)
from sync.remote.base import CursorGone
from tests.contract.alerts_contract import AlertsContract
from tests.contract.beginning_contract import BeginningContract
from tests.contract.central_records import RecordMaker, offer_of, photo_of
from tests.contract.downloads_contract import DownloadsContract
from tests.contract.quiet_records_contract import QuietRecordsContract
from tests.contract.remote_side import REFERENCE, WORK, Side, all_changes, once_written, permit


def silent(_: int) -> None:
    """Nobody looks at the progress."""


class RemoteContract(QuietRecordsContract, AlertsContract, DownloadsContract, BeginningContract):
    """The promises of ``sync.remote.base.Remote`` and ``sync.contract.wire``."""

    @pytest.fixture
    def maker(self, side: Side) -> RecordMaker:
        return RecordMaker(side.device_id)

    def pushed(self, side: Side, maker: RecordMaker, *photos: bytes) -> Report:
        report = maker.report(*(photo_of(data, slot) for slot, data in enumerate(photos)))
        answer = side.remote.push([maker.item(report)]).answers[0]
        assert answer.receipt is not None, answer.code
        return report

    def upload(self, side: Side, file: FileOffer, data: bytes) -> None:
        answer = side.remote.offer([file])[0]
        assert answer.status is OfferStatus.NEEDED
        side.remote.upload(file, answer, io.BytesIO(data), silent)

    def test_record_is_taken_with_a_receipt_that_names_its_id_and_hash(
        self, side: Side, maker: RecordMaker
    ) -> None:
        item = maker.item(maker.report())
        answer = side.remote.push([item]).answers[0]
        assert answer.op_id == item.op_id
        assert answer.receipt is not None
        assert (answer.receipt.id, answer.receipt.sha256) == (item.record_id, item.body_sha256)
        assert answer.receipt.sequence > 0
        assert answer.receipt.epoch
        assert answer.receipt.received_at.tzinfo is not None

    def test_same_item_again_gets_the_same_receipt_and_counts_once(
        self, side: Side, maker: RecordMaker
    ) -> None:
        item = maker.item(maker.report())
        first = side.remote.push([item]).answers[0]
        again = side.remote.push([item]).answers[0]
        assert again.status is PushStatus.ALREADY_DONE
        assert again.receipt == first.receipt
        cases = [c for c in all_changes(side.remote, WORK)[0] if c.id == item.record_id]
        assert len(cases) == 1

    def test_same_item_twice_in_one_batch_counts_once(self, side: Side, maker: RecordMaker) -> None:
        item = maker.item(maker.report())
        first, again = side.remote.push([item, item]).answers
        assert again.status is PushStatus.ALREADY_DONE
        assert again.receipt == first.receipt

    def test_same_record_under_another_operation_counts_once(self, side: Side, maker: RecordMaker) -> None:
        item = maker.item(maker.report())
        first = side.remote.push([item]).answers[0]
        again = side.remote.push([msgspec.structs.replace(item, op_id=new_id())]).answers[0]
        assert again.status is PushStatus.ALREADY_DONE
        assert again.receipt == first.receipt

    def test_other_body_under_a_known_operation_or_record_is_a_conflict_and_overwrites_nothing(
        self, side: Side, maker: RecordMaker
    ) -> None:
        report = maker.report()
        item = maker.item(report)
        side.remote.push([item])
        other = maker.item(msgspec.structs.replace(report, note="anders"))
        answers = side.remote.push([msgspec.structs.replace(other, op_id=item.op_id), other]).answers
        assert [answer.status for answer in answers] == [PushStatus.CONFLICT, PushStatus.CONFLICT]
        assert all(answer.receipt is None for answer in answers)
        case = next(c for c in all_changes(side.remote, WORK)[0] if c.id == report.report_id)
        assert case.row is not None
        assert case.row["record"] == item.body

    def test_body_garbled_on_the_way_is_refused_and_the_right_one_is_still_welcome(
        self, side: Side, maker: RecordMaker
    ) -> None:
        item = maker.item(maker.report())
        garbled = msgspec.structs.replace(item, body=item.body + " ")
        refused = side.remote.push([garbled]).answers[0]
        assert (refused.status, refused.code, refused.receipt) == (PushStatus.REFUSED, "hash_mismatch", None)
        assert side.remote.push([item]).answers[0].receipt is not None

    def test_act_that_does_not_fit_is_refused_the_same_way_each_time_and_stays_visible(
        self, side: Side, maker: RecordMaker
    ) -> None:
        report = self.pushed(side, maker)
        act = maker.act(report.report_id, ActKind.CLOSE, officer_id="C4001")
        item = maker.item(act)
        first, again = (side.remote.push([item]).answers[0] for _ in range(2))
        assert (first.status, first.code) == (PushStatus.REFUSED, "act_not_allowed")
        assert again == first
        row = next(c.row for c in all_changes(side.remote, WORK)[0] if c.id == act.act_id)
        assert row is not None
        assert (row["standing"], row["code"]) == ("refused", "act_not_allowed")

    def reassigned(self, side: Side, maker: RecordMaker) -> tuple[Report, PushItem, PushItem]:
        """A case that was given to another unit while the first arrived and handled it offline."""
        report = self.pushed(side, maker)

        def act(kind: ActKind, officer: str, **more: Any) -> PushItem:
            return maker.item(maker.act(report.report_id, kind, officer, **more))

        online = [
            act(ActKind.OPEN, "C4001"),
            act(ActKind.DISPATCH, "D5001", to_officer="U3001"),
            act(ActKind.ACCEPT, "U3001"),
            act(ActKind.RETURN, "U3001", note="x"),
            act(ActKind.DISPATCH, "D5001", to_officer="I2001"),
        ]
        assert all(answer.receipt for answer in side.remote.push(online).answers)
        arrived, handled = (
            act(ActKind.ARRIVE, "U3001"),
            act(ActKind.HANDLE, "U3001", photos=(photo_of(b"a"),)),
        )
        refused = side.remote.push([arrived, handled]).answers
        assert [answer.code for answer in refused] == ["act_not_allowed", "act_not_allowed"]
        return report, arrived, handled

    def standings(self, side: Side, *ids: str) -> list[object]:
        told = {change.id: change.row for change in all_changes(side.remote, WORK)[0]}
        return [(told[one] or {}).get("standing") for one in ids]

    def test_refused_work_that_is_upheld_counts_and_gets_its_receipt(
        self, side: Side, maker: RecordMaker
    ) -> None:
        report, arrived, handled = self.reassigned(side, maker)
        ruling = maker.act(
            report.report_id, ActKind.UPHOLD, "D5001", about=handled.record_id, to_officer="U3001"
        )
        assert side.remote.push([maker.item(ruling)]).answers[0].receipt is not None
        case = {change.id: change.row for change in all_changes(side.remote, WORK)[0]}[report.report_id]
        assert case is not None
        assert (case["state"], case["assignee"]) == ("fed_back", "U3001")
        assert self.standings(side, arrived.record_id, handled.record_id) == ["upheld", "upheld"]
        again = side.remote.push([arrived, handled]).answers
        assert [(one.status, one.receipt and one.receipt.id) for one in again] == [
            (PushStatus.ALREADY_DONE, arrived.record_id),
            (PushStatus.ALREADY_DONE, handled.record_id),
        ]

    def test_refused_work_that_is_set_aside_moves_nothing_and_is_decided_once(
        self, side: Side, maker: RecordMaker
    ) -> None:
        report, arrived, handled = self.reassigned(side, maker)

        def rule(kind: ActKind, about: str, **more: Any) -> tuple[str, bool]:
            ruling = maker.act(
                report.report_id, kind, "D5001", about=about, to_officer="U3001", note="x", **more
            )
            answer = side.remote.push([maker.item(ruling)]).answers[0]
            return answer.code, answer.receipt is not None

        assert rule(ActKind.UPHOLD, arrived.record_id) == ("ruling_not_work", False)
        assert rule(ActKind.SET_ASIDE, handled.record_id) == ("", True)
        assert rule(ActKind.UPHOLD, handled.record_id) == ("ruling_unknown", False)
        assert rule(ActKind.SET_ASIDE, new_id()) == ("ruling_unknown", False)
        case = {change.id: change.row for change in all_changes(side.remote, WORK)[0]}[report.report_id]
        assert case is not None
        assert (case["state"], case["assignee"]) == ("dispatched", "I2001")
        assert self.standings(side, arrived.record_id, handled.record_id) == ["set_aside", "set_aside"]

    def test_refused_act_that_its_own_author_takes_back_is_settled(
        self, side: Side, maker: RecordMaker
    ) -> None:
        report, arrived, handled = self.reassigned(side, maker)

        def take_back(item: PushItem, officer: str) -> str:
            withdrawal = maker.act(report.report_id, ActKind.WITHDRAW, officer, withdraws=item.record_id)
            return side.remote.push([maker.item(withdrawal)]).answers[0].code

        assert take_back(handled, "I2001") == "withdraw_not_yours"
        assert take_back(handled, "U3001") == ""
        assert take_back(handled, "U3001") == "withdraw_too_late"
        assert self.standings(side, arrived.record_id, handled.record_id) == ["refused", "taken_back"]
        assert side.remote.push([handled]).answers[0].status is PushStatus.ALREADY_DONE

    def test_record_once_refused_is_judged_anew_when_it_comes_again_as_it_is(
        self, side: Side, maker: RecordMaker
    ) -> None:
        report = maker.report()
        act = maker.item(maker.act(report.report_id, ActKind.OPEN, officer_id="C4001"))
        first, again = (side.remote.push([act]).answers[0] for _ in range(2))
        assert (first.status, first.code) == (PushStatus.REFUSED, "case_unknown")
        assert again == first
        side.remote.push([maker.item(report)])
        taken, once_more = (side.remote.push([act]).answers[0] for _ in range(2))
        assert taken.receipt is not None
        assert (once_more.status, once_more.receipt) == (PushStatus.ALREADY_DONE, taken.receipt)
        rows = [c.row for c in all_changes(side.remote, WORK)[0] if c.id == act.record_id]
        assert [row["standing"] for row in rows if row] == ["accepted"]

    def test_act_moves_the_case_for_everybody(self, side: Side, maker: RecordMaker) -> None:
        report = self.pushed(side, maker)
        act = maker.act(report.report_id, ActKind.OPEN, officer_id="C4001")
        assert side.remote.push([maker.item(act)]).answers[0].receipt is not None
        changes = {c.id: c.row for c in all_changes(side.remote, WORK)[0]}
        case, done = changes[report.report_id], changes[act.act_id]
        assert case is not None
        assert done is not None
        assert (case["state"], case["last_act"]) == ("opened", act.act_id)
        assert done["standing"] == "accepted"

    def test_handled_on_the_spot_is_verified_by_another_and_never_by_who_handled_it(
        self, side: Side, maker: RecordMaker
    ) -> None:
        photo = photo_of(b"after")
        report = self.pushed(side, maker)
        handled = maker.act(report.report_id, ActKind.SELF_HANDLE, photos=(photo,))
        own = maker.act(report.report_id, ActKind.VERIFY, "G1001")
        other = maker.act(report.report_id, ActKind.VERIFY, "I2001")
        answers = side.remote.push([maker.item(act) for act in (handled, own, other)]).answers
        assert [answer.code for answer in answers] == ["", "act_own_handling", ""]
        rows = {c.id: c.row for c in all_changes(side.remote, WORK)[0]}
        case = rows[report.report_id]
        assert case is not None
        assert (case["state"], case["last_act"]) == ("verified", other.act_id)

    def test_what_the_handler_asks_for_stands_in_the_row_until_it_is_decided(
        self, side: Side, maker: RecordMaker
    ) -> None:
        report = self.pushed(side, maker)
        case_id = report.report_id
        acts = (
            maker.act(case_id, ActKind.OPEN, "C4001"),
            maker.act(case_id, ActKind.DISPATCH, "D5001", to_officer="U3001"),
            maker.act(case_id, ActKind.ASK_DELAY, "U3001", note="堵车", minutes=60),
            maker.act(case_id, ActKind.REFUSE_DELAY, "D5001", note="请尽快"),
        )
        asked = []
        for act in acts:
            answer = side.remote.push([maker.item(act)]).answers[0]
            assert answer.receipt is not None, answer.code
            case = {c.id: c.row for c in all_changes(side.remote, WORK)[0]}[case_id]
            assert case is not None
            asked.append(case["asked"])
        assert asked == ["", "", "ask_delay", ""]

    def test_withdrawn_report_withdraws_the_case_once(self, side: Side, maker: RecordMaker) -> None:
        report = self.pushed(side, maker)
        first, second = (
            maker.act(report.report_id, ActKind.WITHDRAW, withdraws=report.report_id) for _ in range(2)
        )
        answers = side.remote.push([maker.item(first), maker.item(second)]).answers
        assert answers[0].receipt is not None
        assert (answers[1].status, answers[1].code) == (PushStatus.REFUSED, "withdraw_too_late")

    def test_bad_item_in_a_batch_blocks_none_of_the_others_and_answers_keep_their_order(
        self, side: Side, maker: RecordMaker
    ) -> None:
        good = [maker.item(maker.report()) for _ in range(3)]
        bad = [
            maker.item(maker.report(), body="not a record"),
            maker.item(maker.report(class_code="99-99")),
            maker.item(maker.report(officer_id="X9999")),
            maker.item(maker.act(new_id(), ActKind.SUPPLEMENT)),
            maker.item(maker.report(device_id=new_id())),
        ]
        batch = [good[0], *bad[:2], good[1], *bad[2:], good[2]]
        answers = side.remote.push(batch).answers
        assert [answer.op_id for answer in answers] == [item.op_id for item in batch]
        assert {a.op_id for a in answers if a.receipt is not None} == {item.op_id for item in good}
        codes = {a.op_id: a.code for a in answers if a.receipt is None}
        assert [codes[item.op_id] for item in bad] == [
            "record_malformed",
            "class_unknown",
            "officer_unknown",
            "case_unknown",
            "device_mismatch",
        ]

    def test_batch_of_too_many_is_refused_whole(self, side: Side, maker: RecordMaker) -> None:
        items = [maker.item(maker.report()) for _ in range(PUSH_BATCH + 1)]
        with pytest.raises(InputRefused, match="batch_too_large"):
            side.remote.push(items)

    def test_note_arrives_byte_for_byte(self, side: Side, maker: RecordMaker) -> None:
        report = maker.report(note="🚛\u200d👷 \t\u0001 ｆｕｌｌ\\\"'\n" * 400)
        item = maker.item(report)
        assert side.remote.push([item]).answers[0].receipt is not None
        row = next(c.row for c in all_changes(side.remote, WORK)[0] if c.id == report.report_id)
        assert row is not None
        assert row["record"] == item.body
        assert row["note"] == report.note

    def test_files_are_asked_for_by_hash_and_held_with_a_receipt(
        self, side: Side, maker: RecordMaker
    ) -> None:
        data = new_id().encode()
        file = offer_of(self.pushed(side, maker, data), 0)
        self.upload(side, file, data)
        held = side.remote.offer([file])[0]
        assert held.status is OfferStatus.HELD
        assert held.receipt is not None
        assert (held.receipt.id, held.receipt.sha256) == (file.sha256, file.sha256)
        assert side.remote.offer([file])[0].receipt == held.receipt
        assert b"".join(side.remote.photo(file.sha256)) == data

    def test_file_held_for_one_slot_is_held_for_every_other(self, side: Side, maker: RecordMaker) -> None:
        data = new_id().encode()
        report = self.pushed(side, maker, data, data)
        self.upload(side, offer_of(report, 0), data)
        answers = side.remote.offer([offer_of(report, 0), offer_of(report, 1)])
        assert [answer.status for answer in answers] == [OfferStatus.HELD, OfferStatus.HELD]

    def test_file_of_no_record_and_file_the_record_does_not_name_are_refused(
        self, side: Side, maker: RecordMaker
    ) -> None:
        file = offer_of(self.pushed(side, maker, b"one"), 0)
        change = msgspec.structs.replace
        wrong = [
            change(file, record_id=new_id()),
            change(file, slot=5),
            change(file, lane=Lane.STAMPED),
            change(file, sha256=sha256_hex(b"other")),
            change(file, bytes=4),
        ]
        answers = side.remote.offer(wrong)
        assert {answer.status for answer in answers} == {OfferStatus.REFUSED}
        assert [answer.code for answer in answers] == ["record_unknown"] * 3 + ["file_mismatch"] * 2

    def test_upload_that_broke_off_goes_on_from_what_central_has(
        self, side: Side, maker: RecordMaker
    ) -> None:
        data = new_id().encode() * 40_000
        file = offer_of(self.pushed(side, maker, data), 0)
        cut = 2 * UPLOAD_CHUNK + 12_345

        class Breaking(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                left = cut - self.tell()
                if left <= 0:
                    raise RetryLater("unreachable")
                return super().read(left if size is None or size < 0 else min(size, left))

        with pytest.raises(RetryLater):
            side.remote.upload(file, side.remote.offer([file])[0], Breaking(data), silent)
        begun = once_written(side.remote, file)
        assert begun.status is OfferStatus.NEEDED
        assert begun.offset <= cut
        told: list[int] = []
        side.remote.upload(file, begun, io.BytesIO(data), told.append)
        assert min(told) >= begun.offset
        assert told[-1] == len(data)
        assert b"".join(side.remote.photo(file.sha256)) == data

    def test_bytes_of_another_hash_are_thrown_away_whole(self, side: Side, maker: RecordMaker) -> None:
        data = new_id().encode()
        file = offer_of(self.pushed(side, maker, data), 0)
        with pytest.raises(InputRefused, match="hash_mismatch"):
            self.upload(side, file, data[::-1])
        again = side.remote.offer([file])[0]
        assert (again.status, again.offset) == (OfferStatus.NEEDED, 0)
        self.upload(side, file, data)
        assert side.remote.offer([file])[0].status is OfferStatus.HELD

    def test_file_shorter_than_it_said_is_never_held(self, side: Side, maker: RecordMaker) -> None:
        data = new_id().encode()
        file = offer_of(self.pushed(side, maker, data), 0)
        with pytest.raises(FieldError):
            side.remote.upload(file, side.remote.offer([file])[0], io.BytesIO(data[:10]), silent)
        assert side.remote.offer([file])[0].status is OfferStatus.NEEDED

    def test_photo_that_central_does_not_have_is_said_to_be_unknown(self, side: Side) -> None:
        with pytest.raises(NeedsPerson, match="photo_unknown"):
            b"".join(side.remote.photo(sha256_hex(new_id().encode())))

    def test_change_comes_once_with_the_row_as_it_is_now(self, side: Side) -> None:
        _, cursor = all_changes(side.remote, REFERENCE)
        side.put("permit", permit(1, status="issued"))
        side.put("permit", permit(1, status="active"), permit(2))
        changes, after = all_changes(side.remote, REFERENCE, cursor)
        assert [change.id for change in changes] == ["X000001", "X000002"]
        assert changes[0].row is not None
        assert changes[0].row["status"] == "active"
        assert [c.sequence for c in changes] == sorted(c.sequence for c in changes)
        assert all_changes(side.remote, REFERENCE, after)[0] == []
        assert all_changes(side.remote, REFERENCE, cursor)[0] == changes

    def test_deleted_row_comes_as_a_tombstone(self, side: Side) -> None:
        side.put("permit", permit(3))
        _, cursor = all_changes(side.remote, REFERENCE)
        side.delete("permit", "X000003")
        changes, _ = all_changes(side.remote, REFERENCE, cursor)
        assert [(change.id, change.row) for change in changes] == [("X000003", None)]

    def test_streams_have_their_own_rows(self, side: Side) -> None:
        tables = {stream: {c.table for c in all_changes(side.remote, stream)[0]} for stream in Stream}
        assert "officer" in tables[WORK]
        assert "case_class" in tables[REFERENCE]
        assert tables[WORK].isdisjoint(tables[REFERENCE])

    def test_long_feed_comes_in_pages_without_gap_or_repeat(self, side: Side) -> None:
        _, cursor = all_changes(side.remote, REFERENCE)
        side.put("permit", *(permit(n) for n in range(100, 100 + PAGE_LIMIT + 50)))
        first = side.remote.changes(REFERENCE, cursor)
        assert first.more
        assert len(first.changes) == PAGE_LIMIT
        changes, _ = all_changes(side.remote, REFERENCE, cursor)
        assert [change.id for change in changes] == [f"X{n:06}" for n in range(100, 100 + PAGE_LIMIT + 50)]

    def test_cursor_of_another_epoch_is_gone_and_nonsense_is_refused(self, side: Side) -> None:
        with pytest.raises(CursorGone):
            side.remote.changes(WORK, side.foreign_cursor)
        with pytest.raises(InputRefused, match="cursor_invalid"):
            side.remote.changes(WORK, "nonsense!")

    def test_cursor_older_than_the_tombstones_is_gone_and_a_walk_from_the_start_is_not(
        self, side: Side
    ) -> None:
        _, old = all_changes(side.remote, REFERENCE)
        side.put("permit", *(permit(n) for n in range(2000, 2000 + PAGE_LIMIT + 50)))
        side.delete("permit", "X002000")
        side.forget_tombstones(REFERENCE)
        with pytest.raises(CursorGone):
            side.remote.changes(REFERENCE, old)
        changes, end = all_changes(side.remote, REFERENCE)
        assert len({c.id for c in changes if c.id.startswith("X002") or c.id.startswith("X003")}) == 1049
        assert all(change.row is not None for change in changes)
        assert all_changes(side.remote, REFERENCE, end)[0] == []

    def test_cursor_of_a_quiet_stream_outlives_the_tombstones_of_a_busy_one(self, side: Side) -> None:
        _, quiet = all_changes(side.remote, WORK)
        side.put("permit", permit(4))
        quiet = side.remote.changes(WORK, quiet).cursor
        side.forget_tombstones(WORK)
        assert side.remote.changes(WORK, quiet).changes == []

    def test_long_poll_with_something_to_tell_answers_with_it(self, side: Side) -> None:
        _, cursor = all_changes(side.remote, WORK)
        side.put(
            "officer", {"officer_id": "G1009", "name": "新", "role": "grid_worker", "squad": "", "active": 1}
        )
        page = side.remote.changes(WORK, cursor, wait_s=20)
        assert [change.id for change in page.changes] == ["G1009"]
