"""What a snapshot of 1,000,000 permits weighs on the wire: as published, and without what can be rebuilt.

Without indexes means the bare tables: no index, no trucks, no search, as a tablet could build them itself.
Both are packed by the product's own packer. Value (ours) against the limit (reference).
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sync.central.city import build
from sync.contract.tables import REFERENCE_TABLES, TABLES, Stream
from sync.replica.database import open_database
from sync.replica.meta import CursorAt
from sync.replica.packing import DICTIONARY_MAX, pack
from sync.replica.snapshot_build import build_snapshot

PERMITS = 1_000_000
WITH_LIMIT_MB, WITHOUT_LIMIT_MB = 80.0, 52.0


def run() -> list[dict[str, Any]]:
    """Build once, weigh twice."""
    with tempfile.TemporaryDirectory(prefix="fieldapp-bytes-") as place:
        raw, packed = Path(place) / "city.db", Path(place) / "city.zst"
        tables = {name: rows for name, rows in build(PERMITS) if TABLES[name].stream is Stream.REFERENCE}
        manifest = build_snapshot(raw, packed, tables, CursorAt("bench", "bench", datetime.now(UTC)))
        before = raw.stat().st_size
        dictionary = _strip(raw)
        pack(raw, packed, dictionary)
        without = packed.stat().st_size
        print(f"    unpacked: {before / 1e6:.0f} MB with indexes, {raw.stat().st_size / 1e6:.0f} MB without")
    return [
        _figure("wire bytes with indexes", manifest.bytes / 1e6, WITH_LIMIT_MB),
        _figure("wire bytes without indexes", without / 1e6, WITHOUT_LIMIT_MB),
    ]


def _strip(path: Path) -> bytes:
    """Take out of the file what is not a table of the contract; answers what to pack the rest with."""
    kept = {table.name for table in REFERENCE_TABLES} | {"meta"}
    db = open_database(path, full_sync=False)
    db.execute("PRAGMA journal_mode = OFF")
    for kind in ("trigger", "index", "table"):
        names = db.execute(
            "SELECT name FROM sqlite_master WHERE type = ? AND sql IS NOT NULL ORDER BY name", (kind,)
        ).fetchall()
        for (name,) in names:
            gone = not db.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).fetchone()
            if name not in kept and not gone:
                db.execute(f"DROP {kind.upper()} {name}")
    db.execute("VACUUM")
    routes = db.execute("SELECT DISTINCT route FROM permit WHERE route <> '' LIMIT 40000").fetchall()
    db.close()
    return "".join(str(row[0]) for row in routes).encode()[:DICTIONARY_MAX]


def _figure(name: str, value: float, limit: float) -> dict[str, Any]:
    met = "met" if value <= limit else "NOT MET"
    return {
        "name": f"{name} (limit {limit:g} MB: {met})",
        "unit": "MB",
        "ours": value,
        "reference": limit,
        "ratio": value / limit,
    }
