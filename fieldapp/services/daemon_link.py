"""The link to the sync daemon: finds it, starts it, starts it again when it dies, and hears what it tells.

    connect ─ok→ same user? → subscribe, unlock with the key → events → Qt signals
       └─nobody there→ start the daemon (detached: it outlives the window) → connect again, with back-off

It speaks the control socket (see ``sync.control``) through Qt's own local socket: the window's event loop
needs no second one beside it, and nothing here ever blocks.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec
import structlog
from PySide6.QtCore import QObject, QProcess, QTimer, Slot
from PySide6.QtNetwork import QLocalSocket

from fieldapp.services.link import Link, LinkState
from fieldapp.services.programs import command_of
from sync import control, link_state
from sync.map_state import MapState
from sync.replica.folder import DataFolder
from sync.resources import resources_root
from sync.sending import SendingRules

FIRST_WAIT_MS, LONGEST_WAIT_MS = 150, 15_000
STARTING_MS = 4_000
"""How long a daemon just started may take before another one is started."""
TRUSTED_AFTER_MS = 30_000
"""A daemon that lived this long counts as healthy: the back-off begins anew."""

log = structlog.get_logger(__name__)
StartDaemon = Callable[[DataFolder], bool]


def start_daemon(folder: DataFolder) -> bool:
    """Start ``fieldapp-sync run`` as a process of its own; it stays when the window goes."""
    command = [*command_of("fieldapp-sync", "sync.cli"), "run", "--data", str(folder.root)]
    process = QProcess()
    process.setProgram(command[0])
    process.setArguments(command[1:])
    process.setWorkingDirectory(str(resources_root().parent))
    process.setStandardInputFile(QProcess.nullDevice())
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    answer: Any = process.startDetached()
    return bool(answer[0] if isinstance(answer, tuple) else answer)


class DaemonLink(Link):
    """One data folder's daemon."""

    def __init__(
        self, folder: DataFolder, parent: QObject | None = None, *, start_daemon: StartDaemon = start_daemon
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._start_daemon = start_daemon
        self._key: bytes | None = None
        self._change: dict[str, object] = {}
        self._buffer = b""
        self._fetching: set[str] = set()
        self._wanted = False
        self._wait_ms = FIRST_WAIT_MS
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(self._on_connected)
        self._socket.readyRead.connect(self._on_ready)
        self._socket.disconnected.connect(self._on_gone)
        self._socket.errorOccurred.connect(self._on_gone)
        self._again = self._timer(self._connect)
        self._starting = self._timer(lambda: None)
        self._healthy = self._timer(self._trust)

    def start(self) -> None:
        """Connect, starting the daemon where there is none."""
        if not self._wanted:
            self._wanted = True
            self._connect()

    def nudge(self) -> None:
        """Wake the daemon; one that is not there is being started anyway."""
        self._send({"cmd": "nudge"})

    def fetch(self, sha256: str) -> None:
        """Ask for a file of others; where nobody listens at this moment, that is the answer."""
        if self._socket.state() is QLocalSocket.LocalSocketState.ConnectedState:
            self._fetching.add(sha256)
            self._send({"cmd": "fetch", "sha256": sha256})
        else:
            self.fetched.emit(sha256, "daemon_not_running")

    def base_map(self, do: str, any_link: bool) -> None:
        """Ask the daemon, which tells how it stands then."""
        self._send({"cmd": "base_map", "id": "base_map", "do": do, "any_link": any_link})

    def send_now(self) -> None:
        """Lift the rules, once, for what is pending now."""
        self._send({"cmd": "send_now", "id": "send_now"})

    def ask_rules(self) -> None:
        """Ask for the rules, taking along what was chosen while nobody listened."""
        self._send({"cmd": "settings", "id": "settings", "change": self._change})

    def change_rules(self, change: Mapping[str, object]) -> None:
        """Tell the daemon; where there is none at this moment, as soon as there is."""
        self._change |= change
        self.ask_rules()

    def agree(self) -> None:
        """Let the next round delete what ``mass_delete`` asked about."""
        self._send({"cmd": "round", "agree": True})

    def hand_over(self, key: bytes) -> None:
        """Unlock the daemon, now and whenever it has to be started again."""
        self._key = key
        self.start()
        self._unlock()

    def forget_key(self) -> None:
        """The officer signed out: the window has no key any more. The daemon keeps its own and goes on."""
        self._key = None

    def close(self) -> None:
        """Hang up; the daemon goes on."""
        self._wanted = False
        self._key = None
        for timer in (self._again, self._starting, self._healthy):
            timer.stop()
        self._socket.abort()

    def _timer(self, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(then)
        return timer

    @Slot()
    def _connect(self) -> None:
        if self._wanted and self._socket.state() is QLocalSocket.LocalSocketState.UnconnectedState:
            self._buffer = b""
            self._socket.connectToServer(control.control_address(self._folder))

    @Slot()
    def _on_connected(self) -> None:
        if not self._peer_is_same_user():
            log.info("daemon_of_another_user")
            self._socket.abort()
            return
        self._starting.stop()
        self._healthy.start(TRUSTED_AFTER_MS)
        self._send({"cmd": "subscribe", "id": "subscribe"})
        self._unlock()
        self.ask_rules()
        self.nudge()

    @Slot(QLocalSocket.LocalSocketError)
    @Slot()
    def _on_gone(self, *_: object) -> None:
        self._healthy.stop()
        while self._fetching:  # a daemon that went owes no answer: whoever waits may ask again
            self.fetched.emit(self._fetching.pop(), "daemon_not_running")
        if not self._wanted or self._again.isActive():
            return
        self.set_state(msgspec.structs.replace(self.state, status="starting", code="", facts={}))
        if not self._starting.isActive():
            self._starting.start(max(STARTING_MS, self._wait_ms))
            if not self._start_daemon(self._folder):
                log.info("daemon_not_started")
        self._again.start(self._wait_ms)
        self._wait_ms = min(self._wait_ms * 2, LONGEST_WAIT_MS)

    @Slot()
    def _trust(self) -> None:
        self._wait_ms = FIRST_WAIT_MS

    def _unlock(self) -> None:
        if self._key is not None:
            self._send({"cmd": "unlock", "key": self._key.hex()})

    def _send(self, request: control.Message) -> None:
        if self._socket.state() is QLocalSocket.LocalSocketState.ConnectedState:
            self._socket.write(msgspec.json.encode(request) + b"\n")

    def _peer_is_same_user(self) -> bool:
        descriptor: Any = self._socket.socketDescriptor()
        if not sys.platform.startswith("linux") or int(descriptor) < 0:
            return True
        with socket.socket(fileno=os.dup(int(descriptor))) as peer:
            return control.is_same_user(peer)

    @Slot()
    def _on_ready(self) -> None:
        self._buffer += self._socket.readAll().data()
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in filter(None, lines):
            try:
                self._hear(msgspec.json.decode(line, type=control.Message))
            except msgspec.DecodeError:
                log.info("daemon_spoke_nonsense")

    def _hear(self, message: control.Message) -> None:
        match message.get("event"):
            case "state":
                self._take_state(message)
            case "changed":
                if records := message.get("records"):
                    self.recordsChanged.emit(frozenset(records))
                if tables := message.get("tables"):
                    self.tablesChanged.emit(frozenset(tables))
            case "progress":
                self.progressed.emit(
                    message["record"], message["sha256"], float(message["sent"]), float(message["bytes"])
                )
            case "fetched":
                self._fetching.discard(message["sha256"])
                self.fetched.emit(message["sha256"], message["code"])
            case "base_map":
                self._take_map(message)
            case "fill":
                self.filled.emit(float(message["done"]), float(message["total"]))
            case _:
                self._take_answer(message)

    def _take_map(self, told: object) -> None:
        if isinstance(told, dict):
            self.baseMapChanged.emit(msgspec.convert(told, MapState, strict=False))

    def _take_answer(self, message: control.Message) -> None:
        self._take_map(message.get("base_map"))
        if message.get("id") == "subscribe" and isinstance(state := message.get("state"), dict):
            self._take_state(state)
        if message.get("id") == "settings":
            self._change = {}  # taken over, or refused: either way not to be told again
            if isinstance(rules := message.get("settings"), dict):
                self.set_rules(msgspec.convert(rules, SendingRules))
            else:
                log.info("rules_refused")
                self.rulesChanged.emit(self.rules)

    def _take_state(self, told: control.Message) -> None:
        state = msgspec.convert(told, link_state.LinkState, strict=False)
        status = "starting" if state.link == "not_enrolled" else state.link
        self.set_state(
            LinkState(
                status=status,
                code=state.code,
                facts=state.facts,
                busy=state.busy,
                last_contact=_moment(state.last_answer),
                next_attempt=_moment(state.next_attempt),
                sending=state.sending,
            )
        )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
