"""The three programs as a person or a script runs them, each in a process of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MODULES = {"fieldapp": "fieldapp.cli", "fieldapp-sync": "sync.cli", "fieldapp-central": "sync.central.cli"}
PERMITS = 500


class Answer:
    """What a program said: exit code and its one JSON object."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.exit = done.returncode
        self.stderr = done.stderr
        lines = [line for line in done.stdout.splitlines() if line.strip()]
        assert len(lines) == 1, f"one JSON object on stdout, got: {done.stdout!r} {done.stderr!r}"
        self.body: dict[str, Any] = json.loads(lines[0])

    @property
    def code(self) -> str:
        """The error's code, or "" when all went well."""
        return "" if self.body["ok"] else str(self.body["error"]["code"])


class Programs:
    """Runs programs with one data folder for the tablet and one for central."""

    def __init__(self, root: Path) -> None:
        self.tablet = root / "tablet"
        self.central = root / "central"
        self.server = ""
        self._held = socket.socket()  # bound and never heard on: the port stays ours while nobody serves
        self._held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._held.bind(("127.0.0.1", 0))
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("FIELDAPP_") and name not in ("DISPLAY", "WAYLAND_DISPLAY")
        }
        self.environment["FIELDAPP_LANG"] = "en"

    def run(self, program: str, *arguments: str, **environment: str) -> Answer:
        """Run a program to its end with ``--data`` and ``--json``."""
        folder = self.central if program == "fieldapp-central" else self.tablet
        command = [sys.executable, "-m", MODULES[program], *arguments, "--data", str(folder), "--json"]
        done = subprocess.run(
            command,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        return Answer(done)

    def close(self) -> None:
        """Let the port go."""
        self._held.close()

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Central as a process of its own; gives its address, each time the same."""
        port = str(self._held.getsockname()[1])
        arguments = ["serve", "--port", port, "--data", str(self.central), "--json"]
        command = [sys.executable, "-m", MODULES["fieldapp-central"], *arguments]
        with subprocess.Popen(
            command,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            text=True,
        ) as process:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            try:
                yield str(ready["url"])
            finally:
                process.terminate()
                process.wait(60)
                process.stdout.close()
