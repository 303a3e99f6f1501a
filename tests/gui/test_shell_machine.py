"""A machine on which the app cannot work, options, kept choices, sounds."""

import stat
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldapp import app as program
from fieldapp.services.feedback import Feedback
from fieldapp.services.options import Options, parse_options
from fieldapp.services.settings_store import Settings, SettingsStore
from sync.cli.frame import UsageError
from sync.messages import sentence
from sync.replica.folder import DataFolder


def test_no_display_is_one_sentence_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)

    assert program.main(["--data", str(tmp_path)]) == 4

    said = capsys.readouterr().err
    assert said.splitlines() == [sentence("no_display", {}, "zh"), sentence("no_display", {}, "en")]


def test_folder_that_cannot_be_used_is_said_and_not_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], qtbot: QtBot, tmp_path: Path
) -> None:
    monkeypatch.setenv(program.UNATTENDED, "1")
    (tmp_path / "file").write_text("not a folder")

    assert program.main(["--data", str(tmp_path / "file")]) == 4

    assert sentence("folder_unwritable", {}, "zh").split("{")[0][:6] in capsys.readouterr().err


def test_store_of_a_newer_version_ends_before_the_window(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], qtbot: QtBot, tmp_path: Path
) -> None:
    monkeypatch.setenv(program.UNATTENDED, "1")
    DataFolder(tmp_path).keys.write_text('{"version": 99}')

    assert program.main(["--data", str(tmp_path)]) == 4

    assert sentence("store_too_new", {}, "en") in capsys.readouterr().err


def test_wrong_option_is_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["--theme", "pink"]) == 2

    assert "--theme" in capsys.readouterr().err


def test_options_hold_over_kept_settings(tmp_path: Path) -> None:
    options = parse_options(
        ["--data", str(tmp_path), "--lang", "en", "--size", "1920x1200", "--text-scale", "9"]
    )

    assert options.size == (1920, 1200)
    assert options.over(Settings(theme="night")) == Settings(language="en", theme="night", text_scale=2.0)


@pytest.mark.parametrize("size", ["1280", "axb", "10x10", "1280x800x3"])
def test_impossible_size_is_usage(size: str) -> None:
    with pytest.raises(UsageError):
        parse_options(["--size", size])


def test_settings_are_kept_and_come_back(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    store = SettingsStore(folder)
    store.change(theme="sunlight", idle_minutes=10)
    store.close()

    again = SettingsStore(folder)
    again.close()

    assert again.current == Settings(theme="sunlight", idle_minutes=10)
    assert stat.S_IMODE(folder.settings.stat().st_mode) & 0o077 == 0


def test_choice_for_one_run_alone_is_not_kept_with_another_choice(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    store = SettingsStore(folder)
    store.current = parse_options(["--nmea", "gpsd", "--lang", "en"]).over(store.current)
    store.change(theme="night")
    assert store.current.position_source == "gpsd"
    store.close()

    again = SettingsStore(folder)
    again.close()

    assert again.current == Settings(theme="night")


@pytest.mark.parametrize("text", ["", "{", '{"theme": "pink"}', '{"idle_minutes": "x"}'])
def test_broken_settings_count_as_none(tmp_path: Path, text: str) -> None:
    folder = DataFolder(tmp_path)
    folder.settings.write_text(text)

    store = SettingsStore(folder)
    store.close()

    assert store.current == Settings()


def test_saved_and_failed_are_told_apart_by_ear_and_hand(qapp) -> None:
    played: list[str] = []
    shaken: list[int] = []
    feedback = Feedback(player=played.append, vibrate=shaken.append)

    feedback.saved()
    feedback.failed()
    feedback.enabled = False
    feedback.saved()

    assert played == ["saved", "failed"]
    assert shaken[0] < shaken[1]


def test_options_without_any_are_empty(tmp_path: Path) -> None:
    assert parse_options(["--data", str(tmp_path)]) == Options(data=tmp_path)
