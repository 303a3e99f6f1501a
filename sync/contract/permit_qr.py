"""A permit's QR: what is printed on the permit, in compact bytes, signed by central.

    text   = "FAP1:" + base45(payload + signature)          signature: Ed25519, 64 bytes
    payload = key mark (4) · signed at (4, UNIX seconds) · valid from, to (2 + 2, days since 2000)
              · approved m³ (4) · route mark (8) · eight texts, each a length byte and UTF-8

The key mark, the first bytes of the key's SHA-256, tells a permit of another issuer from one of ours that
was tampered with. The route itself does not fit: its mark shows whether it is still the same.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from enum import Enum

import msgspec

from sync.contract import base45
from sync.contract.errors import InputRefused
from sync.contract.signatures import SIGNATURE_BYTES, Purpose, is_signed

PREFIX = "FAP1:"
TEXT_MAX = 2000
_DAY_ZERO = date(2000, 1, 1)
_HEAD = struct.Struct(">4sIHHI8s")
_TEXTS = (
    "permit_id", "plate", "company", "site", "disposal_site", "windows", "window_days", "project",
)  # fmt: skip
_TEXT_BYTES = 255

Sign = Callable[[bytes], bytes]


class PermitCode(msgspec.Struct, frozen=True):
    """What a permit's QR says. ``route_mark`` is 16 hex digits of the route's SHA-256."""

    permit_id: str
    plate: str
    company: str
    site: str
    disposal_site: str
    windows: str
    window_days: str
    project: str
    valid_from: date
    valid_to: date
    approved_m3: int
    route_mark: str
    signed_at: datetime


class Seal(Enum):
    """Whether the words are central's: as signed, changed afterwards, or never signed by this central."""

    GENUINE = "genuine"
    ALTERED = "altered"
    FORGED = "forged"


def route_mark(route: str) -> str:
    """The mark of a route as its column has it."""
    return hashlib.sha256(route.encode()).hexdigest()[:16]


def is_permit_code(text: str) -> bool:
    """Whether a QR's text means to be a permit."""
    return text.startswith(PREFIX)


def write_permit_code(code: PermitCode, public_key: str, sign: Sign) -> str:
    """The QR's text; ``permit_not_signable`` for a permit whose values cannot be printed."""
    payload = _packed(code, key_mark(public_key))
    return PREFIX + base45.encode(payload + sign(payload))


def read_permit_code(text: str, public_key: str) -> tuple[PermitCode, Seal]:
    """What a QR says and whether to believe it; ``permit_code_broken`` for what nobody can have written."""
    try:
        if not is_permit_code(text) or len(text) > TEXT_MAX:
            raise ValueError("not a permit's code")
        data = base45.decode(text.removeprefix(PREFIX))
        payload, signature = data[:-SIGNATURE_BYTES], data[-SIGNATURE_BYTES:]
        mark, code = _unpacked(payload)
    except (ValueError, OverflowError, struct.error):
        raise InputRefused("permit_code_broken") from None
    if is_signed(public_key, Purpose.PERMIT_QR, payload, signature):
        return code, Seal.GENUINE
    return code, Seal.ALTERED if public_key and mark == key_mark(public_key) else Seal.FORGED


def key_mark(public_key: str) -> bytes:
    """The first bytes of a key's hash, which tell another issuer's code from one of ours that was changed."""
    return hashlib.sha256(bytes.fromhex(public_key)).digest()[:4]


def _packed(code: PermitCode, mark: bytes) -> bytes:
    days = [(day - _DAY_ZERO).days for day in (code.valid_from, code.valid_to)]
    try:
        seconds = int(code.signed_at.timestamp())
        head = _HEAD.pack(mark, seconds, *days, code.approved_m3, bytes.fromhex(code.route_mark))
        texts = [getattr(code, name).encode() for name in _TEXTS]
        return head + b"".join(bytes([len(text)]) + text for text in texts)
    except (ValueError, OverflowError, struct.error):
        raise InputRefused("permit_not_signable", permit_id=code.permit_id) from None


def _unpacked(payload: bytes) -> tuple[bytes, PermitCode]:
    mark, seconds, first, last, approved, route = _HEAD.unpack_from(payload)
    texts: list[str] = []
    at = _HEAD.size
    for _ in _TEXTS:
        length = payload[at] if at < len(payload) else _TEXT_BYTES + 1
        text = payload[at + 1 : at + 1 + length]
        if len(text) != length:
            raise ValueError("cut short")
        texts.append(text.decode())
        at += 1 + length
    if at != len(payload):
        raise ValueError("more than was written")
    return mark, PermitCode(
        **dict(zip(_TEXTS, texts, strict=True)),
        valid_from=_DAY_ZERO + timedelta(days=first),
        valid_to=_DAY_ZERO + timedelta(days=last),
        approved_m3=approved,
        route_mark=route.hex(),
        signed_at=datetime.fromtimestamp(seconds, UTC),
    )
