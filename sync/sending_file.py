"""The sending rules as they are kept: ``sending.json`` in the data folder, for daemon, app and commands.

Nothing in it is personal, so that a locked tablet keeps to it too. The daemon is told of changes over its
socket and writes them; where no daemon runs, a command writes the file itself. A file that cannot be read
counts as no rules at all: what somebody once chose must not hold work back for a reason that nobody sees.
A full disk keeps a pause all the same: with the space set aside, else in the place the file has already.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import msgspec

from sync.contract.errors import InputRefused, NeedsPerson
from sync.replica.files import durable_write
from sync.replica.folder import DataFolder
from sync.replica.in_place import write_over
from sync.replica.reserve import with_reserve
from sync.sending import SendingRules


class _Kept(msgspec.Struct, frozen=True):
    """What lies in the file. ``upto`` is how far a "send now" that is not done yet reaches."""

    rules: SendingRules = SendingRules()
    upto: int = 0


class SendingFile:
    """Reads what is new in the file and writes changes durably; for any thread."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._path = folder.sending
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._kept = _Kept()
        self._unwritten = False

    @property
    def rules(self) -> SendingRules:
        """The rules in force, read again when another process has changed them."""
        with self._lock:
            return self._now().rules

    @property
    def upto(self) -> int:
        """How far a "send now" reaches that is not done yet, 0 for none."""
        with self._lock:
            return self._now().upto

    def change(self, values: Mapping[str, Any]) -> SendingRules:
        """Change rules by name, durably; ``settings_refused`` for what there is not."""
        with self._lock:
            kept = self._now()
            now: dict[str, Any] = msgspec.to_builtins(kept.rules)
            strange = sorted(values.keys() - now.keys())
            if strange:
                raise InputRefused("settings_refused", name=strange[0][:60])
            try:
                rules = msgspec.convert(now | dict(values), SendingRules).checked()
            except msgspec.ValidationError:
                raise InputRefused("settings_refused", name=", ".join(values)[:60]) from None
            if rules != kept.rules:
                self._write(_Kept(rules, kept.upto))
            return rules

    def set_upto(self, device_seq: int) -> None:
        """Note how far "send now" reaches, or 0 when it is done."""
        with self._lock:
            kept = self._now()
            if kept.upto != device_seq:
                self._write(_Kept(kept.rules, device_seq))

    def keep_place(self) -> None:
        """Let a file lie there before the disk is full: the first pause of all has its place then."""
        with suppress(OSError), open(self._path, "xb", opener=_private) as file:
            file.write(_as_text(_Kept()))
            file.flush()
            os.fsync(file.fileno())

    def settle(self) -> None:
        """Write what is in force and could not be written; nothing where it lies in the file."""
        with self._lock:
            kept = self._now()
            if self._unwritten:
                self._write(kept)

    def _write(self, kept: _Kept) -> None:
        self._kept = kept  # in force at once, also where the disk cannot keep it
        self._unwritten = True
        try:
            self._keep(_as_text(kept))
            self._unwritten = False
        finally:
            self._seen = self._mark()

    def _keep(self, text: bytes) -> None:
        try:
            with_reserve(self._folder, lambda: durable_write(self._path, text))
        except NeedsPerson as error:
            if error.code != "disk_full" or not write_over(self._path, text):
                raise

    def _now(self) -> _Kept:
        mark = self._mark()
        if mark != self._seen:
            self._kept, self._seen, self._unwritten = self._read(), mark, False
        return self._kept

    def _mark(self) -> tuple[int, int, int] | None:
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _read(self) -> _Kept:
        try:
            kept = msgspec.json.decode(self._path.read_bytes(), type=_Kept)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return _Kept()
        return msgspec.structs.replace(kept, rules=kept.rules.checked())


def _as_text(kept: _Kept) -> bytes:
    return msgspec.json.format(msgspec.json.encode(kept)) + b"\n"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
