"""Shows the UI kit, or writes a picture of it: `python -m fieldapp.ui.gallery --theme day --shot FILE`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent
from PySide6.QtQuick import QQuickWindow
from PySide6.QtQuickControls2 import QQuickStyle

from fieldapp.ui.kit import STYLE, install
from fieldapp.ui.paths import bundle_root, resources

SETTLE_MS = 350


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The UI kit, section by section.")
    parser.add_argument("--theme", choices=["day", "sunlight", "night"], default="day")
    parser.add_argument("--lang", choices=["zh", "en"], default="zh")
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--scale", type=float, default=1.0, help="text scale, 1.0 to 2.0")
    parser.add_argument("--section", type=int, choices=range(7), default=0)
    parser.add_argument("--dialog", action="store_true")
    parser.add_argument("--toast", action="store_true")
    parser.add_argument("--shot", type=Path, help="write a PNG and end")
    return parser.parse_args()


def theme_of(engine: QQmlApplicationEngine) -> QObject:
    """The Theme singleton, so that it can be set from here."""
    theme = engine.singletonInstance("fieldapp.ui", "Theme")
    if not isinstance(theme, QObject):
        sys.exit("the QML module fieldapp.ui does not load")
    return theme


def main() -> int:
    asked = arguments()
    os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", STYLE)
    app = QGuiApplication(sys.argv[:1])
    QQuickStyle.setStyle(STYLE)
    translator = QTranslator()
    if asked.lang != "zh" and translator.load(
        str(resources() / "translations" / f"fieldapp_{asked.lang}.qm")
    ):
        app.installTranslator(translator)
    engine = QQmlApplicationEngine()
    install(engine)
    theme = theme_of(engine)
    theme.setProperty("name", asked.theme)
    theme.setProperty("textScale", min(2.0, max(1.0, asked.scale)))
    theme.setProperty("animated", asked.shot is None)
    width, height = (int(part) for part in asked.size.split("x"))
    component = QQmlComponent(engine, str(bundle_root() / "fieldapp" / "ui" / "Gallery.qml"))
    start = {
        "section": asked.section,
        "withDialog": asked.dialog,
        "withToast": asked.toast,
        "width": width,
        "height": height,
    }
    window = component.createWithInitialProperties(start)
    if not isinstance(window, QQuickWindow):
        sys.exit(component.errorString())
    if asked.shot is not None:
        QTimer.singleShot(SETTLE_MS, lambda: _shoot(window, asked.shot))
    code = app.exec()
    window.deleteLater()
    return code


def _shoot(window: QQuickWindow, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    saved = window.grabWindow().save(str(target))
    QGuiApplication.exit(0 if saved else 1)


if __name__ == "__main__":
    sys.exit(main())
