"""Gathering what a verdict rests on from the replica: rows by their keys, and how old each table is.

    question = ask(desk, plate, place)
    verdict = judge(question, gather(desk, question.plate, question.place, question.at, question.load))

A few dozen reads by key; nothing is judged here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.verdict.hours import before
from fieldapp.verdict.look_alikes import look_alikes
from fieldapp.verdict.model import NOT_MEASURED, Facts, Limits, Load, Question
from fieldapp.verdict.record_facts import AHEAD
from sync.clock import Clock
from sync.contract.errors import InputRefused
from sync.contract.plate import normalise_plate
from sync.contract.records import NOWHERE, ClockState, Place
from sync.contract.tables import TABLES, Row, Stream
from sync.replica.meta import ClockFix, clock_state

FIRST_POSSIBLE = datetime(2000, 1, 1, tzinfo=UTC)
LIMITS_FILE = "verdict_limits.json"
"""In the data folder: the city's thresholds where they are not the shipped ones (fields of ``Limits``)."""


def ask(
    desk: Desk,
    plate: str,
    place: Place = NOWHERE,
    when: datetime | None = None,
    load: Load = NOT_MEASURED,
    driver: str = "",
) -> Question:
    """The question in the city's time. Without ``when`` it is now, by central's clock if need be."""
    zone = city_zone(desk)
    text = normalise_plate(plate)
    if when is not None:
        at = when.replace(tzinfo=zone) if when.tzinfo is None else when.astimezone(zone)
        return Question(text, at, place, load, driver)
    fix, now = desk.work.meta.clock_fix(), desk.clock.now()
    clock, offset_s = clock_state(fix, desk.clock), _offset_s(fix, desk.clock)
    if offset_s is not None and clock is ClockState.DOUBTFUL:
        now += timedelta(seconds=offset_s)
    return Question(text, now.astimezone(zone), place, load, driver, clock, offset_s)


def _offset_s(fix: ClockFix | None, clock: Clock) -> float | None:
    """Seconds by which central's time is ahead of this clock now, as far as this boot's clock can tell."""
    if fix is None or fix.wall_ms is None or fix.boot_id != clock.boot_id:
        return None
    ran_s = clock.monotonic() - fix.monotonic_ms / 1000
    return (fix.wall_ms + fix.offset_ms) / 1000 + ran_s - clock.now().timestamp()


def city_zone(desk: Desk) -> tzinfo:
    """The city's time zone; UTC before enrolment."""
    identity = desk.work.meta.identity()
    return ZoneInfo(identity.city.zone) if identity else UTC


def gather(
    desk: Desk,
    plate: str,
    place: Place = NOWHERE,
    when: datetime | None = None,
    load: Load = NOT_MEASURED,
    *,
    driver: str = "",
) -> Facts:
    """What the replica holds on a plate at a time (``when``: in the city's zone). Refuses nothing."""
    at = ask(desk, plate, place, when, load).at
    permits = tuple(desk.reference.permits(plate))
    days = [day.isoformat() for back in (0, 1) if (day := before(at.date(), back)) is not None]
    companies = _rows(desk, "company", permits)
    subjects = [plate, *companies, *_company_ids(permits), *([driver] if driver else [])]
    ages, ahead = data_ages(desk)
    return Facts(
        permits=permits,
        companies=companies,
        sites=_rows(desk, "site", permits),
        disposal_sites=_rows(desk, "disposal_site", permits),
        zones=tuple(desk.reference.prohibited_zones()),
        day_kinds={str(row["day"]): str(row["kind"]) for row in desk.reference.day_kinds(days)},
        blacklist=tuple(desk.work.city.blacklist(list(dict.fromkeys(subjects)))),
        look_alikes=_look_alikes(desk, plate),
        ages=ages,
        data_ahead=ahead,
        limits=city_limits(desk),
    )


def data_ages(desk: Desk) -> tuple[dict[str, float], bool]:
    """Seconds since each table was known to be whole, and whether some data is from after this clock's now.

    A table whose stream never arrived whole is left out, and so is one from the future.
    """
    now = desk.clock.now()
    cursors = {
        Stream.REFERENCE: desk.reference.cursor(),
        Stream.WORK: desk.work.meta.cursor(Stream.WORK),
    }
    as_of = {
        stream: cursor.moved_at
        for stream, cursor in cursors.items()
        if cursor is not None and cursor.moved_at > FIRST_POSSIBLE
    }
    ahead = {stream for stream, moment in as_of.items() if moment - now > AHEAD}
    ages = {
        table.name: max((now - as_of[table.stream]).total_seconds(), 0.0)
        for table in TABLES.values()
        if table.stream in as_of and table.stream not in ahead
    }
    return ages, bool(ahead)


def city_limits(desk: Desk) -> Limits:
    """The thresholds in force: the shipped ones unless the data folder holds others."""
    file = desk.folder.root / LIMITS_FILE
    try:
        return msgspec.json.decode(file.read_bytes(), type=Limits)
    except FileNotFoundError:
        return Limits()
    except (OSError, msgspec.MsgspecError) as error:
        raise InputRefused("verdict_limits_unreadable", file=LIMITS_FILE, detail=str(error)[:120]) from error


def _company_ids(permits: tuple[Row, ...]) -> list[str]:
    return [str(permit["company_id"]) for permit in permits if permit["company_id"]]


def _rows(desk: Desk, table: str, permits: tuple[Row, ...]) -> dict[str, Row]:
    """The rows of a table that the permits name, by key."""
    read = {
        "company": desk.reference.company,
        "site": desk.reference.site,
        "disposal_site": desk.reference.disposal_site,
    }[table]
    keys = dict.fromkeys(str(permit[f"{table}_id"] or "") for permit in permits)
    return {key: row for key in keys if (row := read(key)) is not None}


def _look_alikes(desk: Desk, plate: str) -> tuple[str, ...]:
    """Plates that read like it and that the records know."""
    ways = [way for way in look_alikes(plate) if way != plate] if plate else []
    if not ways:
        return ()
    known = desk.reference.trucks.known(ways)
    known |= {str(row["subject"]) for row in desk.work.city.blacklist(ways) if row["kind"] == "vehicle"}
    return tuple(way for way in ways if way in known)
