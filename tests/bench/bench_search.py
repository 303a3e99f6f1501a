"""Finding a truck among a million permits: exact, by any part, one character wrong, and as a person feels it.

Stock SQLite reads a copy of the file: two SQLites never open the same one. Answers are compared before times.
"""

import json
import shutil
import sqlite3  # noqa: TID251 - the stock one is what the figures are held against
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from fieldapp.capture.desk import Desk
from fieldapp.capture.suggest import SuggestionKind, suggestion_page
from sync.contract.plate import SERIAL
from sync.contract.tables import TABLES, Row
from sync.contract.wire import Change
from sync.replica.database import Database, open_database, transaction
from sync.replica.rows import apply_changes
from tests.bench.million import City, fill, open_desk

EXACT, SCANS, PARTS, TRUCKS, DELTA, DELTAS = 3_000, 40, 30, 60, 1_000, 5
LIMIT_MS, LIMIT_MB = 100.0, 300.0


def run() -> list[dict[str, Any]]:
    """All figures on one city; their order does not matter."""
    rng = Random(5)
    with tempfile.TemporaryDirectory(prefix="bench-search-") as place:
        began = time.monotonic()
        city = fill(Path(place) / "tablet")
        print(f"  a city of {len(city.plates):,} trucks in {time.monotonic() - began:.0f} s", flush=True)
        copy = Path(place) / "copy.db"
        shutil.copyfile(city.file, copy)
        desk, stock = open_desk(city.root), sqlite3.connect(copy)
        figures = [
            _exact(desk, stock, city, rng),
            *_one_error(desk, city, rng),
            _part(desk, stock, city, rng),
            *_felt(city, rng),
        ]
        stock.close()
        desk.work.close()
        desk.reference.close()
        figures.append(_delta(city, copy, rng))
    return figures


def _exact(desk: Desk, stock: sqlite3.Connection, city: City, rng: Random) -> dict[str, Any]:
    plates = rng.sample(city.plates, EXACT)

    def bare(plate: str) -> None:
        stock.execute("SELECT * FROM permit WHERE plate = ?", [plate]).fetchall()

    name = "all permits of an exact plate, against a bare indexed SELECT in stock SQLite (at most 3)"
    return _figure(name, "ms", _median(desk.reference.permits, plates), _median(bare, plates))


def _one_error(desk: Desk, city: City, rng: Random) -> list[dict[str, Any]]:
    typed = [_slip(rng, plate) for plate in rng.sample(city.plates, SCANS)]

    def scan(text: str) -> set[str]:
        hits = process.extract(
            text, city.plates, scorer=Levenshtein.distance, score_cutoff=1, processor=None, limit=None
        )
        return {plate for plate, distance, _ in hits if distance == 1}

    for text in typed:
        wanted, found = scan(text), desk.reference.trucks.within_one(text)
        if wanted != set(found) or len(found) != len(wanted):
            raise AssertionError(f"{text}: {wanted ^ set(found)}")
        reached = _all_suggested(desk, text)
        if missing := wanted - reached:
            raise AssertionError(f"{text}: paging does not reach {missing}")
    reference = _median(scan, typed)
    every = f"recall 1.0 in {SCANS} of {SCANS}"
    return [
        _figure(
            f"plates one character away, against a rapidfuzz scan (at most 0.05; {every})",
            "ms",
            _median(desk.reference.trucks.within_one, typed),
            reference,
        ),
        _figure(
            "the whole list for a text with one error, against that scan (at most 0.05)",
            "ms",
            _median(lambda text: suggestion_page(desk, text), typed),
            reference,
        ),
    ]


def _all_suggested(desk: Desk, text: str) -> set[str]:
    """Every plate that paging reaches."""
    page = suggestion_page(desk, text)
    found = [one.key for one in page.rows if one.kind is not SuggestionKind.COMPANY]
    while page.more is not None:
        page = suggestion_page(desk, text, page.more)
        found += [one.key for one in page.rows if one.kind is not SuggestionKind.COMPANY]
    if len(found) != len(set(found)):
        raise AssertionError(f"{text}: a plate comes twice")
    return set(found)


