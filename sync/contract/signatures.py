"""What central signs with its one key, and how a tablet checks it with the key pinned at enrolment.

Each kind of thing is signed under its own purpose, so that a signature for one can never pass for another.
"""

from __future__ import annotations

from enum import Enum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SIGNATURE_BYTES = 64


class Purpose(Enum):
    """What a signature is for."""

    PERMIT_QR = "permit-qr"
    CREDENTIAL_QR = "credential-qr"
    SNAPSHOT = "snapshot"
    BASE_MAP = "base-map"
    RESCUE_KEY = "rescue-key"
    DESK = "desk"


def signed_bytes(purpose: Purpose, data: bytes) -> bytes:
    """The bytes that are signed for ``data``."""
    return f"fieldapp-{purpose.value}\n".encode() + data


def is_signed(public_key: str, purpose: Purpose, data: bytes, signature: bytes) -> bool:
    """Whether ``signature`` is that of the key (64 hex) over ``data``; a broken key signs nothing."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(signature, signed_bytes(purpose, data))
    except (ValueError, InvalidSignature):
        return False
    return True
