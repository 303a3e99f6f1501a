"""The look at a day's end: every case replayed by the life-cycle table, every tablet held against central.

Central's word is read at the desk; a tablet's from its own replica, in its own thread.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import msgspec

from fieldapp.capture.tasks import list_some
from fieldapp.capture.timing import desk_timing
from fieldapp.demo.city_day.tablet import DayTablet
from fieldapp.services.due import due_state
from sync.contract.clash import SETTLED
from sync.contract.lifecycle import LIFE_CYCLE, ActKind, Role, Step, fold
from sync.contract.sla import read_clock
from sync.contract.tables import Row
from sync.contract.timing import read_cells
from sync.remote.desk import ToldCase, ToldLimit

MOST_S = 60
"""A time limit may read differently at the two ends by this much."""
BOOKKEEPING = frozenset({"short_id"})


class Seen(msgspec.Struct):
    """What was compared, and what was found."""

    histories: int = 0
    limits: int = 0
    worst_s: int = 0
    lights: dict[str, Counter[str]] = {}
    problems: list[str] = []


def replayed(told: ToldCase, roles: dict[str, Role]) -> list[str]:
    """What is wrong with a case's history by the table: nothing, in the end."""
    case_id = str(told.case["case_id"])
    steps: list[Step] = []
    problems = []
    for act in told.acts:
        if act["standing"] not in SETTLED:
            problems.append(f"{case_id}: {act['kind']} stands {act['standing']}, nobody ruled on it")
        if act["standing"] != "accepted":
            continue
        step = _step(act)
        if step.kind is not ActKind.WITHDRAW:
            problems += _against_the_table(case_id, steps, step, act, roles)
        steps.append(step)
    standing = fold(case_id, steps)
    if (standing.state.value, standing.assignee) != (told.case["state"], told.case["assignee"]):
        problems.append(f"{case_id}: folds to {standing.state.value}, central says {told.case['state']}")
    if told.times_at_central > 1:
        problems.append(f"{case_id}: {told.times_at_central} times at central")
    return problems


def _against_the_table(
    case_id: str, before: list[Step], step: Step, act: Row, roles: dict[str, Role]
) -> list[str]:
    standing, rule = fold(case_id, before), LIFE_CYCLE[step.kind]
    officer = str(act["officer_id"])
    if standing.state not in rule.sources:
        return [f"{case_id}: {step.kind.value} was taken in state {standing.state.value}"]
    if roles.get(officer) not in rule.roles:
        return [f"{case_id}: {step.kind.value} was taken from {officer}"]
    if rule.assignee_only and standing.assignee != officer:
        return [f"{case_id}: {step.kind.value} was taken from {officer}, the case is {standing.assignee}'s"]
    return []


def compared(tablet: DayTablet, cases: list[ToldCase], limits: dict[str, dict[str, ToldLimit]]) -> Seen:
    """One tablet against central. ``limits``: by moment and case, what central's clock says."""
    seen = Seen(lights={moment: Counter() for moment in limits})
    desk, who = tablet.desk, tablet.officer.number
    worktime = desk_timing(desk).worktime
    for told in cases:
        case_id = str(told.case["case_id"])
        own = desk.work.city.case(case_id)
        if own is None:
            if sees(tablet, told):
                seen.problems.append(f"{who} does not know case {case_id}")
            continue
        theirs = {name: value for name, value in told.case.items() if name not in BOOKKEEPING}
        if own != theirs:
            differing = sorted(name for name in theirs if own.get(name) != theirs[name])
            seen.problems.append(f"{who}, case {case_id}: differs in {', '.join(differing)}")
        acts = [
            {name: value for name, value in act.items() if name != "record"}
            for act in desk.work.city.acts(case_id)
        ]
        wanted = _acts_seen(tablet, told)
        if acts != wanted:
            seen.problems.append(f"{who}, case {case_id}: {len(acts)} acts, central tells {len(wanted)}")
        seen.histories += 1
        for moment, by_case in limits.items():
            reading = read_clock(read_cells(own), by_case[case_id].at, worktime)
            _compare_limit(seen, f"{who}, case {case_id}, {moment}", reading.left_s, by_case[case_id])
            if reading.level.value != by_case[case_id].level:
                seen.problems.append(f"{who}, case {case_id}, {moment}: {reading.level.value} light")
            seen.lights[moment][reading.level.value] += 1
        _look_as_the_list_does(seen, tablet, case_id, next(iter(limits.values()))[case_id])
    return seen


def sees(tablet: DayTablet, told: ToldCase) -> bool:
    """Whether a case belongs on a tablet whole: units see what concerns them, all others the whole city."""
    me = tablet.officer.number
    if tablet.desk.role is not Role.UNIT or me in (told.case["assignee"], told.case["reporter"]):
        return True
    return any(act["officer_id"] == me and act["standing"] != "accepted" for act in told.acts)


def _acts_seen(tablet: DayTablet, told: ToldCase) -> list[Row]:
    """The acts that belong on a tablet: who had the case before sees them up to when it was given on."""
    return told.acts if sees(tablet, told) else seen_by_former(told.acts, tablet.officer.number)


def seen_by_former(acts: list[Row], officer_id: str) -> list[Row]:
    """The acts up to when his case went to another, by a dispatch or a ruling, and the officer's own."""
    until = 0
    had = False
    for act in acts:
        if act["kind"] not in ("dispatch", "uphold") or act["standing"] != "accepted":
            continue
        if act["to_officer"] != officer_id:
            until = until or (int(act["act_order"] or 0) if had else 0)
        elif act["kind"] == "dispatch":
            until, had = 0, True
    return [act for act in acts if int(act["act_order"] or 0) <= until or act["officer_id"] == officer_id]


def _look_as_the_list_does(seen: Seen, tablet: DayTablet, case_id: str, limit: ToldLimit) -> None:
    """The minutes that a person reads in the inbox."""
    line = list_some(tablet.desk, [case_id], whoever=True)[case_id]
    if line is None:
        return
    level, minutes = due_state(line, limit.at, desk_timing(tablet.desk).worktime)
    if level and limit.left_s is not None:
        _compare_limit(seen, f"{tablet.officer.number}, inbox, case {case_id}", round(minutes * 60), limit)


def _compare_limit(seen: Seen, where: str, left_s: int | None, limit: ToldLimit) -> None:
    seen.limits += 1
    if (left_s is None) != (limit.left_s is None):
        seen.problems.append(f"{where}: {left_s} s left, central says {limit.left_s}")
    elif left_s is not None and limit.left_s is not None:
        off = abs(left_s - limit.left_s)
        seen.worst_s = max(seen.worst_s, off)
        if off > MOST_S:
            seen.problems.append(f"{where}: {left_s} s left, central says {limit.left_s}")


def moments(tablet: DayTablet, now: datetime) -> dict[str, datetime]:
    """When limits are compared: now, in some hours, and after the last day of the calendar that is known."""
    last = max(str(row["day"]) for row in tablet.desk.reference.calendar())
    beyond = datetime.fromisoformat(last).replace(tzinfo=now.tzinfo, hour=6) + timedelta(days=1)
    soon = {"now": now, "3 h later": now + timedelta(hours=3), "30 h later": now + timedelta(hours=30)}
    return soon | {"after the calendar's end": max(beyond, now + timedelta(days=1))}


def _step(act: Row) -> Step:
    return Step(
        str(act["act_id"]), ActKind(act["kind"]), str(act["withdraws"] or ""), str(act["to_officer"] or "")
    )
