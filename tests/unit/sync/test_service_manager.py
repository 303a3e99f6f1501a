"""What systemd hears of the daemon, against a socket like its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sync.service_manager import ServiceManager

PROJECT = Path(__file__).resolve().parents[3]


def listening(folder: Path) -> socket.socket:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    line.bind(str(folder / "notify"))
    line.settimeout(30)
    return line


def test_without_a_manager_nothing_is_told_and_nothing_goes_wrong() -> None:
    manager = ServiceManager({})
    manager.ready()
    manager.well()
    assert manager.every_s == 0


def test_manager_that_went_away_is_no_failure(tmp_path: Path) -> None:
    ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "gone")}).ready()


@pytest.mark.parametrize(
    ("told", "every_s"),
    [
        ({"WATCHDOG_USEC": "60000000"}, 30.0),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"}, 0.0),
        ({"WATCHDOG_USEC": "soon"}, 0.0),
    ],
)
def test_watchdog_is_answered_at_half_its_time(told: dict[str, str], every_s: float) -> None:
    assert ServiceManager(told).every_s == every_s


def test_daemon_tells_ready_then_that_it_is_well_then_that_it_stops(tmp_path: Path) -> None:
    with listening(tmp_path) as line:
        environment = os.environ | {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "200000"}
        command = [sys.executable, "-m", "sync.cli", "run", "--data", str(tmp_path / "data"), "--json"]
        daemon = subprocess.Popen(
            command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        try:
            assert line.recv(200).decode() == f"READY=1\nMAINPID={daemon.pid}"
            assert line.recv(200) == b"WATCHDOG=1"
            daemon.send_signal(signal.SIGTERM)
            said = b""
            until = time.monotonic() + 30
            while said != b"STOPPING=1" and time.monotonic() < until:
                said = line.recv(200)
            assert said == b"STOPPING=1"
            assert daemon.wait(30) == 0
        finally:
            daemon.kill()
            daemon.communicate()


def test_second_daemon_is_ready_before_it_leaves_so_that_systemd_does_not_start_it_for_ever(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-m", "sync.cli", "run", "--data", str(tmp_path / "data"), "--json"]
    with listening(tmp_path) as line:
        told = os.environ | {"NOTIFY_SOCKET": str(tmp_path / "notify")}
        first = subprocess.Popen(
            command, cwd=PROJECT, env=told, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        try:
            assert line.recv(200).decode() == f"READY=1\nMAINPID={first.pid}"
            second = subprocess.run(command, cwd=PROJECT, env=told, capture_output=True, check=False)
            assert second.returncode == 0
            assert line.recv(200).startswith(b"READY=1")
            assert line.recv(200) == b"STOPPING=1"
        finally:
            first.terminate()
            first.communicate()


def test_stop_ends_the_running_daemon_and_says_when_there_was_none(tmp_path: Path) -> None:
    data = ["--data", str(tmp_path / "data"), "--json"]
    run = [sys.executable, "-m", "sync.cli"]
    with listening(tmp_path) as line:
        environment = os.environ | {"NOTIFY_SOCKET": str(tmp_path / "notify")}
        daemon = subprocess.Popen(
            [*run, "run", *data], cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        try:
            line.recv(200)
            stopped = subprocess.run([*run, "stop", *data], cwd=PROJECT, capture_output=True, check=True)
            assert b'"was_running":true' in stopped.stdout.replace(b" ", b"")
            assert daemon.wait(30) == 0
        finally:
            daemon.kill()
            daemon.communicate()
    again = subprocess.run([*run, "stop", *data], cwd=PROJECT, capture_output=True, check=True)
    assert b'"was_running":false' in again.stdout.replace(b" ", b"")
