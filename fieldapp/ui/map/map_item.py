"""The city's map as one item: pans, zooms and tells what was tapped. No network, no map service.

    scene → ground (tiles, drawn ahead a little at a time) + what lies on top (every frame)

While the scale is changing under fingers, the tiles drawn before are stretched; they are drawn sharp once it
rests.
"""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, QRect, QRectF, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from fieldapp.geo.clusters import Cluster
from fieldapp.geo.layers import Cell, holds
from fieldapp.geo.view import CLOSEST, View, scale_bar
from fieldapp.ui.map.base_painter import BasePainter
from fieldapp.ui.map.ground_painter import GroundPainter, TilePainter
from fieldapp.ui.map.live_painter import FINGER, LivePainter, members
from fieldapp.ui.map.looks import Looks
from fieldapp.ui.map.tiles import Tiles
from fieldapp.ui.map.zone_painter import ZonePainter
from fieldapp.viewmodels.map_scene import BASE, CELLS, ZONES, Ground, MapScene
from sync.contract.tiles import Tile

QML_IMPORT_NAME = "fieldapp.map"
QML_IMPORT_MAJOR_VERSION = 1

WORK_S = 0.006
"""Seconds of tile drawing between two frames."""
REST_MS = 110
GATHER_MS = 30
"""So long tiles of the base map are let come together, as each lies under several of ours."""
AHEAD = 128.0
"""Pixels around the view for which tiles are drawn ahead."""
STEP = 1.7
LEAST = 160.0
"""Pixels: a free part smaller than that is no use for showing a whole city."""
LONGEST_BAR = 160.0
CLOSE_UP = 1.2
ENDLESS = 1 << 30


