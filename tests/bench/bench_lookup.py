"""Typing a plate at 100,000 permits against a bare indexed SELECT; map frames against plain painting."""

import os
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPolygonF

from fieldapp.capture.desk import Desk
from fieldapp.capture.lookup_answer import while_typing
from fieldapp.geo.layers import Cell, cell_of
from fieldapp.geo.plane import LocalPlane
from fieldapp.geo.view import View
from fieldapp.ui.kit import application_font
from fieldapp.ui.map.ground_painter import GroundPainter
from fieldapp.ui.map.live_painter import LivePainter
from fieldapp.ui.map.looks import Looks
from fieldapp.ui.map.tiles import Tiles
from fieldapp.viewmodels.map_loading import ground_of
from fieldapp.viewmodels.map_marks import read_marks
from fieldapp.viewmodels.map_scene import MapScene
from fieldapp.viewmodels.suggestion_list import SuggestionListModel
from sync.central.city import CITY, build
from sync.clock import SystemClock
from sync.contract.ids import new_id
from sync.contract.tables import TABLES, Row, Stream
from sync.contract.wire import Change, OfficerCard
from sync.replica.database import open_database
from sync.replica.folder import DataFolder
from sync.replica.meta import CursorAt, Identity
from sync.replica.reference import ReferenceStore
from sync.replica.snapshot_build import build_snapshot
from sync.replica.work import WorkStore

PERMITS = 100_000
TRUCKS = 40
SIZE = 1280, 800
FRAMES = 60

_app: QCoreApplication | None = None
"""Kept: Qt's fonts and pictures must not outlive it."""


def run() -> list[dict[str, Any]]:
    """Both figures, each with its reference taken in this run."""
    global _app
    _app = QCoreApplication.instance() or QGuiApplication([])
    QGuiApplication.setFont(application_font())
    with tempfile.TemporaryDirectory(prefix="bench-lookup-") as place:
        desk = _filled_desk(Path(place))
        figures = [_typing(desk), *_frames(desk)]
        desk.work.close()
        desk.reference.close()
    return figures


def _typing(desk: Desk) -> dict[str, Any]:
    """From a key to the list's rows: every beginning of some plates, with and without the province."""
    plates = desk.reference.trucks.starting("粤B", "", 20_000)[:: 20_000 // TRUCKS][:TRUCKS]
    texts = [text for plate in plates for whole in (plate, plate[1:]) for text in _beginnings(whole)]
    rows = SuggestionListModel()
    bare = open_database(desk.folder.reference / desk.reference.name, full_sync=False, read_only=True)

    def ours(text: str) -> None:
        rows.show(while_typing(desk, text).suggestions)

    def reference(text: str) -> None:
        bare.execute(
            "SELECT plate FROM permit WHERE plate >= ? AND plate < ? ORDER BY plate LIMIT 10",
            [text, text + "\U0010ffff"],
        ).fetchall()

    mine, theirs = _p95(ours, texts), _p95(reference, texts)
    bare.close()
    name = f"look-up while typing, key to rows, p95 at {PERMITS:,} permits (against one indexed SELECT)"
    return _figure(name, "ms", mine, theirs)


def _frames(desk: Desk) -> list[dict[str, Any]]:
    """Panning at three scales: a frame of ours against painting every cell in sight."""
    plane = LocalPlane(CITY.lon, CITY.lat)
    cells = [cell for row in desk.reference.grid_cells() if (cell := cell_of(row, plane)) is not None]
    scene = MapScene()
    scene.set_ground(plane, ground_of(cells))
    scene.set_marks(read_marks(desk, plane))
    looks = Looks()
    tiles, live = Tiles(), LivePainter()
    tiles.use([GroundPainter(scene.ground)], looks, 1.0)
    figures = []
    for word, mpp in (("whole city", 16.0), ("district", 5.0), ("close", 1.5)):
        view = View(0.0, 0.0, mpp, *SIZE)
        tiles.turn_to(mpp)
        tiles.work(view, 60.0)
        image = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)
        steps = [view.panned(7.0 * n, 3.0 * n) for n in range(FRAMES)]

        def ours(step: View, image: QImage = image) -> None:
            tiles.work(step, 0.010, 128.0)
            painter = QPainter(image)
            painter.fillRect(image.rect(), QColor(looks.ground))
            tiles.paint(painter, step)
            live.paint(painter, scene, step, looks, 1.0)
            painter.end()

        def naive(step: View, image: QImage = image) -> None:
            _paint_plainly(image, cells, step, looks)

        name = f"map frame while panning, {word}, p95 at {len(cells):,} cells (against plain painting)"
        figures.append(_figure(name, "ms", _p95(ours, steps), _p95(naive, steps[:8])))
    return figures


def _paint_plainly(image: QImage, cells: list[Cell], view: View, looks: Looks) -> None:
    left, bottom, right, top = view.box()
    painter = QPainter(image)
    painter.fillRect(image.rect(), QColor(looks.ground))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(looks.line))
    painter.setBrush(looks.tint(1))
    for cell in cells:
        west, south, east, north = cell.box
        if west <= right and left <= east and south <= top and bottom <= north:
            painter.drawPolygon(QPolygonF([QPointF(*view.to_screen(at)) for at in cell.ring]))
    painter.end()


def _p95(act: Callable[[Any], None], given: list[Any]) -> float:
    times = []
    for one in given:
        began = time.perf_counter()
        act(one)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(times, n=20)[-1]


def _figure(name: str, unit: str, ours: float, reference: float) -> dict[str, Any]:
    return {"name": name, "unit": unit, "ours": ours, "reference": reference, "ratio": ours / reference}


def _beginnings(text: str) -> Iterator[str]:
    for length in range(2, len(text) + 1):
        yield text[:length]


def _filled_desk(place: Path) -> Desk:
    folder, clock = DataFolder(place / "tablet"), SystemClock()
    tables = {name: list(rows) for name, rows in build(PERMITS)}
    at = CursorAt("bench", "bench", clock.now())
    build_snapshot(folder.reference / "bench-1.db", place / "packed", tables, at)
    (folder.reference / "current").write_text("bench-1.db")
    work = WorkStore(folder, secrets.token_bytes(32))
    with work.act():
        work.meta.set_identity(Identity("https://central.test", "bench", "00", "t", "bench", CITY))
        work.city.apply(list(_work_changes(tables)))
        work.meta.move_cursor(Stream.WORK, at)
    return Desk(
        work=work,
        reference=ReferenceStore(folder),
        officer=OfficerCard("G1001", "陈志远", "grid_worker", ""),
        device_id="bench",
        clock=clock,
        new_id=new_id,
        locate=lambda _lon, _lat: None,
        app_version="bench",
        font=place,
    )


def _work_changes(tables: dict[str, list[Row]]) -> Iterator[Change]:
    for name, rows in tables.items():
        if TABLES[name].stream is Stream.WORK:
            for row in rows:
                yield Change(1, name, str(row[TABLES[name].key]), row)
