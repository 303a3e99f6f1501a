"""A fresh process that reads both sides after a scenario and tells what is there, as JSON.

    python -m tests.fault.judge TABLET CENTRAL < KEY-IN-HEX

Both databases are examined whole (``integrity_check``, and ``cipher_integrity_check`` of the tablet's), and
every file on either side is hashed.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from sync.contract.errors import NeedsPerson
from sync.replica.copies import damaged_pages
from sync.replica.database import Database, open_database
from sync.replica.files import sha256_file

PATIENCE_S = 60
SIDE = ".side"
"""Ending of what stands beside an original and tells of it."""


def checks(db: Database, *, encrypted: bool) -> list[str]:
    """Findings of the database's own checks."""
    found = [str(row[0]) for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    found += [str(row) for row in db.execute("PRAGMA foreign_key_check")]
    if encrypted:
        found += damaged(db)
    return found


def damaged(db: Database) -> list[str]:
    """Wrong pages, told once no one reads an older state any more: the other processes may be at work."""
    until = time.monotonic() + PATIENCE_S
    while (pages := damaged_pages(db)) is None:
        if time.monotonic() > until:
            return [f"cipher_integrity_check: somebody read an older state for {PATIENCE_S} s"]
        time.sleep(0.05)
    return pages


def hashed(folder: Path) -> dict[str, str]:
    """Every file below a folder with its hash."""
    return {
        str(path.relative_to(folder)): sha256_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != SIDE
    }


def tablet(root: Path, key: bytes) -> dict[str, Any]:
    """What the tablet holds."""
    db = open_database(root / "work.db", key=key, checkpoint_after=0)
    records = (
        "SELECT record_id, body, body_sha256, state, code, receipt "
        "FROM record JOIN outbox ON op_id = record_id"
    )
    files = "SELECT record_id, slot, lane, sha256, bytes, state, code, receipt FROM upload"
    found = {
        "checks": checks(db, encrypted=True),
        "records": [list(row) for row in db.execute(records)],
        "uploads": [list(row) for row in db.execute(files)],
        "drafts": [row[0] for row in db.execute("SELECT draft_id FROM draft WHERE state = 'open'")],
        "photos": [json.loads(row[0]) for row in db.execute("SELECT body FROM photo")],
        "epoch": [
            json.loads(row[0])["epoch"]
            for row in db.execute("SELECT value FROM meta WHERE name = 'identity'")
        ],
        "files": hashed(root / "files"),
        "sides": sorted(path.name for path in (root / "files").rglob(f"*{SIDE}")),
        "derived": hashed(root / "derived"),
    }
    db.close()
    found["reference"] = []
    for path in sorted((root / "reference").glob("*.db")):
        try:
            db = open_database(path, read_only=True)
        except NeedsPerson:
            if path.exists():
                raise
            continue  # a fill that has just ended took the old file away
        found["reference"] += checks(db, encrypted=False)
        db.close()
    return found


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def central(root: Path) -> dict[str, Any]:
    """What central holds."""
    db = open_database(root / "central.db", read_only=True)
    parts = _names(root / "uploads")
    found = {
        "checks": checks(db, encrypted=False),
        "operations": [
            list(row) for row in db.execute("SELECT op_id, record_id, body, status, device_seq FROM op")
        ],
        "cases": [row[0] for row in db.execute("SELECT case_id FROM city_case")],
        "acts": [row[0] for row in db.execute("SELECT act_id FROM case_act")],
        "objects": [list(row) for row in db.execute("SELECT sha256, bytes FROM object")],
        "wanted": [list(row) for row in db.execute("SELECT record_id, slot, lane, sha256 FROM file_ref")],
        "uploads": [row[0] for row in db.execute("SELECT upload_id FROM upload WHERE done = 0")],
        "parts": sorted(parts & _names(root / "uploads")),  # what comes or goes meanwhile is no finding
        "files": hashed(root / "objects"),
        "epoch": db.execute("SELECT value FROM meta WHERE name = 'epoch'").fetchone()[0],
    }
    db.close()
    return found


if __name__ == "__main__":
    key = bytes.fromhex(sys.stdin.read().strip())
    json.dump({"tablet": tablet(Path(sys.argv[1]), key), "central": central(Path(sys.argv[2]))}, sys.stdout)
