"""A street to point the replayed camera at: drawn once, with a muck truck that drives and a clock that runs.

It is a test picture and says so; it has the grain and edges of a photograph, so that a JPEG of it is as large
and takes as long as one of a real street.
"""

from __future__ import annotations

import random

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QLinearGradient, QPainter, QPolygonF

SEED = 20261120
LANE = QRectF(0, 0.58, 1, 0.31)
CLOCK = QRectF(0.52, 0.035, 0.45, 0.075)
"""Parts of the picture that change, as shares of its size."""

_TRUCK_WIDTH = 0.42
_STEP = 0.02
_TRUCK_SCALE = 1.4


def street(size: QSize) -> QImage:
    """The part that stands still. Takes some tenths of a second for 12 megapixels: not in the GUI thread."""
    image = QImage(size, QImage.Format.Format_RGB32)
    chance = random.Random(SEED)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size.width() / 4000, size.height() / 3000)
    _sky(painter)
    for left in range(-100, 4000, 520):
        _house(painter, chance, left, 460 + chance.randrange(60), 700 + chance.randrange(600))
    _road(painter)
    painter.setOpacity(0.10)
    painter.fillRect(0, 0, 4000, 3000, QBrush(_grain(chance)))
    painter.end()
    return image


def draw_changes(painter: QPainter, size: QSize, number: int, clock: str) -> None:
    """The truck at its place in frame ``number``, and the clock's text."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    wide, high = size.width(), size.height()
    left = ((number * _STEP) % (1 + _TRUCK_WIDTH) - _TRUCK_WIDTH) * wide
    painter.save()
    painter.translate(left, LANE.y() * high + 0.01 * high)
    painter.scale(_TRUCK_SCALE * wide / 4000, _TRUCK_SCALE * high / 3000)
    _truck(painter)
    painter.restore()
    box = part(CLOCK, size)
    painter.fillRect(box, QColor("#101820"))
    font = QFont()
    font.setPixelSize(max(8, round(box.height() * 0.44)))
    painter.setFont(font)
    painter.setPen(QColor("#FFD54A"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{clock}  #{number:05d}")


def part(share: QRectF, size: QSize) -> QRect:
    """A share of the picture in whole pixels."""
    wide, high = size.width(), size.height()
    return QRectF(
        share.x() * wide, share.y() * high, share.width() * wide, share.height() * high
    ).toAlignedRect()


def _sky(painter: QPainter) -> None:
    light = QLinearGradient(0, 0, 0, 1500)
    light.setColorAt(0, QColor("#8DB6D9"))
    light.setColorAt(1, QColor("#E9EEF0"))
    painter.fillRect(0, 0, 4000, 1800, light)


def _house(painter: QPainter, chance: random.Random, left: int, width: int, height: int) -> None:
    top = 1800 - height
    wall = QColor.fromHsv(chance.randrange(20, 45), chance.randrange(20, 70), chance.randrange(150, 215))
    painter.fillRect(left, top, width, height, wall)
    for x in range(left + 40, left + width - 90, 110):
        for y in range(top + 50, 1640, 130):
            pane = QColor("#48606E") if chance.random() < 0.75 else QColor("#F3E3AE")
            painter.fillRect(x, y, 70, 84, pane)
            painter.fillRect(x, y + 84, 70, 6, wall.darker(125))
    painter.fillRect(left, 1690, width, 110, QColor.fromHsv(chance.randrange(360), 120, 130))


def _road(painter: QPainter) -> None:
    painter.fillRect(0, 1800, 4000, 90, QColor("#B4B0A6"))
    painter.fillRect(0, 1890, 4000, 1110, QColor("#55585C"))
    painter.fillRect(0, 1886, 4000, 14, QColor("#DAD7CE"))
    for x in range(-100, 4000, 420):
        stripe = [QPointF(x, 2660), QPointF(x + 250, 2660), QPointF(x + 220, 2690), QPointF(x - 30, 2690)]
        painter.setBrush(QColor("#E8E6DF"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF(stripe))


def _truck(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#6B4A2B"))
    heap = [QPointF(60, 150), QPointF(260, 40), QPointF(470, 20), QPointF(760, 150)]
    painter.drawPolygon(QPolygonF(heap))
    painter.setBrush(QColor("#C9871F"))
    painter.drawPolygon(QPolygonF([QPointF(0, 150), QPointF(830, 150), QPointF(800, 430), QPointF(50, 430)]))
    painter.fillRect(40, 430, 1120, 60, QColor("#2B2E31"))
    painter.setBrush(QColor("#E0A02C"))
    painter.drawRoundedRect(QRectF(860, 130, 290, 310), 30, 30)
    painter.fillRect(960, 170, 160, 120, QColor("#2D3E4A"))
    painter.fillRect(905, 380, 190, 58, QColor("#F7C331"))
    painter.setBrush(QColor("#17191A"))
    for x in (110, 330, 560, 950):
        painter.drawEllipse(QRectF(x, 430, 160, 160))


def _grain(chance: random.Random) -> QImage:
    side = 256
    noise = QImage(chance.randbytes(side * side), side, side, side, QImage.Format.Format_Grayscale8)
    return noise.copy()
