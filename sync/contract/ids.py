"""Identifiers: UUIDv7 made on the device (RFC 9562), and their validation."""

from __future__ import annotations

import re
from collections.abc import Callable

import uuid_utils

from sync.contract.errors import InputRefused

NewId = Callable[[], str]

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_OFFICER = re.compile(r"[A-Z0-9]{4,16}")


def new_id() -> str:
    """A fresh UUIDv7, lower case with hyphens."""
    return str(uuid_utils.uuid7())


def check_id(value: str) -> str:
    """Return ``value`` when it is a lower-case hyphenated UUID, else refuse with ``id_invalid``."""
    if not isinstance(value, str) or not _UUID.fullmatch(value):
        raise InputRefused("id_invalid", value=str(value)[:64])
    return value


def check_sha256(value: str) -> str:
    """Return ``value`` when it is 64 lower-case hex digits, else refuse with ``sha256_invalid``."""
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise InputRefused("sha256_invalid", value=str(value)[:80])
    return value


def check_officer_id(value: str) -> str:
    """Return the officer number in normal form (upper case, 4 to 16 letters and digits)."""
    normal = value.strip().upper() if isinstance(value, str) else ""
    if not _OFFICER.fullmatch(normal):
        raise InputRefused("officer_id_invalid", value=str(value)[:32])
    return normal


def short_id(record_id: str) -> str:
    """The eight characters people read out and see on a stamped photo.

    UUIDv7 begins with the time, so the last characters, which are random, tell records apart.
    """
    return record_id.replace("-", "")[-8:].upper()
