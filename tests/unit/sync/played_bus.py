"""A D-Bus of its own for tests, and services on it that python3-dbusmock plays from its templates."""

from __future__ import annotations

import shutil
import subprocess
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, MatchRule, Message, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

SYSTEM_PYTHON = "/usr/bin/python3"
WAIT_S = 30.0


def has_mock() -> bool:
    """Whether buses and services can be played here."""
    if not (shutil.which("dbus-daemon") and Path(SYSTEM_PYTHON).exists()):
        return False
    found = subprocess.run([SYSTEM_PYTHON, "-I", "-c", "import dbusmock"], capture_output=True, check=False)
    return found.returncode == 0


@contextmanager
def private_bus(folder: Path) -> Iterator[str]:
    """A bus that is up; its address."""
    address = f"unix:path={folder}/bus"
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"]
    daemon = subprocess.Popen([*command, "--print-address"], stdout=subprocess.PIPE, text=True)
    assert daemon.stdout is not None
    try:
        daemon.stdout.readline()
        yield address
    finally:
        daemon.terminate()
        daemon.wait()
        daemon.stdout.close()


class Played:
    """One service from a template ("" for an empty one), on a bus, until ``stop``."""

    def __init__(self, bus: str, template: str, name: str, path: str, *, system: bool = False) -> None:
        self.bus = bus
        what = ["-t", template] if template else [name, path, name]
        self._mock = DBusAddress(path, bus_name=name, interface="org.freedesktop.DBus.Mock")
        kind = "system" if system else "session"
        with open_dbus_connection(bus) as connection:
            rule = MatchRule(type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged")
            rule.add_arg_condition(0, name)
            heard: deque[Message] = deque()
            with connection.filter(rule, queue=heard):
                connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=WAIT_S)
                self._process = subprocess.Popen(
                    [SYSTEM_PYTHON, "-I", "-m", "dbusmock", f"--{kind}", *what],
                    env={f"DBUS_{kind.upper()}_BUS_ADDRESS": bus},
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
                connection.recv_until_filtered(heard, timeout=WAIT_S)

    def ask(self, method: str, signature: str, body: tuple[Any, ...]) -> Any:
        """Call a method of the mock's own interface; its first answer."""
        with open_dbus_connection(self.bus) as connection:
            message = new_method_call(self._mock, method, signature, body)
            reply = connection.send_and_get_reply(message, timeout=WAIT_S)
        assert reply.header.message_type is MessageType.method_return, reply.body
        return reply.body[0] if reply.body else None

    def calls(self, method: str) -> list[list[Any]]:
        """The arguments of every call of a method so far, oldest first."""
        return [
            [value for _, value in arguments] for _, arguments in self.ask("GetMethodCalls", "s", (method,))
        ]

    def wait_for(self, method: str) -> list[Any]:
        """The arguments of the first call of a method, now or soon."""
        rule = MatchRule(type="signal", interface="org.freedesktop.DBus.Mock", member="MethodCalled")
        rule.add_arg_condition(0, method)
        heard: deque[Message] = deque()
        with open_dbus_connection(self.bus) as connection, connection.filter(rule, queue=heard):
            connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=WAIT_S)
            if not (calls := self.calls(method)):
                connection.recv_until_filtered(heard, timeout=2 * WAIT_S)
                calls = self.calls(method)
        return calls[0]

    def stop(self) -> None:
        """It leaves the bus."""
        self._process.terminate()
        self._process.wait()
