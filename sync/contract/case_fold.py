"""What a record does to a case, at both ends alike: the row a report makes, and whether an act may move it.

Pure: the reference central and the in-memory one read their rows, ask here, and write down what is answered.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from sync.contract.clash import RefusedAct, ruled_on
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.lifecycle import (
    ActKind,
    CaseState,
    Role,
    Standing,
    Step,
    check_act,
    check_withdrawal,
    fold,
    start,
)
from sync.contract.looks import looks_of
from sync.contract.records import Act, Report
from sync.contract.tables import Row


class Past(msgspec.Struct, frozen=True):
    """An accepted act of a case, with who did it."""

    step: Step
    officer_id: str


def past_of(row: Row) -> Past:
    """An accepted act from its ``case_act`` row."""
    step = Step(
        str(row["act_id"]), ActKind(row["kind"]), str(row["withdraws"] or ""), str(row["to_officer"] or "")
    )
    return Past(step, str(row["officer_id"]))


def step_of(act: Act) -> Step:
    """What the fold needs of an act."""
    return Step(act.act_id, act.kind, act.withdraws, act.to_officer)


def judge_act(
    act: Act, role: Role, reporter: str, history: Sequence[Past], refused: Sequence[RefusedAct]
) -> Standing:
    """Where a case stands after an act on its accepted ones, in central's order; ``refused`` ones stand
    beside it.

    Raises the codes of the life cycle and of ``ruled_on``; ``withdraw_unknown`` where there is no such act.
    """
    steps, step = [past.step for past in history], step_of(act)
    standing = fold(act.case_id, steps)
    settles = ruled_on(act, refused)
    if act.kind is ActKind.WITHDRAW and not settles:
        _check_withdrawal(act, step, standing, reporter, history)
    else:
        check_act(
            standing,
            step,
            role,
            officer_id=act.officer_id,
            reporter=reporter,
            has_note=bool(act.note.strip()),
            has_photo=bool(act.photos),
        )
    return fold(act.case_id, [*steps, step])


def _check_withdrawal(
    act: Act, step: Step, standing: Standing, reporter: str, history: Sequence[Past]
) -> None:
    if any(past.step.kind is ActKind.WITHDRAW and past.step.withdraws == act.withdraws for past in history):
        raise NeedsPerson("withdraw_too_late", act=act.withdraws, state=standing.state.value)
    if act.withdraws == act.case_id:
        check_withdrawal(standing, step, ActKind.REPORT, by=act.officer_id, author=reporter)
        return
    target = next((past for past in history if past.step.act_id == act.withdraws), None)
    if target is None or target.step.kind is ActKind.WITHDRAW:
        raise InputRefused("withdraw_unknown", act=act.withdraws)
    check_withdrawal(standing, step, target.step.kind, by=act.officer_id, author=target.officer_id)


def case_cells(report: Report, source: str = "grid_worker") -> Row:
    """The row of a case just reported, without its times."""
    return {
        "case_id": report.report_id,
        "class_code": report.class_code,
        "note": report.note,
        "lon": report.place.lon,
        "lat": report.place.lat,
        "grid_cell": report.grid_cell,
        "address": report.address,
        "plate": report.plate,
        "reporter": report.officer_id,
        "source": source,
        "looks": looks_of(report.photos),
        **standing_cells(start(report.report_id)),
    }


def standing_cells(standing: Standing) -> Row:
    """A standing as the cells of a ``city_case`` row; ``sync.merge.standing_of`` reads it back."""
    before: CaseState | None = standing.before_suspension
    return {
        "state": standing.state.value,
        "assignee": standing.assignee,
        "last_act": standing.last_act,
        "delayed": int(standing.delayed),
        "supervised": int(standing.supervised),
        "before_suspension": "" if before is None else before.value,
        "asked": "" if standing.asked is None else standing.asked.value,
    }
