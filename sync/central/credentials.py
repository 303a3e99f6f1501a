"""Central signs officers' credentials; they travel to the tablets as rows, so that they are shown offline."""

from __future__ import annotations

from datetime import date, timedelta

from sync.central.signing import SigningKey
from sync.central.store.city import city_of
from sync.central.store.store import Store, get_row, put_row
from sync.contract.credential_qr import Credential, write_credential
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.signatures import Purpose
from sync.contract.tables import CREDENTIAL, OFFICER, Row
from sync.contract.visit import VISITORS
from sync.replica.database import Database

DAYS = 365


def issue(store: Store, key: SigningKey, officer_id: str, today: date, days: int = DAYS) -> Row:
    """Sign a credential for one officer, in place of the one there was.

    ``officer_unknown``; ``visit_role`` for one who may not visit; ``officer_inactive``.
    """
    with store.writing() as db:
        officer = get_row(db, OFFICER.name, officer_id)
        if officer is None:
            raise InputRefused("officer_unknown", officer_id=officer_id)
        if officer["role"] not in {role.value for role in VISITORS}:
            raise NeedsPerson("visit_role", role=officer["role"])
        if not officer["active"]:
            raise NeedsPerson("officer_inactive", officer_id=officer_id)
        return _issue(db, key, officer, today, days)


def issue_to_all(store: Store, key: SigningKey, today: date, days: int = DAYS) -> int:
    """Sign for every active officer who may visit and has none in force; answers how many hold one."""
    with store.writing() as db:
        roles = sorted(role.value for role in VISITORS)
        marks = ", ".join("?" for _ in roles)
        found = db.execute(
            f"SELECT officer_id FROM officer WHERE active = 1 AND role IN ({marks}) ORDER BY officer_id",
            roles,
        ).fetchall()
        for (officer_id,) in found:
            held = get_row(db, CREDENTIAL.name, officer_id)
            officer = get_row(db, OFFICER.name, officer_id)
            if officer is not None and (held is None or str(held["valid_to"]) < today.isoformat()):
                _issue(db, key, officer, today, days)
    return len(found)


def _issue(db: Database, key: SigningKey, officer: Row, today: date, days: int) -> Row:
    city = city_of(db)
    last = today + timedelta(days=days)
    credential = Credential(
        officer_id=str(officer["officer_id"]),
        name=str(officer["name"]),
        role=str(officer["role"]),
        squad=str(officer["squad"] or ""),
        city_zh=city.name_zh,
        city_en=city.name_en,
        valid_from=today,
        valid_to=last,
    )
    text = write_credential(credential, key.public_hex, lambda data: key.sign(Purpose.CREDENTIAL_QR, data))
    row: Row = {
        "officer_id": credential.officer_id,
        "text": text,
        "valid_from": today.isoformat(),
        "valid_to": last.isoformat(),
    }
    put_row(db, CREDENTIAL.name, row)
    return row
