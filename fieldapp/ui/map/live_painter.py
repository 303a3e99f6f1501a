"""Draws what lies on the ground and changes often: signs, routes, track, way, the tablet, the pin.

Places (sites, disposal sites) are drawn one by one. Pins (cases, own reports, alerts) are gathered under a
number where the map shows much ground or where too many would stand in sight.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from fieldapp.geo.clusters import Cluster, level_of
from fieldapp.geo.layers import Box, Mark, Point
from fieldapp.geo.view import View
from fieldapp.ui.map.looks import ICONS_BELOW, Looks
from fieldapp.ui.map.sprites import BOX, Sprites
from fieldapp.viewmodels.map_scene import (
    ALERTS,
    CASES,
    CELLS,
    DISPOSAL,
    REPORTS,
    ROUTES,
    SITES,
    TRACK,
    MapScene,
)

PLACES = (DISPOSAL, SITES)
PINS = (REPORTS, CASES, ALERTS)
"""From the lowest to the one on top."""
FINGER = 30.0
"""Pixels around a tap within which a sign is meant."""
GATHER_ABOVE = 1.6
"""Metres per pixel above which pins near each other are gathered; closer, a tap can tell them apart."""
PINS_MOST = 250
"""More pins than that in sight are gathered at any scale."""
ROUTE_END = 8.0
"""Half of what stands at a route's ends, in pixels."""
GATHER_LEAST = 3
"""Two pins are drawn as two."""


