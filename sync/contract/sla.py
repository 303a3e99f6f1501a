"""The clock of a case's time limit (时限): the same fold at both ends, over the same acts.

Each stage of a case has a limit, named by its opening condition (立案条件). The clock of a stage counts
working time, or all time where the condition is urgent; suspension (挂账) stops it, a granted delay (延时)
gives more, a new dispatch begins handling anew, a rejected handling goes on where its clock had stopped.
A missing day of the calendar makes the clock "not known", never wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import Enum

import msgspec

from sync.contract.lifecycle import LIFE_CYCLE, ActKind, CaseState, Standing, Step, apply, start
from sync.contract.records import ClockState, Stamp
from sync.contract.worktime import Worktime


class Stage(Enum):
    """What is timed: 立案, 派遣, 处置, 核查, 结案."""

    OPEN = "open"
    DISPATCH = "dispatch"
    HANDLE = "handle"
    VERIFY = "verify"
    CLOSE = "close"


S = CaseState
STAGES: dict[CaseState, Stage] = {
    S.REPORTED: Stage.OPEN,
    S.CHECKING: Stage.OPEN,
    S.CONFIRMED: Stage.OPEN,
    S.OPENED: Stage.DISPATCH,
    S.RETURNED: Stage.DISPATCH,
    S.DISPATCHED: Stage.HANDLE,
    S.ACCEPTED: Stage.HANDLE,
    S.ARRIVED: Stage.HANDLE,
    S.HANDLED: Stage.HANDLE,
    S.FED_BACK: Stage.VERIFY,
    S.VERIFIED: Stage.CLOSE,
}
"""The stage of each state whose time runs; a case that is over has none."""


class Level(Enum):
    """The light, and what stands in its place. ``none``: no limit is set or the case is over."""

    NONE = "none"
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


class Limits(msgspec.Struct, frozen=True):
    """Minutes for each stage under one opening condition; 0 sets no limit."""

    condition: str = ""
    open_min: int = 0
    dispatch_min: int = 0
    handle_min: int = 0
    verify_min: int = 0
    close_min: int = 0
    continuous: bool = False
    yellow_percent: int = 80

    def minutes(self, stage: Stage) -> int:
        """The limit of a stage."""
        return int(getattr(self, f"{stage.value}_min"))


NO_LIMITS = Limits()


class TimedStep(msgspec.Struct, frozen=True):
    """An act as the clock sees it. ``at`` is when it counts as done (see ``counted_at``)."""

    step: Step
    at: datetime
    minutes: int = 0
    condition: str = ""


class StageClock(msgspec.Struct, frozen=True, omit_defaults=True):
    """The clock of the stage a case is in, as it travels in a case's row.

    ``used_s`` was used up before ``since`` (None: not known); ``since`` is when it began to run again (None:
    it stands still).
    """

    stage: Stage | None = None
    condition: str = ""
    limit_s: int = 0
    used_s: int | None = 0
    since: datetime | None = None
    continuous: bool = False
    yellow_percent: int = 80


NO_CLOCK = StageClock()


class Reading(msgspec.Struct, frozen=True):
    """What a clock says at a moment: the light, seconds left (below zero: overdue) and when it is due."""

    level: Level
    left_s: int | None = None
    due_at: datetime | None = None


def counted_at(stamp: Stamp, received: datetime, not_before: datetime) -> datetime:
    """When an act counts as done, at central: as its device says where that clock was set by central's.

    Never before the act that came before it, never after it was received.
    """
    at = received
    if stamp.clock is ClockState.TRUSTED and stamp.offset_ms is not None:
        at = min(received, stamp.wall + timedelta(milliseconds=stamp.offset_ms))
    return max(at, not_before)


def fold_clock(
    report_id: str,
    reported_at: datetime,
    history: Iterable[TimedStep],
    limits_of: Callable[[str], Limits],
    worktime: Worktime,
) -> StageClock:
    """The clock after a history in central's order. ``limits_of`` finds limits by condition, "" by class."""
    steps = list(history)
    taken_back = {timed.step.withdraws for timed in steps if timed.step.kind is ActKind.WITHDRAW}
    if report_id in taken_back:
        return NO_CLOCK
    run = _Run(start(report_id), reported_at, limits_of, worktime)
    for timed in steps:
        if timed.step.kind is not ActKind.WITHDRAW and timed.step.act_id not in taken_back:
            run.take(timed)
    return run.clock()


