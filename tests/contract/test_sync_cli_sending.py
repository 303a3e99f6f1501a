"""``settings``, ``pause``, ``resume``, ``send-now`` and what ``status`` tells of them, daemon or not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sync.cli.commands import run_sync
from sync.cli.looking import show_outbox
from sync.sending import FULL_SIZE, LinkKind, Network
from tests.unit.sync.daemon_bench import KEY, Bench


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDAPP_LANG", "en")


class Commands:
    """Runs commands on one data folder."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._data = data
        self._capsys = capsys

    def __call__(self, *arguments: str, exits: int = 0) -> dict[str, Any]:
        assert run_sync([*arguments, "--data", str(self._data), "--json"]) == exits
        found: dict[str, Any] = json.loads(self._capsys.readouterr().out)
        return found

    def text(self, *arguments: str) -> str:
        assert run_sync([*arguments, "--data", str(self._data)]) == 0
        return self._capsys.readouterr().out


@pytest.fixture
def command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(tmp_path, capsys)


def test_without_a_daemon_settings_are_kept_for_the_next_one(command: Commands, tmp_path: Path) -> None:
    assert command("settings")["settings"]["originals"] == "any"
    command("settings", "--originals", "unmetered", "--battery-below", "20", "--keep-days", "7")
    assert command("pause")["settings"]["paused"] is True
    assert "paused                  yes" in command.text("settings")
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client:
        settings = client.ask("settings")["settings"]
    assert settings == {
        "originals": "unmetered",
        "data_saver": "off",
        "battery_below": 20,
        "paused": True,
        "keep_days": 7,
    }
    assert command("resume")["settings"]["paused"] is False


@pytest.mark.parametrize(("language", "said"), [("en", "next try at"), ("zh", "下次尝试")])
def test_the_outbox_says_what_the_time_beside_a_reason_is(
    monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setenv("FIELDAPP_LANG", language)
    item = {"short_id": "AB", "kind": "report", "state": "waiting", "created_at": "", "files": {"photos": 0}}
    at = "2026-03-02T01:00:09Z"
    shown = show_outbox({"items": [{**item, "reason": "Away.", "next_attempt": at}]})
    assert said in shown
    assert at in shown


@pytest.mark.parametrize(
    ("option", "value"), [("--keep-days", "0"), ("--keep-days", "x"), ("--battery-below", "101")]
)
def test_a_setting_out_of_bounds_is_refused_and_nothing_changes(
    command: Commands, option: str, value: str
) -> None:
    before = command("settings")
    assert command("settings", option, value, exits=2)["error"]["code"] == "usage"
    assert command("settings") == before


def test_the_running_daemon_is_told_and_status_says_what_waits_and_why(
    command: Commands, tmp_path: Path
) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client:
        client.round()
        bench.around.link = Network(LinkKind.MOBILE, metered=True)
        command("settings", "--originals", "wifi")
        status = command("status")
        assert [one["lane"] for one in status["held"]] == list(FULL_SIZE)
        assert status["held"][0]["reason"].startswith("Photos in full size wait for Wi-Fi")
        assert status["daemon"]["sending"]["network"] == {"kind": "mobile", "metered": True}
        shown = command.text("status")
        assert shown.count("Photos in full size wait for Wi-Fi") == 1
        assert "network    mobile, metered" in shown
        assert command("send-now")["asked"] is True
        command("pause")
        assert command("status")["held"][0]["code"] == "waits_paused"


def test_a_connection_that_nobody_tells_of_is_said_to_count_as_unmetered(command: Commands) -> None:
    assert "so it counts as not metered" in command.text("status")


def test_without_a_daemon_nobody_can_send_now(command: Commands) -> None:
    assert command("send-now", exits=5)["error"]["code"] == "daemon_not_running"


def test_what_is_no_choice_is_wrong_usage(command: Commands) -> None:
    assert command("settings", "--originals", "never", exits=2)["error"]["code"] == "usage"
