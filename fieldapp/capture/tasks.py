"""The officer's tasks as a list: what was dispatched to him, with his own unsent acts on top.

One pass over a handful of queries, however many tasks there are. A case that was given to somebody else stays
in the list until it is over or put away, and as long as something of this officer's on it is unsettled: an
act on its way or refused, a draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache

import msgspec

from fieldapp.capture.case_rows import case_row
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import REPORT
from fieldapp.capture.duties import CHECK_ACTS, DUTIES, next_act, waits_for
from fieldapp.capture.standing import merged_standing, step_of
from fieldapp.capture.timing import case_clock, desk_timing
from sync.contract.lifecycle import LIVE, ActKind, CaseState, Role, Standing, handler_of
from sync.contract.sla import NO_CLOCK, StageClock
from sync.contract.tables import Row
from sync.contract.timing import NO_TIMING, Timing
from sync.replica.outbox import ItemState
from sync.replica.tasks import UnsettledAct

IN_HAND = frozenset(
    {CaseState.DISPATCHED, CaseState.ACCEPTED, CaseState.ARRIVED, CaseState.HANDLED, CaseState.SUSPENDED}
)


class Given(msgspec.Struct, frozen=True):
    """That a case was given to somebody else: whom, when, by which act of central's order."""

    officer_id: str
    name: str
    at: datetime | None
    order: int


class TaskLine(msgspec.Struct, frozen=True):
    """One task. ``waiting`` counts own acts and files not sent, ``refused`` own acts that central refused.

    ``unsettled``: an act or a draft of this very officer's waits for something.
    ``clock`` is that of the time limit; where central told none, ``due_at`` and ``started_at`` (the last
    dispatch, or the report) stand for it.
    """

    case_id: str
    standing: Standing
    mine: bool
    next_act: ActKind | None
    class_code: str
    class_zh: str
    class_en: str
    note: str
    address: str
    lon: float | None
    lat: float | None
    plate: str
    reported_at: datetime | None
    started_at: datetime | None
    due_at: datetime | None
    waiting: int = 0
    refused: int = 0
    drafts: int = 0
    unsettled: bool = False
    duty: bool = False
    """Whether it waits for anybody in the officer's role, to be checked or decided."""
    checked: bool = False
    """Whether this officer was the one who looked at it on site, and central has not said so yet."""
    formerly: bool = False
    """Whether it was dispatched to this officer before; told only of cases that are his no more."""
    given: Given | None = None
    """To whom and when it was given, where that is known; told only of cases that are his no more."""
    put_away: bool = False
    """Whether the officer has put it away since."""
    clock: StageClock = NO_CLOCK

    @property
    def state(self) -> CaseState:
        """Where the case stands."""
        return self.standing.state

    @property
    def open(self) -> bool:
        """Whether the officer still has to do with it."""
        return self.duty or (self.state in IN_HAND if self.mine else self.unsettled)

    @property
    def reassigned(self) -> bool:
        """Whether somebody else handles, or has handled, what this officer had to do with."""
        if self.mine or not self.standing.assignee or self.checked or self.duty:
            return False
        return (self.formerly and self.state in LIVE) or (self.unsettled and self.state in IN_HAND)

    @property
    def listed(self) -> bool:
        """Whether it belongs in the officer's list."""
        return self.mine or self.unsettled or self.duty or (self.reassigned and not self.put_away)


class Known(msgspec.Struct, frozen=True):
    """What is read once for all lines."""

    classes: Mapping[str, tuple[str, str]]
    started: Mapping[str, str]
    files: Mapping[str, int]
    acts: Mapping[str, list[UnsettledAct]]
    drafts: Mapping[str, int]
    timing: Timing


def list_tasks(desk: Desk) -> list[TaskLine]:
    """Every task of the officer and what waits for the role, in no order."""
    officer_id = desk.officer.officer_id
    times, given = desk.work.tasks.dispatches(officer_id)
    known = _known(desk, times, desk.work.tasks.unsettled_acts())
    rows = {str(row["case_id"]): row for row in desk.work.tasks.cases(officer_id)}
    waiting = [state.value for state in DUTIES.get(desk.role, ())]
    rows |= {str(row["case_id"]): row for row in desk.work.tasks.cases_in(waiting)}
    own = {act.case_id for acts in known.acts.values() for act in acts if act.officer_id == officer_id}
    formerly = given - set(rows)
    for case_id in (own | set(known.drafts) | formerly) - set(rows):
        row = desk.work.tasks.case(case_id) or case_row(desk, case_id)
        if row is not None:
            rows[case_id] = row
    away = desk.work.meta.put_away(officer_id)
    lines = (_line(desk, row, known, formerly=case_id in formerly) for case_id, row in rows.items())
    told = (_with_given(desk, line, away) if line.formerly or line.reassigned else line for line in lines)
    return [line for line in told if line.listed]


def list_some(desk: Desk, case_ids: Iterable[str], *, whoever: bool = False) -> dict[str, TaskLine | None]:
    """These tasks as they are now; None for a case that is no task of the officer's any more.

    With ``whoever`` None only for a case that is not here at all.
    """
    wanted = list(case_ids)
    acts = [act for case_id in wanted for act in desk.work.tasks.unsettled_acts_of(case_id)]
    started = {case_id: desk.work.tasks.dispatched_at(case_id) for case_id in wanted}
    known = _known(desk, started, acts)
    rows = {case_id: desk.work.tasks.case(case_id) or case_row(desk, case_id) for case_id in wanted}
    lines = {case_id: None if row is None else _line(desk, row, known) for case_id, row in rows.items()}
    lines |= {case_id: _with_past(desk, line) for case_id, line in lines.items() if line is not None}
    return {
        case_id: line if line is None or whoever or line.listed else None for case_id, line in lines.items()
    }