def read_clock(clock: StageClock, now: datetime, worktime: Worktime) -> Reading:
    """What a clock says now. The moment at which it passes a limit still counts as within it."""
    if clock.stage is None or clock.limit_s <= 0:
        return _NOTHING
    if clock.used_s is None:
        return _UNKNOWN
    if clock.since is None:
        return Reading(Level.STOPPED, clock.limit_s - clock.used_s)
    ran = elapsed(clock.since, now, worktime, continuous=clock.continuous)
    if ran is None:
        return _UNKNOWN
    left = clock.limit_s - clock.used_s - ran
    return Reading(_light(clock, left), left, due_at(clock, worktime))


def due_at(clock: StageClock, worktime: Worktime) -> datetime | None:
    """When a running clock reaches its limit; None where it does not run or that is not known."""
    if clock.stage is None or clock.limit_s <= 0 or clock.used_s is None or clock.since is None:
        return None
    left = clock.limit_s - clock.used_s
    if clock.continuous:
        return clock.since + timedelta(seconds=left)
    return worktime.after(clock.since, left)


def elapsed(begin: datetime, end: datetime, worktime: Worktime, *, continuous: bool) -> int | None:
    """Seconds that count between two moments; None where the calendar does not say."""
    if continuous:
        return max(0, int(end.timestamp()) - int(begin.timestamp()))
    return worktime.between(begin, end)


_NOTHING, _UNKNOWN = Reading(Level.NONE), Reading(Level.UNKNOWN)


def _light(clock: StageClock, left: int) -> Level:
    if left < 0:
        return Level.RED
    used = clock.limit_s - left
    return Level.YELLOW if used * 100 > clock.limit_s * clock.yellow_percent else Level.GREEN


class _Run:
    """The fold under way."""

    def __init__(
        self, standing: Standing, at: datetime, limits_of: Callable[[str], Limits], worktime: Worktime
    ) -> None:
        self._standing = standing
        self._at = at
        self._limits_of = limits_of
        self._limits = limits_of("")
        self._worktime = worktime
        self._used: dict[Stage, int | None] = {}
        self._more_s = 0
        self._stage: Stage | None = Stage.OPEN
        self._since: datetime | None = at

    def take(self, timed: TimedStep) -> None:
        """One act that stands."""
        kind = timed.step.kind
        if self._standing.state not in LIFE_CYCLE[kind].sources:
            return
        self._at = max(self._at, timed.at)
        self._standing = apply(self._standing, timed.step)
        if kind is ActKind.GRANT_DELAY:
            self._more_s += max(0, timed.minutes) * 60
        stage, runs = self._where()
        if kind is ActKind.DISPATCH or (stage, runs) != (self._stage, self._since is not None):
            self._stop()
            if kind is ActKind.DISPATCH:
                self._used[Stage.HANDLE], self._more_s = 0, 0
            self._stage, self._since = stage, self._at if runs else None
        if kind is ActKind.OPEN and timed.condition:
            self._limits = self._limits_of(timed.condition)

    def clock(self) -> StageClock:
        """Where it stands."""
        if self._stage is None:
            return NO_CLOCK
        limit_s = self._limits.minutes(self._stage) * 60
        if limit_s and self._stage is Stage.HANDLE:
            limit_s += self._more_s
        return StageClock(
            stage=self._stage,
            condition=self._limits.condition,
            limit_s=limit_s,
            used_s=self._used.get(self._stage, 0),
            since=self._since,
            continuous=self._limits.continuous,
            yellow_percent=self._limits.yellow_percent,
        )

    def _where(self) -> tuple[Stage | None, bool]:
        standing = self._standing
        if standing.state is S.SUSPENDED:
            return STAGES.get(standing.before_suspension or S.DISPATCHED), False
        stage = STAGES.get(standing.state)
        return stage, stage is not None

    def _stop(self) -> None:
        if self._stage is None or self._since is None:
            return
        before = self._used.get(self._stage, 0)
        ran = elapsed(self._since, self._at, self._worktime, continuous=self._limits.continuous)
        self._used[self._stage] = None if before is None or ran is None else before + ran
