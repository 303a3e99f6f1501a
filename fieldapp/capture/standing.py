"""Where a case stands for the person holding this tablet: central's word, and own acts it has not judged yet.

An act that central refused counts for nothing any more: the standing is central's again. An act that only
could not be sent so far counts, whatever the reason was. Taking back an act that central already has
counts at once, as far as the acts told here explain central's standing.
"""

from __future__ import annotations

from collections.abc import Iterable

from fieldapp.capture.desk import Desk
from sync.contract.case_fold import past_of
from sync.contract.case_fold import step_of as step_of_act
from sync.contract.clash import ACCEPTED
from sync.contract.lifecycle import ActKind, Standing, Step, fold
from sync.contract.records import Act, RecordType
from sync.contract.tables import Row
from sync.contract.wire import decode_record
from sync.merge import MergedStanding, merge_standing, standing_of
from sync.replica.outbox import ItemState
from sync.replica.tasks import UnsettledAct

KNOWN_KINDS = frozenset(kind.value for kind in ActKind if kind is not ActKind.REPORT)
"""Kinds of act by which a case moves; a report is what it began with, wherever it is listed."""


def merged_standing(desk: Desk, row: Row, unsettled: Iterable[UnsettledAct]) -> MergedStanding:
    """The standing of a case from its row and this device's unsettled acts on it, in device order."""
    own = [step_of(act) for act in unsettled if act.state is not ItemState.NEEDS_YOU and not act.judged]
    told = standing_of(row)
    if any(step.kind is ActKind.WITHDRAW for step in own):
        told = _without_taken_back(desk, str(row["case_id"]), told, own)
    return merge_standing(told, frozenset(), own)


def step_of(act: UnsettledAct) -> Step:
    """What the fold needs of an own act."""
    record = decode_record(RecordType.ACT, act.body)
    assert isinstance(record, Act)
    return step_of_act(record)


def _without_taken_back(desk: Desk, case_id: str, told: Standing, own: list[Step]) -> Standing:
    """Central's standing less its last act, when this device is taking that one back."""
    withdrawals = [s for s in own if s.kind is ActKind.WITHDRAW and s.withdraws == told.last_act]
    if not withdrawals:
        return told
    rows = [act for act in desk.work.city.moves(case_id) if act["standing"] == ACCEPTED]
    if any(act["kind"] not in KNOWN_KINDS for act in rows):
        return told
    history = [past_of(act).step for act in rows]
    return fold(case_id, [*history, *withdrawals]) if fold(case_id, history) == told else told
