"""Who works at the command desk over the network: signs in with number and PIN, gets a pass for a shift.

A pass is the officer's number and when it ends, signed by central's own key: nothing is stored. Role and
whether the officer is still active are looked at with every request.
"""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime, timedelta

import msgspec

from sync.central.signing import SigningKey
from sync.central.store.intake import officer_role
from sync.central.store.officers import Officers
from sync.central.store.store import Store
from sync.central.world import World
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.lifecycle import COMMAND
from sync.contract.signatures import SIGNATURE_BYTES, Purpose, is_signed
from sync.contract.wire import OfficerCard

PASS_LIFE = timedelta(hours=12)
PASS_MAX = 400


class PassBody(msgspec.Struct, frozen=True, array_like=True):
    """What is signed."""

    officer_id: str
    ends: int


class DeskSignIn(msgspec.Struct, frozen=True):
    """An officer's number and PIN."""

    officer_id: str
    pin: str


class DeskPassAnswer(msgspec.Struct, frozen=True):
    """The pass, to be sent as a bearer token with every request of the desk."""

    token: str
    officer: OfficerCard
    expires_at: datetime


class DeskPasses:
    """Gives passes out and reads them."""

    def __init__(self, store: Store, world: World, officers: Officers, key: SigningKey) -> None:
        self._store = store
        self._world = world
        self._officers = officers
        self._key = key

    def sign_in(self, asked: DeskSignIn) -> DeskPassAnswer:
        """A pass for the right PIN of an officer in a command role."""
        card = self._officers.sign_in(asked.officer_id, asked.pin)
        self._require_command(card.officer_id)
        ends = (self._world.now() + PASS_LIFE).replace(microsecond=0)
        body = msgspec.json.encode(PassBody(card.officer_id, int(ends.timestamp())))
        token = base64.urlsafe_b64encode(self._key.sign(Purpose.DESK, body) + body).decode().rstrip("=")
        return DeskPassAnswer(token, card, ends)

    def officer(self, token: str) -> str:
        """Whose pass it is; ``token_invalid`` or ``token_expired``."""
        body = self._read(token)
        if datetime.fromtimestamp(body.ends, UTC) <= self._world.now():
            raise NeedsPerson("token_expired")
        self._require_command(body.officer_id)
        return body.officer_id

    def _read(self, token: str) -> PassBody:
        if len(token) > PASS_MAX:
            raise NeedsPerson("token_invalid")
        try:
            raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
            signature, body = raw[:SIGNATURE_BYTES], raw[SIGNATURE_BYTES:]
            if is_signed(self._key.public_hex, Purpose.DESK, body, signature):
                return msgspec.json.decode(body, type=PassBody)
        except (binascii.Error, ValueError, msgspec.MsgspecError):
            pass
        raise NeedsPerson("token_invalid")

    def _require_command(self, officer_id: str) -> None:
        with self._store.reading() as db:
            try:
                role, active = officer_role(db, officer_id)
            except InputRefused:
                raise NeedsPerson("token_invalid") from None
        if not active:
            raise NeedsPerson("officer_inactive", officer_id=officer_id)
        if role not in COMMAND:
            raise NeedsPerson("desk_not_your_role", role=role.value)
