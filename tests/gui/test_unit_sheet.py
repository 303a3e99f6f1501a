"""The sheet of all units, searched again and again with clicks, keys and the input method."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtQuick import QQuickItem
from shell_fakes import Bench, OpenBench, find

from fieldapp.viewmodels.capture_units import UnitRow

SECTIONS = ("负责此处的这类问题", "其他单位")


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """G1001 with a report of a class, on the page of the form."""
    opened = open_bench()
    opened.sign_in()
    opened.wait(lambda: opened.stage() == "open")
    opened.click("rail.item.capture")
    opened.wait(lambda: opened.shell.pages.capture.draftId != "")
    opened.shell.pages.capture.classes.choose("03-11")
    opened.wait(lambda: opened.shell.pages.capture.suggest.units.count > 0)
    return opened


def open_sheet(bench: Bench) -> None:
    other, scroll = bench.item("suggest.unit.other"), bench.item("capture.scroll")
    top = other.mapToItem(scroll, QPointF(0, 0)).y() + float(scroll.property("contentY"))
    most = float(scroll.property("contentHeight")) - scroll.height()
    scroll.setProperty("contentY", max(0.0, min(top - 60, most)))
    bench.click("suggest.unit.other")
    bench.wait(lambda: bench.shell.pages.capture.suggest.picker.loaded and sections(bench) == SECTIONS)


def commit(bench: Bench, text: str) -> None:
    """As an input method does it, letter by letter."""
    for letter in text:
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QCoreApplication.sendEvent(bench.item("unitSheet.search.input"), event)


def found(bench: Bench) -> list[UnitRow]:
    return list(bench.shell.pages.capture.suggest.picker.found.rows())  # type: ignore[arg-type]


def in_sight(bench: Bench, name: str) -> bool:
    item = find(bench.window, name)
    return item is not None and item.isVisible()


def sections(bench: Bench) -> tuple[str, ...]:
    """The headings in sight, from top to bottom."""
    heads = [item for item in items(bench.item("unitSheet.found")) if item.property("text") in SECTIONS]
    heads.sort(key=lambda item: item.mapToScene(item.boundingRect().topLeft()).y())
    return tuple(str(item.property("text")) for item in heads)


def items(root: QQuickItem) -> list[QQuickItem]:
    below = [item for child in root.childItems() if child.isVisible() for item in items(child)]
    return [root, *below]


def searched(bench: Bench, text: str) -> None:
    """Type, and see what was found, without headings."""
    bench.click("unitSheet.search.input")
    commit(bench, text)
    bench.wait(lambda: 0 < len(found(bench)) < bench.shell.pages.capture.suggest.picker.total)
    bench.wait(lambda: sections(bench) == ())


def test_units_are_searched_and_cleared_many_times_with_headings_only_where_nothing_is_looked_for(
    bench: Bench,
) -> None:
    suggest = bench.shell.pages.capture.suggest
    for text in ("jj", "交警", "供水", "U12", "新安"):
        open_sheet(bench)
        for _ in range(3):
            searched(bench, text)
            bench.click("unitSheet.search.clear")
            bench.wait(lambda: sections(bench) == SECTIONS)
        searched(bench, text)
        unit = found(bench)[0].key
        bench.click(f"unitSheet.found.{unit}")
        bench.wait(lambda: not in_sight(bench, "unitSheet.search"))
        assert suggest.unit == unit
