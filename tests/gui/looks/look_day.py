"""The rest of a day: patrol, shift check, outbox, settings, rescue, dialogs, banners, masks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from album import Album
from conftest import OpenDesk
from field_app import run_job
from look_capture import draft, resume
from scenery import case, open_task, press, reveal
from shell_fakes import Bench
from test_patrol_page import walk
from test_shortage_banner import measured

import fieldapp.viewmodels.shift_check as shift_check
from fieldapp.capture.report import submit_report
from fieldapp.services.link import LinkState
from sync.sending import Battery, FullSize, LinkKind, Network, SendingRules, decide_sending

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def filed(bench: Bench, photos: int = 2) -> str:
    """A report that waits to be sent."""
    made = draft(bench, photos, class_code="03-11", note="渣土撒漏约两百米")
    run_job(bench.qtbot, bench.shell.writer, lambda desk: submit_report(desk, made))
    bench.shell.events.recordsChanged.emit(frozenset({made}))
    return made


def test_patrol(at_work: OpenDesk, album: Album) -> None:
    bench = at_work(page="patrol")
    bench.wait(lambda: bool(bench.shell.pages.patrol.ready))
    album.take(bench, "patrol-off")
    press(bench, "patrol.start")
    bench.wait(lambda: bench.shell.pages.patrol.state == "running")
    album.take(bench, "patrol-waiting")
    walk(bench, range(12))
    bench.shell.pages.patrol.tick()
    album.take(bench, "patrol-running")
    press(bench, "patrol.stop")
    album.take(bench, "patrol-ask")
    press(bench, "patrol.confirm.accept")
    bench.wait(lambda: bench.shell.pages.patrol.state == "off")
    bench.wait(lambda: bench.shell.pages.patrol.earlier.rowCount() == 1)
    album.take(bench, "patrol-after")


def test_shift_check(open_bench, album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shift_check, "SETTLE_MS", 0)
    bench = open_bench(camera="none")
    bench.shell.shift_check._asks = True
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open" and bench.shell.shift_check.rows.rowCount() == 8)
    bench.wait(lambda: bench.item("shift.accept").isVisible() and not bench.shell.shift_check.looking)
    album.take(bench, "shift-check")


def test_outbox(at_work: OpenDesk, album: Album) -> None:
    bench = at_work(page="outbox")
    album.take(bench, "outbox-empty")
    draft(bench, 1, note="路灯不亮")
    needs, sent, waiting = filed(bench), filed(bench, 1), filed(bench)
    bench.wait(lambda: bench.shell.link_view.property("pending") >= 3)

    def job(desk):  # type: ignore[no-untyped-def]
        with desk.work.act():
            desk.work.outbox.freeze_batch(2, NOW)
            desk.work.outbox.mark_needs_you(needs, "class_unknown", {"value": "03-11"})

    run_job(bench.qtbot, bench.shell.writer, job)
    bench.link.recordsChanged.emit(frozenset({needs, sent, waiting}))
    bench.wait(lambda: bench.shell.outbox.property("needsYou") == 1)
    album.take(bench, "outbox-list")
    for name, which in (("needs", needs), ("waiting", waiting)):
        press(bench, f"outbox.item.{which}")
        bench.wait(lambda: bench.item("outbox.details.reason").isVisible())
        album.take(bench, f"outbox-item-{name}")
        press(bench, "outbox.details.close")
    bench.link.set_state(
        LinkState(
            "offline", "unreachable", last_contact=NOW, next_attempt=datetime.now(UTC) + timedelta(minutes=4)
        )
    )
    album.take(bench, "outbox-offline")
    bench.shell.app.navigate("settings")
    bench.wait(lambda: bench.item("settings.rescue").isVisible())
    press(bench, "settings.rescue")
    bench.wait(lambda: bench.shell.rescue.property("stage") == "ready")
    album.take(bench, "rescue-ready")
    bench.shell.rescue.choose("file:///nowhere/at/all")
    press(bench, "rescue.write")
    bench.wait(lambda: bench.shell.rescue.property("stage") == "failed")
    album.take(bench, "rescue-failed")
    place = Path(str(bench.gate.root)).parent / "U 盘"
    place.mkdir()
    bench.shell.rescue.choose(f"file://{place}")
    press(bench, "rescue.write")
    bench.wait(lambda: bench.shell.rescue.property("stage") == "done")
    album.take(bench, "rescue-done")
    press(bench, "rescue.finish")
    bench.window.close()
    album.take(bench, "closing")


def test_settings(at_work: OpenDesk, album: Album) -> None:
    bench = at_work(page="settings")
    rules = SendingRules(originals=FullSize.UNMETERED)
    sending = decide_sending(rules, Network(LinkKind.MOBILE, metered=True), Battery(True, 41, False))
    bench.link.set_state(LinkState("online", busy=True, last_contact=NOW, sending=sending))
    album.take(bench, "settings-top")
    reveal(bench, "settings.idle")
    album.take(bench, "settings-middle")
    reveal(bench, "settings.version")
    album.take(bench, "settings-end")
    press(bench, "settings.source.2")
    album.take(bench, "settings-serial")
    press(bench, "settings.signOut")
    album.take(bench, "settings-sign-out")
    press(bench, "settings.leave.reject")
    reveal(bench, "settings.licences")
    press(bench, "settings.licences")
    album.take(bench, "settings-licences")


def test_banners(at_work: OpenDesk, album: Album) -> None:
    bench = at_work(page="tasks")
    open_task(bench, case(bench, "accepted"))
    bench.wait(lambda: bench.shell.shortage._measured is not None)
    filed(bench)
    bench.link.set_state(LinkState("offline", "unreachable", last_contact=NOW))
    run_job(bench.qtbot, bench.shell.reader, lambda _desk: None)
    bench.shell.shortage._on_measured(measured(5))
    album.take(bench, "banner-offline-and-short")
    bench.shell.shortage._on_measured(measured(0))
    bench.link.set_state(LinkState("needs_you", "device_refused"))
    album.take(bench, "banner-needs-you")


def test_masks(at_work: OpenDesk, album: Album, tmp_path: Path) -> None:
    bench = at_work(page="capture")
    made = draft(bench, 1, class_code="03-11", note="渣土")
    resume(bench, made, 1)
    desk = bench.shell.pages.photo_desk
    press(bench, "photos.0")
    press(bench, "photos.viewer.mask")
    bench.wait(lambda: bench.item("masks.picture").width() > 100 and not desk._busy)
    album.take(bench, "masks-start")
    desk.tap(600, 400)
    desk.tap(900, 700)
    bench.wait(lambda: len(desk._boxes.rows()) == 2)
    album.take(bench, "masks-two")
