"""Every section of the gallery shows without a warning, in every theme and at twice the text size."""

import pytest
from kit_stage import UI, Stage, items_under, stage
from PySide6.QtCore import QObject, QPointF
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

SECTIONS = range(7)


def open_gallery(shown: Stage, section: int) -> tuple[QQmlComponent, QQuickWindow]:
    component = QQmlComponent(shown.engine, str(UI / "Gallery.qml"))
    window = component.createWithInitialProperties({"section": section, "width": 1280, "height": 800})
    assert isinstance(window, QQuickWindow), component.errorString()
    assert QTest.qWaitForWindowExposed(window, 60_000)
    return component, window


def cut(item: QQuickItem, page: float) -> bool:
    """Whether a text does not fit the place it was given, or reaches past the page."""
    if item.property("truncated") is None or not item.isVisible() or not item.property("text"):
        return False
    wide = float(item.property("contentWidth")) > item.width() + 1.5
    high = float(item.property("contentHeight")) > item.height() + 1.5
    right = item.mapToScene(QPointF(item.width(), 0)).x()
    outside = right > page + 1
    return (
        bool(item.property("truncated"))
        or outside
        or (wide and item.width() > 0)
        or (high and item.height() > 0)
    )


@pytest.mark.parametrize("theme", ["day", "sunlight", "night"])
@pytest.mark.parametrize("section", SECTIONS)
def test_section_shows_in_every_theme(qapp: object, section: int, theme: str) -> None:
    with stage() as shown:
        shown.theme.setProperty("name", theme)
        _component, window = open_gallery(shown, section)
        assert not window.grabWindow().isNull()
        window.deleteLater()


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("section", SECTIONS)
def test_no_text_is_cut_up_to_twice_the_size(qapp: object, section: int, scale: float) -> None:
    with stage() as shown:
        shown.theme.setProperty("textScale", scale)
        _component, window = open_gallery(shown, section)
        window.grabWindow()
        assert [item.property("text") for item in items_under(window.contentItem()) if cut(item, 1280)] == []
        window.deleteLater()


def test_every_control_in_the_gallery_has_a_spoken_name(qapp: object) -> None:
    unnamed: list[str] = []
    named = 0
    with stage() as shown:
        for section in SECTIONS:
            _component, window = open_gallery(shown, section)
            for item in items_under(window.contentItem()):
                if item.inherits("QQuickControl") and item.property("focusPolicy") and item.isVisible():
                    attached = _accessible(item)
                    if attached is not None and attached.property("name"):
                        named += 1
                    else:
                        unnamed.append(f"{section}: {item.metaObject().className()} {item.objectName()}")
            window.deleteLater()
    assert unnamed == []
    assert named > 100


def _accessible(item: QQuickItem) -> QObject | None:
    kinds = (child for child in item.children() if child.inherits("QQuickAccessibleAttached"))
    return next(kinds, None)
