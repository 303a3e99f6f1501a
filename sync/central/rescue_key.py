"""Central's key for rescue files: X25519, made at first start, kept for its owner's eyes only.

Tablets learn the public half at enrolment, signed by the signing key. Whoever loses this file loses what was
rescued and not imported yet: it belongs into every backup.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.central.files import write_durably
from sync.contract.errors import NeedsPerson

KEY_FILE = "rescue.key"


class RescueKey:
    """The key pair."""

    def __init__(self, private: X25519PrivateKey) -> None:
        self.private = private
        self.public = private.public_key().public_bytes_raw()


def ensure_rescue_key(folder: Path) -> RescueKey:
    """Load the key from ``folder`` or make it; of two processes that make one, the first one's stays."""
    path = folder / KEY_FILE
    if not path.exists():
        aside = folder / f"{KEY_FILE}.{os.getpid()}"
        write_durably(aside, X25519PrivateKey.generate().private_bytes_raw().hex().encode(), mode=0o600)
        try:
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    os.chmod(path, 0o600)
    try:
        return RescueKey(X25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text().strip())))
    except ValueError:
        raise NeedsPerson("rescue_key_broken", path=str(path)) from None
