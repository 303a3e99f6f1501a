"""Devices: let in once by a one-time code, known afterwards by a token or by their own key.

Of codes and tokens only hashes are kept. A code answers the same device again (same public key) until it
expires, because the first answer may have been lost on the way. A tablet that is enrolled anew and proves
which device it was stays that one, so that what it still holds can be sent.
"""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.central.settings import Settings
from sync.central.store.attempts import note_failure, note_success, require_no_wait
from sync.central.store.city import city_of
from sync.central.store.store import Store, get_row
from sync.central.world import World, iso, parse_iso
from sync.contract.enrolment import EnrolCode, make_code
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.ids import check_id, check_officer_id
from sync.contract.text import check_note
from sync.contract.wire import EnrolAnswer, EnrolRequest, TokenRequest, token_text
from sync.replica.database import Database

_HEX_32 = re.compile(r"[0-9a-f]{64}")
_NONCE = re.compile(r"[A-Za-z0-9_-]{16,128}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
NAME_MAX = 120


class Device(msgspec.Struct, frozen=True):
    """A tablet that was let in."""

    device_id: str
    name: str
    platform: str
    officer_id: str


class PublicKeys(msgspec.Struct, frozen=True):
    """What a tablet pins at enrolment, in hex; the signing key vouches for the rescue key."""

    signing: str
    rescue: str
    rescue_signature: str


class IssuedCode(msgspec.Struct, frozen=True):
    """A code that was just made; this is the only time its text is known."""

    code: EnrolCode
    expires_at: str


class Devices:
    """Who may talk to central."""

    def __init__(self, store: Store, world: World, settings: Settings, keys: PublicKeys) -> None:
        self._store = store
        self._world = world
        self._token_life = settings.token_life
        self._keys = keys

    def issue_code(self, authority_der: bytes, officer_id: str, life: timedelta) -> IssuedCode:
        """Make a one-time code, for a certain officer or for anyone ("")."""
        code = make_code(authority_der, self._world.random(16))
        now = self._world.now()
        with self._store.writing() as db:
            if officer_id:
                officer_id = check_officer_id(officer_id)
                if get_row(db, "officer", officer_id) is None:
                    raise InputRefused("officer_not_found", officer_id=officer_id)
            db.execute(
                "INSERT INTO enrol_code (secret_hash, officer_id, issued_at, expires_at, device_id)"
                " VALUES (?, ?, ?, ?, '')",
                (_hash("code", code.secret), officer_id, iso(now), iso(now + life)),
            )
        return IssuedCode(code=code, expires_at=iso(now + life))

    def enrol(self, request: EnrolRequest, address: str) -> EnrolAnswer:
        """Let a device in with its one-time secret."""
        _check_enrolment(request)
        now = self._world.now()
        subject = f"enrol:{address}"
        with self._store.writing() as db:
            require_no_wait(db, subject, now)
            city = city_of(db)
            row = db.execute(
                "SELECT officer_id, expires_at, device_id FROM enrol_code WHERE secret_hash = ?",
                (_hash("code", request.secret),),
            ).fetchone()
            if row is not None:
                officer_id, expires_at, device_id = row
                if parse_iso(expires_at) <= now:
                    raise NeedsPerson("code_expired")
                if device_id and not self._same_key(db, device_id, request.public_key):
                    raise NeedsPerson("code_used")
                device_id = device_id or self._admit(db, request, officer_id)
                note_success(db, subject)
                return EnrolAnswer(
                    device_id=device_id,
                    token=self._new_token(db, device_id),
                    epoch=self._store.epoch,
                    city=city,
                    officer_id=officer_id,
                    server_time=now,
                    signing_key=self._keys.signing,
                    rescue_key=self._keys.rescue,
                    rescue_signature=self._keys.rescue_signature,
                )
            note_failure(db, subject, now)
        raise NeedsPerson("code_unknown")

    def authenticate(self, token: str) -> Device:
        """The device behind a bearer token."""
        row = self._store.row(
            "SELECT d.device_id, d.name, d.platform, d.officer_id, d.active, t.expires_at"
            " FROM token t JOIN device d ON d.device_id = t.device_id WHERE t.token_hash = ?",
            (_hash("token", token),),
        )
        if row is None:
            raise NeedsPerson("token_invalid")
        if not row[4]:
            raise NeedsPerson("device_refused")
        if parse_iso(row[5]) <= self._world.now():
            raise NeedsPerson("token_expired")
        return Device(*row[:4])

    def renew(self, request: TokenRequest) -> str:
        """A fresh token for a device that proves its key; each nonce serves once."""
        with self._store.writing() as db:
            row = db.execute(
                "SELECT public_key, active FROM device WHERE device_id = ?", (check_id(request.device_id),)
            ).fetchone()
            if row is None:
                raise NeedsPerson("signature_invalid")
            _check_signature(request, row[0])
            if not row[1]:
                raise NeedsPerson("device_refused")
            _use_nonce(db, request)
            return self._new_token(db, request.device_id)

    def escrow(self, device_id: str) -> str:
        """A welcome device's share of its key; only for officers who prove who they are."""
        check_id(device_id)
        with self._store.reading() as db:
            row = db.execute(
                "SELECT escrow FROM device WHERE device_id = ? AND active = 1", (device_id,)
            ).fetchone()
        if row is None:
            raise NeedsPerson("device_refused")
        return str(row[0])

    def public_key(self, device_id: str) -> str:
        """The key a device signs with, also of one no longer welcome: what it saved still counts."""
        with self._store.reading() as db:
            row = db.execute("SELECT public_key FROM device WHERE device_id = ?", (device_id,)).fetchone()
        if row is None:
            raise InputRefused("rescue_device_unknown", device_id=device_id)
        return str(row[0])

    def kept_escrow(self, device_id: str) -> str:
        """A device's share of its key, welcome or not: for reading its rescue file at central itself."""
        with self._store.reading() as db:
            row = db.execute("SELECT escrow FROM device WHERE device_id = ?", (device_id,)).fetchone()
        if row is None:
            raise InputRefused("rescue_device_unknown", device_id=device_id)
        return str(row[0])

    def set_active(self, device_id: str, active: bool) -> None:
        """Refuse a lost device, or let it in again."""
        with self._store.writing() as db:
            db.execute("UPDATE device SET active = ? WHERE device_id = ?", (int(active), device_id))

    def _admit(self, db: Database, request: EnrolRequest, officer_id: str) -> str:
        device_id = self._former(db, request) or self._world.new_id()
        db.execute(
            "INSERT OR REPLACE INTO device (device_id, name, platform, public_key, escrow, officer_id,"
            " enrolled_at, active) VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
            (
                device_id,
                request.device_name,
                request.platform,
                request.public_key,
                request.escrow,
                officer_id,
                iso(self._world.now()),
            ),
        )
        db.execute(
            "UPDATE enrol_code SET device_id = ? WHERE secret_hash = ?",
            (device_id, _hash("code", request.secret)),
        )
        return device_id

    def _former(self, db: Database, request: EnrolRequest) -> str:
        """Which device this tablet was before, as it proves; central may have lost that device's row."""
        former = request.former
        if former is None:
            return ""
        _check_signature(former, request.public_key)
        row = db.execute(
            "SELECT public_key FROM device WHERE device_id = ?", (check_id(former.device_id),)
        ).fetchone()
        if row is not None and row[0] != request.public_key:
            raise NeedsPerson("signature_invalid")
        _use_nonce(db, former)
        return former.device_id

    def _same_key(self, db: Database, device_id: str, public_key: str) -> bool:
        row = db.execute(
            "SELECT public_key FROM device WHERE device_id = ? AND active = 1", (device_id,)
        ).fetchone()
        return row is not None and row[0] == public_key

    def _new_token(self, db: Database, device_id: str) -> str:
        token = self._world.random(32).hex()
        now = self._world.now()
        db.execute("DELETE FROM token WHERE device_id = ? AND expires_at <= ?", (device_id, iso(now)))
        db.execute(
            "INSERT INTO token (token_hash, device_id, issued_at, expires_at) VALUES (?, ?, ?, ?)",
            (_hash("token", token), device_id, iso(now), iso(now + self._token_life)),
        )
        return token


def _hash(kind: str, secret: str) -> str:
    return hashlib.sha256(f"fieldapp-{kind}:{secret}".encode()).hexdigest()


def _check_signature(request: TokenRequest, public_key: str) -> None:
    if not _NONCE.fullmatch(request.nonce):
        raise InputRefused("nonce_invalid")
    if not _SIGNATURE.fullmatch(request.signature):
        raise NeedsPerson("signature_invalid")
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(request.signature), token_text(request.device_id, request.nonce))
    except (InvalidSignature, ValueError):
        raise NeedsPerson("signature_invalid") from None


def _use_nonce(db: Database, request: TokenRequest) -> None:
    used = db.execute(
        "INSERT OR IGNORE INTO token_nonce (device_id, nonce) VALUES (?, ?) RETURNING 1",
        (request.device_id, request.nonce),
    ).fetchall()
    if not used:
        raise NeedsPerson("nonce_used")


def _check_enrolment(request: EnrolRequest) -> None:
    for name, value in (("public_key", request.public_key), ("escrow", request.escrow)):
        if not _HEX_32.fullmatch(value):
            raise InputRefused("key_invalid", name=name)
    if len(request.secret) > 64:
        raise NeedsPerson("code_unknown")
    for value in (request.device_name, request.platform):
        if len(check_note(value)) > NAME_MAX:
            raise InputRefused("device_name_invalid")
