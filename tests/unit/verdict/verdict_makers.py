"""Rows and questions for the verdict's tests: one good truck, from which each case departs in one thing."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from fieldapp.verdict.age import RESTS_ON
from fieldapp.verdict.model import Facts, Load, Question
from sync.contract.records import Place, PlaceSource
from sync.contract.tables import Cell, Row

CITY = ZoneInfo("Asia/Shanghai")
PLATE = "粤BWK516"
FRESH = dict.fromkeys(RESTS_ON, 3_600.0)
HOLIDAY, MAKEUP, WORKING, WEEKEND = "2026-10-01", "2026-10-10", "2026-11-20", "2026-11-21"
DAYS = {
    HOLIDAY: "holiday",
    "2026-09-30": "working",
    MAKEUP: "makeup",
    "2026-10-09": "working",
    WORKING: "working",
    "2026-11-19": "working",
    WEEKEND: "weekend",
    "2026-11-22": "weekend",
}
SITE = (113.88, 22.56)
ON_ROUTE = (113.90, 22.56)
DISPOSAL = (113.92, 22.56)
OFF_ROUTE = (113.90, 22.58)  # two kilometres north
SEA = (116.0, 20.0)
DEGREE_M = 111_195.0


def permit(**cells: Cell) -> Row:
    """A permit that allows everything at 23:00 on any day of 2026."""
    row: Row = {
        "permit_id": "P1",
        "plate": PLATE,
        "company_id": "C1",
        "project": "某项目",
        "site_id": "S1",
        "disposal_site_id": "D1",
        "route": "113.88,22.56;113.90,22.56;113.92,22.56",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "windows": "22:00-06:00",
        "window_days": "",
        "approved_m3": 1000,
        "used_m3": 100,
        "status": "active",
        "reason": "",
        "max_load_t": 15.5,
        "max_length_m": 8.4,
        "max_width_m": 2.5,
        "max_height_m": 3.3,
    }
    return {**row, **cells}


def entry(**cells: Cell) -> Row:
    """A blacklist entry in force that stops the truck."""
    row: Row = {
        "entry_id": "B1",
        "kind": "vehicle",
        "subject": PLATE,
        "reason": "夜间偷倒",
        "level": 3,
        "valid_from": "2026-01-01",
        "valid_to": "",
        "issuer": "某局",
    }
    return {**row, **cells}


def zone(**cells: Cell) -> Row:
    """A prohibited zone, about 400 m wide around the middle of the route, at all hours."""
    row: Row = {
        "zone_id": "Z1",
        "name": "某禁区",
        "ring": "113.898,22.558;113.902,22.558;113.902,22.562;113.898,22.562;113.898,22.558",
        "windows": "",
        "day_kinds": "",
        "valid_from": "2026-01-01",
        "valid_to": "",
        "reason": "学校",
    }
    return {**row, **cells}


def facts(*permits: Row, **parts: object) -> Facts:
    """Facts of a fresh replica; without permits it is the good one."""
    whole: dict[str, object] = {
        "permits": permits or (permit(),),
        "companies": {"C1": {"company_id": "C1", "name": "某公司", "credit_code": "91350100M000100Y43"}},
        "sites": {"S1": {"site_id": "S1", "lon": SITE[0], "lat": SITE[1]}},
        "disposal_sites": {"D1": {"disposal_site_id": "D1", "lon": DISPOSAL[0], "lat": DISPOSAL[1]}},
        "day_kinds": DAYS,
        "ages": FRESH,
        **parts,
    }
    return Facts(**whole)  # type: ignore[arg-type]


def at(day: str = WORKING, time: str = "23:00") -> datetime:
    """A moment in the city's zone."""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=CITY)


def here(
    point: tuple[float, float] = ON_ROUTE, accuracy_m: float | None = 5.0, *, north_m: float = 0
) -> Place:
    """A position, moved north by some metres."""
    return Place(PlaceSource.GNSS, point[0], point[1] + north_m / DEGREE_M, accuracy_m)


def question(**parts: object) -> Question:
    """The good truck on its route at 23:00 on a working day with 12 t."""
    whole: dict[str, object] = {"plate": PLATE, "at": at(), "place": here(), "load": Load(12.0), **parts}
    return Question(**whole)  # type: ignore[arg-type]
