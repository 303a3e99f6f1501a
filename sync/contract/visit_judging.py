"""Whether a visit holds up, and the row it becomes, at both ends alike. Pure."""

from __future__ import annotations

from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.lifecycle import Role
from sync.contract.records import PhotoRole, Visit
from sync.contract.tables import Row
from sync.contract.visit import VISITORS, check_sheet, sheet_hash


def check_visit(visit: Visit, role: Role, item: Row | None, second: Row | None) -> None:
    """Raise the reason why a visit does not hold up: a squad of two, a known item, all signed.

    ``item`` and ``second`` are the rows of the inspection item and of the second officer, where known.
    """
    sheet = visit.sheet
    if role not in VISITORS:
        raise NeedsPerson("visit_role", role=role.value)
    if sheet.officer_id != visit.officer_id or sheet_hash(sheet) != visit.sheet_sha256:
        raise InputRefused("visit_sheet_mismatch")
    if item is None:
        raise InputRefused("visit_item_unknown", item=sheet.item_code[:32])
    check_sheet(sheet, [photo.slot for photo in visit.photos if photo.role is PhotoRole.SIGNATURE])
    if second is None or str(second["role"]) not in {one.value for one in VISITORS}:
        raise InputRefused("visit_second_unknown", officer_id=sheet.second_id[:32])
    hashes = {photo.slot: photo.original.sha256 for photo in visit.photos}
    if any(hashes.get(slot) != sha256 for slot, sha256 in sheet.evidence):
        raise InputRefused("visit_sheet_mismatch")
    if any(slot not in hashes for answer in sheet.answers for slot in answer.slots):
        raise InputRefused("visit_sheet_mismatch")


def visit_cells(visit: Visit) -> Row:
    """The row of a visit nobody has rated yet, without its times."""
    sheet = visit.sheet
    return {
        "visit_id": visit.visit_id,
        "item_code": sheet.item_code,
        "item_name": sheet.item_name,
        "party_kind": sheet.party.kind.value,
        "party_ref": sheet.party.ref,
        "party_name": sheet.party.name,
        "officer_id": sheet.officer_id,
        "second_id": sheet.second_id,
        "result": sheet.result.value,
        "failed": len(sheet.failed),
        "lon": visit.place.lon,
        "lat": visit.place.lat,
        "grid_cell": visit.grid_cell,
        "sheet_sha256": visit.sheet_sha256,
        "paper": next((p.original.sha256 for p in visit.photos if p.role is PhotoRole.SHEET), ""),
        "stars": 0,
        "rating_note": "",
        "rated_at": "",
    }
