"""Draws the ground: cells filled with their street's tint, outlines, borders, names and cell codes.

Cells are gathered into one path per square kilometre and street, made once when first needed; a tile draws
the few paths it touches, so that the cost does not grow with the city.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from fieldapp.geo.layers import BUCKET_M, Box, BoxIndex, Cell, Point
from fieldapp.ui.fonts import printable
from fieldapp.ui.map.looks import (
    CLOSE_BELOW,
    CODES_BELOW,
    COMMUNITIES_BELOW,
    FULL_CODES_BELOW,
    OUTLINES_BELOW,
    Looks,
)
from fieldapp.viewmodels.map_scene import Ground

NAME_MARGIN = 130.0
"""Pixels beyond a tile in which a name may begin that reaches into it."""
CITY_BORDER = 2.6


class TilePainter(Protocol):
    """One layer that is drawn into tiles."""

    def paint(self, painter: QPainter, box: Box, mpp: float, looks: Looks) -> bool:
        """Draw what lies in ``box``; False while something of it is still on its way.

        The painter counts pixels from the box's north-west corner.
        """
        ...


class GroundPainter:
    """The ground of one city. Build another when the cells change. Unfilled, what is under it shows."""

    def __init__(self, ground: Ground) -> None:
        self.filled = True
        self._ground = ground
        self._street = {name: at for at, name in enumerate(ground.streets)}
        buckets: dict[tuple[int, int], list[Cell]] = defaultdict(list)
        everything = ground.cells.bounds()
        for cell in ground.cells.within(everything) if everything else ():
            buckets[int(cell.middle[0] // BUCKET_M), int(cell.middle[1] // BUCKET_M)].append(cell)
        self._blocks = BoxIndex((_box_of(cells), _Block(cells)) for cells in buckets.values())

    def paint(self, painter: QPainter, box: Box, mpp: float, looks: Looks) -> bool:
        """Fill, outline, borders, then names on top."""
        blocks = self._blocks.within(box)
        painter.save()
        painter.scale(1 / mpp, -1 / mpp)
        painter.translate(-box[0], -box[3])
        painter.setPen(Qt.PenStyle.NoPen)
        if self.filled:
            for block in blocks:
                for street, path in block.fills():
                    painter.fillPath(path, looks.tint(self._street.get(street, 0)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if mpp < OUTLINES_BELOW:
            close = mpp < CLOSE_BELOW
            faint = 0.4 if looks.theme == "sunlight" else 1.0
            over = 1.0 if self.filled else 0.6
            painter.setPen(_pen(looks.border, 1.1, 0.5 * over) if close else _pen(looks.line, 1.0, faint))
            for block in blocks:
                painter.drawPath(block.outline())
        clear = 1.0 if self.filled else 0.45
        if mpp < COMMUNITIES_BELOW:
            self._paint_borders(painter, box, "community", _pen(looks.border, 1.2, clear))
        self._paint_borders(painter, box, "street", _pen(looks.border, CITY_BORDER, clear))
        painter.restore()
        if mpp < CODES_BELOW:
            self._paint_codes(painter, box, mpp, looks)
        else:
            self._paint_names(painter, box, mpp, looks)
        return True

    def _paint_borders(self, painter: QPainter, box: Box, level: str, pen: QPen) -> None:
        sides = self._ground.borders[level].within(box)
        if sides:
            painter.setPen(pen)
            path = QPainterPath()
            for start, end in sides:
                path.moveTo(*start)
                path.lineTo(*end)
            painter.drawPath(path)

    def _paint_names(self, painter: QPainter, box: Box, mpp: float, looks: Looks) -> None:
        level = "community" if mpp < COMMUNITIES_BELOW else "street"
        size = looks.pixels(15 if level == "community" else 17)
        painter.setFont(_font(looks, size, strong=True))
        for label in self._ground.labels.within(_grown(box, NAME_MARGIN * mpp)):
            if label.level == level:
                _write(painter, _pixels(label.at, box, mpp), printable(label.text), looks)

    def _paint_codes(self, painter: QPainter, box: Box, mpp: float, looks: Looks) -> None:
        painter.setFont(_font(looks, looks.pixels(12), strong=False))
        for cell in self._ground.cells.within(_grown(box, NAME_MARGIN * mpp)):
            code = cell.code if mpp < FULL_CODES_BELOW else cell.code[-6:]
            _write(painter, _pixels(cell.middle, box, mpp), code, looks)


class _Block:
    """The cells of one square kilometre; its paths are made when first drawn."""

    def __init__(self, cells: list[Cell]) -> None:
        self._cells = cells
        self._fills: list[tuple[str, QPainterPath]] | None = None
        self._outline: QPainterPath | None = None

    def fills(self) -> list[tuple[str, QPainterPath]]:
        """One path for each street."""
        if self._fills is None:
            paths: dict[str, QPainterPath] = {}
            for cell in self._cells:
                path = paths.setdefault(cell.street, QPainterPath())
                path.setFillRule(Qt.FillRule.WindingFill)
                path.addPolygon(QPolygonF([QPointF(x, y) for x, y in cell.ring]))
                path.closeSubpath()
            self._fills = list(paths.items())
        return self._fills

    def outline(self) -> QPainterPath:
        """Every side once."""
        if self._outline is None:
            path, drawn = QPainterPath(), set()
            for cell in self._cells:
                before = cell.ring[-1]
                for now in cell.ring:
                    side = (before, now) if before < now else (now, before)
                    if side not in drawn:
                        drawn.add(side)
                        path.moveTo(*before)
                        path.lineTo(*now)
                    before = now
            self._outline = path
        return self._outline


def write_name(painter: QPainter, at: QPointF, text: str, looks: Looks) -> None:
    """The name of something that lies on the ground."""
    painter.setFont(_font(looks, looks.pixels(14), strong=True))
    _write(painter, at, text, looks)


def _write(painter: QPainter, at: QPointF, text: str, looks: Looks) -> None:
    """A text around a point, with a light edge so that lines do not cross it out."""
    rect = QRectF(at.x() - 200, at.y() - 20, 400, 40)
    flags = int(Qt.AlignmentFlag.AlignCenter)
    painter.setPen(QColor(looks.surface))
    for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        painter.drawText(rect.translated(dx, dy), flags, text)
    painter.setPen(QColor(looks.muted))
    painter.drawText(rect, flags, text)


def _font(looks: Looks, size: int, *, strong: bool) -> QFont:
    font = QFont(looks.family) if looks.family else QFont()
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.Medium if strong else QFont.Weight.Normal)
    return font


def _pen(color: str, width: float, opacity: float = 1.0) -> QPen:
    shade = QColor(color)
    shade.setAlphaF(opacity)
    pen = QPen(shade, width)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _pixels(at: Point, box: Box, mpp: float) -> QPointF:
    return QPointF((at[0] - box[0]) / mpp, (box[3] - at[1]) / mpp)


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _box_of(cells: Iterable[Cell]) -> Box:
    boxes = [cell.box for cell in cells]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
