"""Makes the UI kit usable in one QML engine: import path, icon pictures, shipped font."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlEngine
from PySide6.QtQuick import QQuickWindow

from fieldapp.ui.fonts import application_font
from fieldapp.ui.icons import PROVIDER, IconProvider
from fieldapp.ui.paths import bundle_root

STYLE = "Basic"


def install(engine: QQmlEngine) -> None:
    """Call once per engine, before the first page is loaded."""
    engine.addImportPath(str(bundle_root()))
    engine.addImageProvider(PROVIDER, IconProvider())
    QGuiApplication.setFont(application_font())
    # Small Chinese text is sharper drawn by the font engine than from distance fields.
    QQuickWindow.setTextRenderType(QQuickWindow.TextRenderType.NativeTextRendering)
