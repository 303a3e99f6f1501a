"""``keys.json``: whose device this is, the wrapped data key, and how often a PIN was mistyped.

Read and written whole; a write is durable and atomic, and a lock keeps two programs from losing each other's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from sync.contract.errors import NeedsPerson
from sync.lockfile import held
from sync.replica.files import durable_write
from sync.vault.wrapping import Cost, Wrapped

VERSION = 1


class DeviceRef(msgspec.Struct, frozen=True):
    """Which device of which central this is; needed for a sign-in before the store is open.

    ``rescue_key`` is central's public key for rescue files, which must be possible while all is locked.
    """

    server: str
    device_id: str
    rescue_key: str = ""


class PinSlot(msgspec.Struct, frozen=True, tag="pin"):
    """The data key under an officer's PIN."""

    officer_id: str
    salt: str
    cost: Cost
    wrapped: Wrapped


class EscrowSlot(msgspec.Struct, frozen=True, tag="escrow"):
    """The data key under the key that only central holds."""

    device_id: str
    wrapped: Wrapped


class Tries(msgspec.Struct, frozen=True):
    """Wrong PINs in a row, and when the last began (monotonic, so that no set clock shortens a wait)."""

    failed: int
    boot_id: str
    at_ms: int


class KeyFile(msgspec.Struct, frozen=True):
    """The whole file."""

    version: int
    device: DeviceRef
    slots: tuple[PinSlot | EscrowSlot, ...] = ()
    tries: dict[str, Tries] = {}

    def pin_slot(self, officer_id: str) -> PinSlot | None:
        """The slot of an officer."""
        return next((s for s in self.slots if isinstance(s, PinSlot) and s.officer_id == officer_id), None)

    def escrow_slot(self) -> EscrowSlot | None:
        """The escrow slot."""
        return next((s for s in self.slots if isinstance(s, EscrowSlot)), None)


def read_keys(path: Path) -> KeyFile | None:
    """The file, or None before enrolment; damage and a newer version are said plainly."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise NeedsPerson("folder_unwritable", folder=str(path.parent)) from error
    try:
        found = msgspec.json.decode(data, type=dict[str, object]).get("version")
        if isinstance(found, int) and found > VERSION:
            raise NeedsPerson("store_too_new", found=found, known=VERSION)
        return msgspec.json.decode(data, type=KeyFile)
    except msgspec.DecodeError as error:
        raise NeedsPerson("folder_broken", file=path.name) from error


def change_keys(path: Path, change: Callable[[KeyFile | None], KeyFile]) -> KeyFile:
    """Read, change and write under the lock; returns what was written."""
    with held(path.with_suffix(".lock")):
        after = change(read_keys(path))
        durable_write(path, msgspec.json.format(msgspec.json.encode(after)) + b"\n")
        return after
