"""The cases a truck was in lately, as central told them: what one officer knows, the next may need."""

from __future__ import annotations

from datetime import datetime

import msgspec

from fieldapp.capture.desk import Desk
from sync.contract.ids import short_id
from sync.contract.plate import normalise_plate

MOST = 5


class TruckCase(msgspec.Struct, frozen=True):
    """One case: what it was about, where it stands, when it was reported, in ISO."""

    case_id: str
    short_id: str
    title_zh: str
    title_en: str
    state: str
    reported_at: str
    note: str


def truck_cases(desk: Desk, plate: str, *, most: int = MOST) -> tuple[TruckCase, ...]:
    """A plate's cases, newest first."""
    rows = desk.work.city.cases_of_plate(normalise_plate(plate), most)
    cases = []
    for row in rows:
        code = str(row["class_code"] or "")
        known = desk.reference.case_class(code)
        cases.append(
            TruckCase(
                case_id=str(row["case_id"]),
                short_id=short_id(str(row["case_id"])),
                title_zh=str(known["name_zh"] or code) if known else code,
                title_en=str(known["name_en"] or code) if known else code,
                state=str(row["state"] or ""),
                reported_at=_iso(row["reported_at"]),
                note=str(row["note"] or ""),
            )
        )
    return tuple(cases)


def _iso(value: object) -> str:
    try:
        return datetime.fromisoformat(str(value)).isoformat() if value else ""
    except ValueError:
        return ""
