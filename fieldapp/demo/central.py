"""A central of the demo's own, as a process: seeded once, served on loopback, stopped by its process id.

Installed programs bring no central along; FIELDAPP_CENTRAL names the command that is one then.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path
from typing import Any

from fieldapp.services.programs import command_of, outside_environment
from sync.contract.errors import NeedsPerson

STOP_S = 15.0
PROGRAM = ("fieldapp-central", "sync.central.cli")
ELSEWHERE = "FIELDAPP_CENTRAL"


class DemoCentral:
    """Keeps to one port once it has one: an enrolled tablet knows its server by it."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._port_file = data.with_name("port")
        self._process: subprocess.Popen[str] | None = None
        self._drawing: subprocess.Popen[str] | None = None
        self.url = ""

    @property
    def seeded(self) -> bool:
        """Whether there is a city already."""
        return (self._data / "seeded").exists()

    def seed(self, permits: int) -> dict[str, int]:
        """Make the city; returns the rows of each table."""
        rows: dict[str, int] = self.ask("seed", "--permits", str(permits), "--again")["rows"]
        self._data.mkdir(parents=True, exist_ok=True)  # made by then, unless central lives elsewhere
        (self._data / "seeded").touch()
        return rows

    def serve(self, port: int = 0, *more: str) -> str:
        """Serve until ``stop``; returns the address."""
        kept = self._port_file.read_text().strip() if self._port_file.exists() else ""
        command = [*self._command("serve"), "--port", str(port or kept or 0), *more]
        self._process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            env=outside_environment(),
        )
        assert self._process.stdout is not None
        told = _answer(self._process.stdout.readline())
        self.url = str(told["url"])
        self._port_file.write_text(self.url.rsplit(":", 1)[1])
        return self.url

    @property
    def pid(self) -> int:
        """The process id while it serves, else 0."""
        return 0 if self._process is None else self._process.pid

    @property
    def port(self) -> int:
        """The port it serves on."""
        return int(self.url.rsplit(":", 1)[1])

    def enrol_code(self) -> str:
        """A fresh one-time code."""
        return str(self.ask("enrol-code")["code"])

    def stop(self) -> None:
        """Stop serving; does nothing when it does not serve."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def draw_map(self, file: Path) -> bool:
        """Draw the city as a base map, beside everything else; False where that was stopped or failed."""
        if file.exists():
            return True
        self._drawing = subprocess.Popen(
            self._command("draw-base-map", str(file)),
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            text=True,
            env=outside_environment(),
        )
        return self._drawing.wait() == 0

    def stop_drawing(self) -> None:
        """Whoever closes the demo does not wait for a map."""
        if self._drawing is not None and self._drawing.poll() is None:
            self._drawing.terminate()

    def ask(self, *arguments: str) -> dict[str, Any]:
        """One command of ``fieldapp-central`` on this central; its JSON answer."""
        command = self._command(*arguments)
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
            env=outside_environment(),
        )
        return _answer(done.stdout)

    def _command(self, *arguments: str) -> list[str]:
        program = shlex.split(os.environ.get(ELSEWHERE, "")) or command_of(*PROGRAM)
        return [*program, *arguments, "--data", str(self._data), "--json"]


def _answer(text: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(text)
    except ValueError:
        raise NeedsPerson("demo_central_failed", reason="no answer") from None
    if not told.get("ok"):
        raise NeedsPerson("demo_central_failed", reason=told.get("error", {}).get("message", ""))
    return told
