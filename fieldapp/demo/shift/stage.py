"""The stage of a shift: central as a process of its own, a link that can be cut, and who to ask afterwards.

The player asks central only what anybody could: its command line, and the API with a device of its own.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from fieldapp.demo.link import CuttableLink

T = TypeVar("T")
CENTRAL = "sync.central.cli"
STOP_S = 15.0


class StageError(Exception):
    """A program of the stage did not do what it was asked for."""


class LinkThread:
    """A cuttable link in a thread of its own, so that a busy window never slows it down."""

    def __init__(self, target_port: int) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="link", daemon=True)
        self._thread.start()
        self._link = CuttableLink(target_port)
        self.mend()

    @property
    def url(self) -> str:
        """The address the tablet is given."""
        return f"https://127.0.0.1:{self._link.port}"

    def limit(self, bytes_per_s: float) -> None:
        """Let the tablet send no faster than this (0: as fast as it likes)."""
        self._link.bytes_per_s = bytes_per_s

    def cut(self) -> None:
        """Cut the link and every connection over it."""
        self._do(self._link.cut())

    def mend(self) -> None:
        """Let it work again."""
        self._do(self._link.mend())

    def close(self) -> None:
        """Cut for good and end the thread."""
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)


class CentralProcess:
    """One central with the demo city in a folder."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self._folder = folder
        self._say = say
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def seed(self, permits: int) -> dict[str, int]:
        """Make the demo city; answers the rows per table."""
        rows = self.ask("seed", "--permits", str(permits), timeout_s=600)["rows"]
        return {str(name): int(number) for name, number in rows.items()}

    def serve(self) -> None:
        """Start serving on a free port of loopback."""
        self._process = subprocess.Popen(
            self._command("serve", "--port", "0"),
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            env=_environment(),
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise StageError("central did not start")
        self.url = str(json.loads(line)["url"])
        self._say(f"central serves on {self.url} (process {self._process.pid})")

    @property
    def port(self) -> int:
        """The port central listens on."""
        return int(self.url.rsplit(":", 1)[1])

    def ask(self, *arguments: str, timeout_s: float = 60) -> dict[str, Any]:
        """One command of ``fieldapp-central``; its JSON answer."""
        done = subprocess.run(
            self._command(*arguments),
            capture_output=True,
            text=True,
            timeout=timeout_s,
            stdin=subprocess.DEVNULL,
            env=_environment(),
            check=False,
        )
        if done.returncode != 0:
            raise StageError(f"fieldapp-central {arguments[0]}: {done.stdout}{done.stderr}")
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def stop(self) -> None:
        """Stop serving."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOP_S)
        if process.stdout is not None:
            process.stdout.close()

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", CENTRAL, *arguments, "--data", str(self._folder), "--json"]


def _environment() -> dict[str, str]:
    return {**os.environ, "FIELDAPP_LANG": "en", "PYTHONUTF8": "1"}
