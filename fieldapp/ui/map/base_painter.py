"""Draws the base map's tiles into the ground: the sharpest that are here, stretched ancestors meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from fieldapp.geo.layers import Box
from fieldapp.geo.mercator import tile_box, tiles_over, zoom_for
from fieldapp.geo.plane import LocalPlane
from fieldapp.services.base_map import BaseMapTiles
from fieldapp.ui.map.looks import Looks
from sync.contract.tiles import Tile

NIGHT_LIFT = QColor(26, 33, 40)
"""Added to a map turned dark, so that streets and ground do not sink into one black."""
TILES_MOST = 100
"""More than that never lie over a tile of ours."""


class BasePainter:
    """The tiles of one base map on one city's plane."""

    def __init__(self, tiles: BaseMapTiles, plane: LocalPlane, ratio: float) -> None:
        self._tiles = tiles
        self._plane = plane
        self._ratio = ratio

    def paint(self, painter: QPainter, box: Box, mpp: float, looks: Looks) -> bool:
        """Draw what is here; False while something sharper is still to come."""
        whole = True
        facts = self._tiles.facts
        if facts is None:
            return True
        night = looks.theme == "night"
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for tile in self.over(box, mpp):
            whole = whole and self._tiles.knows(tile)
            found = self._tiles.picture(tile)
            if found is None:
                continue
            image, left, top, side = found
            if night:
                image = turned_dark(image)
            west, south, east, north = tile_box(tile, self._plane, facts.datum)
            x, y = (west - box[0]) / mpp, (box[3] - north) / mpp
            target = QRectF(x, y, (east - west) / mpp, (north - south) / mpp)
            wide, high = image.width(), image.height()
            painter.drawImage(target, image, QRectF(left * wide, top * high, side * wide, side * high))
        if night:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
            painter.fillRect(QRectF(0, 0, (box[2] - box[0]) / mpp, (box[3] - box[1]) / mpp), NIGHT_LIFT)
        painter.restore()
        return whole

    def over(self, box: Box, mpp: float) -> list[Tile]:
        """The tiles that lie over a box at a scale, of the zoom that is drawn for it."""
        facts = self._tiles.facts
        if facts is None:
            return []
        zoom = zoom_for(mpp / self._ratio, self._plane.lat)
        zoom = min(max(zoom, facts.min_zoom), facts.max_zoom)
        return tiles_over(box, zoom, self._plane, facts.datum)[:TILES_MOST]

    def box(self, tile: Tile) -> Box:
        """Where a tile lies."""
        facts = self._tiles.facts
        return tile_box(tile, self._plane, facts.datum if facts else "wgs84")


def turned_dark(image: QImage) -> QImage:
    """The same picture for the night: light ground dark, dark names light, no colours."""
    dark = image.convertToFormat(QImage.Format.Format_Grayscale8)
    dark.invertPixels()
    return dark
