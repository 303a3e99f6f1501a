"""A central outside a bare root, for programs inside it: a line of words in, what the command says out.

    the root's /stage/central WORDS… → 127.0.0.1:PORT → fieldapp-central WORDS… here → its standard output

A command whose caller hangs up is ended (that is how ``serve`` stops). Data folders named inside the root lie
below ``folder`` here.
"""

from __future__ import annotations

import select
import socket
import subprocess
import sys
import threading
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CLIENT = """#!/bin/bash
# Hands its words to the central outside and prints what comes back; hangs up when it is told to end.
exec 3<>/dev/tcp/127.0.0.1/{port}
printf '%s\\t' "$@" >&3
printf '\\n' >&3
exec cat <&3
"""


class Stage:
    """Serves until ``close``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        threading.Thread(target=self._serve, name="stage", daemon=True).start()

    def client(self) -> str:
        """The script that stands for ``fieldapp-central`` inside."""
        return CLIENT.format(port=self.port)

    def close(self) -> None:
        """No new commands."""
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        with line:
            words = line.makefile("r", encoding="utf-8").readline().rstrip("\n").split("\t")[:-1]
            for number, word in enumerate(words):
                if word == "--data":
                    words[number + 1] = str(self._folder / words[number + 1].lstrip("/"))
            command = [sys.executable, "-m", "sync.central.cli", *words]
            process = subprocess.Popen(
                command,
                cwd=PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            assert process.stdout is not None
            try:
                while True:
                    ready, _, _ = select.select([process.stdout, line], [], [])
                    if line in ready and not line.recv(1):
                        return
                    if process.stdout in ready:
                        data = process.stdout.read1(65536)
                        if not data:
                            return
                        line.sendall(data)
            except OSError:
                return
            finally:
                process.terminate()
                process.wait(60)
                process.stdout.close()
