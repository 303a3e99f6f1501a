"""Frames of the map over its base map with 5,000 pins, by the software renderer; the reference is the limit.

A frame is taken by grabbing the window: laid out, painted, drawn and copied, so a little more than a screen
needs. Half of the pins stand in the whole city, half within one square kilometre.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QSG_RENDER_LOOP", "basic")

from PySide6.QtCore import QCoreApplication, QSizeF
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from fieldapp.geo.layers import Mark, cell_of, parse_route
from fieldapp.geo.plane import LocalPlane
from fieldapp.ui.kit import application_font
from fieldapp.ui.map.map_item import CityMap
from fieldapp.viewmodels.map_loading import ground_of
from fieldapp.viewmodels.map_marks import indexed
from fieldapp.viewmodels.map_scene import CASES, MapScene
from fieldapp.viewmodels.map_way import find_way
from sync.central.city.basemap import write_base_map
from sync.central.city.demo import CITY, DEMO_SEED
from sync.central.city.ground import build_ground, grid_cell_rows
from sync.central.city.streets import build_streets

PINS = 5_000
FRAMES = 50
FRAME_MS = 50.0
KEPT_MB = 64.0
WAY_MS = 1_500.0
SIZE = 1920, 1080
SCALES = (("whole city", 13.0), ("district", 5.0), ("close", 1.5), ("very close", 0.6))

_app: QCoreApplication | None = None
"""Kept: Qt's fonts and pictures must not outlive it."""


def run() -> list[dict[str, Any]]:
    """Panning at four scales, zooming, the first look, what is kept, and a way across the city."""
    global _app
    _app = QCoreApplication.instance() or QGuiApplication([])
    QGuiApplication.setFont(application_font())
    with tempfile.TemporaryDirectory(prefix="bench-map-") as place:
        ground = build_ground(DEMO_SEED)
        streets = build_streets(DEMO_SEED, ground)
        file = Path(place) / "demo.mbtiles"
        write_base_map(file, DEMO_SEED, ground, streets, range(12, 17))
        plane = LocalPlane(CITY.lon, CITY.lat)
        scene = MapScene()
        cells = [cell for row in grid_cell_rows(ground) if (cell := cell_of(row, plane)) is not None]
        scene.set_ground(plane, ground_of(cells))
        scene.set_marks({CASES: indexed(_pins())})
        scene.base.open(file)
        _until(lambda: scene.base.facts is not None)
        figures = _frames(scene)
        begin = time.perf_counter()
        ends = [plane.to_metres(*parse_route(f"{s.points[0][0]},{s.points[0][1]}")[0]) for s in streets]
        south, north = min(ends, key=lambda p: p[1]), max(ends, key=lambda p: p[1])
        found = find_way(file, plane, south, north)
        assert found.way is not None
        took = (time.perf_counter() - begin) * 1000
        figures.append(
            _figure(f"way across the city, {found.way.length_m / 1000:.1f} km", "ms", took, WAY_MS)
        )
        scene.base.close()
    return figures


def _frames(scene: MapScene) -> list[dict[str, Any]]:
    window = QQuickWindow()
    window.resize(*SIZE)
    item = CityMap()
    item.setParentItem(window.contentItem())
    item.setSize(QSizeF(*SIZE))
    item.setProperty("scene", scene)
    window.show()
    longest = _longest_turn(lambda: item.complete() and item.view().mpp > 1)
    figures = [_limited("first look, longest turn of the loop while tiles come", longest)]
    for word, mpp in SCALES:
        item._set_view(item.view().centred((600.0, 300.0), mpp))
        _until(item.complete)
        times = [_frame(window, lambda: item.panBy(9.0, 4.0)) for _ in range(FRAMES)]
        figures.append(_limited(f"panning, {word}, p95 of {FRAMES}", sorted(times)[round(0.95 * FRAMES) - 1]))
        figures.append(_limited(f"panning, {word}, longest", max(times)))
    item._set_view(item.view().centred((600.0, 300.0), 13.0))
    _until(item.complete)
    times = [_frame(window, lambda: item.zoomAt(1.08, 900.0, 500.0)) for _ in range(FRAMES)]
    figures.append(_limited(f"zooming in under fingers, longest of {FRAMES}", max(times)))
    kept = (item._tiles.bytes() + scene.base.kept_bytes) / 1e6
    figures.append(_figure("pictures the map keeps after all that", "MB", kept, KEPT_MB))
    item.setParentItem(None)
    item.deleteLater()
    window.close()
    window.deleteLater()
    QCoreApplication.processEvents()
    return figures


def _pins() -> list[Mark]:
    rng = random.Random(5)
    states = ("reported", "dispatched", "accepted", "fed_back", "suspended")
    lights = ("", "", "yellow", "red")

    def pin(number: int) -> Mark:
        spread = 5_500.0 if number % 2 else 500.0
        at = rng.uniform(-spread, spread), rng.uniform(-spread, spread)
        state, light = rng.choice(states), rng.choice(lights)
        return Mark(CASES, str(number), "", at, state, rng.random() < 0.2, light)

    return [pin(number) for number in range(PINS)]


def _frame(window: QQuickWindow, move: Callable[[], None]) -> float:
    """Milliseconds of a frame after a move, and of the turn of the loop that follows it."""
    begin = time.perf_counter()
    move()
    window.grabWindow()
    drawn = time.perf_counter()
    QCoreApplication.processEvents()
    return max(drawn - begin, time.perf_counter() - drawn) * 1000


def _longest_turn(done: Callable[[], bool]) -> float:
    longest, until = 0.0, time.monotonic() + 60
    while not done():
        begin = time.perf_counter()
        QCoreApplication.processEvents()
        longest = max(longest, (time.perf_counter() - begin) * 1000)
        assert time.monotonic() < until
        time.sleep(0.001)
    return longest


def _until(done: Callable[[], bool]) -> None:
    _longest_turn(done)


def _limited(word: str, took: float) -> dict[str, Any]:
    met = "met" if took <= FRAME_MS else "not met"
    name = f"map with {PINS:,} pins over its base map, {word} (limit {FRAME_MS:.0f} ms: {met})"
    return _figure(name, "ms", took, FRAME_MS)


def _figure(name: str, unit: str, ours: float, reference: float) -> dict[str, Any]:
    return {"name": name, "unit": unit, "ours": ours, "reference": reference, "ratio": ours / reference}
