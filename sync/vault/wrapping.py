"""Wrapping the data key: AES-256-GCM under a key from a PIN (argon2id) or under the escrow key.

What a slot is for (whose PIN, which device) is bound in as associated data, so that a slot cannot be moved.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.contract.errors import InputRefused, NeedsPerson

KEY_BYTES = 32
MEMORY_KIB = 64 * 1024
PASSES = 3
LANES = 2
PIN_SECONDS = 0.1
"""One guess must cost at least this much, on the machine where the slot was made."""

_MEMORY_MAX_KIB = 1024 * 1024
_PASSES_MAX = 64
_LANES_MAX = 16
_PIN = re.compile(r"[0-9]{6,12}")

RandomBytes = Callable[[int], bytes]


class Wrapped(msgspec.Struct, frozen=True):
    """A wrapped data key, in hex."""

    nonce: str
    box: str


class Cost(msgspec.Struct, frozen=True):
    """What a guess of a PIN costs."""

    memory_kib: int
    passes: int
    lanes: int


def check_pin(pin: str) -> str:
    """Return a PIN of 6 to 12 ASCII digits, else refuse with ``pin_invalid``."""
    if not _PIN.fullmatch(pin):
        raise InputRefused("pin_invalid")
    return pin


def measured_cost(timer: Callable[[], float]) -> Cost:
    """The least cost that takes ``PIN_SECONDS`` here: memory fixed, passes raised on a fast machine."""
    cost = Cost(MEMORY_KIB, PASSES, LANES)
    start = timer()
    key_from_pin("000000", bytes(16), cost)
    took = max(timer() - start, 0.001)
    if took >= PIN_SECONDS:
        return cost
    return Cost(MEMORY_KIB, min(_PASSES_MAX, math.ceil(PASSES * 1.2 * PIN_SECONDS / took)), LANES)


def key_from_pin(pin: str, salt: bytes, cost: Cost) -> bytes:
    """The wrapping key of a PIN. A file that asks for absurd costs is refused, not obeyed."""
    sane = 1 <= cost.passes <= _PASSES_MAX and 1 <= cost.lanes <= _LANES_MAX
    if not (sane and 8 * cost.lanes <= cost.memory_kib <= _MEMORY_MAX_KIB):
        raise NeedsPerson("folder_broken", file="keys.json")
    return hash_secret_raw(
        pin.encode(),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def wrap(data_key: bytes, under: bytes, purpose: str, random_bytes: RandomBytes) -> Wrapped:
    """Wrap the data key under another key, bound to its purpose."""
    nonce = random_bytes(12)
    return Wrapped(nonce.hex(), AESGCM(under).encrypt(nonce, data_key, purpose.encode()).hex())


def unwrap(wrapped: Wrapped, under: bytes, purpose: str) -> bytes | None:
    """The data key, or None when the other key (or the purpose) is not the right one."""
    try:
        return AESGCM(under).decrypt(
            bytes.fromhex(wrapped.nonce), bytes.fromhex(wrapped.box), purpose.encode()
        )
    except (InvalidTag, ValueError):
        return None