@QmlElement
class CityMap(QQuickPaintedItem):
    """``scene`` is the view model's; ``looks`` is set as one from the theme by ``dress``."""

    sceneChanged = Signal()
    freeChanged = Signal()
    viewChanged = Signal()
    markTapped = Signal(str, str)
    """Layer and key."""
    cellTapped = Signal(str)
    groundTapped = Signal(float, float)
    """Longitude and latitude (WGS-84) of a tap."""

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._scene: MapScene | None = None
        self._view = View()
        self._free = QRectF()
        self._whole = True
        self._looks = Looks()
        self._tiles = Tiles()
        self._ground: tuple[Ground, GroundPainter] | None = None
        self._base: BasePainter | None = None
        self._unfinished = ENDLESS
        self._live = LivePainter()
        self.setOpaquePainting(True)
        self._worker = QTimer(self)
        self._worker.setInterval(0)
        self._worker.timeout.connect(self._work)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._sharpen)
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER_MS)
        self._gather.timeout.connect(self._worker.start)
        self.visibleChanged.connect(self._on_visible)

    def paint(self, painter: QPainter) -> None:
        """Ground colour, tiles, what lies on top."""
        painter.fillRect(QRectF(0, 0, self.width(), self.height()), QColor(self._looks.ground))
        if self._scene is None:
            return
        self._tiles.paint(painter, self._view)
        self._live.paint(painter, self._scene, self._view, self._looks, self._ratio())

    def geometryChange(self, new: QRectF | QRect, old: QRectF | QRect) -> None:
        """Keep the middle when the item changes its size; the whole city until somebody moves it."""
        super().geometryChange(new, old)
        self._set_view(self._view.sized(new.width(), new.height()))
        if self._whole:
            self.showAll()

    @Property(QRectF, notify=freeChanged)
    def free(self) -> QRectF:
        """The part of the item that nothing lies over: the whole city is fitted into it. Empty: all of it."""
        return self._free

    @free.setter  # type: ignore[no-redef]
    def free(self, given: QRectF) -> None:
        if given != self._free:
            self._free = given
            self.freeChanged.emit()
            if self._whole:
                self.showAll()

    @Property(QObject, notify=sceneChanged)
    def scene(self) -> QObject | None:
        """The ``MapScene`` that is shown; declared plainly, because it comes from another QML module."""
        return self._scene

    @scene.setter  # type: ignore[no-redef]
    def scene(self, given: QObject | None) -> None:
        scene = given if isinstance(given, MapScene) else None
        if scene is self._scene:
            return
        self._scene = scene
        if scene is not None:
            scene.groundChanged.connect(self._take_ground)
            scene.liveChanged.connect(self.update)
            scene.base.arrived.connect(self._on_base_tile)
            self._take_ground()
        self.sceneChanged.emit()

    @Property(float, notify=viewChanged)
    def scaleMetres(self) -> float:
        """The length that the scale bar stands for."""
        return scale_bar(self._view.mpp, LONGEST_BAR)[0]

    @Property(float, notify=viewChanged)
    def scalePixels(self) -> float:
        """The scale bar's length on the screen."""
        return scale_bar(self._view.mpp, LONGEST_BAR)[1]

    @Property(float, notify=viewChanged)
    def metresPerPixel(self) -> float:
        """The scale."""
        return self._view.mpp

    @Slot(str, "QVariantMap", str, float)
    def dress(self, theme: str, colors: dict[str, object], family: str, text_scale: float) -> None:
        """Take the theme's name, colours, font and text scale."""
        told = {
            name: QColor(value).name(QColor.NameFormat.HexArgb)
            for name, value in colors.items()
            if name in Looks.__struct_fields__ and isinstance(value, QColor | str)
        }
        looks = Looks(theme=theme, family=family, text_scale=text_scale, **told)
        if looks != self._looks:
            self._looks = looks
            self._redraw()

    @Slot(float, float)
    def panBy(self, dx: float, dy: float) -> None:
        """Move the map along with a finger, in pixels."""
        self._move(self._view.panned(dx, dy))

    @Slot(float, float)
    def panStep(self, across: float, down: float) -> None:
        """Look on in a direction, by shares of the item's size."""
        self.panBy(-across * self.width(), -down * self.height())

    @Slot(float, float, float)
    def zoomAt(self, factor: float, x: float, y: float) -> None:
        """Zoom under fingers or a wheel; drawn sharp when it rests."""
        self._move(self._view.zoomed(factor, x, y), resting=False)

    @Slot()
    def zoomIn(self) -> None:
        """One step closer."""
        self._move(self._view.zoomed(STEP, self.width() / 2, self.height() / 2))

    @Slot()
    def zoomOut(self) -> None:
        """One step farther."""
        self._move(self._view.zoomed(1 / STEP, self.width() / 2, self.height() / 2))

    @Slot()
    def showAll(self) -> None:
        """The whole city."""
        box = self._scene.ground.cells.bounds() if self._scene else None
        self._whole = True
        if box is not None and self.width() > 1 and self.height() > 1:
            free = self._free
            sides = (free.left(), free.top(), free.right(), free.bottom())
            useful = min(free.width(), free.height()) > LEAST
            self._set_view(self._view.fitted(box, sides if useful else None))

    @Slot(float, float)
    def centreOn(self, lon: float, lat: float) -> None:
        """A place in the middle, close enough to see its cell."""
        if self._scene is not None:
            self._whole = False
            at = self._scene.plane.to_metres(lon, lat)
            self._set_view(self._view.centred(at, min(self._view.mpp, CLOSE_UP)))

    @Slot(result="QVariantList")
    def middle(self) -> list[float]:
        """Longitude and latitude of the item's middle."""
        return list(self._degrees(self.width() / 2, self.height() / 2))

    @Slot(float, float)
    def tap(self, x: float, y: float) -> None:
        """Tell what lies under a finger: first the place, then a sign or else a cell."""
        scene = self._scene
        if scene is None:
            return
        self.groundTapped.emit(*self._degrees(x, y))
        hits = self._live.hits(scene, self._view, x, y)
        if hits and isinstance(hits[0], Cluster) and self._open(hits[0]):
            return
        if hits:
            keys = [(mark.layer, mark.key) for hit in hits for mark in members(hit)]
            # A second tap on the same spot means the next of several signs that lie there.
            at = keys.index(scene.selected) + 1 if scene.selected in keys else 0
            self.markTapped.emit(*keys[at % len(keys)])
            return
        cell = self.cell_at(x, y)
        if cell is not None and CELLS in scene.shown:
            self.cellTapped.emit(cell.code)

    @Slot(float)
    def reveal(self, left: float) -> None:
        """Bring what is chosen out from under a card that covers so many pixels at the left."""
        scene = self._scene
        if scene is None:
            return
        layer, key = scene.selected
        marks = scene.marks[layer].within(self._view.box()) if layer in scene.marks else []
        found = [mark.at for mark in marks if mark.key == key]
        at = found[0] if found else scene.selected_cell.middle if scene.selected_cell else None
        if at is not None and (hidden := left + FINGER * 2 - self._view.to_screen(at)[0]) > 0:
            self.panBy(hidden, 0)

    def _open(self, cluster: Cluster) -> bool:
        """Go closer to what stands under one number; False where that would not part it."""
        wide = max(cluster.box[2] - cluster.box[0], cluster.box[3] - cluster.box[1])
        if wide < 2 * FINGER * CLOSEST or self._view.mpp <= CLOSEST:
            return False
        fitted = self._view.fitted(cluster.box, margin=4 * FINGER)
        self._move(self._view.centred(cluster.at, min(fitted.mpp, self._view.mpp / STEP)))
        return True

    def cell_at(self, x: float, y: float) -> Cell | None:
        """The cell under a pixel."""
        if self._scene is None:
            return None
        at = self._view.to_ground(x, y)
        under = self._scene.ground.cells.within((*at, *at))
        return next((cell for cell in under if holds(cell.ring, at)), None)

    def view(self) -> View:
        """What part of the plane is shown."""
        return self._view

    def complete(self) -> bool:
        """Whether everything in sight is drawn as sharp as it will be."""
        return self._tiles.complete(self._view) and not self._tiles.unfinished(self._view)

    def _degrees(self, x: float, y: float) -> tuple[float, float]:
        plane = self._scene.plane if self._scene else None
        return plane.to_degrees(*self._view.to_ground(x, y)) if plane else (0.0, 0.0)

    def _held(self, view: View) -> View:
        box = self._scene.ground.cells.bounds() if self._scene else None
        return view.kept_near(box) if box else view

    def _move(self, view: View, *, resting: bool = True) -> None:
        """Somebody looks elsewhere: from now on the map stays where it is put."""
        self._whole = False
        self._set_view(self._held(view), resting=resting)

    def _set_view(self, view: View, *, resting: bool = True) -> None:
        if view == self._view:
            return
        self._view = view
        self.viewChanged.emit()
        if resting:
            self._sharpen()
        else:
            self._rest.start()
            self.update()

    @Slot()
    def _take_ground(self) -> None:
        if self._scene is None:
            return
        if self._whole:
            self.showAll()
        self._redraw()

    def _layers(self, scene: MapScene) -> list[TilePainter]:
        """From the lowest up: base map, cells, zones."""
        layers: list[TilePainter] = []
        self._base = None
        if BASE in scene.shown and scene.base.facts is not None:
            self._base = BasePainter(scene.base, scene.plane, self._ratio())
            layers.append(self._base)
        if CELLS in scene.shown and len(scene.ground.cells) > 0:
            if self._ground is None or self._ground[0] is not scene.ground:
                self._ground = scene.ground, GroundPainter(scene.ground)
            self._ground[1].filled = self._base is None
            layers.append(self._ground[1])
        if ZONES in scene.shown and scene.zones:
            layers.append(ZonePainter(scene.zones))
        return layers

    def _redraw(self) -> None:
        layers = self._layers(self._scene) if self._scene is not None else []
        self._tiles.use(layers, self._looks, self._ratio())
        self._tiles.forget()
        self._sharpen()

    @Slot()
    def _sharpen(self) -> None:
        self._rest.stop()
        self._tiles.turn_to(self._view.mpp)
        self._unfinished = ENDLESS
        self._want_base()
        if not self._tiles.complete(self._view, AHEAD):
            self._worker.start()
        self.update()

    def _want_base(self) -> None:
        """Ask for the base map under whatever is not drawn as it will be."""
        if self._base is not None and self._scene is not None and self.isVisible():
            boxes = self._tiles.unfinished(self._view, AHEAD)
            tiles = (tile for box in boxes for tile in self._base.over(box, self._view.mpp))
            self._scene.base.want(dict.fromkeys(tiles))

    def _want_rest(self) -> None:
        """Ask again for what had to make room before it was drawn, as long as that gets less."""
        left = len(self._tiles.unfinished(self._view, AHEAD))
        if 0 < left < self._unfinished:
            self._unfinished = left
            self._want_base()

    @Slot(object)
    def _on_base_tile(self, tile: Tile) -> None:
        """Drawn with the next frames; what is stale stays in sight until then."""
        if self._base is not None:
            self._tiles.age(self._base.box(tile))
            if not self._gather.isActive():
                self._gather.start()

    @Slot()
    def _work(self) -> None:
        """Some tiles; the next ones after the next frame."""
        if not self.isVisible() or self._rest.isActive():
            self._worker.stop()
            return
        before = self._tiles.complete(self._view)
        if not self._tiles.work(self._view, WORK_S, AHEAD):
            self._worker.stop()
            self._want_rest()
        if not before:
            self.update()

    @Slot()
    def _on_visible(self) -> None:
        if self.isVisible():
            self._sharpen()
        elif self._scene is not None:
            # Nobody looks: what is quickly drawn again need not be kept.
            self._scene.base.forget()
            self._tiles.trim(0, self._view)

    def _ratio(self) -> float:
        window = self.window()
        return window.effectiveDevicePixelRatio() if window is not None else 1.0
