"""An officer's electronic credential as a QR (亮证): who this is, until when, signed by central.

    text    = "FAC1:" + base45(payload + signature)         signature: Ed25519, 64 bytes
    payload = key mark (4) · valid from, to (2 + 2, days since 2000) · six texts, each a length byte and UTF-8
    link    = <server>/v1/credential#base64url(payload + signature)

What is shown is the link: an ordinary phone opens central's page with it, which says what the credential is
worth; a tablet reads the same without a network. The words stand behind the ``#``, so that no log on the way
holds them. It says who holds the office, not that the one who shows it is that person: the other side
compares the name and number with the officer's card, and looks at the last day.
"""

from __future__ import annotations

import base64
import struct
from datetime import date, timedelta
from enum import Enum

import msgspec

from sync.contract import base45
from sync.contract.errors import InputRefused
from sync.contract.permit_qr import Seal, Sign, key_mark
from sync.contract.signatures import SIGNATURE_BYTES, Purpose, is_signed

PREFIX = "FAC1:"
PAGE = "/v1/credential"
TEXT_MAX = 1200
_DAY_ZERO = date(2000, 1, 1)
_HEAD = struct.Struct(">4sHH")
_TEXTS = ("officer_id", "name", "role", "squad", "city_zh", "city_en")


class Credential(msgspec.Struct, frozen=True):
    """What the QR says."""

    officer_id: str
    name: str
    role: str
    squad: str
    city_zh: str
    city_en: str
    valid_from: date
    valid_to: date


class CredentialStanding(Enum):
    """What a credential is worth on a day."""

    FORGED = "forged"
    ALTERED = "altered"
    INACTIVE = "inactive"
    """Genuine, but this officer is not on duty any more, or has another role by now."""
    ENDED = "ended"
    NOT_YET = "not_yet"
    GOOD = "good"


def standing_of(credential: Credential, seal: Seal, day: date, *, active: bool) -> CredentialStanding:
    """What it is worth; ``active``: whether its officer is on duty in this role, as far as is known."""
    if seal is not Seal.GENUINE:
        return CredentialStanding.FORGED if seal is Seal.FORGED else CredentialStanding.ALTERED
    if not active:
        return CredentialStanding.INACTIVE
    if day > credential.valid_to:
        return CredentialStanding.ENDED
    return CredentialStanding.NOT_YET if day < credential.valid_from else CredentialStanding.GOOD


def is_credential_code(text: str) -> bool:
    """Whether a QR's text means to be a credential."""
    return text.startswith(PREFIX) or _in_link(text) is not None


def write_credential_link(server: str, text: str) -> str:
    """What is shown of a credential; ``credential_broken`` for a text that is none."""
    try:
        data = base45.decode(text.removeprefix(PREFIX))
    except ValueError:
        raise InputRefused("credential_broken") from None
    return f"{server.rstrip('/')}{PAGE}#{base64.urlsafe_b64encode(data).rstrip(b'=').decode()}"


def write_credential(credential: Credential, public_key: str, sign: Sign) -> str:
    """The QR's text; ``credential_not_signable`` for one whose words or dates do not fit."""
    days = [(day - _DAY_ZERO).days for day in (credential.valid_from, credential.valid_to)]
    try:
        texts = [getattr(credential, name).encode() for name in _TEXTS]
        packed = b"".join(bytes([len(text)]) + text for text in texts)
        payload = _HEAD.pack(key_mark(public_key), *days) + packed
    except (ValueError, struct.error):
        raise InputRefused("credential_not_signable", officer_id=credential.officer_id) from None
    return PREFIX + base45.encode(payload + sign(payload))


def read_credential(text: str, public_key: str) -> tuple[Credential, Seal]:
    """What a QR says and whether to believe it; ``credential_broken`` for what nobody can have written."""
    try:
        data = _data(text)
        payload, signature = data[:-SIGNATURE_BYTES], data[-SIGNATURE_BYTES:]
        mark, credential = _unpacked(payload)
    except (ValueError, OverflowError, struct.error):
        raise InputRefused("credential_broken") from None
    if is_signed(public_key, Purpose.CREDENTIAL_QR, payload, signature):
        return credential, Seal.GENUINE
    return credential, Seal.ALTERED if public_key and mark == key_mark(public_key) else Seal.FORGED


def _in_link(text: str) -> str | None:
    """What a link carries behind its #; None of another text."""
    address, mark, carried = text.partition("#")
    return carried if mark and address.startswith("https://") and address.endswith(PAGE) else None


def _data(text: str) -> bytes:
    carried = _in_link(text)
    if len(text) > TEXT_MAX or (carried is None and not text.startswith(PREFIX)):
        raise ValueError("not a credential's code")
    if carried is None:
        return base45.decode(text.removeprefix(PREFIX))
    return base64.b64decode(carried + "=" * (-len(carried) % 4), altchars=b"-_", validate=True)


def _unpacked(payload: bytes) -> tuple[bytes, Credential]:
    mark, first, last = _HEAD.unpack_from(payload)
    texts: list[str] = []
    at = _HEAD.size
    for _ in _TEXTS:
        if at >= len(payload) or at + 1 + payload[at] > len(payload):
            raise ValueError("cut short")
        texts.append(payload[at + 1 : at + 1 + payload[at]].decode())
        at += 1 + payload[at]
    if at != len(payload):
        raise ValueError("more than was written")
    return mark, Credential(
        **dict(zip(_TEXTS, texts, strict=True)),
        valid_from=_DAY_ZERO + timedelta(days=first),
        valid_to=_DAY_ZERO + timedelta(days=last),
    )
