"""The frozen daemon and app as a session treats them: ready, well, stopped, logged out, asleep, awake."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from frozen_programs import NO_BUS, WAIT_S, WINDOWLESS, run, start

from sync.central.authority import ensure_authority
from sync.control import ControlClient
from sync.remote.memory import SIGNING_KEY
from sync.replica.folder import DataFolder
from sync.replica.meta import Identity
from sync.replica.work import WorkStore
from sync.vault.keyfile import DeviceRef
from sync.vault.vault import Vault
from tests.contract.tablet import CITY, DEVICE, KEY, OFFICER, Tablet

PROJECT = Path(__file__).resolve().parents[2]
NOBODY = "https://127.0.0.1:9"
PIN = "246810"
KEYLESS = {"FIELDAPP_KEYRING": "off", **NO_BUS}


class Service:
    """A tablet with one unsent report, its frozen daemon, and the socket that systemd would listen at."""

    def __init__(self, frozen: Path, place: Path) -> None:
        self.frozen, self.home = frozen, place
        self.folder = DataFolder(place / "data")
        vault = Vault(self.folder)
        vault.create(DeviceRef(NOBODY, DEVICE), bytes(32))
        vault.add_pin_slot(KEY, OFFICER, PIN)
        authority = ensure_authority(place / "central", ("127.0.0.1",), datetime.now(UTC))
        self.folder.authority.write_bytes(authority.pem_path.read_bytes())
        work = WorkStore(self.folder, KEY)
        with work.act():
            identity = Identity(NOBODY, DEVICE, "00" * 32, "token", "epoch1", CITY, SIGNING_KEY)
            work.meta.set_identity(identity)
        work.close()
        with Tablet(self.folder.root) as tablet:
            self.report = tablet.report(b"picture").report_id
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notify.bind(str(place / "notify"))
        self.notify.settimeout(WAIT_S)

    def begin(self) -> subprocess.Popen[str]:
        """Start the daemon, as systemd does, and give it the key."""
        words = ("run", "--data", str(self.folder.root))
        told = {"NOTIFY_SOCKET": str(self.home / "notify"), "WATCHDOG_USEC": "1000000"}
        daemon = start(self.frozen / "fieldapp-sync", *words, HOME=str(self.home), **KEYLESS, **told)
        try:
            self.until(f"READY=1\nMAINPID={daemon.pid}")
            with ControlClient(self.folder) as client:
                client.ask("unlock", key=KEY)
        except BaseException:
            daemon.kill()
            daemon.communicate()
            raise
        return daemon

    def until(self, wanted: str) -> None:
        """Hear systemd's socket until it is told this."""
        while self.notify.recv(200).decode() != wanted:
            pass

    def pending(self) -> list[str]:
        """What the outbox shows as not sent, by the command line."""
        who = {"FIELDAPP_OFFICER": OFFICER, "FIELDAPP_PIN": PIN}
        words = ("outbox", "--json", "--data", str(self.folder.root))
        done = run(self.frozen / "fieldapp-sync", *words, HOME=str(self.home), **KEYLESS, **who)
        assert done.returncode == 0, done.stderr
        return [item["id"] for item in json.loads(done.stdout)["items"] if item["state"] != "sent"]


@pytest.fixture
def service(frozen: Path, tmp_path: Path) -> Iterator[Service]:
    made = Service(frozen, tmp_path)
    yield made
    made.notify.close()


@contextmanager
def put_down(process: subprocess.Popen[str]) -> Iterator[None]:
    """However the test ends, nothing goes on running."""
    try:
        yield
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_daemon_is_ready_well_and_stops_losing_nothing(service: Service, ending: signal.Signals) -> None:
    daemon = service.begin()
    with put_down(daemon):
        service.until("WATCHDOG=1")
        began = time.monotonic()
        daemon.send_signal(ending)
        service.until("STOPPING=1")
        assert daemon.wait(WAIT_S) == 0
        print(f"stopped within {time.monotonic() - began:.2f} s")
    assert service.pending() == [service.report]


def test_killed_daemon_lost_nothing_either(service: Service) -> None:
    daemon = service.begin()
    with put_down(daemon):
        daemon.kill()
        daemon.wait(WAIT_S)
    assert service.pending() == [service.report]
    again = service.begin()
    with put_down(again):
        stopped = run(service.frozen / "fieldapp-sync", "stop", "--data", str(service.folder.root), **KEYLESS)
        assert stopped.returncode == 0, stopped.stderr
        assert again.wait(WAIT_S) == 0


def test_package_that_goes_ends_the_daemon_in_order_and_leaves_others_alone(
    service: Service, tmp_path: Path
) -> None:
    script = tmp_path / "prerm"
    source = PROJECT / "build/installer/linux/prerm"
    script.write_text(source.read_text(encoding="utf-8").replace("@HOME@", str(service.frozen)))
    daemon = service.begin()
    with put_down(daemon):
        elsewhere = script.with_name("other")
        elsewhere.write_text(source.read_text(encoding="utf-8"))
        subprocess.run(["sh", str(elsewhere), "remove"], check=True, timeout=WAIT_S)
        assert daemon.poll() is None
        leaving = subprocess.Popen(["sh", str(script), "remove"])
        assert daemon.wait(WAIT_S) == 0
        assert leaving.wait(WAIT_S) == 0
    assert service.pending() == [service.report]


def test_daemon_that_slept_goes_on(service: Service) -> None:
    daemon = service.begin()
    with put_down(daemon):
        daemon.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, daemon.pid, os.WSTOPPED)
        daemon.send_signal(signal.SIGCONT)
        os.waitid(os.P_PID, daemon.pid, os.WCONTINUED)
        with ControlClient(service.folder) as client:
            assert client.ask("status")["state"]["link"] in ("starting", "offline")
        daemon.terminate()
        assert daemon.wait(WAIT_S) == 0


def test_daemon_without_any_bus_says_nothing_of_it(service: Service) -> None:
    daemon = service.begin()
    with put_down(daemon):
        daemon.terminate()
        _, said = daemon.communicate(timeout=WAIT_S)
    assert said.split() == ["ready"]


def test_second_start_raises_the_first_window_and_says_so(frozen: Path, tmp_path: Path) -> None:
    first = start(frozen / "fieldapp", HOME=str(tmp_path), **WINDOWLESS, **KEYLESS)
    with put_down(first):
        _until_claimed(tmp_path)
        second = run(frozen / "fieldapp", HOME=str(tmp_path), **WINDOWLESS, **KEYLESS)
        assert second.returncode == 0
        assert "already open" in second.stderr
        first.terminate()
        assert first.wait(WAIT_S) == 0


@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a display")
def test_app_ends_when_its_display_goes_as_at_log_out(frozen: Path, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1024x768x24", "-nolisten", "tcp"]
    display = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    app = start(frozen / "fieldapp", HOME=str(tmp_path), DISPLAY=f":{number}", **KEYLESS)
    with put_down(app):
        _until_claimed(tmp_path)
        display.terminate()
        display.wait(WAIT_S)
        app.communicate(timeout=WAIT_S)
    assert app.returncode not in (None, -signal.SIGKILL)


def _until_claimed(home: Path) -> None:
    """Until the first window listens for a second start."""
    until = time.monotonic() + WAIT_S
    folder = DataFolder(home / ".local/share/fieldapp")
    while not folder.socket.with_name("window.sock").exists():
        assert time.monotonic() < until, "no window came"
        time.sleep(0.05)
