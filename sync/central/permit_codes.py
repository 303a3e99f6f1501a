"""Central signs a permit's QR, from its rows as they are now."""

from __future__ import annotations

from datetime import date

from sync.central.signing import SigningKey
from sync.central.store.store import Store, get_row
from sync.central.world import World
from sync.contract.errors import InputRefused
from sync.contract.permit_qr import PermitCode, route_mark, write_permit_code
from sync.contract.signatures import Purpose
from sync.contract.tables import Row
from sync.replica.database import Database

_SIGNED = frozenset({"issued", "active"})


def sign_permit(store: Store, world: World, key: SigningKey, permit_id: str) -> tuple[PermitCode, str]:
    """The permit and its QR's text.

    ``permit_not_found``; ``permit_not_in_force`` for one that was revoked or is over; ``permit_not_signable``
    for one whose dates or volume are none.
    """
    with store.reading() as db:
        row = get_row(db, "permit", permit_id)
        if row is None:
            raise InputRefused("permit_not_found", permit_id=permit_id)
        if row["status"] not in _SIGNED:
            raise InputRefused("permit_not_in_force", permit_id=permit_id, status=row["status"])
        code = _code(db, row, world)
    text = write_permit_code(code, key.public_hex, lambda data: key.sign(Purpose.PERMIT_QR, data))
    return code, text


def _code(db: Database, row: Row, world: World) -> PermitCode:
    approved = row["approved_m3"]
    try:
        return PermitCode(
            permit_id=str(row["permit_id"]),
            plate=str(row["plate"] or ""),
            company=_name(db, "company", row["company_id"]),
            site=_name(db, "site", row["site_id"]),
            disposal_site=_name(db, "disposal_site", row["disposal_site_id"]),
            windows=str(row["windows"] or ""),
            window_days=str(row["window_days"] or ""),
            project=str(row["project"] or ""),
            valid_from=date.fromisoformat(str(row["valid_from"])),
            valid_to=date.fromisoformat(str(row["valid_to"])),
            approved_m3=int(approved) if isinstance(approved, int | float) else 0,
            route_mark=route_mark(str(row["route"] or "")),
            signed_at=world.now(),
        )
    except ValueError:
        raise InputRefused("permit_not_signable", permit_id=str(row["permit_id"])) from None


def _name(db: Database, table: str, row_id: object) -> str:
    row = get_row(db, table, str(row_id))
    return str(row["name"] or "") if row else ""
