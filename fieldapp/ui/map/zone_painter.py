"""Draws prohibited zones into the ground: hatched, with a firm edge and a name."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from fieldapp.geo.layers import Box, boxes_meet
from fieldapp.ui.fonts import printable
from fieldapp.ui.map.ground_painter import write_name
from fieldapp.ui.map.looks import ZONE_NAMES_BELOW, Looks
from fieldapp.viewmodels.map_scene import Zone


class ZonePainter:
    """The zones of one city."""

    def __init__(self, zones: tuple[Zone, ...]) -> None:
        self._zones = zones

    def paint(self, painter: QPainter, box: Box, mpp: float, looks: Looks) -> bool:
        """Those that reach into the box."""
        margin = 200 * mpp
        near = (box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for zone in self._zones:
            if not boxes_meet(zone.box, near):
                continue
            ring = QPolygonF([QPointF((x - box[0]) / mpp, (box[3] - y) / mpp) for x, y in zone.ring])
            wash = QColor(looks.danger)
            wash.setAlphaF(0.10)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(wash)
            painter.drawPolygon(ring)
            hatch = QColor(looks.danger)
            hatch.setAlphaF(0.45)
            brush = QBrush(hatch, Qt.BrushStyle.BDiagPattern)
            painter.setBrushOrigin(QPointF(-(box[0] / mpp) % 8, (box[3] / mpp) % 8))
            painter.setBrush(brush)
            painter.setPen(QPen(QColor(looks.danger), 2.0, Qt.PenStyle.DashLine))
            painter.drawPolygon(ring)
            if mpp < ZONE_NAMES_BELOW:
                write_name(painter, ring.boundingRect().center(), printable(zone.name), looks)
        painter.restore()
        return True
