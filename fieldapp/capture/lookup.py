"""Looking up a truck in the replica: permits, blacklist, and how old the data is. Offline, no verdict yet.

``look_up`` gives the rows, for the command line too; ``truck_card`` the same as facts for the page.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec

from fieldapp.capture.city_time import city_zone, now
from fieldapp.capture.desk import Desk
from fieldapp.verdict.record_facts import (
    DataAge,
    Headline,
    PermitFact,
    best_first,
    data_age,
    headline,
    in_force,
    permit_fact,
    shape,
)
from sync.contract.codes import is_credit_code
from sync.contract.plate import PlateKind, parse_plate
from sync.contract.tables import Row, Stream

FIRST_POSSIBLE = datetime(2000, 1, 1, tzinfo=UTC)


class Found(msgspec.Struct, frozen=True):
    """What the replica knows of a plate. ``data_as_of`` is ISO UTC, None before the first fill."""

    plate: str
    found: bool
    permits: list[dict[str, object]]
    blacklist: list[Row]
    data_as_of: str | None


class PermitCard(msgspec.Struct, frozen=True):
    """One permit with the names behind its codes. Volumes are cubic metres, 0 where none is given."""

    permit_id: str
    fact: PermitFact
    status: str
    company_id: str
    company: str
    credit_code: str
    credit_valid: bool
    project: str
    site: str
    disposal_site: str
    route: str
    valid_from: str
    valid_to: str
    windows: str
    approved_m3: float
    used_m3: float
    reason: str


class BlacklistCard(msgspec.Struct, frozen=True):
    """One entry. ``active`` is False for one that has ended or not begun."""

    entry_id: str
    kind: str
    subject: str
    reason: str
    level: int
    valid_from: str
    valid_to: str
    issuer: str
    active: bool


class TruckCard(msgspec.Struct, frozen=True):
    """What the page shows of a plate: the headline and its shape, warnings, permits best first, age."""

    plate: str
    kind: PlateKind
    headline: Headline
    shape: str
    permits: tuple[PermitCard, ...]
    blacklist: tuple[BlacklistCard, ...]
    data_as_of: str | None
    age: DataAge

    @property
    def found(self) -> bool:
        """Whether the records know the plate at all."""
        return bool(self.permits or self.blacklist)


def look_up(desk: Desk, plate_text: str) -> Found:
    """All there is on a whole plate, best permit first; ``plate_impossible`` for what no plate can be."""
    plate = parse_plate(plate_text).text
    rows = best_first(desk.reference.permits(plate), today(desk))
    permits = [_with_names(desk, row) for row in rows]
    subjects = {plate, *(str(permit["company_id"]) for permit in permits)}
    blacklist = desk.work.city.blacklist(sorted(subjects))
    return Found(plate, bool(permits or blacklist), permits, blacklist, data_as_of(desk))


def truck_card(desk: Desk, plate_text: str) -> TruckCard:
    """The same as facts held against the city's day; refuses like ``look_up``."""
    kind = parse_plate(plate_text).kind
    found = look_up(desk, plate_text)
    day = today(desk)
    permits = tuple(_permit_card(permit, day) for permit in found.permits)
    entries = tuple(blacklist_card(row, day) for row in found.blacklist)
    age = age_of_data(desk)
    said = headline(
        [permit.fact for permit in permits],
        blacklisted=any(entry.active for entry in entries),
        level=age.level,
    )
    return TruckCard(found.plate, kind, said, shape(said, age.level), permits, entries, found.data_as_of, age)


def today(desk: Desk) -> date:
    """The date in the city now: permits count by local days. UTC's before enrolment."""
    return now(desk).at.astimezone(city_zone(desk)).date()


def data_as_of(desk: Desk) -> str | None:
    """The older of the two streams' last good pull: no answer is fresher than its older half."""
    as_of = _as_of(desk)
    return as_of.isoformat() if as_of else None


def age_of_data(desk: Desk) -> DataAge:
    """How old the data is."""
    return data_age(_as_of(desk), now(desk).at)


def _as_of(desk: Desk) -> datetime | None:
    """None while either stream has not arrived whole (the puller marks such a part as of 1970)."""
    cursors = desk.reference.cursor(), desk.work.meta.cursor(Stream.WORK)
    times = [cursor.moved_at for cursor in cursors if cursor is not None]
    return min(times) if len(times) == len(cursors) and min(times) > FIRST_POSSIBLE else None


def blacklist_card(row: Row, day: date) -> BlacklistCard:
    """An entry's row as a value."""
    level = row["level"]
    return BlacklistCard(
        entry_id=_text(row["entry_id"]),
        kind=_text(row["kind"]),
        subject=_text(row["subject"]),
        reason=_text(row["reason"]),
        level=level if isinstance(level, int) else 0,
        valid_from=_text(row["valid_from"]),
        valid_to=_text(row["valid_to"]),
        issuer=_text(row["issuer"]),
        active=in_force(row, day),
    )


def _permit_card(permit: dict[str, object], day: date) -> PermitCard:
    row: Row = {name: value for name, value in permit.items() if isinstance(value, str | int | float | None)}
    credit = _text(row["credit_code"])
    return PermitCard(
        permit_id=_text(row["permit_id"]),
        fact=permit_fact(row, day),
        status=_text(row["status"]),
        company_id=_text(row["company_id"]),
        company=_text(row["company"]),
        credit_code=credit,
        credit_valid=is_credit_code(credit),
        project=_text(row["project"]),
        site=_text(row["site"]),
        disposal_site=_text(row["disposal_site"]),
        route=_text(row["route"]),
        valid_from=_text(row["valid_from"]),
        valid_to=_text(row["valid_to"]),
        windows=_text(row["windows"]),
        approved_m3=_number(row["approved_m3"]),
        used_m3=_number(row["used_m3"]),
        reason=_text(row["reason"]),
    )


def _with_names(desk: Desk, permit: Row) -> dict[str, object]:
    company = desk.reference.company(str(permit["company_id"]))
    site = desk.reference.site(str(permit["site_id"]))
    disposal = desk.reference.disposal_site(str(permit["disposal_site_id"]))
    return {
        **permit,
        "company": company["name"] if company else None,
        "credit_code": company["credit_code"] if company else None,
        "site": site["name"] if site else None,
        "disposal_site": disposal["name"] if disposal else None,
    }


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
