"""The outbox: whatever happens in whatever order, nothing is lost and no entry ever has two bodies."""

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from sync.contract.wire import Receipt, sha256_hex
from sync.replica.outbox import ItemState
from tests.contract.tablet import MORNING, Tablet

W, S, SENT, N = ItemState.WAITING, ItemState.SENDING, ItemState.SENT, ItemState.NEEDS_YOU


class OutboxMachine(RuleBasedStateMachine):
    """A model of what a person may believe about the outbox, held against the real one."""

    records = Bundle("records")

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="fieldapp-outbox-"))
        self.tablet = Tablet(self.root)
        self.outbox = self.tablet.work.outbox
        self.bodies: dict[str, str] = {}
        self.states: dict[str, ItemState] = {}
        self.left: set[str] = set()  # bodies that may have reached central
        self.epoch = "epoch1"

    def teardown(self) -> None:
        self.tablet.close()
        shutil.rmtree(self.root)

    @rule(target=records, note=st.text(st.characters(exclude_categories=["Cs"]), max_size=5))
    def add(self, note: str) -> str:
        report = self.tablet.report(note=note)
        entry = self.outbox.entry(report.report_id)
        assert entry is not None
        self.bodies[report.report_id] = entry.record.body
        self.states[report.report_id] = W
        return report.report_id

    @rule(limit=st.integers(1, 4), after=st.integers(0, 3), room=st.integers(1, 2000))
    def freeze(self, limit: int, after: int, room: int) -> None:
        with self.tablet.work.act():
            items = self.outbox.freeze_batch(limit, MORNING, after_seq=after, body_bytes=room)
        assert len(items) <= limit
        assert [item.device_seq for item in items] == sorted(item.device_seq for item in items)
        for item in items:
            assert item.op_id == item.record_id
            assert item.device_seq > after
            assert self.states[item.record_id] in (W, S)
            assert item.body == self.bodies[item.record_id]
            assert item.body_sha256 == sha256_hex(item.body.encode())
            self.states[item.record_id] = S
            self.left.add(item.record_id)

    @rule(record=records)
    def put_back(self, record: str) -> None:
        with self.tablet.work.act():
            self.outbox.put_back([record], "unreachable", {})
        if self.states.get(record) is S:
            self.states[record] = W

    @rule(record=records)
    def link_is_dead(self, record: str) -> None:
        """A try of which not a byte left: what was free stays free, what was frozen stays frozen."""
        with self.tablet.work.act():
            self.outbox.note_unreached([record], MORNING, "unreachable", {})
        if self.states.get(record) is S:
            self.states[record] = W

    @rule(record=records)
    def mark_sent(self, record: str) -> None:
        if self.states.get(record) is not S:
            return
        receipt = Receipt(
            record, sha256_hex(self.bodies[record].encode()), 1, datetime(2026, 1, 1, tzinfo=UTC), self.epoch
        )
        with self.tablet.work.act():
            self.outbox.mark_sent(record, receipt)
        self.states[record] = SENT

    @rule(record=records)
    def refuse(self, record: str) -> None:
        if self.states.get(record) is not S:
            return
        with self.tablet.work.act():
            self.outbox.mark_needs_you(record, "act_not_allowed", {"state": "closed"})
        self.states[record] = N

    @rule(record=records)
    def try_again(self, record: str) -> None:
        with self.tablet.work.act():
            self.outbox.try_again(record)
        if self.states.get(record) is N:
            self.states[record] = W

    @rule()
    def central_is_restored(self) -> None:
        self.epoch += "x"
        with self.tablet.work.act():
            again = self.outbox.offer_again(self.epoch)
        assert again == sum(state in (SENT, N) for state in self.states.values())
        self.states = {record: W if state in (SENT, N) else state for record, state in self.states.items()}

    @rule(record=consumes(records))
    def undo(self, record: str) -> None:
        with self.tablet.work.act():
            removed = self.outbox.remove_unsent(record)
        assert removed == (record in self.states and record not in self.left)
        if removed:
            del self.states[record], self.bodies[record]

    @rule()
    def kill_and_start_again(self) -> None:
        self.tablet.close()
        self.tablet = Tablet(self.root)
        self.outbox = self.tablet.work.outbox

    @invariant()
    def nothing_is_lost_and_no_body_changes(self) -> None:
        entries = self.outbox.entries()
        assert {e.record.record_id: e.record.body for e in entries} == self.bodies
        assert {e.record.record_id: e.state for e in entries} == self.states
        assert all(bool(e.frozen_at) == (e.record.record_id in self.left) for e in entries)
        assert all(e.receipt is not None for e in entries if e.state is SENT)

    @invariant()
    def what_is_pending_is_told(self) -> None:
        waiting = sum(state in (W, S) for state in self.states.values())
        assert self.outbox.pending()[0] == waiting
        assert self.outbox.needing_you() == sum(state is N for state in self.states.values())


TORTURE = settings().max_examples > 100
"""Each example opens an encrypted store, so there are fewer of them than elsewhere."""

OutboxMachine.TestCase.settings = settings(
    max_examples=300 if TORTURE else 25, stateful_step_count=100 if TORTURE else 30
)
test_outbox_machine = OutboxMachine.TestCase
