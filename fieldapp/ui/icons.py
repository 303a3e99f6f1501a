"""Line icons in any theme colour: `image://icon/NAME/RRGGBB` (or AARRGGBB) drawn from resources/icons/line.

Drawn on the CPU from the SVG itself: crisp at every pixel density, and no shader needed.
"""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

from fieldapp.ui.paths import resources

PROVIDER = "icon"
NAME = re.compile(r"[a-z0-9-]{1,40}")
GRID = 24


def icon_names(folder: Path | None = None) -> list[str]:
    """Every icon that can be asked for, in order."""
    return sorted(path.stem for path in (folder or resources() / "icons" / "line").glob("*.svg"))


class IconProvider(QQuickImageProvider):
    """One icon in one colour; an unknown name gives an empty picture, never an error on the page."""

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._folder = folder or resources() / "icons" / "line"
        self._sources: dict[str, str] = {}

    def requestImage(self, ident: str, size: QSize, requested: QSize) -> QImage:
        name, _, color = ident.partition("/")
        side = QSize(
            requested.width() if requested.width() > 0 else GRID,
            requested.height() if requested.height() > 0 else GRID,
        )
        size.setWidth(side.width())
        size.setHeight(side.height())
        return self.draw(name, QColor(f"#{color}"), side)

    def draw(self, name: str, color: QColor, side: QSize) -> QImage:
        image = QImage(side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        source = self._source(name)
        if not source or not color.isValid():
            return image
        opaque = QColor(color.rgb()).name()
        renderer = QSvgRenderer(QByteArray(source.replace("currentColor", opaque).encode()))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(color.alphaF())
        renderer.render(painter, QRectF(0, 0, side.width(), side.height()))
        painter.end()
        return image

    def _source(self, name: str) -> str:
        if name not in self._sources:
            path = self._folder / f"{name}.svg"
            known = bool(NAME.fullmatch(name)) and path.is_file()
            self._sources[name] = path.read_text(encoding="utf-8") if known else ""
        return self._sources[name]
