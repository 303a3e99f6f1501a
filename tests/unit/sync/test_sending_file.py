"""The sending rules as they are kept in the data folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.cli.looking import link_state
from sync.contract.errors import InputRefused, NeedsPerson, RetryLater
from sync.control import Message, Request
from sync.control_server import ControlServer
from sync.gate import Gate
from sync.replica.folder import DataFolder
from sync.replica.reserve import reserve_path
from sync.sending import EVERYTHING, LANES, PAUSED, DataSaver, FullSize, SendingRules
from sync.sending_file import SendingFile
from sync.surroundings import NothingKnown


def test_a_change_is_there_for_every_other_reader_and_after_a_restart(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    mine, other = SendingFile(folder), SendingFile(folder)
    assert other.rules == SendingRules()
    mine.change({"originals": "wifi", "paused": True})
    mine.set_upto(41)
    assert other.rules == SendingRules(originals=FullSize.WIFI, paused=True)
    assert other.upto == 41
    other.change({"data_saver": "records", "battery_below": 20})
    assert mine.rules == SendingRules(FullSize.WIFI, DataSaver.RECORDS, 20, paused=True)
    assert SendingFile(folder).upto == 41


@pytest.mark.parametrize("change", [{"volume": 3}, {"originals": "sometimes"}, {"paused": "yes"}])
def test_what_is_no_setting_is_refused_and_changes_nothing(tmp_path: Path, change: dict[str, object]) -> None:
    file = SendingFile(DataFolder(tmp_path))
    with pytest.raises(InputRefused, match="settings_refused"):
        file.change(change)
    assert file.rules == SendingRules()
    assert not DataFolder(tmp_path).sending.exists()


@pytest.mark.parametrize("text", [b"", b"{", b'{"rules":{"originals":"never"}}', b"\xff\xfe"])
def test_a_file_that_makes_no_sense_holds_nothing_back(tmp_path: Path, text: bytes) -> None:
    folder = DataFolder(tmp_path)
    folder.sending.write_bytes(text)
    file = SendingFile(folder)
    assert file.rules == SendingRules()
    file.change({"paused": True})
    assert SendingFile(folder).rules.paused


def test_a_pause_that_the_disk_cannot_keep_holds_all_the_same_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise NeedsPerson("disk_full")

    monkeypatch.setattr("sync.sending_file.durable_write", full)
    file = SendingFile(DataFolder(tmp_path))
    with pytest.raises(NeedsPerson, match="disk_full"):
        file.change({"paused": True})
    assert file.rules.paused


@pytest.mark.parametrize("set_aside", [True, False], ids=["space set aside", "nothing set aside"])
def test_a_pause_on_a_full_disk_is_there_after_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, set_aside: bool
) -> None:
    folder = DataFolder(tmp_path)
    if set_aside:
        reserve_path(folder).write_bytes(b"aside")
    else:
        SendingFile(folder).change({"originals": "wifi"})

    def full(path: Path, data: bytes) -> None:
        if reserve_path(folder).exists() or not set_aside:
            raise NeedsPerson("disk_full")
        path.write_bytes(data)

    monkeypatch.setattr("sync.sending_file.durable_write", full)
    SendingFile(folder).change({"paused": True})
    assert SendingFile(folder).rules.paused


def test_first_pause_of_a_tablet_finds_its_place_on_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path)
    SendingFile(folder).keep_place()
    assert SendingFile(folder).rules == SendingRules()
    monkeypatch.setattr("sync.sending_file.durable_write", _disk_full)
    SendingFile(folder).change({"paused": True})
    SendingFile(folder).keep_place()
    assert SendingFile(folder).rules.paused


def test_service_that_is_there_and_does_not_answer_is_not_called_absent(tmp_path: Path) -> None:
    def busy(_request: Request) -> Message:
        raise RetryLater("daemon_busy")

    folder = DataFolder(tmp_path)
    assert link_state(folder)[0].code == "daemon_not_running"
    server = ControlServer(folder, busy)
    server.start()
    found, pid = link_state(folder)
    server.stop()
    assert (found.link, found.code, pid) == ("not_running", "daemon_busy", None)


def test_pause_is_told_as_the_reason_also_while_no_service_runs(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    assert link_state(folder)[0].sending == EVERYTHING
    SendingFile(folder).change({"paused": True})
    link, pid = link_state(folder)
    assert (link.link, pid) == ("not_running", None)
    assert {link.sending.reason(lane, 7) for lane in LANES} == {PAUSED}


def test_what_was_chosen_on_a_full_disk_is_kept_after_the_next_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path)
    SendingFile(folder).change({"paused": True})
    gate = Gate(folder, NothingKnown())
    with monkeypatch.context() as full:
        full.setattr("sync.sending_file.durable_write", _disk_full)
        full.setattr("sync.sending_file.write_over", lambda *_: False)
        with pytest.raises(NeedsPerson, match="disk_full"):
            gate.change({"paused": False})
    assert SendingFile(folder).rules.paused
    gate.finish(lambda _upto: False)
    assert not SendingFile(folder).rules.paused


def test_choice_that_was_never_kept_gives_way_to_a_newer_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path)
    file = SendingFile(folder)
    with monkeypatch.context() as full:
        full.setattr("sync.sending_file.durable_write", _disk_full)
        full.setattr("sync.sending_file.write_over", lambda *_: False)
        with pytest.raises(NeedsPerson, match="disk_full"):
            file.change({"paused": True})
    SendingFile(folder).change({"keep_days": 9})
    file.settle()
    assert (file.rules.paused, file.rules.keep_days) == (False, 9)


def _disk_full(*_: object) -> None:
    raise NeedsPerson("disk_full")
