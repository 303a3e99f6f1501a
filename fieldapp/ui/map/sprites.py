"""The signs on the map as small pictures, drawn once per theme and pixel density.

A case's sign tells its stage by shape and by colour: circle (new), triangle (dispatched), square (in work),
diamond (to be verified), hexagon (standing still).
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from fieldapp.geo.layers import Mark
from fieldapp.ui.icons import IconProvider
from fieldapp.ui.map.looks import Looks

SHAPES = {
    "reported": "circle",
    "checking": "circle",
    "confirmed": "circle",
    "opened": "circle",
    "dispatched": "triangle",
    "accepted": "square",
    "arrived": "square",
    "handled": "square",
    "fed_back": "diamond",
    "verified": "diamond",
    "returned": "hexagon",
    "suspended": "hexagon",
}
COLORS = {
    "circle": "info",
    "triangle": "warning",
    "square": "primary",
    "diamond": "success",
    "hexagon": "muted",
}
BOX = 40
DOT = 12


def case_shape(state: str) -> str:
    """The shape of a case in a state; "" for one that is over and not shown."""
    return SHAPES.get(state, "")


class Sprites:
    """Pictures by what they stand for."""

    def __init__(self, icons: IconProvider | None = None) -> None:
        self._icons = icons or IconProvider()
        self._looks = Looks()
        self._ratio = 1.0
        self._made: dict[tuple[str, str, bool], QImage] = {}

    def use(self, looks: Looks, ratio: float) -> None:
        """Draw like this from now on."""
        if (looks, ratio) != (self._looks, self._ratio):
            self._looks, self._ratio = looks, ratio
            self._made.clear()

    def of(self, mark: Mark, *, close: bool) -> QImage | None:
        """The picture of a mark; far away a place is only a dot."""
        if mark.layer == "case":
            shape = case_shape(mark.state)
            return self._get(shape, COLORS[shape], mark.mine) if shape else None
        if not close:
            return self._get("dot", "ink" if mark.layer == "site" else "muted", False)
        return self._get(mark.layer, "ink" if mark.layer == "site" else "muted", False)

    def pin(self) -> QImage:
        """The pin that a person sets; its point is the picture's middle."""
        return self._get("pin", "danger", False)

    def _get(self, shape: str, color: str, mine: bool) -> QImage:
        key = shape, color, mine
        if key not in self._made:
            self._made[key] = self._draw(shape, QColor(getattr(self._looks, color)), mine)
        return self._made[key]

    def _draw(self, shape: str, color: QColor, mine: bool) -> QImage:
        side = DOT if shape == "dot" else 2 * BOX if shape == "pin" else BOX
        image = QImage(
            round(side * self._ratio), round(side * self._ratio), QImage.Format.Format_ARGB32_Premultiplied
        )
        image.setDevicePixelRatio(self._ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(side / 2, side / 2)
        paper = QColor(self._looks.surface)
        painter.setPen(QPen(paper, 2.0))
        painter.setBrush(color)
        if shape == "dot":
            painter.drawRoundedRect(QRectF(-4, -4, 8, 8), 2, 2)
        elif shape in ("site", "disposal"):
            painter.drawRoundedRect(QRectF(-14, -14, 28, 28), 7, 7)
            self._stamp(painter, "site" if shape == "site" else "trash", paper)
        elif shape == "pin":
            self._draw_pin(painter, color, paper)
        else:
            if mine:
                painter.setPen(QPen(color, 2.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPath(_outline(shape, 17.5))
                painter.setPen(QPen(paper, 2.0))
                painter.setBrush(color)
            painter.drawPath(_outline(shape, 13.0))
            self._stamp(painter, "flag", paper, 11.0, 3.0 if shape == "triangle" else 0.0)
        painter.end()
        return image

    def _stamp(
        self, painter: QPainter, name: str, color: QColor, side: float = 18.0, lower: float = 0.0
    ) -> None:
        pixels = round(side * self._ratio)
        icon = self._icons.draw(name, color, QSize(pixels, pixels))
        painter.drawImage(QRectF(-side / 2, lower - side / 2, side, side), icon)

    def _draw_pin(self, painter: QPainter, color: QColor, paper: QColor) -> None:
        path = QPainterPath(QPointF(0, 0))
        path.cubicTo(-3, -10, -15, -14, -15, -25)
        path.arcTo(QRectF(-15, -40, 30, 30), 180, -180)
        path.cubicTo(15, -14, 3, -10, 0, 0)
        painter.setBrush(color)
        painter.drawPath(path)
        painter.setBrush(paper)
        painter.drawEllipse(QPointF(0, -25), 5.5, 5.5)


def _outline(shape: str, radius: float) -> QPainterPath:
    path = QPainterPath()
    if shape == "circle":
        path.addEllipse(QPointF(0, 0), radius, radius)
        return path
    corners, turn, stretch = {
        "triangle": (3, -90.0, 1.2),
        "square": (4, 45.0, 1.12),
        "diamond": (4, 0.0, 1.12),
        "hexagon": (6, 0.0, 1.05),
    }[shape]
    lift = radius * 0.18 if shape == "triangle" else 0.0
    points = [
        QPointF(
            radius * stretch * math.cos(math.radians(turn + 360 * n / corners)),
            radius * stretch * math.sin(math.radians(turn + 360 * n / corners)) + lift,
        )
        for n in range(corners)
    ]
    path.addPolygon(QPolygonF(points))
    path.closeSubpath()
    return path
