"""The system's keyring, where there is a real one: Secret Service, Windows, macOS — never a plain file.

Backends are named one by one, never discovered: what the keyring library finds by itself may write passwords
in the clear. A keyring that asks a person, or does not answer, is done without.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from typing import Protocol, TypeVar

import keyring.errors

from sync.replica.folder import DataFolder

ANSWER_WITHIN_S = 3.0
_SERVICE = "fieldapp data key"
_BACKENDS = {
    "linux": "keyring.backends.SecretService",
    "win32": "keyring.backends.Windows",
    "darwin": "keyring.backends.macOS",
}
T = TypeVar("T")


class KeyringStore(Protocol):
    """Somewhere of the system's that keeps a key."""

    kind: str

    def get(self) -> bytes | None:
        """The data key, or None."""
        ...

    def put(self, key: bytes) -> bool:
        """Keep the data key; False when it could not be kept."""
        ...

    def remove(self) -> None:
        """Forget the data key."""
        ...


class NoKeyring:
    """A machine without one."""

    kind = "none"

    def get(self) -> bytes | None:
        """Nothing."""
        return None

    def put(self, key: bytes) -> bool:  # noqa: ARG002 - there is nowhere to put it
        """Not kept."""
        return False

    def remove(self) -> None:
        """Nothing to forget."""


class Backend(Protocol):
    """What is used of a backend of the keyring library."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


class SystemKeyring:
    """The data key of one folder in the system's keyring."""

    def __init__(self, backend: Backend, folder: DataFolder, kind: str) -> None:
        self._backend = backend
        self._name = hashlib.sha256(os.fsencode(folder.root)).hexdigest()[:32]
        self.kind = kind

    def get(self) -> bytes | None:
        """The data key, when the keyring holds one and gives it in time."""
        text = _in_time(lambda: self._backend.get_password(_SERVICE, self._name))
        try:
            key = bytes.fromhex(text or "")
        except ValueError:
            return None
        return key if len(key) == 32 else None

    def put(self, key: bytes) -> bool:
        """Keep it, and read it back to be sure."""
        _in_time(lambda: self._backend.set_password(_SERVICE, self._name, key.hex()))
        return self.get() == key

    def remove(self) -> None:
        """Forget it."""
        _in_time(lambda: self._backend.delete_password(_SERVICE, self._name))


def system_keyring(folder: DataFolder) -> KeyringStore:
    """The keyring of this system for a data folder, or none. FIELDAPP_KEYRING=off does without."""
    module = _BACKENDS.get(sys.platform)
    no_bus = sys.platform == "linux" and not os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    if module is None or no_bus or os.environ.get("FIELDAPP_KEYRING") == "off":
        return NoKeyring()
    backend = _in_time(lambda: _viable(module))
    return NoKeyring() if backend is None else SystemKeyring(backend, folder, module.rsplit(".", 1)[-1])


def _viable(module: str) -> Backend | None:
    kind = import_module(module).Keyring
    if not kind.viable:
        return None
    backend: Backend = kind()
    return backend


def _in_time(ask: Callable[[], T]) -> T | None:
    """The answer of a keyring, or None when it fails or lets us wait (it may be asking a person)."""
    answer: list[T] = []

    def work() -> None:
        try:
            answer.append(ask())
        except (keyring.errors.KeyringError, OSError, RuntimeError, ImportError):
            return

    thread = threading.Thread(target=work, name="keyring", daemon=True)
    thread.start()
    thread.join(ANSWER_WITHIN_S)
    return answer[0] if answer else None
