"""Filling a tablet with a million permits and keeping it up to date, against plain copying and plain upserts.

Up to the swap against download + ``zstd -d`` + ``cp`` + fsync; the whole first round against the same; deltas
of 1,000 changes against upserting the same rows from memory, at 100,000 and at 1,000,000 permits; absolute
limits as value (ours), limit (reference) and their ratio. Last, what a client that reads JSON pages and
upserts them needs.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import requests

from sync.clock import SystemClock
from sync.contract.tables import PERMIT, REFERENCE_TABLES, Row, Stream, create_statements
from sync.contract.wire import Change, ChangesPage
from sync.enrol import Enrolled
from sync.listener import Silence
from sync.pulling import Puller
from sync.remote.http import HttpRemote
from sync.replica.database import Database, open_database, transaction
from sync.replica.folder import DataFolder
from sync.replica.reference import LOG_PAGES, ReferenceStore
from sync.replica.rows import apply_changes
from sync.replica.work import WorkStore
from tests.bench.fill_bench import City, change_permits, fill_once, plain_fill, served_city, timed

SMALL, LARGE = 100_000, 1_000_000
CHANGES = 1_000
FILLS, DELTAS = 3, 5

Figure = dict[str, Any]


def run() -> list[Figure]:
    """All of it; takes some minutes."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="fieldapp-fill-") as place, ExitStack() as stack:
        root = Path(place)
        large = stack.enter_context(served_city(root / "large", LARGE))
        small = stack.enter_context(served_city(root / "small", SMALL))
        large_folder, large_enrolled = _fills(large, root, figures)
        small_folder, small_enrolled = small.tablet(root / "small-tablet")
        fill_once(small_folder, small_enrolled.key)
        for realistic in (True, False):
            figures += _deltas(
                (large, large_folder, large_enrolled),
                (small, small_folder, small_enrolled),
                realistic=realistic,
            )
        figures.append(_json_pages(large, large_enrolled, root))
    return figures


def _figure(name: str, unit: str, ours: float, reference: float) -> Figure:
    return {"name": name, "unit": unit, "ours": ours, "reference": reference, "ratio": ours / reference}


def _limit(name: str, unit: str, value: float, limit: float) -> Figure:
    met = "met" if value <= limit else "NOT MET"
    return _figure(f"{name} (limit {limit:g} {unit}: {met})", unit, value, limit)


def _fills(city: City, root: Path, figures: list[Figure]) -> tuple[DataFolder, Enrolled]:
    swaps, rounds, peaks, plain = [], [], [], []
    for number in range(FILLS):
        folder, enrolled = city.tablet(root / f"tablet-{number}")
        plain.append(plain_fill(city, enrolled.identity.token, root))
        told = fill_once(folder, enrolled.key)
        swaps.append(told["swap_s"])
        rounds.append(told["round_s"])
        peaks.append(told["peak_mb"])
        if number < FILLS - 1:
            shutil.rmtree(folder.root)
    reference = statistics.median(plain)
    manifest = city.manifest()
    figures += [
        _figure(
            "fill to the swap / download + zstd -d + cp + fsync", "s", statistics.median(swaps), reference
        ),
        _figure("first round, other tables too / the same", "s", statistics.median(rounds), reference),
        _limit("wire bytes with indexes", "MB", manifest.bytes / 1e6, 80),
        _limit("peak memory of a daemon that fills", "MB", max(peaks), 150),
    ]
    return folder, enrolled


Side = tuple[City, DataFolder, Enrolled]


def _deltas(large: Side, small: Side, *, realistic: bool) -> list[Figure]:
    kind = "realistic changes" if realistic else "changes of anything"
    ours, reference, wire, emptied = _delta(*large, realistic=realistic)
    at_small, _, _, emptied_small = _delta(*small, realistic=realistic)
    return [
        _figure(f"{CHANGES} {kind} pulled at {LARGE} / upserted from memory", "ms", ours, reference),
        _figure(f"{CHANGES} {kind} pulled at {LARGE} / at {SMALL}", "ms", ours, at_small),
        _figure(
            f"emptying the log after {CHANGES} {kind} at {LARGE} / at {SMALL}", "ms", emptied, emptied_small
        ),
        _limit(f"wire bytes of {CHANGES} {kind}", "KB", wire / 1e3, 100),
    ]


