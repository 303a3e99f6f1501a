"""``run`` (the daemon), ``stop``, and ``once`` (one round, by the daemon where one runs)."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from types import FrameType

import msgspec

from sync.cli.frame import Result
from sync.cli.looking import link_state
from sync.cli.output import write
from sync.clock import SystemClock
from sync.contract.errors import FieldError, NeedsPerson, RetryLater
from sync.control import ControlClient
from sync.daemon import Daemon
from sync.gate import Gate
from sync.language import chosen_language
from sync.link import Link
from sync.listener import Silence
from sync.lockfile import FileLock
from sync.notifier import Notifier
from sync.replica.folder import DataFolder
from sync.service_manager import ServiceManager
from sync.surroundings import Surroundings
from sync.vault.opening import find_key

STOP_S = 5.0
GONE_S = 10.0
"""How long ``stop`` waits for a daemon to end."""


def do_run(arguments: argparse.Namespace) -> Result:
    """Run the daemon until SIGTERM, SIGINT or a stop over its socket. A second one says so and is done."""
    folder = DataFolder(arguments.data)
    clock = SystemClock()
    notifier = Notifier(lambda: chosen_language(folder))
    daemon = Daemon(
        folder,
        clock,
        find_key=lambda: key_or_none(folder),
        around=Surroundings(clock),
        tell_person=notifier.show,
    )
    ran: list[bool] = []
    met: list[FieldError | OSError] = []

    def work() -> None:
        try:
            ran.append(daemon.run(say_ready))
        except (FieldError, OSError) as error:
            met.append(error)

    def say_ready() -> None:
        write(sys.stderr, "ready")
        manager.ready()

    def stop(_number: int, _frame: FrameType | None) -> None:
        manager.stopping()
        daemon.stop()

    manager = ServiceManager()
    thread = threading.Thread(target=work, name="daemon", daemon=True)
    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    thread.start()
    while thread.is_alive():
        thread.join(min(STOP_S, manager.every_s or STOP_S))
        if manager.every_s and _answers(folder):
            manager.well()
    if ran == [False]:
        manager.ready()  # what leaves before it was ever ready counts as failed, and is started again
    manager.stopping()
    notifier.close()
    for number, handler in before.items():
        signal.signal(number, handler)
    if met:
        raise met[0]
    if not ran:
        raise NeedsPerson("daemon_failed")
    if ran[0]:
        return {"already_running": False, "pid": os.getpid()}
    return {"already_running": True, "pid": link_state(folder)[1]}


def _answers(folder: DataFolder) -> bool:
    """Whether the daemon answers over its socket, as a client would see it."""
    with suppress(FieldError), ControlClient(folder, answer_s=STOP_S) as client:
        return bool(client.ask("hello"))
    return False


def do_stop(arguments: argparse.Namespace) -> Result:
    """Stop the daemon and wait until it is gone; what waits to be sent waits on."""
    folder = DataFolder(arguments.data)
    try:
        client = ControlClient(folder)
    except RetryLater:
        return {"was_running": False}
    with client, suppress(RetryLater):  # it may hang up before it answers: what counts is that it is gone
        client.ask("stop")
    lock = FileLock(folder.lock)
    until = time.monotonic() + GONE_S
    while not lock.acquire(wait=False):
        if time.monotonic() > until:
            raise RetryLater("daemon_busy")
        time.sleep(0.05)
    lock.release()
    return {"was_running": True}


def key_or_none(folder: DataFolder) -> bytes | None:
    """The data key, when it can be had without asking anybody."""
    with suppress(FieldError):
        return find_key(folder).key
    return None


def do_once(arguments: argparse.Namespace) -> Result:
    """One round now."""
    folder = DataFolder(arguments.data)
    agree, refill = bool(arguments.agree_deletes), bool(arguments.refill)
    lock = FileLock(folder.lock)
    if not lock.acquire(wait=False):
        return {"by": "daemon", **_by_daemon(folder, agree, refill)}
    try:
        clock = SystemClock()
        around = Surroundings(clock)
        around.look()
        gate = Gate(folder, around)
        if gate.nothing_goes:
            raise NeedsPerson("daemon_paused")
        link = Link(folder, find_key(folder).key, clock, Silence())
        try:
            result = link.round(
                lambda: None, deletes_agreed=agree, refill=refill, sending=lambda: gate.sending()
            )
            gate.finish(link.has_unsent)
            link.tidy(gate.rules.keep_days)
        finally:
            link.close()
    finally:
        lock.release()
    return {"by": "once", **msgspec.structs.asdict(result)}


def _by_daemon(folder: DataFolder, agree: bool, refill: bool) -> Result:
    """Let the running daemon do it; open it first where we can and it is locked."""
    try:
        client = ControlClient(folder)
    except RetryLater as error:  # it holds the lock but does not listen yet, or is going
        raise RetryLater("daemon_busy") from error
    with client:
        if client.ask("status")["state"]["link"] in ("locked", "not_enrolled"):
            client.ask("unlock", key=find_key(folder).key)
        return client.round(agree=agree, refill=refill)
