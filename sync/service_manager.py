"""What systemd is told of a service: ready, still well, stopping.

The protocol of sd_notify(3): one datagram of ``NAME=value`` lines to the socket named by NOTIFY_SOCKET. Where
there is none, nothing is told and nothing is wrong.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress


class ServiceManager:
    """Tells the manager that started this process. Telling never fails: it is a courtesy."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "")
        self.every_s = _half_of_the_watchdog(environment)
        """How often ``well`` has to be said, in seconds; 0: nobody waits for it."""

    def ready(self) -> None:
        """Started up."""
        self._tell(f"READY=1\nMAINPID={os.getpid()}")

    def well(self) -> None:
        """Still alive and answering."""
        self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """On the way out."""
        self._tell("STOPPING=1")

    def _tell(self, text: str) -> None:
        if not self._address or not hasattr(socket, "AF_UNIX"):
            return
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.connect(address)
            line.sendall(text.encode())


def _half_of_the_watchdog(environment: Mapping[str, str]) -> float:
    """Half of WATCHDOG_USEC, as the manual advises; for this process alone where WATCHDOG_PID names one."""
    if environment.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return 0.0
    told = environment.get("WATCHDOG_USEC", "")
    return int(told) / 2_000_000 if told.isdigit() else 0.0
