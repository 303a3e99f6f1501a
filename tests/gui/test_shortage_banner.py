"""What runs short stands in a banner: put away until it gets worse, never while photos cannot be saved."""

from datetime import UTC, datetime

import pytest
from shell_fakes import Bench, OpenBench

from fieldapp.capture.room import Room
from fieldapp.services.link import LinkState
from fieldapp.viewmodels.shortage import Measured
from sync.contract.records import ClockState
from sync.replica.folder import RESERVE_BYTES, DataFolder
from sync.sending import Battery, Network, SendingRules, decide_sending


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """G1001 at work."""
    opened = open_bench()
    opened.sign_in()
    opened.wait(lambda: opened.stage() == "open")
    shortage = opened.shell.shortage
    opened.wait(lambda: shortage._measured is not None and not shortage._asked)
    shortage._timer.stop()  # what is measured from here on is what a test tells
    return opened


def measured(photos: int, clock: ClockState = ClockState.TRUSTED) -> Measured:
    return Measured(Room(RESERVE_BYTES + photos * 1000, 1000), clock)


def drained(percent: int) -> LinkState:
    battery = Battery(True, percent, False)
    return LinkState("online", sending=decide_sending(SendingRules(), Network(), battery))


def test_banner_comes_goes_when_read_and_comes_back_when_it_gets_worse(bench: Bench) -> None:
    banner, shortage = bench.item("shortage"), bench.shell.shortage
    assert not banner.isVisible()

    shortage._on_measured(measured(40))
    assert "40" in banner.property("text")
    assert banner.property("kind") == "warning"
    bench.click("shortage.close")
    assert not banner.isVisible()
    shortage._on_measured(measured(30))
    assert not banner.isVisible(), "no worse, only less"

    shortage._on_measured(measured(5))
    assert banner.isVisible()
    assert banner.property("kind") == "danger"
    shortage._on_measured(measured(0))
    assert not banner.property("closable")
    shortage._on_measured(measured(500))
    assert not banner.isVisible()
    shortage._on_measured(measured(40))
    assert banner.isVisible(), "it was over in between: news again"


def test_battery_comes_from_the_daemon_and_texts_follow_the_language(bench: Bench) -> None:
    bench.link.set_state(drained(15))

    banner = bench.item("shortage")
    assert "15%" in banner.property("text")
    bench.shell.settings.chooseLanguage("en")
    assert "Battery at 15%" in banner.property("text")
    bench.link.set_state(drained(80))
    assert not banner.isVisible()


def test_full_disk_is_announced_from_what_the_disk_says(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DataFolder, "free_bytes", lambda _folder: RESERVE_BYTES + 30 * 6_000_000)

    bench.shell.shortage.refresh()

    bench.wait(lambda: "30" in str(bench.item("shortage").property("text")))


def test_offline_says_since_when(bench: Bench) -> None:
    bench.link.set_state(LinkState("offline", "unreachable", last_contact=None))
    assert bench.item("banner").property("title") == "离线"

    at = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    bench.link.set_state(LinkState("offline", "unreachable", last_contact=at))

    banner = bench.item("banner")
    bench.wait(lambda: str(banner.property("title")).endswith("11:00 起联系不上服务器"))
