"""The auditor: a second device that fetches every photo back from central and hashes the bytes itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sync.clock import SystemClock
from sync.enrol import enrol
from sync.remote.base import Remote
from sync.remote.http import HttpRemote
from sync.replica.folder import DataFolder


class Auditor:
    """An enrolled device of its own, in a folder of its own."""

    def __init__(self, folder: Path, server: str, code: str) -> None:
        own = DataFolder(folder)
        enrolled = enrol(own, server, code, "auditor", SystemClock())
        self._remote: Remote = HttpRemote(enrolled.identity, own.authority)

    def fetch(self, sha256: str) -> tuple[str, int]:
        """Hash and length of what central gives for this hash."""
        digest, length = hashlib.sha256(), 0
        for piece in self._remote.photo(sha256):
            digest.update(piece)
            length += len(piece)
        return digest.hexdigest(), length

    def close(self) -> None:
        """Let go."""
        self._remote.close()
