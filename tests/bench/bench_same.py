"""Looking for the same case among 100,000 open ones, against reading the bare rows of the same box.

And finding one of 20,000 reports of one's own by part of it, against reading the first page of them; and the
unit for a report, from who was given such cases in the city and around, against counting them in the city.
"""

import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from fieldapp.capture.already_reported import already_reported
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody
from fieldapp.capture.my_reports import my_reports
from fieldapp.capture.suggest_here import hints
from sync.central.city import CITY
from sync.clock import SystemClock
from sync.contract.ids import new_id
from sync.contract.records import Place, PlaceSource
from sync.contract.tables import Row, Stream
from sync.contract.wire import Change, OfficerCard
from sync.replica.folder import DataFolder
from sync.replica.meta import CursorAt, Identity
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore
from sync.resources import resource

T = TypeVar("T")

CASES = 100_000
OWN = 20_000
ROUNDS = 40
BODY = '{"note": "' + "长" * 300 + '"}'
WEST, SOUTH, SIDE = 113.80, 22.50, 0.2


def run() -> list[dict[str, Any]]:
    """One search before a report, at forty places; one's own reports by a word."""
    with tempfile.TemporaryDirectory(prefix="bench-same-") as place:
        desk = _filled_desk(Path(place))
        draw = random.Random(7)
        spots = [(WEST + SIDE * draw.random(), SOUTH + SIDE * draw.random()) for _ in range(ROUNDS)]
        looks = (f"{draw.getrandbits(64):016x}",)
        body = DraftBody(class_code="03-11")

        def search(lon: float, lat: float) -> object:
            return already_reported(desk, body, Place(PlaceSource.GNSS, lon, lat, 5.0), "", looks)

        def bare(lon: float, lat: float) -> object:
            return desk.work.tasks.open_cases_in(lon - 0.0015, lat - 0.0014, lon + 0.0015, lat + 0.0014, 400)

        figure = _figure(f"the same case among {CASES} open ones, p95", search, bare, spots, 100)
        words = [("撒漏", ""), ("没有", ""), ("粤B1", "")]
        own = _figure(
            f"own report among {OWN} by a word, p95",
            lambda word, _: my_reports(desk, word),
            lambda _word, _: my_reports(desk),
            words * 5,
            100,
        )
        units = [
            (code, cell) for code in ("03-11", "04-07", "03-99") for cell in ("440306004017", "440306011080")
        ]
        unit = _figure(
            f"the unit for a report, out of {CASES} cases, p95",
            lambda code, cell: hints(
                desk, "", code, cell + "001", Place(PlaceSource.GNSS, *draw.choice(spots))
            ),
            lambda code, _cell: desk.work.tasks.handlers_of(code),
            units * 7,
            20,
        )
        desk.work.close()
        desk.reference.close()
    return [figure, own, unit]


def _figure(
    name: str,
    ours: Callable[[T, T], object],
    reference: Callable[[T, T], object],
    spots: list[tuple[T, T]],
    limit_ms: float,
) -> dict[str, Any]:
    mine, theirs = _p95(ours, spots), _p95(reference, spots)
    name += f" (limit {limit_ms:g} ms: {'met' if mine <= limit_ms else 'NOT MET'})"
    return {"name": name, "unit": "ms", "ours": mine, "reference": theirs, "ratio": mine / theirs}


def _p95(job: Callable[[T, T], object], spots: list[tuple[T, T]]) -> float:
    job(*spots[0])
    times = []
    for spot in spots:
        start = time.perf_counter()
        job(*spot)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.quantiles(times, n=20)[-1]


def _filled_desk(root: Path) -> Desk:
    folder = DataFolder(root / "tablet")
    clock = SystemClock()
    work = WorkStore(folder, secrets.token_bytes(32))
    with work.act():
        work.meta.set_identity(Identity("https://central.test", "d1", "00" * 32, "token", "epoch", CITY))
        work.meta.move_cursor(Stream.WORK, CursorAt("c1", "epoch", clock.now()))
    draw = random.Random(11)
    for start in range(0, CASES, 5_000):
        changes = [Change(1, "city_case", str(row["case_id"]), row) for row in _rows(draw, start)]
        with work.noting():
            work.city.apply(changes)
    with work.noting():
        work.city.apply([Change(1, "officer", str(row["officer_id"]), row) for row in _officers()])
    return Desk(
        work=work,
        reference=ReferenceStore(folder),
        officer=OfficerCard("G1001", "李 喆", "grid_worker", "新湖"),
        device_id="01900000-0000-7000-8000-0000000000b1",
        clock=clock,
        new_id=new_id,
        locate=lambda _lon, _lat: None,
        app_version="bench",
        font=resource("fonts", "FieldSansSC-Regular.otf"),
    )


def _officers() -> list[Row]:
    return [
        {"officer_id": f"U30{n:02d}", "name": "张 工", "role": "unit", "squad": f"单位{n % 13}", "active": 1}
        for n in range(40)
    ]


def _rows(draw: random.Random, start: int) -> list[Row]:
    return [
        {
            "case_id": new_id(),
            "state": "reported",
            "class_code": f"0{draw.randrange(1, 6)}-{draw.randrange(1, 20):02d}",
            "note": "渣土撒漏，路面约二十米",
            "lon": WEST + SIDE * draw.random(),
            "lat": SOUTH + SIDE * draw.random(),
            "grid_cell": f"4403060{at % 12 + 1:02d}{(start + at) % 10_000:06d}",
            "address": "",
            "plate": "",
            "reporter": "G1001" if start + at < OWN else "G1002",
            "source": "grid_worker",
            "assignee": f"U30{draw.randrange(40):02d}",
            "reported_at": "2026-11-20T00:00:00Z",
            "due_at": "",
            "last_act": "",
            "delayed": 0,
            "supervised": 0,
            "before_suspension": "",
            "record": BODY,
            "looks": f"{draw.getrandbits(64):016x} {draw.getrandbits(64):016x}",
        }
        for at in range(5_000)
    ]
