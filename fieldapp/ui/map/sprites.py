"""The signs on the map as small pictures, drawn once per theme and pixel density.

A case's sign tells its stage by shape and by colour: circle (new), triangle (dispatched), square (in work),
diamond (to be verified), hexagon (standing still).
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen, QPolygonF

from fieldapp.geo.clusters import Cluster
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
ALERT_COLORS = {"": "info", "yellow": "warning", "red": "danger"}
"""Of an alert, by its severity's light: the same as on the alerts' own page."""
BOX = 40
DOT = 12
FAR = ("dot", "ring")
"""Far away a site is a small dot and a disposal site a ring: many must not hide the streets' names."""
CLUSTER = 52
SPRITES_MOST = 600


def case_shape(state: str) -> str:
    """The shape of a case in a state; "" for one that is over and not shown."""
    return SHAPES.get(state, "")


class Sprites:
    """Pictures by what they stand for."""

    def __init__(self, icons: IconProvider | None = None) -> None:
        self._icons = icons or IconProvider()
        self._looks = Looks()
        self._ratio = 1.0
        self._made: dict[tuple[str, str, bool, str], QImage] = {}

    def use(self, looks: Looks, ratio: float) -> None:
        """Draw like this from now on."""
        if (looks, ratio) != (self._looks, self._ratio):
            self._looks, self._ratio = looks, ratio
            self._made.clear()

    def of(self, mark: Mark, *, close: bool) -> QImage | None:
        """The picture of a mark; far away a place is only a dot."""
        if mark.layer == "case":
            shape = case_shape(mark.state)
            return self._get(shape, COLORS[shape], mark.mine, mark.light) if shape else None
        if mark.layer == "alert":
            return self._get("alert", ALERT_COLORS[mark.light], mark.mine)
        if mark.layer == "report":
            return self._get("report", "info")
        if not close:
            return self._get("dot" if mark.layer == "site" else "ring", "muted")
        return self._get(mark.layer, "ink" if mark.layer == "site" else "muted")

    def cluster(self, cluster: Cluster) -> QImage:
        """A number for many; its edge tells that one of mine is among them, its corner the worst light."""
        return self._get(f"#{_number(cluster.count)}", "primary", cluster.mine, cluster.light)

    def pin(self) -> QImage:
        """The pin that a person sets; its point is the picture's middle."""
        return self._get("pin", "danger")

    def _get(self, shape: str, color: str, mine: bool = False, light: str = "") -> QImage:
        key = shape, color, mine, light
        if key not in self._made:
            if len(self._made) > SPRITES_MOST:
                self._made.clear()
            self._made[key] = self._draw(shape, QColor(getattr(self._looks, color)), mine, light)
        return self._made[key]

    def _draw(self, shape: str, color: QColor, mine: bool, light: str) -> QImage:
        side = DOT if shape in FAR else 2 * BOX if shape == "pin" else CLUSTER if shape[0] == "#" else BOX
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
        if shape in FAR:
            self._draw_far(painter, paper, filled=shape == "dot")
        elif shape in ("site", "disposal"):
            painter.drawRoundedRect(QRectF(-14, -14, 28, 28), 7, 7)
            self._stamp(painter, "site" if shape == "site" else "trash", paper)
        elif shape == "pin":
            self._draw_pin(painter, color, paper)
        elif shape == "report":
            painter.setPen(QPen(color, 2.5))
            painter.setBrush(paper)
            painter.drawEllipse(QPointF(0, 0), 11.0, 11.0)
            self._stamp(painter, "send", color, 13.0)
        elif shape == "alert":
            self._draw_alert(painter, color, paper, mine)
        elif shape[0] == "#":
            self._draw_number(painter, shape[1:], color, paper, mine)
        else:
            if mine:
                painter.setPen(QPen(color, 2.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPath(_outline(shape, 17.5))
                painter.setPen(QPen(paper, 2.0))
                painter.setBrush(color)
            painter.drawPath(_outline(shape, 13.0))
            self._stamp(painter, "flag", paper, 11.0, 3.0 if shape == "triangle" else 0.0)
        if light:
            self._draw_light(painter, light, side / 2 - 9.5)
        painter.end()
        return image

    def _draw_far(self, painter: QPainter, paper: QColor, *, filled: bool) -> None:
        painter.setPen(QPen(paper, 1.0))
        painter.drawEllipse(QPointF(0, 0), 3.5, 3.5)
        if not filled:
            painter.setBrush(paper)
            painter.drawEllipse(QPointF(0, 0), 1.8, 1.8)

    def _draw_light(self, painter: QPainter, light: str, at: float) -> None:
        """A corner that tells by shape and mark, not by colour alone: late is an octagon with a bar."""
        color = QColor(self._looks.danger if light == "red" else self._looks.warning)
        painter.save()
        painter.translate(at, -at)
        painter.setPen(QPen(QColor(self._looks.surface), 2.0))
        painter.setBrush(color)
        painter.drawPath(_outline("octagon" if light == "red" else "triangle", 8.0))
        painter.setPen(QPen(QColor(self._looks.surface), 2.2))
        painter.drawLine(QPointF(0, -3.2), QPointF(0, 0.8))
        painter.drawPoint(QPointF(0, 3.6))
        painter.restore()

    def _draw_alert(self, painter: QPainter, color: QColor, paper: QColor, mine: bool) -> None:
        if mine:
            painter.setPen(QPen(color, 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(_outline("octagon", 18.0))
            painter.setPen(QPen(paper, 2.0))
            painter.setBrush(color)
        painter.drawPath(_outline("octagon", 14.0))
        self._stamp(painter, "siren", paper, 16.0)

    def _draw_number(self, painter: QPainter, text: str, color: QColor, paper: QColor, mine: bool) -> None:
        painter.setPen(QPen(paper, 2.0))
        painter.drawEllipse(QPointF(0, 0), 19.0, 19.0)
        if mine:
            painter.setPen(QPen(color, 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(0, 0), 22.0, 22.0)
        font = QFont(self._looks.family) if self._looks.family else QFont()
        font.setPixelSize(16 if len(text) < 4 else 13)
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(self._looks.primary_ink))
        painter.drawText(QRectF(-20, -20, 40, 40), int(Qt.AlignmentFlag.AlignCenter), text)

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


def _number(count: int) -> str:
    """As it is up to a hundred, then rounded down, so that there are few pictures."""
    if count < 100:
        return str(count)
    return f"{count // 50 * 50}+" if count < 1000 else f"{min(count // 1000, 99)}k+"


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
        "octagon": (8, 22.5, 1.05),
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
