"""A permit's route as a small drawing: from the site (square) to the disposal site (circle), north up."""

from __future__ import annotations

from PySide6.QtCore import Property, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from fieldapp.geo.layers import parse_route
from fieldapp.geo.plane import LocalPlane

QML_IMPORT_NAME = "fieldapp.map"
QML_IMPORT_MAJOR_VERSION = 1

MARGIN = 22.0
MARK = 15.0


@QmlElement
class RouteSketch(QQuickPaintedItem):
    """``route`` is "lon,lat;lon,lat;…"; what cannot be read as one shows nothing (``empty``)."""

    routeChanged = Signal()
    looksChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._points: list[tuple[float, float]] = []
        self._line = QColor("#0B5C6B")
        self._ink = QColor("#121C20")
        self._ground = QColor("#E4EAEC")
        self.setAntialiasing(True)

    def paint(self, painter: QPainter) -> None:
        """Ground, line with a light edge, the two ends."""
        area = QRectF(0, 0, self.width(), self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground)
        painter.drawRoundedRect(area, 12, 12)
        if len(self._points) < 2:
            return
        points = _fitted(self._points, area.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN))
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(self._line, 5.0)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPath(path)
        painter.setPen(QPen(self._ground, 3.0))
        painter.setBrush(self._ink)
        painter.drawRect(_around(points[0]))
        painter.setBrush(self._line)
        painter.drawEllipse(_around(points[-1]))

    @Property(str, notify=routeChanged)
    def route(self) -> str:
        """The route's text."""
        return self._text

    @route.setter  # type: ignore[no-redef]
    def route(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self._points = parse_route(text)
            self.routeChanged.emit()
            self.update()

    @Property(bool, notify=routeChanged)
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return len(self._points) < 2

    @Property(QColor, notify=looksChanged)
    def line(self) -> QColor:
        """The route's colour."""
        return self._line

    @line.setter  # type: ignore[no-redef]
    def line(self, color: QColor) -> None:
        self._line = color
        self._changed()

    @Property(QColor, notify=looksChanged)
    def ink(self) -> QColor:
        """The start's colour."""
        return self._ink

    @ink.setter  # type: ignore[no-redef]
    def ink(self, color: QColor) -> None:
        self._ink = color
        self._changed()

    @Property(QColor, notify=looksChanged)
    def ground(self) -> QColor:
        """What it is drawn on."""
        return self._ground

    @ground.setter  # type: ignore[no-redef]
    def ground(self, color: QColor) -> None:
        self._ground = color
        self._changed()

    def _changed(self) -> None:
        self.looksChanged.emit()
        self.update()


def _around(point: QPointF) -> QRectF:
    return QRectF(point.x() - MARK / 2, point.y() - MARK / 2, MARK, MARK)


def _fitted(route: list[tuple[float, float]], area: QRectF) -> list[QPointF]:
    """The route in the area's middle, as large as fits, its proportions kept."""
    plane = LocalPlane(*route[0])
    metres = [plane.to_metres(lon, lat) for lon, lat in route]
    east, north = [x for x, _ in metres], [y for _, y in metres]
    wide, high = max(east) - min(east), max(north) - min(north)
    scale = min(area.width() / max(wide, 1.0), area.height() / max(high, 1.0))
    middle = (max(east) + min(east)) / 2, (max(north) + min(north)) / 2
    return [
        QPointF(
            area.center().x() + (x - middle[0]) * scale,
            area.center().y() - (y - middle[1]) * scale,
        )
        for x, y in metres
    ]
