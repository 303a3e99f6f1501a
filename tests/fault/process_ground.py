"""The ground of the process suite: a real central, a real daemon, an enrolled tablet, and a link between.

    with ProcessGround(tmp_path) as ground:
        saved = ground.tablet.report(b"…")
        ground.start_daemon()
        ground.sync_until_sent()
        ground.check()

Every process is the program itself (``named_steps`` starts it). What was acknowledged goes into the history;
``check`` lets a fresh process read both sides and holds them against it.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from sync.central.authority import ensure_authority
from sync.central.composition import Central
from sync.central.settings import Settings
from sync.central.store.store import put_row
from sync.central.world import real_world
from sync.clock import SystemClock
from sync.contract.errors import FieldError
from sync.contract.records import Report
from sync.control import ControlClient
from sync.enrol import enrol
from sync.replica.folder import DataFolder
from sync.replica.outbox import ItemState
from sync.vault import session
from tests.contract.central_server import fill_small_city
from tests.contract.tablet import CITY_ROWS, OFFICER, Tablet
from tests.fault.bad_link import BadLink
from tests.fault.history import History, compare

PROJECT = Path(__file__).resolve().parents[2]
WAIT_S = 180.0
_TEMPLATE: list[tuple[Path, str]] = []


class Program:
    """One process, its lines as they come."""

    def __init__(self, command: Sequence[str], environment: dict[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**os.environ, "FIELDAPP_LANG": "en", **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.pid = self._process.pid
        self.said: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._reading = threading.Thread(target=self._read)
        self._reading.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said.append(line.rstrip("\n"))
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def wait_for(self, wanted: Callable[[str], bool], wait_s: float = WAIT_S) -> str:
        """The first line still unread that is wanted; fails with what was said instead."""
        until = time.monotonic() + wait_s
        while True:
            try:
                line = self._lines.get(timeout=max(0.01, until - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"not said within {wait_s} s; said: {self.said}") from None
            if line is None:
                raise AssertionError(f"ended ({self._process.poll()}) instead; said: {self.said}")
            if wanted(line):
                return line

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        self._process.send_signal(number)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Stop it and wait; the exit code."""
        if self._process.poll() is None:
            self._process.send_signal(number)
            if number is signal.SIGTERM:
                self._process.send_signal(signal.SIGCONT)
        try:
            code = self._process.wait(60)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait(60)
        self._reading.join(20)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return code

    def wait(self, wait_s: float = WAIT_S) -> int:
        """Wait for its own end."""
        self._process.wait(wait_s)
        return self.end()

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None


def command(program: str, *arguments: str, before: Sequence[str] = (), **options: object) -> list[str]:
    """The command line of a program, with what ``named_steps`` is to do."""
    module = ["-m", "tests.fault.named_steps", json.dumps(options), program]
    return [*before, sys.executable, *module, *arguments]