class LivePainter:
    """Culls by the view, so that only what is in sight costs anything."""

    def __init__(self) -> None:
        self._sprites = Sprites()

    def paint(self, painter: QPainter, scene: MapScene, view: View, looks: Looks, ratio: float) -> None:
        """Cell chosen, routes, track, way, signs, the chosen sign once more on top, the tablet, the pin."""
        self._sprites.use(looks, ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if scene.selected_cell is not None and CELLS in scene.shown:
            self._paint_cell(painter, scene.selected_cell.ring, view, looks)
        if ROUTES in scene.shown:
            _paint_routes(painter, scene.routes, view, looks)
        if TRACK in scene.shown:
            for segment in scene.track:
                _paint_line(painter, segment, view, looks.surface, 7.0)
                _paint_line(painter, segment, view, looks.info, 4.0)
        if scene.way:
            _paint_line(painter, scene.way, view, looks.surface, 10.0)
            _paint_line(painter, scene.way, view, looks.primary, 6.0, dashed=scene.way_is_straight)
        marks, clusters = in_sight(scene, view, BOX)
        close = view.mpp < ICONS_BELOW
        chosen: Mark | None = None
        for mark in marks:
            if (mark.layer, mark.key) == scene.selected:
                chosen = mark
            self._paint_mark(painter, mark, view, close=close)
        for cluster in clusters:
            _lay(painter, self._sprites.cluster(cluster), view.to_screen(cluster.at))
            if scene.selected[0]:
                chosen = next((m for m in cluster.marks if (m.layer, m.key) == scene.selected), chosen)
        if chosen is not None:
            x, y = view.to_screen(chosen.at)
            painter.setPen(QPen(QColor(looks.primary), 4.0))
            painter.setBrush(QColor(looks.surface))
            painter.drawEllipse(QPointF(x, y), 24.0, 24.0)
            self._paint_mark(painter, chosen, view, close=True)
        self._paint_standpoint(painter, scene, view, looks)
        if scene.pin is not None:
            _lay(painter, self._sprites.pin(), view.to_screen(scene.pin))

    def hits(self, scene: MapScene, view: View, x: float, y: float) -> list[Mark | Cluster]:
        """Signs within a finger's reach, the nearest first."""
        reach = FINGER * view.mpp
        at = view.to_ground(x, y)
        marks, clusters = in_sight(scene, view, BOX)
        things: list[Mark | Cluster] = [*marks, *clusters]

        def far(thing: Mark | Cluster) -> float:
            return (thing.at[0] - at[0]) ** 2 + (thing.at[1] - at[1]) ** 2

        return sorted((thing for thing in things if far(thing) <= reach**2), key=far)

    def _paint_mark(self, painter: QPainter, mark: Mark, view: View, *, close: bool) -> None:
        image = self._sprites.of(mark, close=close)
        if image is not None:
            _lay(painter, image, view.to_screen(mark.at))

    def _paint_cell(self, painter: QPainter, ring: tuple[Point, ...], view: View, looks: Looks) -> None:
        fill = QColor(looks.primary)
        fill.setAlphaF(0.22)
        painter.setPen(QPen(QColor(looks.primary), 3.0))
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF([QPointF(*view.to_screen(at)) for at in ring]))

    def _paint_standpoint(self, painter: QPainter, scene: MapScene, view: View, looks: Looks) -> None:
        here = scene.standpoint
        if here is None:
            return
        point = QPointF(*view.to_screen(here.at))
        color = QColor(looks.muted if here.stale else looks.info)
        around = (here.accuracy_m or 0.0) / view.mpp
        if around > 10.0:
            fill = QColor(color)
            fill.setAlphaF(0.14)
            painter.setPen(QPen(color, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush if here.stale else fill)
            painter.drawEllipse(point, around, around)
        paper = QColor(looks.surface)
        painter.setPen(QPen(color if here.stale else paper, 3.5))
        painter.setBrush(paper if here.stale else color)
        painter.drawEllipse(point, 9.0, 9.0)
        if not here.stale:
            painter.setPen(QPen(color, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(point, 12.0, 12.0)


def in_sight(scene: MapScene, view: View, margin: float) -> tuple[list[Mark], list[Cluster]]:
    """The marks to be drawn one by one, from the lowest up, and those gathered under a number."""
    box = view.box(margin)
    single = _within(scene, PLACES, box)
    pins = [] if view.mpp > GATHER_ABOVE else _pins(scene, box)
    if view.mpp <= GATHER_ABOVE and len(pins) <= PINS_MOST:
        return single + pins, []
    gathered = []
    for cluster in scene.clusters(level_of(view.mpp)).within(box):
        if cluster.count < GATHER_LEAST:
            single += cluster.marks
        else:
            gathered.append(cluster)
    return single, gathered


def members(thing: Mark | Cluster) -> tuple[Mark, ...]:
    """The marks behind one sign."""
    return thing.marks if isinstance(thing, Cluster) else (thing,)


def _pins(scene: MapScene, box: Box) -> list[Mark]:
    found = _within(scene, PINS, box)
    cases = {mark.key for mark in found if mark.layer == CASES}
    return [mark for mark in found if mark.layer != REPORTS or mark.key not in cases]


def _within(scene: MapScene, layers: tuple[str, ...], box: Box) -> list[Mark]:
    return [
        mark
        for layer in layers
        if layer in scene.shown and layer in scene.marks
        for mark in scene.marks[layer].within(box)
    ]


def _paint_routes(painter: QPainter, routes: tuple[tuple[Point, ...], ...], view: View, looks: Looks) -> None:
    """As a permit's own sketch draws it: from a square (the site) to a circle (the disposal site)."""
    for color, width in ((looks.surface, 10.0), (looks.success, 6.0)):
        for route in routes:
            _paint_line(painter, route, view, color, width)
    for route in routes:
        start, end = (QPointF(*view.to_screen(at)) for at in (route[0], route[-1]))
        painter.setPen(QPen(QColor(looks.surface), 3.0))
        painter.setBrush(QColor(looks.success))
        painter.drawRect(QRectF(start.x() - ROUTE_END, start.y() - ROUTE_END, 2 * ROUTE_END, 2 * ROUTE_END))
        painter.drawEllipse(end, ROUTE_END, ROUTE_END)


def _paint_line(
    painter: QPainter,
    points: tuple[Point, ...],
    view: View,
    color: str,
    width: float,
    *,
    dashed: bool = False,
) -> None:
    """A line through points; those nearer than two pixels to the one before are left out."""
    line: list[QPointF] = []
    for at in points:
        x, y = view.to_screen(at)
        if not line or math.hypot(x - line[-1].x(), y - line[-1].y()) >= 2.0 or at is points[-1]:
            line.append(QPointF(x, y))
    pen = QPen(QColor(color), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dashed:
        pen.setDashPattern([2.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(line))


def _lay(painter: QPainter, image: QImage, at: Point) -> None:
    side = image.width() / image.devicePixelRatio()
    painter.drawImage(QRectF(round(at[0] - side / 2), round(at[1] - side / 2), side, side), image)
