"""The ground as cached square pictures, drawn a few at a time so that no frame waits for them.

A sheet holds the tiles of one scale. While a new sheet fills, the tiles of the one before stand behind it,
stretched to fit.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from fieldapp.geo.layers import Box
from fieldapp.geo.view import View
from fieldapp.ui.map.ground_painter import TilePainter
from fieldapp.ui.map.looks import Looks

SIDE = 256
KEPT_BYTES = 28 << 20
"""What all sheets may take together, beyond what is in sight."""
SHEETS = 3

Place = tuple[int, int]


class Sheet:
    """Tiles of one scale, looks and pixel density.

    A tile may be rough: drawn while something of it was still on its way. What arrived since makes it stale,
    which is shown as it is until it is drawn again.
    """

    def __init__(self, mpp: float) -> None:
        self.mpp = mpp
        self._tiles: OrderedDict[Place, QImage] = OrderedDict()
        self._rough: set[Place] = set()
        self._stale: set[Place] = set()

    def places(self, view: View, margin: float = 0.0) -> Iterator[Place]:
        """The places in sight of a view that may have another scale."""
        yield from self.under(view.box(margin))

    def under(self, box: Box) -> Iterator[Place]:
        """The places that a box of the ground meets."""
        step = SIDE * self.mpp
        for across in range(math.floor(box[0] / step), math.floor(box[2] / step) + 1):
            for down in range(math.floor(-box[3] / step), math.floor(-box[1] / step) + 1):
                yield across, down

    def box(self, place: Place) -> Box:
        """The ground of a tile."""
        step = SIDE * self.mpp
        return place[0] * step, -(place[1] + 1) * step, (place[0] + 1) * step, -place[1] * step

    def tile(self, place: Place) -> QImage | None:
        """A tile that is drawn already."""
        found = self._tiles.get(place)
        if found is not None:
            self._tiles.move_to_end(place)
        return found

    def keep(self, place: Place, image: QImage, *, whole: bool = True) -> None:
        """Keep a tile."""
        self._tiles[place] = image
        self._tiles.move_to_end(place)
        self._stale.discard(place)
        (self._rough.discard if whole else self._rough.add)(place)

    def age(self, box: Box) -> None:
        """Something arrived that lies here: what was drawn roughly may be drawn better now."""
        if self._rough:
            self._stale.update(self._rough.intersection(self.under(box)))

    def shed(self) -> int:
        """Let the tile go that is longest unused; answers its bytes, 0 when there is none."""
        if not self._tiles:
            return 0
        place, image = self._tiles.popitem(last=False)
        self._stale.discard(place)
        self._rough.discard(place)
        return int(image.sizeInBytes())

    def __len__(self) -> int:
        return len(self._tiles)

    def bytes(self) -> int:
        """What the tiles take."""
        return sum(image.sizeInBytes() for image in self._tiles.values())

    def missing(self, view: View, margin: float) -> list[Place]:
        """Tiles to be drawn, the ones nearest to the middle first."""
        return self._nearest(view, [p for p in self.places(view, margin) if self._lacks(p)])

    def unfinished(self, view: View, margin: float) -> list[Place]:
        """Tiles that are not what they will be, the ones nearest to the middle first."""
        places = self.places(view, margin)
        return self._nearest(view, [p for p in places if self._lacks(p) or p in self._rough])

    def _lacks(self, place: Place) -> bool:
        return place not in self._tiles or place in self._stale

    def _nearest(self, view: View, places: list[Place]) -> list[Place]:
        middle = view.east / (SIDE * self.mpp) - 0.5, -view.north / (SIDE * self.mpp) - 0.5
        return sorted(places, key=lambda p: (p[0] - middle[0]) ** 2 + (p[1] - middle[1]) ** 2)


class Tiles:
    """The sheets of one map item."""

    def __init__(self) -> None:
        self._layers: list[TilePainter] = []
        self._looks = Looks()
        self._ratio = 1.0
        self._sheets: list[Sheet] = []

    def use(self, layers: list[TilePainter], looks: Looks, ratio: float) -> None:
        """Draw these layers like this; what was drawn before is forgotten when they are others."""
        if (layers, looks, ratio) != (self._layers, self._looks, self._ratio):
            self._layers, self._looks, self._ratio = layers, looks, ratio
            self._sheets.clear()

    def forget(self) -> None:
        """Draw everything anew."""
        self._sheets.clear()

    def turn_to(self, mpp: float) -> None:
        """Make the sheet of a scale the one in front."""
        found = next((sheet for sheet in self._sheets if sheet.mpp == mpp), None) or Sheet(mpp)
        self._sheets = [found, *(sheet for sheet in self._sheets if sheet is not found)][:SHEETS]

    def complete(self, view: View, margin: float = 0.0) -> bool:
        """Whether the sheet in front lacks nothing that is in sight, at the view's own scale."""
        front = self._sheets[0] if self._sheets else None
        return front is not None and front.mpp == view.mpp and not front.missing(view, margin)

    def unfinished(self, view: View, margin: float = 0.0) -> list[Box]:
        """The ground of what is not drawn as it will be, the nearest to the middle first."""
        front = self._sheets[0] if self._sheets else None
        if front is None or front.mpp != view.mpp:
            return []
        return [front.box(place) for place in front.unfinished(view, margin)]

    def age(self, box: Box) -> None:
        """Something arrived that lies here."""
        for sheet in self._sheets:
            sheet.age(box)

    def trim(self, most: int = KEPT_BYTES, view: View | None = None, margin: float = 0.0) -> None:
        """Let go of what is not in sight until no more than so many bytes are kept; old sheets go first."""
        total = self.bytes()
        for sheet in reversed(self._sheets):
            seen = set(sheet.places(view, margin)) if view is not None and sheet is self._sheets[0] else set()
            while total > most and len(sheet) > len(seen):
                total -= sheet.shed()

    def bytes(self) -> int:
        """What all sheets take."""
        return sum(sheet.bytes() for sheet in self._sheets)

    def work(self, view: View, seconds: float, margin: float = 0.0) -> bool:
        """Draw missing tiles for about so long; True when some were drawn."""
        if not self._sheets or self._sheets[0].mpp != view.mpp:
            return False
        front, until = self._sheets[0], time.perf_counter() + seconds
        drawn = False
        for place in front.missing(view, margin):
            image, whole = self._draw(front.box(place), front.mpp)
            front.keep(place, image, whole=whole)
            drawn = True
            if time.perf_counter() >= until:
                break
        if drawn:
            self.trim(KEPT_BYTES, view, margin)
        return drawn

    def paint(self, painter: QPainter, view: View) -> None:
        """Lay the tiles: a stretched older sheet where the one in front has gaps."""
        if not self._sheets:
            return
        front = self._sheets[0]
        if front.mpp != view.mpp or front.missing(view, 0.0):
            for sheet in reversed(self._sheets[1:]):
                self._lay(painter, sheet, view)
        self._lay(painter, front, view)

    def _lay(self, painter: QPainter, sheet: Sheet, view: View) -> None:
        scale = sheet.mpp / view.mpp
        for place in sheet.places(view):
            image = sheet.tile(place)
            if image is None:
                continue
            box = sheet.box(place)
            x, y = view.to_screen((box[0], box[3]))
            if scale == 1.0:
                painter.drawImage(QPointF(_whole(x, self._ratio), _whole(y, self._ratio)), image)
            else:
                side = SIDE * scale
                painter.drawImage(QRectF(x, y, side + 0.5, side + 0.5), image)

    def _draw(self, box: Box, mpp: float) -> tuple[QImage, bool]:
        pixels = round(SIDE * self._ratio)
        image = QImage(pixels, pixels, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self._ratio)
        image.fill(QColor(self._looks.ground))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        whole = True
        for layer in self._layers:
            whole = layer.paint(painter, box, mpp, self._looks) and whole
        painter.end()
        return image, whole


def _whole(pixels: float, ratio: float) -> float:
    return round(pixels * ratio) / ratio
