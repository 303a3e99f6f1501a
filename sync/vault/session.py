"""Who is signed in: the opened data key and the officer, in the kernel's memory until sign-out or reboot.

With it the command lines of the same user work while somebody is signed in at the tablet. Nothing of it is
ever on a disk; where the kernel keeps no keys there is simply no session beyond the program itself.
"""

from __future__ import annotations

import hashlib
import os

import msgspec

from sync.replica.folder import DataFolder
from sync.vault import kernel_keys


class Session(msgspec.Struct, frozen=True):
    """The data key and the officer who opened it."""

    key: bytes
    officer_id: str


class _Kept(msgspec.Struct, frozen=True):
    key: str
    officer_id: str


def remember(folder: DataFolder, key: bytes, officer_id: str) -> bool:
    """Keep the session; False where it cannot be kept beyond this program."""
    return kernel_keys.put(_name(folder), msgspec.json.encode(_Kept(key.hex(), officer_id)))


def recall(folder: DataFolder) -> Session | None:
    """Who is signed in, or None."""
    payload = kernel_keys.get(_name(folder))
    if payload is None:
        return None
    try:
        kept = msgspec.json.decode(payload, type=_Kept)
        return Session(bytes.fromhex(kept.key), kept.officer_id)
    except (msgspec.DecodeError, ValueError):
        return None


def forget(folder: DataFolder) -> None:
    """Sign out. What is pending stays, and a running daemon goes on sending it."""
    kernel_keys.remove(_name(folder))


def _name(folder: DataFolder) -> str:
    return f"fieldapp:{hashlib.sha256(os.fsencode(folder.root)).hexdigest()}"
