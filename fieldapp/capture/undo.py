"""Undo for ten seconds: before the first send starts it removes the act, afterwards it withdraws it."""

from __future__ import annotations

from enum import Enum

import msgspec

from fieldapp.capture.correcting import put_back_refused
from fieldapp.capture.desk import Desk
from fieldapp.capture.finishing import finishing
from fieldapp.capture.report import store_record
from sync.contract.errors import InputRefused
from sync.contract.lifecycle import ActKind
from sync.contract.records import QUIET, Act, RecordType
from sync.contract.wire import decode_record
from sync.replica.outbox import Entry, ItemState

UNDO_S = 10.0
STAYS = {
    RecordType.VISIT: "visit_stays",
    RecordType.ALERT_ACT: "alert_act_stays",
    RecordType.CALL_ACT: "call_act_stays",
}
"""What cannot be taken back once it has begun to leave, and the code that says so."""


class Undone(Enum):
    """How a record was taken back."""

    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    ALREADY = "already"


@finishing
def undo(desk: Desk, record_id: str) -> Undone:
    """Take a record of this device back. Its draft is open again when it had not begun to leave.

    ``lookup_stays`` for a look-up, a stretch of a track or a shift check: those are kept. ``visit_stays`` for
    a visit that has begun to leave: what both sides signed cannot be unsaid by one. ``alert_act_stays``,
    ``call_act_stays``: others act on it by then. ``withdraw_stays``: one does it again instead.
    """
    act_id = desk.new_id()
    with desk.work.act():
        entry = desk.work.outbox.entry(record_id)
        if entry is None:
            raise InputRefused("record_unknown", record=record_id)
        if entry.record.record_type in QUIET:
            raise InputRefused("lookup_stays")
        if _is_withdrawal(entry):
            raise InputRefused("withdraw_stays")
        refused = entry.state is ItemState.NEEDS_YOU and entry.record.record_type is RecordType.ACT
        if entry.record.withdrawn_by or refused:  # an act that central refused has nothing to be taken back
            return Undone.ALREADY
        if desk.work.outbox.remove_unsent(record_id):
            desk.work.uploads.remove(record_id)
            put_back_refused(desk, record_id)
            draft = desk.work.drafts.of_record(record_id)
            if draft is not None:
                desk.work.drafts.save(
                    msgspec.structs.replace(draft, state="open", record_id="", changed_at=desk.clock.now())
                )
            return Undone.REMOVED
        if entry.record.record_type in STAYS:
            raise InputRefused(STAYS[entry.record.record_type])
        withdrawal = Act(
            act_id=act_id,
            case_id=entry.record.case_id,
            kind=ActKind.WITHDRAW,
            officer_id=desk.officer.officer_id,
            device_id=desk.device_id,
            stamp=desk.work.meta.stamp(desk.clock),
            withdraws=record_id,
        )
        store_record(desk, withdrawal, act_id, entry.record.case_id)
        desk.work.outbox.mark_withdrawn(record_id, act_id)
    return Undone.WITHDRAWN


def _is_withdrawal(entry: Entry) -> bool:
    if entry.record.record_type is not RecordType.ACT:
        return False
    act = decode_record(RecordType.ACT, entry.record.body)
    return isinstance(act, Act) and act.kind is ActKind.WITHDRAW
