"""What this officer may still take back on a case: the last that moved it, where he did it on this tablet."""

from __future__ import annotations

import msgspec

from fieldapp.capture.desk import Desk
from sync.contract.lifecycle import ActKind, Standing
from sync.contract.records import Act, RecordType
from sync.contract.wire import decode_record
from sync.replica.outbox import ItemState


class TakeBack(msgspec.Struct, frozen=True):
    """A record that may be taken back, and what it was; "" where there is none."""

    record_id: str = ""
    kind: str = ""


def last_of_mine(desk: Desk, standing: Standing) -> TakeBack:
    """The act the case stands on, where it is this officer's own, not refused and not taken back already."""
    entry = desk.work.outbox.entry(standing.last_act)
    if entry is None or entry.record.officer_id != desk.officer.officer_id or entry.record.withdrawn_by:
        return TakeBack()
    if entry.record.record_type is RecordType.REPORT:
        return TakeBack(standing.last_act, ActKind.REPORT.value)
    if entry.record.record_type is not RecordType.ACT or entry.state is ItemState.NEEDS_YOU:
        return TakeBack()
    record = decode_record(RecordType.ACT, entry.record.body)
    return TakeBack(standing.last_act, record.kind.value) if isinstance(record, Act) else TakeBack()
