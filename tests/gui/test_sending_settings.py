"""The settings of sending: shown as the daemon has them, changed by telling the daemon."""

import msgspec
import pytest
from shell_fakes import Bench, OpenBench

from fieldapp.services.link import LinkState
from sync.sending import Battery, DataSaver, FullSize, LinkKind, Network, SendingRules, decide_sending


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """G1001 at the settings."""
    opened = open_bench(size=(1280, 1600))
    opened.sign_in()
    opened.wait(lambda: opened.stage() == "open")
    opened.shell.app.navigate("settings")
    return opened


CHOICES = {
    "settings.originals.1": {"originals": FullSize.UNMETERED},
    "settings.originals.2": {"originals": FullSize.WIFI},
    "settings.dataSaver.2": {"data_saver": DataSaver.RECORDS},
    "settings.battery.1": {"battery_below": 20},
    "settings.keepDays.2": {"keep_days": 90},
    "settings.paused": {"paused": True},
}


def test_choices_are_told_to_the_daemon_and_shown(bench: Bench) -> None:
    rules = SendingRules()
    for press, change in CHOICES.items():
        rules = msgspec.structs.replace(rules, **change)

        bench.click(press)

        bench.wait(lambda rules=rules: bench.link.rules == rules)
        name, _, at = press.rpartition(".")
        shown = bench.item(name).property("currentIndex") if at.isdigit() else None
        assert shown in (None, int(at) if at.isdigit() else None)
    assert bench.item("settings.paused").property("checked")


def test_rules_changed_elsewhere_are_shown(bench: Bench) -> None:
    bench.link.set_rules(SendingRules(originals=FullSize.WIFI, paused=True))

    assert bench.item("settings.originals").property("currentIndex") == 2
    assert bench.item("settings.paused").property("checked")


def test_what_is_known_of_the_connection_is_said_and_so_is_what_is_not(bench: Bench) -> None:
    rules = SendingRules(originals=FullSize.UNMETERED)
    metered = decide_sending(rules, Network(LinkKind.MOBILE, metered=True), Battery(True, 41, False))
    bench.link.set_state(LinkState("online", sending=metered))
    assert bench.item("settings.network").property("value") == "移动网络，计流量"
    assert bench.item("settings.batteryNow").property("value") == "41%，使用电池"
    assert "原尺寸照片" in bench.item("settings.held").property("text")

    bench.link.set_state(LinkState("online", sending=decide_sending(rules, Network(), Battery())))

    assert "无法得知" in bench.item("settings.network").property("value")
    assert not bench.item("settings.held").isVisible()


def test_send_now_is_offered_only_while_something_waits(bench: Bench) -> None:
    assert not bench.item("settings.sendNow").isEnabled()


def test_pause_stands_in_the_banner_and_ends_there(bench: Bench) -> None:
    bench.link.set_rules(SendingRules(paused=True))
    bench.link.set_state(LinkState("paused"))
    assert bench.item("banner").property("title") == "发送已暂停"

    bench.click("banner.action")

    bench.wait(lambda: not bench.link.rules.paused)
