"""A visit as a tablet makes it: two officers, a check list, three signatures, the paper."""

from datetime import timedelta
from typing import Any

import msgspec

from sync.contract.ids import new_id
from sync.contract.records import (
    ClockState,
    Equipment,
    FileRef,
    Lane,
    Origin,
    Photo,
    PhotoRole,
    Place,
    PlaceSource,
    Stamp,
    Visit,
)
from sync.contract.tables import Row
from sync.contract.visit import (
    CheckAnswer,
    Finding,
    Party,
    PartyKind,
    Signature,
    Signer,
    VisitResult,
    VisitSheet,
    sheet_hash,
)
from sync.contract.wire import sha256_hex
from tests.contract.tablet import MORNING

ITEM = "JC-01"
ITEM_ROW: Row = {
    "item_code": ITEM,
    "kinds": "site",
    "name_zh": "工地检查",
    "name_en": "Site inspection",
    "basis_zh": "《固体废物污染环境防治法》第六十三条",
    "basis_en": "Solid waste law, article 63",
    "checks_zh": "出场车辆已密闭\n裸土已覆盖",
    "checks_en": "Trucks leave sealed\nBare soil is covered",
    "valid_from": "2026-01-01",
    "valid_to": "",
}


def signature_photo(slot: int, data: bytes) -> Photo:
    """A drawn signature as a file of the record."""
    file = FileRef(Lane.ORIGINAL, sha256_hex(data), len(data), "image/png")
    return Photo(slot, PhotoRole.SIGNATURE, Origin.CAPTURED, (file,))


def make_visit(officer: str, second: str, device_id: str, **changed: Any) -> Visit:
    """A visit that central takes; ``changed`` are members of its sheet."""
    photos = tuple(signature_photo(slot, f"signature {slot}".encode()) for slot in range(3))
    sheet = VisitSheet(
        item_code=ITEM,
        item_name="工地检查",
        legal_basis="《固体废物污染环境防治法》第六十三条",
        party=Party(PartyKind.SITE, "宏达工地", ref="S1", present="赵六", position="安全员"),
        officer_id=officer,
        officer_name="王镕",
        second_id=second,
        second_name="欧阳振华",
        unit="联合整治一小队",
        begun_at=MORNING,
        ended_at=MORNING + timedelta(minutes=40),
        answers=(
            CheckAnswer("出场车辆已密闭", Finding.NOT_MET, "两车未密闭"),
            CheckAnswer("裸土已覆盖", Finding.MET),
        ),
        result=VisitResult.PUT_RIGHT,
        findings="两辆车未密闭出场",
        demand="立即停止未密闭运输",
        correct_by="2026-03-05",
        signatures=(
            Signature(Signer.OFFICER, "王镕", 0, signed_at=MORNING),
            Signature(Signer.SECOND, "欧阳振华", 1, signed_at=MORNING),
            Signature(Signer.PARTY, "赵六", 2, signed_at=MORNING),
        ),
        evidence=tuple((photo.slot, photo.original.sha256) for photo in photos),
    )
    sheet = msgspec.structs.replace(sheet, **changed)
    return Visit(
        visit_id=new_id(),
        sheet=sheet,
        sheet_sha256=sheet_hash(sheet),
        place=Place(PlaceSource.GNSS, 113.88, 22.56, 5.0, MORNING),
        grid_cell="440306001001001",
        photos=photos,
        officer_id=officer,
        device_id=device_id,
        stamp=Stamp(MORNING, 1000, "boot-1", 1, ClockState.TRUSTED, 0),
        equipment=Equipment("0.1.0-test"),
        rating_code="a-code-nobody-guesses",
    )
