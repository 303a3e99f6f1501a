"""The map page in a window over real stores, used the way a person uses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QUrl, Signal
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldapp.geo.quality import FixQuality, QualityLimits, fix_quality
from fieldapp.services.events import DeskEvents
from fieldapp.services.worker import ReplicaWorker
from fieldapp.ui.kit import install
from fieldapp.ui.map.map_item import CityMap
from fieldapp.viewmodels.map import MapViewModel
from sync.contract.records import Place, PlaceSource
from sync.contract.wire import OfficerCard
from sync.replica.folder import DataFolder

PAGE = Path(__file__).resolve().parents[2] / "fieldapp" / "ui" / "pages" / "MapPage.qml"
CARD = OfficerCard("G1001", "陈志远", "grid_worker", "")
SITE = (113.8805, 22.5612)
CASE = (113.8825, 22.5631)
HERE = Place(PlaceSource.GNSS, 113.8812, 22.5588, 20.0)


class StandingPosition(QObject):
    """A position source that says what it is told."""

    placeChanged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.place: Place | None = None

    def current(self) -> Place | None:
        return self.place

    def quality(self) -> FixQuality:
        return fix_quality(self.place, QualityLimits())

    def move(self, place: Place | None) -> None:
        self.place = place
        self.placeChanged.emit()


class Stage:
    """The page in a window, used the way a person uses it."""

    def __init__(self, qtbot: QtBot, reader: ReplicaWorker, folder: DataFolder | None = None) -> None:
        self.qtbot = qtbot
        self.events = DeskEvents()
        self.position = StandingPosition()
        self.map = MapViewModel(reader, self.events, self.position)  # type: ignore[arg-type]
        if folder is not None:
            self.map.begin(folder, ())
        self.engine = QQmlEngine()
        install(self.engine)
        theme = self.engine.singletonInstance("fieldapp.ui", "Theme")
        assert isinstance(theme, QObject)
        theme.setProperty("animated", False)
        self.theme = theme
        self.window = QQuickWindow()
        self.window.resize(1176, 800)
        self.component = QQmlComponent(self.engine, QUrl.fromLocalFile(str(PAGE)))
        made = self.component.createWithInitialProperties({"map": self.map})
        assert isinstance(made, QQuickItem), self.component.errorString()
        self.page = made
        made.setParentItem(self.window.contentItem())
        made.setSize(self.window.size().toSizeF())
        self.window.show()
        assert QTest.qWaitForWindowExposed(self.window, 60_000)
        city = made.findChild(QQuickItem, "map.city")
        assert isinstance(city, CityMap)
        self.city = city
        self.events.opened.emit(CARD)

    def loaded(self) -> None:
        self.qtbot.waitUntil(lambda: bool(self.map.scene.marks), timeout=60_000)
        self.qtbot.waitUntil(self.city.complete, timeout=60_000)

    def find(self, name: str) -> QQuickItem:
        self.window.grabWindow()  # lays everything out first, as a frame on the screen would
        found = [item for item in shown(self.page) if item.objectName() == name]
        assert found, f"nothing in sight is called {name}"
        return found[0]

    def sees(self, name: str) -> bool:
        self.window.grabWindow()
        return any(item.objectName() == name for item in shown(self.page))

    def click(self, name: str) -> None:
        item = self.find(name)
        self.tap(item.mapToScene(QPointF(item.width() / 2, item.height() / 2)))

    def overlay_sees(self, name: str) -> bool:
        """The same for what opens over the page."""
        self.window.grabWindow()
        return any(item.objectName() == name for item in shown(self.window.contentItem()))

    def overlay_click(self, name: str) -> None:
        self.window.grabWindow()
        item = next(item for item in shown(self.window.contentItem()) if item.objectName() == name)
        self.tap(item.mapToScene(QPointF(item.width() / 2, item.height() / 2)))

    def tap(self, at: QPointF) -> None:
        where = QPoint(round(at.x()), round(at.y()))
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)

    def pixel(self, lon: float, lat: float) -> QPointF:
        return QPointF(*self.city.view().to_screen(self.map.scene.plane.to_metres(lon, lat)))

    def chosen(self) -> tuple[str, str]:
        self.qtbot.waitUntil(lambda: self.map.selection.layer != "", timeout=60_000)
        return str(self.map.selection.layer), str(self.map.selection.key)

    def close(self) -> None:
        self.events.closed.emit()
        self.map.close()
        self.page.setParentItem(None)
        self.page.deleteLater()
        self.window.close()
        self.window.deleteLater()
        self.engine.deleteLater()
        QTest.qWait(0)


def shown(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible():
        yield item
        for child in item.childItems():
            yield from shown(child)