def _delta(
    city: City, folder: DataFolder, enrolled: Enrolled, *, realistic: bool
) -> tuple[float, float, int, float]:
    """Medians in ms: pulled over HTTP, upserted from memory; the bytes of one page on the wire; and what
    emptying the write-ahead log takes afterwards, which both sides do between two deltas."""
    pulled, upserted, emptied, wire = [], [], [], 0
    twin = folder.root.parent / f"{folder.root.name}-twin.db"
    work, reference = WorkStore(folder, enrolled.key), ReferenceStore(folder)
    remote = HttpRemote(enrolled.identity, folder.authority)
    puller = Puller(work, reference, remote, SystemClock(), Silence())
    try:
        puller.pull(Stream.REFERENCE, lambda: None)
        shutil.copy(folder.reference / reference.name, twin)
        plain = open_database(twin, full_sync=False, checkpoint_after=LOG_PAGES)
        for number in range(DELTAS):
            rows = change_permits(city, CHANGES, 10 * number + realistic, realistic=realistic)
            held = reference.cursor()
            assert held is not None
            wire = _page_bytes(city, enrolled, held.cursor)
            pulled.append(timed(lambda: puller.pull(Stream.REFERENCE, lambda: None)))
            upserted.append(timed(lambda rows=rows: _upsert(plain, rows)))  # type: ignore[misc]
            emptied.append(timed(reference.checkpoint))
            plain.execute("PRAGMA wal_checkpoint(PASSIVE)")
        plain.close()
    finally:
        remote.close()
        reference.close()
        work.close()
        for path in twin.parent.glob(f"{twin.name}*"):
            path.unlink()
    return _ms(pulled), _ms(upserted), wire, _ms(emptied)


def _ms(times: list[float]) -> float:
    return statistics.median(times) * 1e3


def _upsert(db: Database, rows: list[Row]) -> None:
    """The same rows from memory, as one writes them without thinking further."""
    names = PERMIT.column_names
    sets = ", ".join(f"{name} = :{name}" for name in names[1:])
    update = f"UPDATE permit SET {sets} WHERE permit_id = :permit_id"
    insert = f"INSERT INTO permit ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"
    with transaction(db):
        for row in rows:
            if not db.conn.execute(update, row).rowcount:
                db.conn.execute(insert, row)


def _page_bytes(city: City, enrolled: Enrolled, cursor: str) -> int:
    with requests.Session() as plain:
        plain.trust_env = False
        answer = plain.get(
            f"{city.url}/v1/changes",
            params={"stream": "reference", "cursor": cursor},
            headers={"Authorization": f"Bearer {enrolled.identity.token}"},
            verify=str(city.authority),
            stream=True,
            timeout=60,
        )
        return len(answer.raw.read(decode_content=False))


def _json_pages(city: City, enrolled: Enrolled, root: Path) -> Figure:
    """The whole city page by page in JSON, upserted: what a client without snapshots does."""
    db = open_database(root / "pages.db", full_sync=False)
    for table in REFERENCE_TABLES:
        for statement in create_statements(table):
            db.execute(statement)
    remote = HttpRemote(enrolled.identity, city.authority)

    def pages() -> None:
        cursor = ""
        while True:
            page: ChangesPage = remote.changes(Stream.REFERENCE, cursor)
            changes: list[Change] = page.changes
            with transaction(db):
                apply_changes(db, changes)
            cursor = page.cursor
            if not page.more:
                return

    try:
        paged = timed(pages)
    finally:
        remote.close()
        db.close()
    folder, again = city.tablet(root / "beside")
    return _figure(
        "first round / JSON pages and upserts", "s", fill_once(folder, again.key)["round_s"], paged
    )
