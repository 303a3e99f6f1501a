"""Central's signing key: Ed25519, made at first start, kept in the data folder for its owner's eyes only.

Tablets pin the public half at enrolment. With it they check what reaches them by other ways than their own
connection: a permit's QR, a snapshot.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.central.files import write_durably
from sync.contract.errors import NeedsPerson
from sync.contract.signatures import Purpose, signed_bytes

KEY_FILE = "signing.key"


class SigningKey:
    """The key pair: ``public_hex`` is what a tablet pins."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public_hex = private.public_key().public_bytes_raw().hex()

    def sign(self, purpose: Purpose, data: bytes) -> bytes:
        """64 bytes over ``data``, good for this purpose alone."""
        return self._private.sign(signed_bytes(purpose, data))


def ensure_signing_key(folder: Path) -> SigningKey:
    """Load the key from ``folder`` or make it; of two processes that make one, the first one's stays."""
    path = folder / KEY_FILE
    if not path.exists():
        fresh = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        aside = folder / f"{KEY_FILE}.{os.getpid()}"
        write_durably(aside, fresh, mode=0o600)
        try:
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    os.chmod(path, 0o600)
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise NeedsPerson("signing_key_broken", path=str(path))
    return SigningKey(key)
