"""What the replica knows of something on the map: a grid cell, a site, a disposal site, a case."""

from __future__ import annotations

from datetime import datetime

import msgspec

from fieldapp.capture.act import view_case
from fieldapp.capture.desk import Desk
from sync.contract.errors import InputRefused
from sync.contract.lifecycle import LIVE

OPEN = frozenset(state.value for state in LIVE)


class PlaceFacts(msgspec.Struct, frozen=True):
    """One thing on the map, of one of its layers; what does not apply is empty.

    ``kind`` and ``severity`` are an alert's.
    """

    layer: str
    key: str
    title_zh: str
    title_en: str
    address: str = ""
    grid_cell: str = ""
    street: str = ""
    community: str = ""
    state: str = ""
    note: str = ""
    assignee: str = ""
    mine: bool = False
    due_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None
    sites: tuple[str, ...] = ()
    open_cases: int = 0
    kind: str = ""
    severity: int = 0
    plate: str = ""


def place_facts(desk: Desk, layer: str, key: str) -> PlaceFacts | None:
    """The facts of what was tapped, or None where the replica no longer has it."""
    if layer in ("case", "report"):
        return _case(desk, layer, key)
    if layer == "alert":
        return _alert(desk, key)
    if layer == "cells":
        return _cell(desk, key)
    row = desk.reference.site(key) if layer == "site" else desk.reference.disposal_site(key)
    if row is None:
        return None
    name = str(row["name"] or "")
    facts = PlaceFacts(
        layer=layer,
        key=key,
        title_zh=name,
        title_en=name,
        address=str(row["address"] or ""),
        grid_cell=str(row["grid_cell"] or ""),
        lon=_degrees(row["lon"]),
        lat=_degrees(row["lat"]),
    )
    return _with_ground(desk, facts)


def _case(desk: Desk, layer: str, case_id: str) -> PlaceFacts | None:
    try:
        view = view_case(desk, case_id)
    except InputRefused:
        return None
    row = view.row
    known = desk.reference.case_class(str(row["class_code"] or ""))
    code = str(row["class_code"] or "")
    assignee = view.standing.assignee
    officer = desk.work.city.officer(assignee) if assignee else None
    facts = PlaceFacts(
        layer=layer,
        key=case_id,
        title_zh=str(known["name_zh"] or code) if known else code,
        title_en=str(known["name_en"] or code) if known else code,
        state=view.standing.state.value,
        note=str(row["note"] or ""),
        assignee=str(officer["name"] or assignee) if officer else assignee,
        mine=assignee == desk.officer.officer_id,
        due_at=_moment(row["due_at"]),
        address=str(row["address"] or ""),
        grid_cell=str(row["grid_cell"] or ""),
        lon=_degrees(row["lon"]),
        lat=_degrees(row["lat"]),
    )
    return _with_ground(desk, facts)


def _alert(desk: Desk, alert_id: str) -> PlaceFacts | None:
    row = desk.work.pins.alert(alert_id)
    if row is None:
        return None
    holder = str(row["holder"] or "")
    officer = desk.work.city.officer(holder) if holder else None
    facts = PlaceFacts(
        layer="alert",
        key=alert_id,
        title_zh=str(row["company"] or ""),
        title_en=str(row["company"] or ""),
        address=str(row["address"] or ""),
        grid_cell=str(row["grid_cell"] or ""),
        state=str(row["state"] or ""),
        note=str(row["note"] or ""),
        assignee=str(officer["name"] or holder) if officer else holder,
        mine=holder == desk.officer.officer_id,
        lon=_degrees(row["lon"]),
        lat=_degrees(row["lat"]),
        kind=str(row["kind"] or ""),
        severity=int(row["severity"] or 0),
        plate=str(row["plate"] or ""),
    )
    return _with_ground(desk, facts)


def _cell(desk: Desk, code: str) -> PlaceFacts | None:
    row = desk.reference.grid_cell(code)
    if row is None:
        return None
    here = [case for case in desk.work.city.cases() if case["grid_cell"] == code and case["state"] in OPEN]
    sites = [str(site["name"]) for site in desk.reference.sites() if site["grid_cell"] == code]
    sites += [str(site["name"]) for site in desk.reference.disposal_sites() if site["grid_cell"] == code]
    title = str(row["community"] or "")
    return PlaceFacts(
        layer="cells",
        key=code,
        title_zh=title,
        title_en=title,
        grid_cell=code,
        street=str(row["street"] or ""),
        community=title,
        sites=tuple(sites),
        open_cases=len(here),
    )


def _with_ground(desk: Desk, facts: PlaceFacts) -> PlaceFacts:
    cell = desk.reference.grid_cell(facts.grid_cell)
    if cell is None:
        return facts
    return msgspec.structs.replace(
        facts, street=str(cell["street"] or ""), community=str(cell["community"] or "")
    )


def _degrees(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
