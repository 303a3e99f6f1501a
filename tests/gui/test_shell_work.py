"""An officer at work: lock, sign-out with pending items, languages and themes, errors shown."""

import pytest
from field_app import put_case, run_job
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from shell_fakes import PINS, Bench, OpenBench

from fieldapp.capture.act import submit_act
from fieldapp.capture.drafts import DraftBody, list_drafts, start_draft
from fieldapp.services.camera_shots import Shot
from fieldapp.services.idle import IdleWatch
from fieldapp.services.link import LinkState
from sync.clock import SystemClock
from sync.contract.lifecycle import ActKind
from sync.contract.records import NOWHERE
from sync.replica.outbox import ItemState


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """G1001 at work."""
    return at_work(open_bench())


def at_work(bench: Bench) -> Bench:
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    return bench


def accept_a_case(bench: Bench) -> str:
    """One act saved, waiting to be sent."""

    def job(desk):
        return submit_act(desk, put_case(desk), ActKind.ACCEPT).record_id

    record_id = str(run_job(bench.qtbot, bench.shell.writer, job))
    bench.shell.events.recordsChanged.emit(frozenset({record_id}))
    bench.wait(lambda: bench.shell.link_view.property("pending") == 1)
    return record_id


def test_idle_locks_and_the_same_pin_goes_on_where_it_was(bench: Bench) -> None:
    run_job(bench.qtbot, bench.shell.writer, lambda desk: start_draft(desk, body=DraftBody(note="半句话")))
    bench.shell.app.navigate("outbox")

    bench.shell.idle.idle.emit()
    assert bench.shell.session.property("locked")
    bench.pin("lock.pin", PINS["G1001"])

    bench.wait(lambda: not bench.shell.session.property("locked"))
    assert bench.stage() == "open"
    assert bench.shell.app.property("page") == "outbox"
    drafts = run_job(bench.qtbot, bench.shell.reader, list_drafts)
    assert [draft.body.note for draft in drafts] == ["半句话"]


def test_locked_screen_takes_no_keys_for_the_pages(bench: Bench) -> None:
    bench.shell.session.lock()

    QTest.keyClick(bench.window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)

    assert bench.shell.app.property("page") == "lookup"


def test_another_officer_takes_over_a_locked_tablet(bench: Bench) -> None:
    run_job(bench.qtbot, bench.shell.writer, lambda desk: start_draft(desk, body=DraftBody(note="甲的草稿")))
    bench.shell.session.lock()
    bench.click("lock.another")
    bench.type("lock.officer", "S2001")

    bench.pin("lock.pin", PINS["S2001"])

    bench.wait(lambda: bench.shell.session.property("officerName") == "王镕")
    assert not bench.shell.session.property("locked")
    assert run_job(bench.qtbot, bench.shell.reader, list_drafts) == []


def test_idle_is_told_once_after_the_limit_and_input_starts_anew(qapp) -> None:
    now = [0.0]
    told: list[bool] = []
    watch = IdleWatch(elapsed=lambda: now[0])
    watch.idle.connect(lambda: told.append(True))
    watch.set_limit(300)
    watch.start()

    now[0] = 299
    watch.check()
    watch.touched()
    now[0] = 598
    watch.check()
    assert told == []
    now[0] = 600
    watch.check()
    watch.check()
    assert told == [True]


def test_input_after_a_long_sleep_locks_first(qapp) -> None:
    now = [0.0]
    told: list[bool] = []
    watch = IdleWatch(elapsed=lambda: now[0])
    watch.idle.connect(lambda: told.append(True))
    watch.start()

    now[0] = 4000
    watch.touched()

    assert told == [True]


def test_sign_out_with_pending_says_so_and_keeps_them(bench: Bench) -> None:
    accept_a_case(bench)
    bench.shell.app.navigate("settings")

    bench.click("settings.signOut")
    bench.wait(lambda: bench.item("settings.leave.accept").isVisible())
    bench.click("settings.leave.accept")

    bench.wait(lambda: bench.stage() == "signin" and bench.gate.signed_out == 1)
    assert bench.gate.tablet is not None
    desk = bench.gate.tablet.desk()
    assert desk.work.outbox.pending()[0] == 1
    desk.work.close()
    desk.reference.close()


def test_offline_banner_tells_what_is_pending(bench: Bench) -> None:
    accept_a_case(bench)

    bench.link.set_state(LinkState("offline", "unreachable"))

    banner = bench.item("banner")
    assert banner.isVisible()
    assert banner.property("kind") == "offline"
    assert "1" in banner.property("text")
    bench.click("banner.action")
    assert bench.shell.app.property("page") == "outbox"


def test_online_with_nothing_pending_shows_no_banner(bench: Bench) -> None:
    bench.link.set_state(LinkState("online"))

    assert not bench.item("banner").isVisible()


