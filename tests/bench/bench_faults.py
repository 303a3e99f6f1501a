"""Figures on bad links and great heaps, each with the limit it has to hold.

`reference` is the limit, `ratio` ours by it: 1 and less holds it. The link is cut as the fault suite
cuts it (1,000 times); a report has to overtake 500 photos once the link is back; a daemon has to start before
100,000 items that wait.
"""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sync.control import ControlClient
from sync.replica.folder import DataFolder
from sync.replica.outbox import ItemState
from tests.fault.great_heap import pile_up, resident_peak_mb
from tests.fault.process_ground import ProcessGround, drop_template
from tests.fault.test_link_flapping import TRAFFIC_MAX, send_through_cuts

CUTS = 1000
PHOTOS = 500
PHOTO_BYTES = 300_000
BLIP_S = 0.3
"""Shorter than the time between two looks at the port."""
AWAY_S = 4.0
"""How long the link stays away: longer than from one look at the port to the next."""
PENDING = 100_000

Figure = dict[str, Any]


def run() -> list[Figure]:
    """All of them, one after the other."""
    try:
        return [*_cuts(), *_overtaking(AWAY_S, "the link is back"), *_overtaking(BLIP_S, "a blip"), *_heap()]
    finally:
        drop_template()


def _against(name: str, unit: str, ours: float, limit: float) -> Figure:
    met = "held" if ours <= limit else "NOT HELD"
    print(f"  {name}: {ours:.3g} {unit}, limit {limit:g}: {met}", flush=True)
    return {"name": name, "unit": unit, "ours": ours, "reference": limit, "ratio": ours / limit}


@contextmanager
def _ground() -> Iterator[ProcessGround]:
    made = tempfile.TemporaryDirectory(prefix="fieldapp-bench-")
    with made as root, ProcessGround(Path(root), impatient=True) as ground:
        yield ground


def _cuts() -> list[Figure]:
    with _ground() as ground:
        share = send_through_cuts(ground, CUTS, 17)
        ground.check()
        name = f"bytes sent through a link cut {ground.link.breaks:,} times, by payload"
    return [_against(name, "×", share, TRAFFIC_MAX)]


def _overtaking(away_s: float, after: str) -> list[Figure]:
    with _ground() as ground:
        chance = random.Random(500)
        ground.start_daemon()
        ground.fill()
        with ControlClient(DataFolder(ground.tablet_folder)) as window:  # the app is in front
            window.ask("subscribe")
            reading = threading.Thread(target=lambda: [None for _ in window.events()], daemon=True)
            reading.start()
            ground.link.down_for(refused=True)
            for _ in range(PHOTOS // 5):
                ground.report(*(chance.randbytes(PHOTO_BYTES) for _ in range(5)))
            ground.ask("nudge")
            ground.wait_until(lambda: ground.ask("status")["state"]["link"] == "offline")
            late = ground.report(note="the one that cannot wait")
            threading.Event().wait(away_s)
            ground.link.down_for(refused=False)
            seconds = ground.wait_until(lambda: ground.tablet.state(late.report_id) is ItemState.SENT)
            waiting = ground.tablet.work.uploads.pending().photos
        ground.end_daemon()
    name = f"a report to its receipt after {after}, {waiting} photos behind it"
    return [_against(name, "s", seconds, 2.0)]


def _heap() -> list[Figure]:
    with _ground() as ground:
        pile_up(ground.tablet, PENDING)
        began = time.perf_counter()
        daemon = ground.start_daemon()
        ground.ask("status")
        seconds = time.perf_counter() - began
        ground.wait_until(lambda: ground.tablet.work.outbox.pending()[0] < PENDING * 0.9, 120)
        peak = resident_peak_mb(daemon.pid)
        ground.end_daemon()
    return [
        _against(f"start of the daemon before {PENDING:,} pending items", "s", seconds, 3.0),
        _against(f"memory of the daemon sending {PENDING:,} pending items", "MB", peak, 300.0),
    ]
