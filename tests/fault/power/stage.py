"""What stands before a recording begins: a central, an enrolled tablet with its data, pictures to take."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from sync.central.desk import Desk
from sync.central.store.store import put_row
from sync.central.world import real_world
from sync.clock import SystemClock
from sync.enrol import Enrolled, enrol
from sync.link import Link
from sync.listener import Silence
from sync.replica.folder import DataFolder
from sync.vault import Vault
from tests.contract.central_server import CentralUnderTest

KEY = bytes(range(32))
OFFICER = "G1001"
CASE = "0190a0a0-0000-7000-8000-00000000ca5e"


def picture(seed: int, side: int = 96) -> bytes:
    """A small photo unlike any other."""
    chance = random.Random(seed)
    noise = Image.frombytes("RGB", (side, side), chance.randbytes(side * side * 3))
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=70)
    return out.getvalue()


def pictures(folder: Path, count: int) -> Path:
    """A folder of photos."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:02}.jpg").write_bytes(picture(number))
    return folder


@contextmanager
def central_running(data: Path) -> Iterator[CentralUnderTest]:
    """A central with a case dispatched to the officer."""
    with CentralUnderTest(data) as central:
        with central.central.store.writing() as db:
            put_row(db, "city_case", _case())
        Desk(central.central.store, real_world(), SystemClock()).dispatch(CASE, OFFICER)
        yield central


def enrolled_tablet(root: Path, central: CentralUnderTest) -> Enrolled:
    """A tablet whose data is up to date."""
    folder = DataFolder(root)
    clock = SystemClock()

    def known_key(size: int) -> bytes:
        return KEY[:size]

    enrolled = enrol(
        folder,
        central.url,
        central.enrol_code(OFFICER),
        "tablet",
        clock,
        vault=Vault(folder, clock, random_bytes=known_key),
        random_bytes=known_key,
    )
    assert enrolled.key == KEY
    link = Link(folder, KEY, clock, Silence())
    link.round(lambda: None)
    link.tidy()
    link.close()
    return enrolled


def _case() -> dict[str, str | int | float | None]:
    return {
        "case_id": CASE,
        "state": "reported",
        "class_code": "03-11",
        "note": "工地门口撒漏",
        "lon": 113.9,
        "lat": 22.6,
        "grid_cell": "440306001001001",
        "address": "",
        "plate": "",
        "reporter": "",
        "source": "public",
        "assignee": "",
        "reported_at": "2026-11-20T00:00:00Z",
        "due_at": "",
        "last_act": "",
        "delayed": 0,
        "supervised": 0,
        "before_suspension": "",
        "record": "{}",
    }
