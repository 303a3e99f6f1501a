"""The daemon as its clients see it: locked, online, offline, paused, gone."""

from __future__ import annotations

import errno
import json
import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from sync import control_server, lockfile
from sync.contract.errors import InputRefused, NeedsPerson, RetryLater
from sync.contract.records import Lane
from sync.control import ControlClient, control_address
from sync.daemon import OPEN_AGAIN_S, Daemon
from sync.replica.folder import DataFolder
from sync.replica.outbox import ItemState
from sync.schedule import LOOK_WATCHED_S
from sync.sending import FULL_SIZE, LinkKind, Network
from tests.contract.tablet import CHIEF, OFFICER, full_row
from tests.unit.sync.daemon_bench import DEVICE, KEY, Bench, Tablet, state_is, wait_for


def _log(bench: Bench) -> list[dict[str, Any]]:
    text = (bench.folder.root / "logs" / "sync.log").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_it_starts_locked_and_opens_with_the_right_key_only(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench, bench.client() as client:
        assert client.ask("subscribe")["state"]["link"] == "locked"
        with pytest.raises(NeedsPerson, match="store_key_wrong"):
            client.ask("unlock", key=bytes(32))
        with pytest.raises(InputRefused, match="control_refused"):
            client.ask("unlock", key=b"short")
        assert client.ask("status")["state"]["link"] == "locked"
        client.ask("unlock", key=KEY)
        assert wait_for(client, state_is("online"))["last_answer"]


def test_before_enrolment_it_says_so_and_opens_after_it(tmp_path: Path) -> None:
    with Bench(tmp_path, enrolled=False) as bench, bench.client() as client:
        assert client.ask("hello")["state"]["link"] == "not_enrolled"
        for ask in (lambda: client.ask("unlock", key=KEY), client.round):
            with pytest.raises(NeedsPerson, match="not_enrolled"):
                ask()


def test_a_key_that_the_system_keeps_opens_it_by_itself(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client:
        client.round()
        assert client.round() == dict.fromkeys(client.round(), 0)
        assert bench.daemon.state.link == "online"


def test_a_saved_report_goes_when_the_daemon_is_nudged(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client, Tablet(tmp_path) as tablet:
        client.round()
        client.ask("subscribe")
        report = tablet.report(b"picture" * 1000)
        client.ask("nudge")
        wait_for(client, lambda event: report.report_id in event.get("records", []))
        wait_for(client, state_is("online"))
        assert tablet.state(report.report_id) is ItemState.SENT
        assert tablet.file_states(report.report_id) == [ItemState.SENT]


def test_a_round_over_the_socket_answers_with_what_it_did(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client, Tablet(tmp_path) as tablet:
        client.round()
        tablet.report(b"picture")
        result = client.round()
        assert (result["pushed"], result["files"]) == (1, 1)


def test_what_central_dispatches_arrives_without_anybody_asking(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client, Tablet(tmp_path) as tablet:
        client.round()
        client.ask("subscribe")
        bench.central.put_row("officer", full_row("officer", officer_id=OFFICER, name="新名", active=1))
        bench.tell_central()
        wait_for(client, lambda event: "officer" in event.get("tables", []))
        wait_for(client, state_is("online"))
        found = tablet.work.city.officer(OFFICER)
        assert found is not None
        assert found["name"] == "新名"
        bench.central.put_row("officer", full_row("officer", officer_id=CHIEF, name="再来", active=1))
        bench.tell_central()
        wait_for(client, lambda event: "officer" in event.get("tables", []))


def test_a_lost_link_is_said_and_its_return_sends_what_waits(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client, Tablet(tmp_path) as tablet:
        client.round()
        client.ask("subscribe")
        bench.cut()
        report = tablet.report(b"picture")
        client.ask("nudge")
        offline = wait_for(client, state_is("offline"))
        assert offline["code"] == "unreachable"
        assert offline["next_attempt"] > offline["last_answer"]
        assert tablet.code(report.report_id) == "unreachable"
        bench.clock.advance(0.1)
        bench.link_up = True
        bench.clock.advance(60)
        wait_for(client, state_is("online"))
        assert tablet.state(report.report_id) is ItemState.SENT


def test_the_servers_return_is_noticed_at_once_while_somebody_watches(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client:
        client.round()
        client.ask("subscribe")
        looked: list[bool] = []
        real = bench.daemon._schedule.looked

        def spy(now: float, *, reachable: bool) -> None:
            looked.append(reachable)
            real(now, reachable=reachable)
            bench.link_up = True

        bench.daemon._schedule.looked = spy  # type: ignore[method-assign]
        bench.cut()
        client.ask("nudge")
        wait_for(client, state_is("offline"))
        wait_for(client, state_is("online"))  # the clock stands still, so the back-off did not do this
        assert looked == [False, True]


def test_a_blip_shorter_than_a_look_at_the_port_is_over_at_the_first_look(tmp_path: Path) -> None:
    with (
        Bench(tmp_path, found_key=KEY, chance=0.9) as bench,
        bench.client() as client,
        Tablet(tmp_path) as tablet,
    ):
        client.round()
        client.ask("subscribe")
        report = tablet.report(b"picture")
        bench.cut()
        for _ in range(6):  # every save is tried at once, and each failure makes the back-off longer
            with pytest.raises(RetryLater, match="unreachable"):
                client.round()
        bench.link_up = True
        bench.clock.advance(LOOK_WATCHED_S)
        wait_for(client, state_is("online"))  # the clock stands still after that one second
        assert tablet.state(report.report_id) is ItemState.SENT


def test_an_error_of_a_round_comes_back_as_itself(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client:
        bench.cut()
        with pytest.raises(RetryLater, match="unreachable"):
            client.round()
        bench.link_up = True
        bench.central.refused_devices.add(DEVICE)
        with pytest.raises(NeedsPerson, match="device_refused"):
            client.round()
        assert client.ask("status")["state"]["link"] == "needs_you"


def test_only_one_daemon_serves_a_folder(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench:
        assert not Daemon(bench.folder, bench.clock).run()
        with bench.client() as client:
            assert client.ask("hello")["state"]["link"] == "locked"


def test_a_full_disk_takes_its_log_but_not_the_daemon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(lockfile.os, "pwrite", full)
    logs = DataFolder(tmp_path).root / "logs"
    logs.mkdir()
    (logs / "sync.log").symlink_to("/dev/full")
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client:
        client.round()
        assert bench.daemon.state.link == "online"
    assert capfd.readouterr() == ("", "")


def test_a_store_that_the_disk_refused_is_opened_when_there_is_room_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path, found_key=KEY)
    bench.open_error = NeedsPerson("disk_full")
    with bench, bench.client() as client:
        state = client.ask("subscribe")["state"]
        assert (state["link"], state["code"]) == ("locked", "disk_full")
        bench.open_error = None
        bench.clock.advance(OPEN_AGAIN_S)
        client.ask("nudge")
        wait_for(client, state_is("online"))


def test_a_log_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (DataFolder(tmp_path).root / "logs").write_text("in the way")
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client:
        client.round()
        assert bench.daemon.state.link == "online"


def test_a_fault_of_ours_ends_the_round_not_the_daemon_and_quotes_nobody(tmp_path: Path) -> None:
    def fault() -> None:
        if threading.current_thread().name != "watcher":  # whose poll may only just begin
            raise ValueError("王小明 粤B12345")

    with Bench(tmp_path, found_key=KEY) as bench:
        with bench.client() as client:
            client.round()
            bench.fault = fault
            with pytest.raises(RetryLater, match="round_failed"):
                client.round()
            bench.fault = lambda: None
            client.round()
        told = [entry for entry in _log(bench) if entry["level"] == "error"]
    assert [entry["kind"] for entry in told] == ["ValueError"]
    assert any("fault" in step for step in told[0]["steps"])
    assert "王小明" not in json.dumps(_log(bench), ensure_ascii=False)


def test_paused_it_sends_nothing_until_resumed(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client, Tablet(tmp_path) as tablet:
        client.round()
        client.ask("subscribe")
        client.ask("pause")
        wait_for(client, state_is("paused"))
        report = tablet.report()
        with pytest.raises(NeedsPerson, match="daemon_paused"):
            client.round()
        assert tablet.state(report.report_id) is ItemState.WAITING
        client.ask("resume")
        wait_for(client, state_is("online"))
        assert tablet.state(report.report_id) is ItemState.SENT


def test_a_pause_outlives_the_daemon(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client:
        client.round()
        client.ask("pause")
    with Bench(tmp_path, enrolled=False, found_key=KEY) as bench, bench.client() as client:
        state = client.ask("subscribe")["state"]
        if state["link"] != "paused":
            state = wait_for(client, state_is("paused"))
        assert state["sending"]["held"]["record"] == "waits_paused"
        with pytest.raises(NeedsPerson, match="daemon_paused"):
            client.round()


def test_a_pause_stops_a_file_in_its_middle(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client, Tablet(tmp_path) as tablet:
        client.round()
        client.ask("subscribe")
        bench.slow_s = 0.2  # all of it would take half a minute
        report = tablet.report(bytes(40_000_000))
        client.ask("nudge")
        wait_for(client, lambda event: event["event"] == "progress")
        client.ask("pause")
        wait_for(client, state_is("paused"))
        upload = tablet.work.uploads.of_record(report.report_id)[0]
        assert (upload.state, upload.attempts) == (ItemState.WAITING, 0)
        assert 0 < bench.central.part_bytes(upload.file.sha256) < upload.file.bytes
        bench.slow_s = 0.0
        client.ask("resume")
        wait_for(client, state_is("online"))
        assert tablet.file_states(report.report_id) == [ItemState.SENT]


def test_another_connection_is_tried_at_once(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client, Tablet(tmp_path) as tablet:
        client.round()
        bench.cut()
        report = tablet.report()
        with pytest.raises(RetryLater, match="unreachable"):
            client.round()
        client.ask("subscribe")
        bench.link_up = True
        bench.around.link = Network(LinkKind.WIFI, metered=False)
        bench.around.changed()
        wait_for(client, state_is("online"))  # the clock stands still, so the back-off did not do this
        assert tablet.state(report.report_id) is ItemState.SENT


def test_send_now_sends_what_was_pending_once_and_the_pause_goes_on(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client, Tablet(tmp_path) as tablet:
        client.round()
        client.ask("subscribe")
        client.ask("pause")
        wait_for(client, state_is("paused"))
        before = tablet.report(b"before")
        client.ask("send_now")
        wait_for(client, state_is("paused"))
        assert tablet.state(before.report_id) is ItemState.SENT
        assert tablet.file_states(before.report_id) == [ItemState.SENT]
        after = tablet.report(b"after")
        client.ask("nudge")
        assert client.ask("settings")["settings"]["paused"] is True
        with pytest.raises(NeedsPerson, match="daemon_paused"):
            client.round()
        assert tablet.state(after.report_id) is ItemState.WAITING


def test_settings_are_changed_over_the_socket_and_told_in_the_state(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client, Tablet(tmp_path) as tablet:
        client.round()
        bench.around.link = Network(LinkKind.MOBILE, metered=True)
        settings = client.ask("settings", change={"originals": "wifi"})["settings"]
        assert settings == client.ask("settings")["settings"]
        assert settings["originals"] == "wifi"
        with pytest.raises(InputRefused, match="settings_refused"):
            client.ask("settings", change={"originals": "never"})
        report = tablet.report(b"picture", lanes=(Lane.ORIGINAL, Lane.THUMBNAIL))
        client.round()
        assert tablet.file_states(report.report_id) == [ItemState.SENT, ItemState.WAITING]
        held = client.ask("subscribe")["state"]["sending"]["held"]
        assert held == dict.fromkeys(FULL_SIZE, "waits_for_wifi")
        bench.around.link = Network(LinkKind.WIFI, metered=False)
        client.ask("nudge")
        wait_for(client, lambda event: event["event"] == "state" and not event["sending"]["held"])
        wait_for(client, state_is("online"))
        assert tablet.file_states(report.report_id) == [ItemState.SENT, ItemState.SENT]


def test_while_locked_there_are_settings_but_nothing_to_send_now(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench, bench.client() as client:
        assert client.ask("settings", change={"paused": True})["settings"]["paused"] is True
        with pytest.raises(NeedsPerson, match="locked"):
            client.ask("send_now")


def test_locked_again_it_forgets_the_key(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client:
        client.round()
        assert client.ask("lock")["state"]["link"] == "locked"
        with pytest.raises(NeedsPerson, match="locked"):
            client.round()
        bench.unlock()
        client.round()


def test_unlocking_what_is_open_disturbs_nothing(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench, bench.client() as client:
        client.round()
        before = bench.daemon._keeper.link
        client.ask("unlock", key=KEY)
        assert bench.daemon._keeper.link is before


def test_told_to_stop_it_goes_and_leaves_no_socket(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench:
        with bench.client() as client:
            client.round()
            client.ask("stop")
            assert list(client.events(wait_s=60)) == []
        bench.thread.join(60)
        assert not bench.thread.is_alive()
        assert not Path(control_address(bench.folder)).exists()
        with pytest.raises(RetryLater, match="daemon_not_running"):
            bench.client()


def test_a_socket_left_by_a_killed_daemon_is_replaced(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(control_address(bench.folder))
    with bench, bench.client() as client:
        assert client.ask("hello")["protocol"] == 1


def test_nonsense_on_the_socket_is_refused_and_the_line_stays_up(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench, bench.client() as client, bench.client() as other:
        with pytest.raises(InputRefused, match="control_refused"):
            other.ask("dance")
        client._socket.sendall(b"GET / HTTP/1.1\n\xff\xfe\n[]\n")
        for _ in range(3):
            with pytest.raises(InputRefused, match="control_refused"):
                client.ask("status")
        assert client.ask("status")["state"]["link"] == "locked"


def test_another_users_process_is_not_spoken_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(control_server, "is_same_user", lambda _: False)
    with Bench(tmp_path) as bench:
        client = ControlClient(bench.folder)
        with pytest.raises(RetryLater, match="daemon_not_running"):
            client.ask("hello")
        client.close()


def test_the_socket_is_private_to_its_user(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench:
        assert Path(control_address(bench.folder)).stat().st_mode & 0o777 == 0o600


def test_the_log_says_what_happened_in_codes(tmp_path: Path) -> None:
    with Bench(tmp_path, found_key=KEY) as bench:
        with bench.client() as client, Tablet(tmp_path) as tablet:
            tablet.report(note="很私人的话")
            client.round()
            bench.cut()
            with pytest.raises(RetryLater):
                client.round()
        entries = _log(bench)
    assert list(dict.fromkeys(e["event"] for e in entries)) == ["started", "opened", "round", "round failed"]
    assert entries[-1]["code"] == "unreachable"
    assert "很私人的话" not in json.dumps(entries, ensure_ascii=False)
