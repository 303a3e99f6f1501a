"""Draws the base map's tiles into the ground: the sharpest that are here, stretched ancestors meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from fieldapp.geo.layers import Box
from fieldapp.geo.mercator import tile_box, tiles_over, zoom_for
from fieldapp.geo.plane import LocalPlane
from fieldapp.services.base_map import BaseMapTiles
from fieldapp.ui.map.looks import Looks
from sync.contract.tiles import Tile

NIGHT_DIM = QColor(92, 100, 108)
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
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for tile in self.over(box, mpp):
            whole = whole and self._tiles.knows(tile)
            found = self._tiles.picture(tile)
            if found is None:
                continue
            image, left, top, side = found
            west, south, east, north = tile_box(tile, self._plane, facts.datum)
            x, y = (west - box[0]) / mpp, (box[3] - north) / mpp
            target = QRectF(x, y, (east - west) / mpp, (north - south) / mpp)
            wide, high = image.width(), image.height()
            painter.drawImage(target, image, QRectF(left * wide, top * high, side * wide, side * high))
        if looks.theme == "night":
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.fillRect(QRectF(0, 0, (box[2] - box[0]) / mpp, (box[3] - box[1]) / mpp), NIGHT_DIM)
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
