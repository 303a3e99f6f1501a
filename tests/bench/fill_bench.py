"""What the figures of filling stand on: a seeded central serving as a process, tablets, plain counterparts.

Seeding a million permits takes minutes; FIELDAPP_BENCH_CITIES names a folder with central data folders
``c100000`` and ``c1000000`` that were seeded before (they are copied, never changed).
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec

from sync.central.authority import ensure_authority
from sync.central.composition import Central
from sync.central.seeding import DEMO_SEED, seed_city
from sync.central.settings import Settings
from sync.central.store.store import get_row, put_row
from sync.central.world import real_world
from sync.clock import SystemClock
from sync.contract.tables import PERMIT, Row
from sync.contract.wire import SnapshotManifest
from sync.enrol import Enrolled, enrol
from sync.replica.folder import DataFolder
from sync.vault import Vault, session
from tests.e2e.programs import Programs

PROJECT = Path(__file__).resolve().parents[2]


def timed(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


class City(msgspec.Struct, frozen=True):
    """A served city: where, and its data folder."""

    url: str
    data: Path
    authority: Path

    def central(self) -> Central:
        """Its store, beside the serving process."""
        return Central(Settings(data=self.data), real_world())

    def tablet(self, root: Path) -> tuple[DataFolder, Enrolled]:
        """A tablet freshly let in."""
        central = self.central()
        world = central.world
        authority = ensure_authority(self.data, central.settings.hosts, world.now())
        code = central.devices.issue_code(authority.der, "", timedelta(hours=1)).code.text()
        central.close()
        folder = DataFolder(root)
        enrolled = enrol(folder, self.url, code, "bench", SystemClock(), vault=Vault(folder))
        session.forget(folder)
        return folder, enrolled

    def manifest(self) -> SnapshotManifest:
        """What is published."""
        central = self.central()
        try:
            return central.snapshots.current()
        finally:
            central.close()


@contextmanager
def served_city(root: Path, permits: int) -> Iterator[City]:
    """Seed (or copy what was seeded) and serve."""
    programs = Programs(root)
    ready = Path(os.environ.get("FIELDAPP_BENCH_CITIES", "/nonexistent")) / f"c{permits}"
    if ready.is_dir():
        shutil.copytree(ready, programs.central)
    central = Central(Settings(data=programs.central), real_world())
    if not ready.is_dir():
        seed_city(central, permits, DEMO_SEED, again=False)
    central.snapshots.current()
    authority = ensure_authority(programs.central, central.settings.hosts, central.world.now())
    central.close()
    with programs.serving() as url:
        yield City(url, programs.central, authority.pem_path)


def fill_once(folder: DataFolder, key: bytes) -> dict[str, float]:
    """A tablet's first round, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.fill_once", str(folder.root), key.hex()]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def plain_fill(city: City, token: str, root: Path) -> float:
    """The sum of a plain download, ``zstd -d`` and ``cp`` + fsync of the finished file."""
    manifest = city.manifest()
    packed, raw, copy = root / "plain.zst", root / "plain.db", root / "copy.db"
    shared = root / "plain.dictionary"
    front = 0
    if manifest.dictionary is not None:
        front = manifest.dictionary.length
        head = (city.data / "snapshots" / manifest.name).read_bytes()[:front]
        subprocess.run(["zstd", "-d", "-q", "-f", "-o", shared], input=head, check=True)
    download = [
        "curl",
        "-sS",
        "--fail",
        "--cacert",
        str(city.authority),
        "-H",
        f"Authorization: Bearer {token}",
    ]
    url = f"{city.url}/v1/snapshot/{manifest.name}"
    taken = timed(lambda: subprocess.run([*download, "-o", str(packed), url], check=True))
    frames = root / "frames.zst"
    with packed.open("rb") as source, frames.open("wb") as out:
        source.seek(front)
        shutil.copyfileobj(source, out)
    with_shared = ["-D", str(shared)] if front else []
    unpack = ["zstd", "-d", "-q", "-f", *with_shared, str(frames), "-o", str(raw)]
    taken += timed(lambda: subprocess.run(unpack, check=True))
    taken += timed(lambda: (subprocess.run(["cp", str(raw), str(copy)], check=True), _fsync(copy)))
    for path in (packed, frames, raw, copy, shared):
        path.unlink(missing_ok=True)
    return taken


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def change_permits(city: City, count: int, seed: int, *, realistic: bool) -> list[Row]:
    """Change permits spread over the whole city; answers the rows as they are then.

    Realistic: status, validity and volume, as a day at the licensing office does. Else everything that has an
    index changes too, and every tenth permit is new.
    """
    rng = random.Random(seed)
    central = city.central()
    rows: list[Row] = []
    with central.store.writing() as db:
        total = int(db.execute("SELECT count(*) FROM permit").fetchone()[0])
        step = total // count
        ids = db.execute(
            "SELECT permit_id FROM"
            " (SELECT permit_id, row_number() OVER (ORDER BY permit_id) AS n FROM permit)"
            " WHERE n % ? = ? LIMIT ?",
            (step, rng.randrange(step), count),
        ).fetchall()
        for number, (permit_id,) in enumerate(ids):
            row = get_row(db, PERMIT.name, permit_id) or {}
            row |= {"valid_to": f"2027-{rng.randrange(1, 13):02}-15", "used_m3": rng.randrange(40_000)}
            row["status"] = rng.choice(["active", "used", "expired"])
            if not realistic:
                row |= {
                    "plate": f"粤B{rng.randrange(100_000):05}",
                    "company_id": f"C{rng.randrange(20_000):06}",
                }
                if number % 10 == 0:
                    row["permit_id"] = f"NEW{seed:04}-{number:07}"
            put_row(db, PERMIT.name, row)
            rows.append(row)
    central.close()
    return rows
