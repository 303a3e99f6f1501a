"""One task with everything its page shows: the line, who and where, what may be done, and its history."""

from __future__ import annotations

from datetime import datetime

import msgspec

from fieldapp.capture.case_history import WAITING, HistoryEntry, HistoryPhoto, read_history
from fieldapp.capture.case_rows import case_row
from fieldapp.capture.desk import Desk
from fieldapp.capture.duties import MAIN_ACTS, side_acts
from fieldapp.capture.taking_back import TakeBack, last_of_mine
from fieldapp.capture.tasks import TaskLine, list_some
from sync.contract.errors import InputRefused
from sync.contract.lifecycle import ActKind, CaseState

STEPS_DONE = {
    CaseState.ACCEPTED: 1,
    CaseState.ARRIVED: 2,
    CaseState.HANDLED: 3,
    CaseState.FED_BACK: 4,
    CaseState.VERIFIED: 4,
    CaseState.CLOSED: 4,
}


class StepDone(msgspec.Struct, frozen=True):
    """One of the four steps: whether and when it was done, and whether central has it."""

    kind: ActKind
    done: bool
    done_at: datetime | None = None
    pending: bool = False


class TaskSheet(msgspec.Struct, frozen=True):
    """``line`` as in the list; ``side`` are the other acts the life cycle offers this officer now,
    ``take_back`` what he did last and may take back."""

    line: TaskLine
    assignee: str
    reporter: str
    source: str
    street: str
    community: str
    grid_cell: str
    side: tuple[ActKind, ...]
    steps: tuple[StepDone, ...]
    photos: tuple[HistoryPhoto, ...]
    history: tuple[HistoryEntry, ...]
    zone: str
    clash: str = ""
    """Who did work on it that was refused and that nobody has ruled on: a name, "" where there is none."""
    take_back: TakeBack = TakeBack()


def read_task(desk: Desk, case_id: str) -> TaskSheet:
    """A task as it is now; ``case_unknown`` when the replica has no such case."""
    case = case_row(desk, case_id)
    if case is None:
        raise InputRefused("case_unknown", case=case_id)
    line = list_some(desk, [case_id], whoever=True)[case_id]
    assert line is not None
    reporter = str(case["reporter"] or "")
    history = read_history(desk, case)
    cell = desk.reference.grid_cell(str(case["grid_cell"] or ""))
    identity = desk.work.meta.identity()
    return TaskSheet(
        line=line,
        assignee=_name(desk, line.standing.assignee),
        reporter=_name(desk, str(case["reporter"] or "")),
        source=str(case["source"] or ""),
        street=str(cell["street"] or "") if cell else "",
        community=str(cell["community"] or "") if cell else "",
        grid_cell=str(case["grid_cell"] or ""),
        side=()
        if line.reassigned
        else side_acts(line.standing, desk.role, desk.officer.officer_id, reporter=reporter),
        steps=steps_done(line.standing.before_suspension or line.state, history),
        photos=history[0].photos,
        history=history,
        zone=identity.city.zone if identity else "UTC",
        clash=next((entry.officer for entry in reversed(history) if entry.ruling == WAITING), ""),
        take_back=last_of_mine(desk, line.standing),
    )


def steps_done(state: CaseState, history: tuple[HistoryEntry, ...]) -> tuple[StepDone, ...]:
    """The four steps, each done as far as the state says, with the last act that did it."""
    steps = []
    for number, kind in enumerate(MAIN_ACTS):
        acts = [e for e in history if e.kind == kind.value and not e.refused and not e.taken_back]
        if number < STEPS_DONE.get(state, 0) and acts:
            steps.append(StepDone(kind, True, acts[-1].done_at, acts[-1].received_at is None))
        else:
            steps.append(StepDone(kind, number < STEPS_DONE.get(state, 0)))
    return tuple(steps)


def _name(desk: Desk, officer_id: str) -> str:
    row = desk.work.city.officer(officer_id) if officer_id else None
    return str(row["name"]) if row else officer_id
