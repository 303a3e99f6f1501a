"""A field to sign in with a finger, a pen or a mouse; ``strokes`` are points in the unit square."""

from __future__ import annotations

from PySide6.QtCore import Property, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

QML_IMPORT_NAME = "fieldapp.camera"
QML_IMPORT_MAJOR_VERSION = 1

PEN_SHARE = 0.008
"""Width of the pen, of the field's width."""
POINTS_MAX = 20_000


@QmlElement
class SignaturePad(QQuickPaintedItem):
    """Ink on paper in any theme: what is drawn is what will be printed."""

    strokesChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[tuple[float, float]]] = []
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setAcceptTouchEvents(False)  # a finger comes as the mouse it is made into
        self.setKeepMouseGrab(True)

    @Property("QVariantList", notify=strokesChanged)  # type: ignore[arg-type]
    def strokes(self) -> list[list[list[float]]]:
        """What was drawn."""
        return [[[x, y] for x, y in stroke] for stroke in self._strokes]

    @Property(bool, notify=strokesChanged)
    def empty(self) -> bool:
        """Whether nothing was drawn."""
        return not self._strokes

    @Slot()
    def clear(self) -> None:
        """Wipe it."""
        self._strokes = []
        self.strokesChanged.emit()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        self._strokes.append([])
        self._add(event.position())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes on."""
        self._add(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It ends."""
        self._add(event.position())
        self.strokesChanged.emit()

    def paint(self, painter: QPainter) -> None:
        """Every stroke."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(20, 24, 40), max(2.0, PEN_SHARE * self.width()))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in self._strokes:
            painter.drawPolyline([QPointF(x * self.width(), y * self.height()) for x, y in stroke])

    def _add(self, at: QPointF) -> None:
        if not self._strokes or sum(len(stroke) for stroke in self._strokes) >= POINTS_MAX:
            return
        x, y = at.x() / max(1.0, self.width()), at.y() / max(1.0, self.height())
        self._strokes[-1].append((min(1.0, max(0.0, x)), min(1.0, max(0.0, y))))
        self.update()
