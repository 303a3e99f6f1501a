"""Taking back by a case's number: the last thing this officer did on the case that still stands."""

from __future__ import annotations

import msgspec

from fieldapp.capture.act import find_case
from fieldapp.capture.desk import Desk
from fieldapp.capture.undo import Undone, undo
from sync.contract.errors import InputRefused
from sync.contract.lifecycle import ActKind
from sync.contract.records import Act, RecordType
from sync.contract.wire import decode_record
from sync.replica.outbox import Entry, ItemState


class TakenBack(msgspec.Struct, frozen=True):
    """What was taken back, of which case, and how."""

    record_id: str
    case_id: str
    how: Undone


def take_back(desk: Desk, named: str) -> TakenBack:
    """Take back a record named by its whole id, else the officer's last on the case that is named.

    ``case_unknown`` and ``case_ambiguous`` as for any act; ``withdraw_unknown`` where nothing is left.
    """
    entry = _own_act(desk, named) or _last_on_case(desk, named)
    return TakenBack(entry.record.record_id, entry.record.case_id, undo(desk, entry.record.record_id))


def _own_act(desk: Desk, named: str) -> Entry | None:
    entry = desk.work.outbox.entry(named.lower())
    is_act = entry is not None and entry.record.record_type is RecordType.ACT
    return entry if entry is not None and is_act and _stands(desk, entry) else None


def _last_on_case(desk: Desk, named: str) -> Entry:
    entry = desk.work.outbox.entry(named.lower())  # a report that has not gone is no case of central's yet
    case_id = entry.record.case_id if entry is not None else find_case(desk, named)
    standing = [entry for entry in desk.work.outbox.records_of_case(case_id) if _stands(desk, entry)]
    if not standing:
        raise InputRefused("withdraw_unknown", case=case_id)
    return standing[-1]


def _stands(desk: Desk, entry: Entry) -> bool:
    """Whether a record is this officer's, has not been taken back, and is something that can be."""
    if entry.record.officer_id != desk.officer.officer_id or entry.record.withdrawn_by:
        return False
    if entry.record.record_type is RecordType.REPORT:
        return True
    record = decode_record(entry.record.record_type, entry.record.body)
    refused = entry.state is ItemState.NEEDS_YOU
    return isinstance(record, Act) and record.kind is not ActKind.WITHDRAW and not refused
