"""The city's responsible units with their officers, and who of a unit a case goes to.

A unit's officers are those whose squad bears its name. Squads that the city's table does not list count too,
under their name alone.
"""

from __future__ import annotations

import msgspec

from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.lifecycle import HANDLERS, LIVE
from sync.contract.tables import UNIT
from sync.replica.database import Database

_COLUMNS = ", ".join(UNIT.column_names)
_OPEN = ", ".join(f"'{state.value}'" for state in sorted(LIVE, key=lambda state: state.value))
_ROLES = ", ".join(f"'{role.value}'" for role in sorted(HANDLERS, key=lambda role: role.value))


class UnitOfficer(msgspec.Struct, frozen=True):
    """An officer of a unit who can be given cases, and how many he has in hand."""

    officer_id: str
    name: str
    cases: int


class UnitCard(msgspec.Struct, frozen=True):
    """A unit as command sees it. ``unit_id`` is "" for a squad that the city's table does not list."""

    unit_id: str
    name_zh: str
    name_en: str
    areas: str
    classes: str
    contact: str
    officers: tuple[UnitOfficer, ...]


class Wish(msgspec.Struct, frozen=True):
    """The unit a report names. ``chosen``: by its reporter; else it was suggested and let stand."""

    name: str
    chosen: bool
    unit_id: str = ""
    contact: str = ""
    officers: tuple[UnitOfficer, ...] = ()


class _Named(msgspec.Struct, frozen=True):
    """What a report's body says of a unit."""

    unit: str = ""
    unit_id: str = ""
    unit_chosen: bool = False


def unit_cards(db: Database) -> list[UnitCard]:
    """Every unit by number, then every other squad that handles cases by name."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM unit ORDER BY unit_id").fetchall()
    cards = [_card(db, dict(zip(UNIT.column_names, row, strict=True))) for row in rows]
    squads = db.execute(
        "SELECT DISTINCT squad FROM officer WHERE active = 1 AND role IN ('unit', 'inspector')"
        " AND squad <> '' AND squad NOT IN (SELECT name_zh FROM unit) ORDER BY squad"
    ).fetchall()
    others = [UnitCard("", str(squad), "", "", "", "", officers_of(db, str(squad))) for (squad,) in squads]
    return [*cards, *others]


def wish_of(db: Database, body: str) -> Wish | None:
    """The unit that a report's body names; None where nothing was said."""
    try:
        named = msgspec.json.decode(body, type=_Named)
    except msgspec.DecodeError:
        return None
    if not named.unit:
        return Wish("", True) if named.unit_chosen else None
    row = _row(db, named.unit_id) or _row(db, named.unit)
    if row is None:
        return Wish(named.unit, named.unit_chosen, "", "", officers_of(db, named.unit))
    name = str(row["name_zh"])
    officers = officers_of(db, name)
    return Wish(name, named.unit_chosen, str(row["unit_id"]), str(row["contact"] or ""), officers)


def officers_of(db: Database, squad: str) -> tuple[UnitOfficer, ...]:
    """Active officers of a squad who may handle cases, the one with the fewest in hand first."""
    rows = db.execute(
        "SELECT o.officer_id, o.name, (SELECT count(*) FROM city_case c WHERE c.assignee = o.officer_id"
        f" AND c.state IN ({_OPEN})) AS cases FROM officer o"
        f" WHERE o.active = 1 AND o.squad = ? AND o.role IN ({_ROLES}) ORDER BY cases, o.officer_id",
        (squad,),
    ).fetchall()
    return tuple(UnitOfficer(str(officer_id), str(name), int(cases)) for officer_id, name, cases in rows)


def officer_for_case(db: Database, case_id: str) -> str:
    """Who a case goes to when nobody is named: of the unit its report names, who has the fewest cases."""
    found = db.execute("SELECT record FROM city_case WHERE case_id = ?", (case_id,)).fetchone()
    wish = None if found is None else wish_of(db, str(found[0] or ""))
    if wish is None or not wish.name:
        raise InputRefused("dispatch_to_nobody")
    return _first(wish.name, wish.officers)


def officer_of_unit(db: Database, unit: str) -> str:
    """The officer of a unit, by number or name, who has the fewest cases in hand."""
    row = _row(db, unit)
    name = unit if row is None else str(row["name_zh"])
    officers = officers_of(db, name)
    if row is None and not officers:
        raise InputRefused("unit_unknown", unit=unit[:64])
    return _first(name, officers)


def _first(name: str, officers: tuple[UnitOfficer, ...]) -> str:
    if not officers:
        raise NeedsPerson("unit_without_officers", unit=name[:64])
    return officers[0].officer_id


def _row(db: Database, unit: str) -> dict[str, object] | None:
    row = db.execute(
        f"SELECT {_COLUMNS} FROM unit WHERE unit_id = ? OR name_zh = ? OR name_en = ? ORDER BY unit_id <> ?"
        " LIMIT 1",
        (unit, unit, unit, unit),
    ).fetchone()
    return None if row is None or not unit else dict(zip(UNIT.column_names, row, strict=True))


def _card(db: Database, row: dict[str, object]) -> UnitCard:
    words = {name: str(row[name] or "") for name in ("unit_id", "name_zh", "name_en", "areas", "classes")}
    name = words["name_zh"]
    return UnitCard(**words, contact=str(row["contact"] or ""), officers=officers_of(db, name))
