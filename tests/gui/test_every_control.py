"""Every page and sheet with something on it: each control can be named, spoken and hit; no text is cut."""

from __future__ import annotations

import pytest
from field_app import put_case, run_job
from kit_stage import items_under
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from shell_fakes import Bench, OpenBench
from test_shell_crossings import drafted, reported

LOOKS = [("en", 2.0, (1280, 800)), ("zh", 1.0, (1280, 800)), ("en", 1.0, (1920, 1200))]
ADDRESS = "新安街道海裕社区创业一路与宝民路交叉口东南侧人行道靠近公交站台第二根灯杆处"
INPUTS = ("QQuickAbstractButton", "QQuickTextInput", "QQuickTextEdit")


def complaints(bench: Bench, where: str) -> list[str]:
    """What is wrong with what shows now."""
    for _ in range(3):
        QCoreApplication.processEvents()
    bench.window.grabWindow()
    window = QRectF(-1, -1, bench.window.width() + 2, bench.window.height() + 2)
    found = []
    for item in items_under(bench.window.contentItem()):
        if not item.isVisible() or item.opacity() == 0:
            continue
        text = str(item.property("text") or "")
        name = item.objectName()
        if item.metaObject().className().startswith("FaText_") and text and cut(item):
            found.append(f"{where}: cut text {text!r}")
        if any(item.inherits(kind) for kind in INPUTS) and not name:
            found.append(f"{where}: control without a name {text!r}")
        if item.inherits("QQuickAbstractButton") and item.isEnabled():
            if not text:
                found.append(f"{where}: nothing to speak at {name}")
            if min(item.width(), item.height()) < 48:
                found.append(f"{where}: {name} is {item.width():.0f}×{item.height():.0f}")
            place = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))
            if not scrolls(item) and not window.contains(place):
                found.append(f"{where}: {name} leaves the window")
    return found


def cut(item: QQuickItem) -> bool:
    return bool(item.property("truncated")) or float(item.property("contentWidth")) > item.width() + 1


def scrolls(item: QQuickItem) -> bool:
    parent = item.parentItem()
    while parent is not None and not parent.inherits("QQuickFlickable"):
        parent = parent.parentItem()
    return parent is not None


@pytest.mark.parametrize(("language", "scale", "size"), LOOKS)
def test_every_control_can_be_named_spoken_and_hit_and_no_text_is_cut(
    open_bench: OpenBench, language: str, scale: float, size: tuple[int, int]
) -> None:
    bench = open_bench(language=language, text_scale=scale, size=size)
    bench.wait(lambda: bench.stage() == "signin")
    found = complaints(bench, "sign in")
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    app, pages, worker = bench.shell.app, bench.shell.pages, bench.shell.writer
    case_id = str(
        run_job(bench.qtbot, worker, lambda desk: put_case(desk, "accepted", address=ADDRESS, supervised=1))
    )
    refused, draft = reported(bench), drafted(bench)

    def refuse(desk):
        with desk.work.act():
            desk.work.outbox.freeze_batch(1, desk.clock.now())
            desk.work.outbox.mark_needs_you(refused, "case_unknown", {"case": refused})

    run_job(bench.qtbot, worker, refuse)
    bench.shell.events.tablesChanged.emit(frozenset({"city_case"}))
    bench.shell.events.recordsChanged.emit(frozenset({refused, draft}))
    pages.capture.resume(draft)
    bench.wait(lambda: int(pages.capture.photos.property("count")) == 1)
    bench.wait(lambda: bench.shell.outbox.property("needsYou") == 1)

    for page in ("capture", "tasks", "map", "outbox", "settings"):
        app.navigate(page)
        bench.wait(bench.item(f"{page}Page").isVisible)
        found += complaints(bench, page)
    app.navigate("tasks")
    pages.tasks.open(case_id)
    bench.wait(lambda: pages.tasks.sheet.caseId == case_id)
    found += complaints(bench, "task")
    pages.capture.saved.emit(draft)
    found += complaints(bench, "task under a toast")
    for page, button in (
        ("tasks", "tasks.side.ask_delay"),
        ("capture", "capture.drafts"),
        ("settings", "settings.signOut"),
    ):
        app.navigate(page)
        if not bench.item(button).isVisible():
            continue
        bench.click(button)
        found += complaints(bench, button)
        QTest.keyClick(bench.window, Qt.Key.Key_Escape)
    bench.shell.session.lock()
    bench.wait(lambda: bench.item("lock.pin.key.1").isVisible())
    found += complaints(bench, "locked")
    assert found == [], "\n".join(found)
