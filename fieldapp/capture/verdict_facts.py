"""Gathering what a verdict rests on from the replica: rows by their keys, and how old each table is.

    question = ask(desk, plate, place)
    verdict = judge(question, gather(desk, question.plate, question.place, question.at, question.load))

A few dozen reads by key; nothing is judged here.
"""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from fieldapp.capture.city_time import city_zone, now
from fieldapp.capture.desk import Desk
from fieldapp.verdict.hours import before
from fieldapp.verdict.look_alikes import look_alikes
from fieldapp.verdict.model import NOT_MEASURED, Facts, Limits, Load, Question
from fieldapp.verdict.names import same_name
from fieldapp.verdict.record_facts import AHEAD
from sync.contract.errors import InputRefused
from sync.contract.plate import normalise_plate
from sync.contract.records import NOWHERE, Place
from sync.contract.tables import TABLES, Row, Stream

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
    """The question in the city's time. Without ``when`` it is now, by central's clock if need be.

    A clock that is off is said for another time too: the ages of the data hang on it.
    """
    zone, this = city_zone(desk), now(desk)
    text = normalise_plate(plate)
    at = this.at if when is None else when.replace(tzinfo=zone) if when.tzinfo is None else when
    try:
        at = at.astimezone(zone)
    except OverflowError:
        raise InputRefused("time_invalid", value=at.isoformat()) from None
    return Question(text, at, place, load, driver, this.clock, this.offset_s)


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
    subjects = [plate, *companies, *_company_ids(permits)]
    ages, ahead = data_ages(desk)
    return Facts(
        permits=permits,
        companies=companies,
        sites=_rows(desk, "site", permits),
        disposal_sites=_rows(desk, "disposal_site", permits),
        zones=tuple(desk.reference.prohibited_zones()),
        day_kinds={str(row["day"]): str(row["kind"]) for row in desk.reference.day_kinds(days)},
        blacklist=(*desk.work.city.blacklist(list(dict.fromkeys(subjects))), *_drivers(desk, driver)),
        look_alikes=_look_alikes(desk, plate),
        ages=ages,
        data_ahead=ahead,
        limits=city_limits(desk),
    )


def data_ages(desk: Desk) -> tuple[dict[str, float], bool]:
    """Seconds since each table was known to be whole, and whether some data is from after this clock's now.

    A table whose stream never arrived whole is left out, and so is one from the future. Now is central's
    where this clock is known to be off.
    """
    at = now(desk).at
    cursors = {
        Stream.REFERENCE: desk.reference.cursor(),
        Stream.WORK: desk.work.meta.cursor(Stream.WORK),
    }
    as_of = {
        stream: cursor.moved_at
        for stream, cursor in cursors.items()
        if cursor is not None and cursor.moved_at > FIRST_POSSIBLE
    }
    ahead = {stream for stream, moment in as_of.items() if moment - at > AHEAD}
    ages = {
        table.name: max((at - as_of[table.stream]).total_seconds(), 0.0)
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


def _drivers(desk: Desk, name: str) -> list[Row]:
    """Entries against a driver of that name, however it was typed."""
    if not name.strip():
        return []
    return [row for row in desk.work.city.blacklisted_drivers() if same_name(str(row["subject"]), name)]


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
