"""What time it is in the city: by the tablet's clock, or by central's where the tablet's is off."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import msgspec

from fieldapp.capture.desk import Desk
from sync.clock import Clock
from sync.contract.records import ClockState
from sync.replica.meta import ClockFix, clock_state


class Now(msgspec.Struct, frozen=True):
    """This moment as far as it is known; ``offset_s`` is what central's time is ahead of this clock."""

    at: datetime
    clock: ClockState
    offset_s: float | None


def now(desk: Desk) -> Now:
    """The moment in UTC. A clock that is off is corrected as far as this boot's clock can tell."""
    fix, at = desk.work.meta.clock_fix(), desk.clock.now()
    state, offset_s = clock_state(fix, desk.clock), _offset_s(fix, desk.clock)
    if offset_s is not None and state is ClockState.DOUBTFUL:
        at += timedelta(seconds=offset_s)
    return Now(at, state, offset_s)


def city_zone(desk: Desk) -> tzinfo:
    """The city's time zone; UTC before enrolment."""
    identity = desk.work.meta.identity()
    return ZoneInfo(identity.city.zone) if identity else UTC


def _offset_s(fix: ClockFix | None, clock: Clock) -> float | None:
    if fix is None or fix.wall_ms is None or fix.boot_id != clock.boot_id:
        return None
    ran_s = clock.monotonic() - fix.monotonic_ms / 1000
    return (fix.wall_ms + fix.offset_ms) / 1000 + ran_s - clock.now().timestamp()
