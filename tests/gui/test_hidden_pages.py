"""What nobody sees is not laid out: another text size costs the page that is shown, not all that were opened.

Told by what happens to the hidden texts, not by time.
"""

from __future__ import annotations

from kit_stage import items_under
from PySide6.QtQuick import QQuickItem
from shell_fakes import OpenBench

OPENED = ("lookup", "tasks", "capture", "settings")
KINDS = ("QQuickText", "QQuickTextInput", "QQuickTextEdit")


def texts(item: QQuickItem, *, seen: bool) -> list[QQuickItem]:
    return [
        found
        for found in items_under(item)
        if found.isVisible() is seen and any(found.inherits(kind) for kind in KINDS)
    ]


def test_another_text_size_reaches_the_page_that_is_seen_and_another_when_it_is_shown(
    open_bench: OpenBench,
) -> None:
    bench = open_bench()
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    for page in OPENED:
        bench.shell.app.navigate(page)
        bench.wait(bench.item(f"{page}Page").isVisible)
    told: list[str] = []
    hidden = [item for page in OPENED for item in texts(bench.item(f"{page}Page"), seen=False)]
    for item in hidden:
        item.fontChanged.connect(  # type: ignore[attr-defined]
            lambda *_font, item=item: told.append(item.property("text"))
        )
    header = bench.item("settings.header").height()

    bench.shell.app.settings.chooseTextScale(2.0)
    bench.window.grabWindow()

    assert len(hidden) > 150
    assert told == []
    assert bench.item("settings.header").height() > header
    for page in OPENED:
        bench.shell.app.navigate(page)
        bench.wait(bench.item(f"{page}Page").isVisible)
        shown = texts(bench.item(f"{page}Page"), seen=True)
        assert shown
        late = [item.property("text") for item in shown if item.property("drawn") != item.property("pixels")]
        assert late == [], page
    assert told