def _part(desk: Desk, stock: sqlite3.Connection, city: City, rng: Random) -> dict[str, Any]:
    parts = [plate[3:6] for plate in rng.sample(city.plates, PARTS)]

    def ours(part: str) -> list[str]:
        trucks = desk.reference.trucks
        return [
            plate for home in (True, False) for _, plate in trucks.containing(part, "粤B", home, 0, 10**6)
        ]

    def scan(part: str) -> list[str]:
        like = f"___%{part}%" if part[0] == "%" else f"__%{part}%"
        sql = "SELECT DISTINCT plate FROM permit WHERE plate LIKE ?"
        return [str(row[0]) for row in stock.execute(sql, [like]).fetchall()]

    for part in parts[:5]:
        if sorted(ours(part)) != sorted(scan(part)):
            raise AssertionError(part)
    return _figure(
        "every plate with three characters in it, against LIKE in stock SQLite",
        "ms",
        _median(ours, parts),
        _median(scan, parts),
    )


def _felt(city: City, rng: Random) -> list[dict[str, Any]]:
    """Every beginning of whole plates, wrong ones, parts and companies, in a process of its own."""
    texts = list(_typed(city, rng))
    command = [sys.executable, "-m", "tests.bench.search_typing", str(city.root)]
    done = subprocess.run(command, input="\n".join(texts), capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    p95, most = statistics.quantiles(answer["ms"], n=20)[-1], max(answer["ms"])
    memory = answer["mb"]
    return [
        _limit(f"key press to list, p95 of {len(texts)} (worst {most:.0f} ms)", "ms", p95, LIMIT_MS),
        _limit("most memory of that process, Qt and the list included", "MB", memory, LIMIT_MB),
    ]


def _typed(city: City, rng: Random) -> Iterator[str]:
    for plate in rng.sample(city.plates, TRUCKS):
        for text in (plate, plate[1:], plate[2:], _slip(rng, plate)):
            yield from (text[:end] for end in range(1, len(text) + 1))
    for text in ("SZHD", "HDYS", "深圳宏达", "运输有限公司", "91440306MA51"):
        yield from (text[:end] for end in range(1, len(text) + 1))


def _delta(city: City, bare: Path, rng: Random) -> dict[str, Any]:
    """A day's changes on the indexed file and on one without the search tables, in turn; the medians."""
    files = [open_database(path, full_sync=False) for path in (city.file, bare)]
    for trigger in ("permit_comes", "permit_goes", "permit_moves"):
        files[1].execute(f"DROP TRIGGER {trigger}")
    times: list[list[float]] = [[], []]
    for turn in range(DELTAS):
        changes = list(_changes(files[0], rng, turn))
        for db, taken in zip(files, times, strict=True):
            began = time.perf_counter()
            with transaction(db):
                apply_changes(db, changes)
            taken.append((time.perf_counter() - began) * 1000)
    for db in files:
        db.close()
    name = f"{DELTA:,} changes, a third of them new trucks, with the search kept right, against without"
    return _figure(name, "ms", statistics.median(times[0]), statistics.median(times[1]))


def _changes(db: Database, rng: Random, turn: int) -> Iterator[Change]:
    names = TABLES["permit"].column_names
    keys = [str(row[0]) for row in db.execute("SELECT permit_id FROM permit").fetchall()]
    for at, key in enumerate(rng.sample(keys, DELTA)):
        if at % 3 == 0:
            row: Row = dict.fromkeys(names, "")
            plate = f"粤B{rng.choice(SERIAL)}{'PQRSTUVW'[turn]}{at:04d}"
            row |= {"permit_id": f"NEW{turn}-{at}", "plate": plate, "status": "active"}
            yield Change(at, "permit", f"NEW{turn}-{at}", row)
        elif at % 30 == 1:
            yield Change(at, "permit", key, None)
        else:
            yield Change(
                at, "permit", key, {"permit_id": key, "status": "revoked", "reason": "未按核准路线行驶"}
            )


def _slip(rng: Random, plate: str) -> str:
    """The plate with one character after its letter wrong, missing or one too many."""
    at, slip, other = rng.randrange(2, len(plate)), rng.randrange(3), rng.choice(SERIAL)
    return plate[:at] + ("" if slip == 1 else other) + plate[at + (slip < 2) :]


def _median(act: Callable[[str], Any], given: list[str]) -> float:
    times = []
    for one in given:
        began = time.perf_counter()
        act(one)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def _figure(name: str, unit: str, ours: float, reference: float) -> dict[str, Any]:
    return {"name": name, "unit": unit, "ours": ours, "reference": reference, "ratio": ours / reference}


def _limit(name: str, unit: str, value: float, limit: float) -> dict[str, Any]:
    met = "met" if value <= limit else "not met"
    return _figure(f"{name}: limit {limit:g} {unit} {met}", unit, value, limit)
