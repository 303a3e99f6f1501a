"""The Linux kernel's key retention service, by its system calls: keys in kernel memory, never on a disk.

A key lies in the user keyring, readable by processes of the same user only, and is gone at reboot. Where the
calls do not exist or are refused (other systems, some containers), every function answers "nothing".
See add_key(2), keyctl(2), user-keyring(7).
"""

from __future__ import annotations

import ctypes
import platform
import sys

_CALLS = {"x86_64": (248, 250), "aarch64": (217, 219), "i686": (286, 288), "armv7l": (309, 311)}
_PROCESS_KEYRING = -2
_USER_KEYRING = -4
_SET_PERMISSIONS = 5
_LINK = 8
_SEARCH = 10
_READ = 11
_INVALIDATE = 21
_OWNER_ONLY = 0x3F3F0000
"""All rights to who possesses the key and to processes of the same user; none to group and others."""
_PAYLOAD_MAX = 4096


def put(name: str, payload: bytes) -> bool:
    """Keep a payload under a name, replacing an earlier one; False where that is not possible."""
    _possess()
    key = _call(0, b"user", name.encode(), payload, len(payload), _USER_KEYRING)
    return key > 0 and _call(1, _SET_PERMISSIONS, key, _OWNER_ONLY) == 0


def get(name: str) -> bytes | None:
    """The payload under a name."""
    key = _find(name)
    if key is None:
        return None
    room = ctypes.create_string_buffer(_PAYLOAD_MAX)
    length = _call(1, _READ, key, room, _PAYLOAD_MAX)
    return room.raw[:length] if 0 < length <= _PAYLOAD_MAX else None


def remove(name: str) -> None:
    """Forget a payload, at once and for every process."""
    key = _find(name)
    if key is not None:
        _call(1, _INVALIDATE, key)


def works() -> bool:
    """Whether this system keeps keys for us."""
    return _possess() == 0


def _find(name: str) -> int | None:
    _possess()
    key = _call(1, _SEARCH, _USER_KEYRING, b"user", name.encode(), 0)
    return key if key > 0 else None


def _possess() -> int:
    """Tie the user keyring to this process: without it a fresh key's rights may not be set."""
    return _call(1, _LINK, _USER_KEYRING, _PROCESS_KEYRING)


def _call(which: int, *arguments: int | bytes | ctypes.Array[ctypes.c_char]) -> int:
    numbers = _CALLS.get(platform.machine()) if sys.platform == "linux" else None
    if numbers is None:
        return -1
    syscall = ctypes.CDLL(None).syscall
    syscall.restype = ctypes.c_long
    sized = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return int(syscall(ctypes.c_long(numbers[which]), *sized))