def test_refused_record_is_shown_with_its_reason_and_offered_again(bench: Bench) -> None:
    record_id = accept_a_case(bench)

    def refuse(desk):
        with desk.work.act():
            desk.work.outbox.freeze_batch(5, desk.clock.now())
            desk.work.outbox.mark_needs_you(record_id, "act_not_allowed", {})

    run_job(bench.qtbot, bench.shell.writer, refuse)
    bench.link.recordsChanged.emit(frozenset({record_id}))
    bench.shell.app.navigate("outbox")
    bench.wait(lambda: bench.shell.outbox.property("needsYou") == 1)
    for status in ("starting", "online"):
        bench.link.set_state(LinkState(status))
        bench.wait(lambda: bench.item("banner").property("kind") == "warning")
    reason = bench.item(f"outbox.reason.{record_id}")
    assert reason.property("text") == bench.shell.wording.say_code("act_not_allowed")

    bench.click(f"outbox.retry.{record_id}")

    bench.wait(lambda: bench.shell.outbox.property("needsYou") == 0)
    entry = run_job(bench.qtbot, bench.shell.reader, lambda desk: desk.work.outbox.entry(record_id))
    assert entry.state is ItemState.WAITING


def test_language_switches_live_and_is_kept(bench: Bench) -> None:
    bench.shell.app.navigate("settings")

    bench.click("settings.language.1")

    assert bench.item("settings.header").property("title") == "Settings"
    assert bench.shell.store.current.language == "en"
    bench.click("settings.language.0")
    assert bench.item("settings.header").property("title") == "设置"


@pytest.mark.parametrize(("index", "theme"), [(1, "sunlight"), (2, "night"), (0, "day")])
def test_theme_is_chosen_and_kept(bench: Bench, index: int, theme: str) -> None:
    bench.shell.app.navigate("settings")

    bench.click(f"settings.theme.{index}")

    assert bench.shell.store.current.theme == theme


def test_keyboard_goes_to_every_page(bench: Bench) -> None:
    for number, page in enumerate(("lookup", "capture", "tasks", "map", "outbox", "settings"), start=1):
        key = Qt.Key(Qt.Key.Key_0 + number)
        QTest.keyClick(bench.window, key, Qt.KeyboardModifier.ControlModifier)
        assert bench.shell.app.property("page") == page


LOOKS = [
    ("zh", "day", 1.0, (1280, 800)),
    ("en", "night", 2.0, (1280, 800)),
    ("en", "sunlight", 1.0, (1920, 1200)),
    ("zh", "night", 1.5, (800, 1280)),
]


@pytest.mark.parametrize(("language", "theme", "scale", "size"), LOOKS)
def test_every_page_shows_without_a_complaint(
    open_bench: OpenBench, language: str, theme: str, scale: float, size: tuple[int, int]
) -> None:
    bench = at_work(open_bench(language=language, theme=theme, text_scale=scale, size=size))

    for name in ("lookup", "capture", "tasks", "map", "outbox", "settings"):
        bench.shell.app.navigate(name)
        bench.wait(bench.item(f"{name}Page").isVisible)
        assert not bench.window.grabWindow().isNull()


def test_bug_of_ours_is_said_in_one_sentence(bench: Bench) -> None:
    bench.shell.say_bug("ValueError")

    assert bench.item("toast").property("showing")
    assert bench.item("toast").property("text") == bench.shell.wording.say_code("bug", {"kind": "ValueError"})


def test_deletion_of_most_of_a_table_waits_for_agreement(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed: list[bool] = []
    monkeypatch.setattr(bench.link, "agree", lambda: agreed.append(True))
    bench.link.set_state(LinkState("needs_you", "mass_delete", {"table": "permit"}))

    bench.click("banner.action")
    assert agreed == []
    bench.click("agreement.accept")

    assert agreed == [True]


def test_closing_with_something_unsent_says_what_stays_and_who_sends_it(bench: Bench) -> None:
    accept_a_case(bench)

    assert not bench.window.close()
    assert "1" in bench.shell.link_view.property("pendingText")
    bench.click("leaving.accept")

    bench.wait(lambda: not bench.window.isVisible())


def test_photos_only_in_memory_hold_the_window_open(bench: Bench) -> None:
    capture = bench.shell.pages.capture
    capture._shots.unsaved.append(Shot("draft", NOWHERE, SystemClock().now(), lambda _desk: None))
    capture.stateChanged.emit()

    assert not bench.window.close()

    bench.click("unsaved.reject")
    capture._shots.unsaved.clear()


def test_page_is_made_when_it_is_first_looked_at_and_kept(open_bench: OpenBench) -> None:
    bench = open_bench()
    bench.sign_in()
    bench.wait(lambda: bench.stage() == "open")
    assert bench.shell.window is not None
    pages = bench.shell.window.findChild(QObject, "pages")
    assert pages is not None
    assert pages.findChild(QObject, "mapPage") is None
    bench.shell.app.navigate("map")
    page = pages.findChild(QObject, "mapPage")
    assert page is not None
    bench.shell.app.navigate("lookup")
    assert pages.findChild(QObject, "mapPage") is page