class ProcessGround:
    """Starts central and link on entering; ends every process it started on leaving."""

    def __init__(
        self,
        root: Path,
        *,
        impatient: bool = False,
        central_options: dict[str, object] | None = None,
        tablet_folder: Path | None = None,
        central_folder: Path | None = None,
    ) -> None:
        """``impatient``: both sides give a silent one up within seconds; else as late as for people, so that
        a machine that stands still for a moment changes nothing."""
        self.central_folder = central_folder or root / "central"
        self.tablet_folder = tablet_folder or root / "tablet"
        self.daemon_options = {"connect_s": 2.0, "read_s": 4.0} if impatient else {}
        self.central_options = {**({"central_stall_s": 2.0} if impatient else {}), **(central_options or {})}
        self.link = BadLink()
        self.history = History()
        self.daemon: Program | None = None
        self.central: Program | None = None

    def __enter__(self) -> ProcessGround:
        code = prepared_central(self.central_folder)
        self.start_central()
        self.link.__enter__()
        folder = DataFolder(self.tablet_folder)
        enrolled = enrol(folder, self.link.url, code, "tablet", SystemClock())
        self.key = enrolled.key
        self.reopen()
        return self

    def reopen(self) -> None:
        """Open the tablet's stores in this process (again)."""
        self.tablet = Tablet(self.tablet_folder, key=self.key)

    def __exit__(self, *_: object) -> None:
        self.tablet.close()
        for program in (self.daemon, self.central):
            if program is not None:
                program.end(signal.SIGKILL)
        self.link.__exit__()

    # Processes.

    def start_central(
        self, *, before: Sequence[str] = (), environment: dict[str, str] | None = None, **options: object
    ) -> None:
        """Start central, each time on a free port: the one it had may be somebody else's by now."""
        arguments = ("serve", "--port", "0", "--data", str(self.central_folder), "--json")
        line = command("central", *arguments, before=before, **{**self.central_options, **options})
        self.central = Program(line, environment)
        self.link.to(str(json.loads(self.central.wait_for(lambda said: '"url"' in said))["url"]))

    def end_central(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Stop central."""
        if self.central is not None:
            self.central.end(number)
        self.central = None

    def start_daemon(
        self, *, before: Sequence[str] = (), environment: dict[str, str] | None = None, **options: object
    ) -> Program:
        """Start the daemon and open it."""
        arguments = ("run", "--data", str(self.tablet_folder))
        line = command("sync", *arguments, before=before, **{**self.daemon_options, **options})
        self.daemon = Program(line, environment)
        self.daemon.wait_for(lambda said: said == "ready")
        self.unlock()
        return self.daemon

    def unlock(self) -> None:
        """Open the daemon, where the kernel keeps no session from which it opens by itself."""
        if session.recall(DataFolder(self.tablet_folder)) is not None:
            return
        with suppress(FieldError), ControlClient(DataFolder(self.tablet_folder)) as client:
            if client.ask("status")["state"]["link"] == "locked":
                client.ask("unlock", key=self.key)

    def end_daemon(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Stop the daemon."""
        if self.daemon is not None:
            self.daemon.end(number)
        self.daemon = None

    def send_now(self) -> None:
        """As a person who wants it: the daemon keeps away for a minute from what answered errors."""
        self.ask("send_now")

    # Work.

    def report(self, *photos: bytes, **options: Any) -> Report:
        """Save a report; it is acknowledged when this returns."""
        saved = self.tablet.report(*photos, **options)
        self.history.acknowledged(saved.report_id)
        return saved

    def ask(self, cmd: str, **options: Any) -> dict[str, Any]:
        """Ask the daemon."""
        with ControlClient(DataFolder(self.tablet_folder)) as client:
            return client.ask(cmd, **options)

    def round(self, **options: Any) -> str:
        """One round by the daemon: "" or the code it failed with."""
        try:
            with ControlClient(DataFolder(self.tablet_folder)) as client:
                client.round(**options)
        except FieldError as error:
            return error.code
        return ""

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Meanwhile the daemon sends nothing by itself."""
        self.ask("pause")
        yield
        self.ask("resume")

    def fill(self) -> None:
        """Rounds until one goes through whole, the city's data included."""
        for _ in range(20):
            if not self.round():
                return
        raise AssertionError(f"no round went through: {self.ask('status')}")

    def sync_until_sent(self, most: int = 40) -> int:
        """Rounds until nothing waits; how many it took. So many are tried at least, however slow they are,
        and for a minute at least, however quick: central may ask for some seconds' patience."""
        until = time.monotonic() + WAIT_S
        look = threading.Event()
        number = 0
        while number < most or time.monotonic() < until:
            number += 1
            code = self.round()
            if self.is_all_sent():
                return number
            look.wait(0.05 if code else 0.0)
        raise AssertionError(f"not all sent after {number} rounds: {self.waiting()}")

    def is_all_sent(self) -> bool:
        """Whether nothing waits."""
        work = self.tablet.work
        return work.outbox.pending()[0] == 0 and not work.uploads.waiting(1)

    def wait_until(self, met: Callable[[], bool], wait_s: float = WAIT_S) -> float:
        """Seconds until something is met by itself; looked at twenty times a second."""
        began = time.monotonic()
        look = threading.Event()
        while not met():
            if time.monotonic() - began > wait_s:
                raise AssertionError(f"not within {wait_s} s; waiting: {self.waiting()}")
            look.wait(0.05)
        return time.monotonic() - began

    def failed_rounds(self) -> list[str]:
        """The codes with which rounds have failed, by the daemons' own log."""
        log = self.tablet_folder / "logs" / "sync.log"
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        return [str(line["code"]) for line in lines if line["event"] == "round failed"]

    def waiting(self) -> list[str]:
        """What has not gone, and why."""
        work = self.tablet.work
        told = [
            f"{e.record.record_id} {e.state.value} {e.code}"
            for e in work.outbox.entries()
            if e.state is not ItemState.SENT
        ]
        for entry in work.outbox.entries():
            told += [
                f"{u.file.sha256[:8]} {u.state.value} {u.code} {u.sent_bytes}/{u.file.bytes}"
                for u in work.uploads.of_record(entry.record.record_id)
                if u.state is not ItemState.SENT
            ]
        return told

    # Judgement.

    def read_both(self) -> dict[str, Any]:
        """What a fresh process finds in both folders."""
        line = [sys.executable, "-m", "tests.fault.judge", str(self.tablet_folder), str(self.central_folder)]
        done = subprocess.run(
            line, cwd=PROJECT, input=self.key.hex(), capture_output=True, text=True, timeout=600, check=False
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def check_tablet(self) -> None:
        """The tablet's side alone: sound, whole, and every acknowledged record there."""
        found = self.read_both()["tablet"]
        assert found["checks"] + found["reference"] == []
        assert self.history.ok <= {row[0] for row in found["records"]}

    def check(self, *, all_sent: bool = True) -> dict[str, Any]:
        """Hold history, tablet and central against each other; what was found, for more questions."""
        found = self.read_both()
        findings = compare(self.history, found, all_sent=all_sent)
        assert findings == [], "\n".join(findings)
        return found


def prepared_central(folder: Path) -> str:
    """A seeded central's folder (copied from one made once), and an enrolment code of it."""
    if not _TEMPLATE:
        kept = Path(tempfile.mkdtemp(prefix="fieldapp-central-"))
        _TEMPLATE.append((kept, _make_central(kept / "central")))
    kept, code = _TEMPLATE[0]
    shutil.copytree(kept / "central", folder, dirs_exist_ok=True)
    return code


def drop_template() -> None:
    """Remove what ``prepared_central`` made."""
    while _TEMPLATE:
        shutil.rmtree(_TEMPLATE.pop()[0])


def _make_central(folder: Path) -> str:
    world, settings = real_world(), Settings(data=folder)
    folder.mkdir(parents=True)
    authority = ensure_authority(folder, settings.hosts, world.now())
    central = Central(settings, world)
    fill_small_city(central, 50)
    with central.store.writing() as db:
        for table, row in CITY_ROWS:
            put_row(db, table, row)
    # a long run of tests takes more than an hour
    code = central.devices.issue_code(authority.der, OFFICER, timedelta(days=30)).code.text()
    central.close()
    return code