def _with_past(desk: Desk, line: TaskLine) -> TaskLine:
    if line.mine or line.duty or (line.unsettled and not line.reassigned):
        return line
    if not line.unsettled:
        if not desk.work.tasks.was_given_to(line.case_id, desk.officer.officer_id):
            return line
        line = msgspec.structs.replace(line, formerly=True)
    return _with_given(desk, line, desk.work.meta.put_away(desk.officer.officer_id))


def _with_given(desk: Desk, line: TaskLine, away: Mapping[str, int]) -> TaskLine:
    given = desk.work.tasks.given_away(line.case_id, desk.officer.officer_id)
    if given is None:
        return line
    officer = desk.work.city.officer(given.to_officer)
    name = str(officer["name"]) if officer else given.to_officer
    return msgspec.structs.replace(
        line,
        given=Given(given.to_officer, name, moment(given.at), given.order),
        put_away=away.get(line.case_id, -1) >= given.order,
    )


def put_away(desk: Desk, case_id: str) -> None:
    """Take a case that was given to somebody else out of the list, until it is given to the officer again."""
    _mark(desk, case_id, away=True)


def bring_back(desk: Desk, case_id: str) -> None:
    """Let a case that was put away stand in the list again."""
    _mark(desk, case_id, away=False)


def _mark(desk: Desk, case_id: str, *, away: bool) -> None:
    officer_id = desk.officer.officer_id
    given = desk.work.tasks.given_away(case_id, officer_id)
    with desk.work.act():
        marks = desk.work.meta.put_away(officer_id)
        kept = {one: order for one, order in marks.items() if desk.work.tasks.case(one) is not None}
        kept.pop(case_id, None)
        if away and given is not None:
            kept[case_id] = given.order
        desk.work.meta.set_put_away(officer_id, kept)


def cases_of_records(desk: Desk, record_ids: Iterable[str]) -> set[str]:
    """The cases that records or act drafts of this device belong to; a case's own id stands for itself."""
    found = set()
    for record_id in record_ids:
        entry = desk.work.outbox.entry(record_id)
        draft = desk.work.drafts.get(record_id) if entry is None else None
        if entry is not None or draft is not None:
            found.add(entry.record.case_id if entry else draft.case_id if draft else "")
        elif desk.work.tasks.case(record_id) is not None:
            found.add(record_id)
    return found - {""}


def _known(desk: Desk, started: Mapping[str, str], unsettled: Iterable[UnsettledAct]) -> Known:
    acts: dict[str, list[UnsettledAct]] = {}
    for act in unsettled:
        acts.setdefault(act.case_id, []).append(act)
    drafts: dict[str, int] = {}
    for draft in desk.work.drafts.open_drafts(desk.officer.officer_id):
        if draft.kind != REPORT and draft.case_id:
            drafts[draft.case_id] = drafts.get(draft.case_id, 0) + 1
    classes = {
        str(row["class_code"]): (str(row["name_zh"] or ""), str(row["name_en"] or ""))
        for row in desk.reference.classes()
    }
    timing = desk_timing(desk) if acts else NO_TIMING
    return Known(classes, started, desk.work.tasks.files_waiting(), acts, drafts, timing)


def _line(desk: Desk, row: Row, known: Known, *, formerly: bool = False) -> TaskLine:
    case_id, class_code = str(row["case_id"]), str(row["class_code"] or "")
    acts = known.acts.get(case_id, [])
    standing = merged_standing(desk, row, acts).standing
    clock, due = case_clock(desk, known.timing, row, acts)
    officer_id, reporter = desk.officer.officer_id, str(row["reporter"] or "")
    mine, own = standing.assignee == officer_id, handler_of(standing, reporter) == officer_id
    class_zh, class_en = known.classes.get(class_code, (class_code, class_code))
    refused = [act for act in acts if act.state is ItemState.NEEDS_YOU and not act.withdrawn_by]
    drafts = known.drafts.get(case_id, 0)
    unsettled = bool(drafts) or any(act.officer_id == officer_id for act in acts)
    duty = waits_for(desk.role, standing, officer_id, reporter=reporter)
    lon, lat = row["lon"], row["lat"]
    return TaskLine(
        case_id=case_id,
        standing=standing,
        mine=mine,
        next_act=_next_act(standing.state, mine, own, desk.role),
        duty=duty,
        class_code=class_code,
        class_zh=class_zh,
        class_en=class_en,
        note=str(row["note"] or ""),
        address=str(row["address"] or ""),
        lon=lon if isinstance(lon, float) else None,
        lat=lat if isinstance(lat, float) else None,
        plate=str(row["plate"] or ""),
        reported_at=moment(row["reported_at"]),
        started_at=moment(known.started.get(case_id)) or moment(row["reported_at"]),
        due_at=due,
        waiting=_not_gone(acts) + known.files.get(case_id, 0),
        refused=len(refused),
        drafts=drafts,
        unsettled=unsettled,
        checked=any(step_of(act).kind in CHECK_ACTS for act in acts),
        formerly=formerly and not (mine or unsettled or duty),
        clock=clock,
    )


@cache
def _next_act(state: CaseState, mine: bool, own: bool, role: Role) -> ActKind | None:
    standing = Standing(state, assignee="me" if mine else "")
    return next_act(standing, role, "me", reporter="me" if own else "")


def _not_gone(acts: Iterable[UnsettledAct]) -> int:
    return sum(act.state in (ItemState.WAITING, ItemState.SENDING) for act in acts)


def moment(value: object) -> datetime | None:
    """A time as the replica holds it; None where there is none or it cannot be read."""
    try:
        return datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
