"""The check at the start of a shift: what is looked at, how it is judged (pure), and keeping it as a record.

It looks at what the examination (``doctor``) looks at, as far as that matters for a day outside, and at what
only the window knows: position and link.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.overview import photo_room
from fieldapp.capture.report import store_record
from sync.battery import read_battery
from sync.contract.records import NOWHERE, ClockState, Place, ShiftCheck
from sync.contract.shift import Facts, Fitness, ShiftFinding
from sync.examine_surroundings import look_around
from sync.replica.meta import clock_state
from sync.sending import Battery

SHIFT = timedelta(hours=10)
"""Within this time of the last check it is still the same shift."""
BATTERY_LOW, BATTERY_EMPTY = 50, 20
PHOTOS_LOW, PHOTOS_FEW = 200, 50
PENDING_OLD = timedelta(hours=24)
DATA_OLD, DATA_TOO_OLD = timedelta(hours=24), timedelta(hours=72)


class Outside(msgspec.Struct, frozen=True):
    """What only the window knows. ``quality`` is a FixQuality's word, ``link`` a link status."""

    quality: str = "missing"
    accuracy_m: float | None = None
    problem: str = ""
    link: str = "starting"
    place: Place = NOWHERE


class ShiftFacts(msgspec.Struct, frozen=True):
    """All that is judged. None: could not be looked at."""

    outside: Outside
    battery: Battery
    photos: int
    clock: ClockState
    offset_s: int | None
    camera: bool | None
    pending: int
    needs_you: int
    oldest: timedelta | None
    data_age: timedelta | None


def judge_shift(facts: ShiftFacts) -> tuple[ShiftFinding, ...]:
    """One finding for each thing, always in the same order."""
    return tuple(
        ShiftFinding(name, fitness, f"shift_{name}_{word}", told) for name, fitness, word, told in _all(facts)
    )


def look_at_tablet(desk: Desk, outside: Outside) -> tuple[ShiftFinding, ...]:
    """Look at everything, now."""
    fix = desk.work.meta.clock_fix()
    pending, oldest = desk.work.outbox.pending()
    reference = desk.reference.cursor()
    now = desk.clock.now()
    camera = next((seen.ok for seen in look_around(desk.folder) if seen.name == "camera"), None)
    return judge_shift(
        ShiftFacts(
            outside=outside,
            battery=read_battery(),
            photos=photo_room(desk),
            clock=clock_state(fix, desk.clock),
            offset_s=None if fix is None else round(fix.offset_ms / 1000),
            camera=camera,
            pending=pending,
            needs_you=desk.work.outbox.needing_you(),
            oldest=None if not oldest else now - datetime.fromisoformat(oldest),
            data_age=None if reference is None else now - reference.moved_at,
        )
    )


def is_due(desk: Desk) -> bool:
    """Whether this officer has not checked in this shift yet."""
    last = desk.work.meta.shift_checked_at(desk.officer.officer_id)
    return last is None or abs(desk.clock.now() - last) >= SHIFT


def keep_check(
    desk: Desk, findings: tuple[ShiftFinding, ...], place: Place = NOWHERE, *, skipped: bool = False
) -> str:
    """Keep it as a record; durable when its id is returned."""
    check_id = desk.new_id()
    with desk.work.act():
        stamp = desk.work.meta.stamp(desk.clock)
        check = ShiftCheck(
            check_id=check_id,
            officer_id=desk.officer.officer_id,
            device_id=desk.device_id,
            stamp=stamp,
            findings=findings,
            equipment=desk.equipment(),
            place=place,
            skipped=skipped,
        )
        store_record(desk, check, check_id, "")
        desk.work.meta.note_shift_check(desk.officer.officer_id, stamp.wall)
    return check_id


Judged = tuple[str, Fitness, str, Facts]


def _all(facts: ShiftFacts) -> Iterator[Judged]:
    yield _battery(facts.battery)
    yield _space(facts.photos)
    yield _clock(facts)
    yield _position(facts.outside)
    yield _camera(facts.camera)
    yield _pending(facts)
    yield _link(facts.outside.link)
    yield _data(facts.data_age)


def _battery(battery: Battery) -> Judged:
    if not battery.present:
        return ("battery", Fitness.OK, "mains", {})
    percent = battery.percent
    if percent is None:
        return ("battery", Fitness.UNKNOWN, "unknown", {})
    told: Facts = {"percent": percent}
    if battery.on_mains or percent >= BATTERY_LOW:
        return ("battery", Fitness.OK, "ok", told)
    if percent >= BATTERY_EMPTY:
        return ("battery", Fitness.WARN, "low", told)
    return ("battery", Fitness.FAIL, "empty", told)


def _space(photos: int) -> Judged:
    told: Facts = {"photos": photos}
    if photos >= PHOTOS_LOW:
        return ("space", Fitness.OK, "ok", told)
    return ("space", *((Fitness.WARN, "low") if photos >= PHOTOS_FEW else (Fitness.FAIL, "few")), told)


def _clock(facts: ShiftFacts) -> Judged:
    if facts.clock is ClockState.TRUSTED:
        return ("clock", Fitness.OK, "ok", {})
    if facts.clock is ClockState.UNVERIFIED or facts.offset_s is None:
        return ("clock", Fitness.WARN, "unverified", {})
    return ("clock", Fitness.FAIL, "wrong", {"offset_s": facts.offset_s})


def _position(outside: Outside) -> Judged:
    if outside.quality in ("good", "fair"):
        return ("position", Fitness.OK, "ok", {"accuracy_m": round(outside.accuracy_m or 0)})
    if outside.problem:
        return ("position", Fitness.FAIL, "none", {"problem": outside.problem})
    word = "poor" if outside.quality == "poor" else "missing"
    return ("position", Fitness.WARN, word, {})


def _camera(usable: bool | None) -> Judged:
    if usable is None:
        return ("camera", Fitness.UNKNOWN, "unknown", {})
    return ("camera", *((Fitness.OK, "ok") if usable else (Fitness.FAIL, "denied")), {})


def _pending(facts: ShiftFacts) -> Judged:
    told: Facts = {"records": facts.pending, "needs_you": facts.needs_you}
    if facts.needs_you:
        return ("pending", Fitness.WARN, "needs_you", told)
    if facts.oldest is not None and facts.oldest > PENDING_OLD:
        return ("pending", Fitness.WARN, "old", {**told, "hours": int(facts.oldest.total_seconds() // 3600)})
    return ("pending", Fitness.OK, "ok" if facts.pending else "none", told)


def _link(status: str) -> Judged:
    if status == "online":
        return ("link", Fitness.OK, "ok", {})
    if status == "needs_you":
        return ("link", Fitness.FAIL, "needs_you", {})
    if status == "starting":
        return ("link", Fitness.UNKNOWN, "unknown", {})
    return ("link", Fitness.WARN, "paused" if status == "paused" else "offline", {})


def _data(age: timedelta | None) -> Judged:
    if age is None:
        return ("data", Fitness.FAIL, "missing", {})
    told: Facts = {"hours": max(0, int(age.total_seconds() // 3600))}
    if age <= DATA_OLD:
        return ("data", Fitness.OK, "ok" if told["hours"] else "fresh", told)
    return ("data", *((Fitness.WARN, "old") if age <= DATA_TOO_OLD else (Fitness.FAIL, "too_old")), told)
