"""Draws what lies on the ground and changes often: signs, the chosen one, the tablet's place, the pin."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from fieldapp.geo.layers import Box, Mark, Point
from fieldapp.geo.view import View
from fieldapp.ui.map.looks import ICONS_BELOW, Looks
from fieldapp.ui.map.sprites import BOX, Sprites
from fieldapp.viewmodels.map_scene import CASES, CELLS, DISPOSAL, SITES, MapScene

ORDER = (DISPOSAL, SITES, CASES)
"""From the lowest to the one on top."""
FINGER = 30.0
"""Pixels around a tap within which a sign is meant."""


class LivePainter:
    """Culls by the view, so that only what is in sight costs anything."""

    def __init__(self) -> None:
        self._sprites = Sprites()

    def paint(self, painter: QPainter, scene: MapScene, view: View, looks: Looks, ratio: float) -> None:
        """Cell chosen, signs, the chosen sign once more on top, the tablet, the pin."""
        self._sprites.use(looks, ratio)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if scene.selected_cell is not None and CELLS in scene.shown:
            self._paint_cell(painter, scene.selected_cell.ring, view, looks)
        chosen: Mark | None = None
        close = view.mpp < ICONS_BELOW
        for mark in _in_sight(scene, view.box(BOX)):
            if (mark.layer, mark.key) == scene.selected:
                chosen = mark
            self._paint_mark(painter, mark, view, close=close)
        if chosen is not None:
            x, y = view.to_screen(chosen.at)
            painter.setPen(QPen(QColor(looks.primary), 4.0))
            painter.setBrush(QColor(looks.surface))
            painter.drawEllipse(QPointF(x, y), 24.0, 24.0)
            self._paint_mark(painter, chosen, view, close=True)
        self._paint_standpoint(painter, scene, view, looks)
        if scene.pin is not None:
            _lay(painter, self._sprites.pin(), view.to_screen(scene.pin))

    def hits(self, scene: MapScene, view: View, x: float, y: float) -> list[Mark]:
        """Signs within a finger's reach, the nearest first."""
        reach = FINGER * view.mpp
        at = view.to_ground(x, y)
        near = _in_sight(scene, (at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach))
        far = {mark: (mark.at[0] - at[0]) ** 2 + (mark.at[1] - at[1]) ** 2 for mark in near}
        return sorted((mark for mark in near if far[mark] <= reach**2), key=lambda mark: far[mark])

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


def _in_sight(scene: MapScene, box: Box) -> list[Mark]:
    return [
        mark
        for layer in ORDER
        if layer in scene.shown and layer in scene.marks
        for mark in scene.marks[layer].within(box)
    ]


def _lay(painter: QPainter, image: QImage, at: Point) -> None:
    side = image.width() / image.devicePixelRatio()
    painter.drawImage(QRectF(round(at[0] - side / 2), round(at[1] - side / 2), side, side), image)
