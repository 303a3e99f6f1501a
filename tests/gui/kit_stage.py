"""A small stage for the UI kit's tests: one window, one engine, QML given as text, items found by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QSignalSpy, QTest

from fieldapp.ui.kit import install

UI = Path(__file__).resolve().parents[2] / "fieldapp" / "ui"
HEAD = "import QtQuick\nimport QtQuick.Layouts\nimport fieldapp.ui\n"


class Stage:
    """Shows one piece of QML and acts on it the way a person does."""

    def __init__(self) -> None:
        self.engine = QQmlEngine()
        install(self.engine)
        theme = self.engine.singletonInstance("fieldapp.ui", "Theme")
        assert isinstance(theme, QObject)
        self.theme = theme
        theme.setProperty("animated", False)
        self.window = QQuickWindow()
        self.window.resize(1280, 800)
        self.root: QQuickItem = self.window.contentItem()
        self._component: QQmlComponent | None = None

    def show(self, qml: str) -> QQuickItem:
        component = QQmlComponent(self.engine)
        component.setData((HEAD + qml).encode(), QUrl.fromLocalFile(str(UI / "test_stage.qml")))
        self._component = component
        made = component.create()
        assert isinstance(made, QQuickItem), component.errorString()
        made.setParent(self.window)
        made.setParentItem(self.window.contentItem())
        self.root = made
        self.window.show()
        assert QTest.qWaitForWindowExposed(self.window, 60_000)
        return made

    def find(self, name: str) -> QQuickItem:
        for item in items_under(self.window.contentItem()):
            if item.objectName() == name:
                return item
        raise AssertionError(f"nothing here is called {name}")

    def click(self, name: str) -> None:
        before, middle = QPointF(-1, -1), QPointF()
        while before != middle:  # at rest: what moves between press and release is not pressed
            self.window.grabWindow()  # lays everything out first, as a frame on the screen would
            item = self.find(name)
            before, middle = middle, item.mapToScene(QPointF(item.width() / 2, item.height() / 2))
            QCoreApplication.processEvents()
        QTest.mouseClick(
            self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(*_whole(middle))
        )

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window, key)

    def type(self, text: str) -> None:
        for char in text:
            QTest.keyClick(self.window, char)

    def close(self) -> None:
        self.window.close()
        if self.root is not self.window.contentItem():
            self.root.setParentItem(None)
        self.window.deleteLater()
        self.engine.deleteLater()
        QTest.qWait(0)


def _whole(point: QPointF) -> tuple[int, int]:
    return round(point.x()), round(point.y())


def heard(sender: QObject, signature: str) -> QSignalSpy:
    """Counts how often a signal is given from now on, and with what."""
    meta = sender.metaObject()
    return QSignalSpy(sender, meta.method(meta.indexOfSignal(signature)))


def items_under(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from items_under(child)


@contextmanager
def stage() -> Iterator[Stage]:
    made = Stage()
    try:
        yield made
    finally:
        made.theme.setProperty("name", "day")
        made.close()
