"""An officer's credential, or the QR of an on-site record, held against what this tablet knows, offline."""

from __future__ import annotations

from datetime import date
from enum import Enum

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.lookup import today
from sync.contract.credential_qr import CredentialStanding, read_credential, standing_of
from sync.contract.errors import NeedsPerson
from sync.contract.records import RecordType, Visit
from sync.contract.visit_qr import read_sheet_code
from sync.contract.wire import decode_record


class CredentialCheck(msgspec.Struct, frozen=True):
    """The answer, with what the credential says."""

    standing: CredentialStanding
    officer_id: str
    name: str
    role: str
    squad: str
    city: str
    valid_from: date
    valid_to: date


class SheetStanding(Enum):
    """Whether a paper is that of a visit this tablet knows."""

    SAME = "same"
    DIFFERENT = "different"
    """The visit is known, and its record says otherwise than this paper."""
    UNKNOWN = "unknown"


class SheetCheck(msgspec.Struct, frozen=True):
    """The answer."""

    standing: SheetStanding
    visit_id: str
    sheet_sha256: str
    party: str = ""


def check_credential(desk: Desk, text: str) -> CredentialCheck:
    """Check a QR's text; ``credential_broken`` where it is none, ``signing_key_missing`` without a key."""
    key = desk.work.meta.require_identity().signing_key
    if not key:
        raise NeedsPerson("signing_key_missing")
    credential, seal = read_credential(text, key)
    officer = desk.work.city.officer(credential.officer_id)
    active = officer is None or bool(officer["active"] and officer["role"] == credential.role)
    return CredentialCheck(
        standing=standing_of(credential, seal, today(desk), active=active),
        officer_id=credential.officer_id,
        name=credential.name,
        role=credential.role,
        squad=credential.squad,
        city=credential.city_zh,
        valid_from=credential.valid_from,
        valid_to=credential.valid_to,
    )


def check_sheet_code(desk: Desk, text: str) -> SheetCheck:
    """Hold the QR of an on-site record against the visits known here; ``sheet_code_broken``."""
    visit_id, sha256 = read_sheet_code(text)
    known = _known(desk, visit_id)
    if known is None:
        return SheetCheck(SheetStanding.UNKNOWN, visit_id, sha256)
    standing = SheetStanding.SAME if known[0] == sha256 else SheetStanding.DIFFERENT
    return SheetCheck(standing, visit_id, sha256, known[1])


def _known(desk: Desk, visit_id: str) -> tuple[str, str] | None:
    entry = desk.work.outbox.entry(visit_id)
    if entry is not None and entry.record.record_type is RecordType.VISIT:
        visit = decode_record(RecordType.VISIT, entry.record.body)
        if isinstance(visit, Visit):
            return visit.sheet_sha256, visit.sheet.party.name
    row = desk.work.city.visit(visit_id)
    return None if row is None else (str(row["sheet_sha256"]), str(row["party_name"]))
