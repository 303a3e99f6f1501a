"""Sign-in of officers: offline by their PIN, the first time (or with a new PIN) checked by central.

Central gives back the device's escrow key for a right PIN; it opens the data key here, which is then wrapped
under the PIN, so that every later sign-in works without a network.
"""

from __future__ import annotations

import msgspec

from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.ids import check_officer_id
from sync.contract.wire import OfficerCard, SignInRequest
from sync.remote.address import parse_address
from sync.remote.admission import ask_sign_in
from sync.remote.transport import CONNECT_S, READ_S, Transport
from sync.replica.folder import DataFolder
from sync.vault import Vault, session
from sync.vault.opening import system_vault
from sync.vault.wrapping import check_pin

QUICK_S = 3.0
"""How long an online check may hold up somebody whose PIN did not open the store here."""
_REFUSED = frozenset({"pin_wrong", "officer_inactive", "officer_unknown"})
_NO_NETWORK = frozenset({"unreachable", "timeout", "not_ours"})


class SignedIn(msgspec.Struct, frozen=True):
    """An officer who has opened the store; ``card`` is central's word on them when it was asked."""

    officer_id: str
    key: bytes
    card: OfficerCard | None = None


def sign_in(folder: DataFolder, officer_id: str, pin: str, *, vault: Vault | None = None) -> SignedIn:
    """Open the store for an officer: by their PIN here, else by central (a first sign-in, a new PIN).

    Codes: ``officer_id_invalid``, ``pin_invalid``, ``pin_wrong``, ``pin_wait``, ``sign_in_needs_network``,
    ``officer_unknown``, ``not_enrolled``.
    """
    officer = check_officer_id(officer_id)
    check_pin(pin)
    vault = vault or system_vault(folder)
    if vault.device() is None or not folder.holds_work():
        raise NeedsPerson("not_enrolled")
    if officer not in vault.officers():
        signed_in = _sign_in_first_time(folder, officer, pin, vault)
    else:
        try:
            signed_in = SignedIn(officer, vault.open_with_pin(officer, pin))
        except InputRefused as refused:
            if refused.code != "pin_wrong":
                raise
            signed_in = _sign_in_with_new_pin(folder, officer, pin, vault, refused)
    session.remember(folder, signed_in.key, officer)
    return signed_in


def sign_out(folder: DataFolder) -> None:
    """Nobody is signed in any more. What is pending stays, and a running daemon still sends it."""
    session.forget(folder)


def _sign_in_first_time(folder: DataFolder, officer: str, pin: str, vault: Vault) -> SignedIn:
    try:
        return _sign_in_online(folder, officer, pin, vault)
    except RetryLater as error:
        if error.code in _NO_NETWORK:
            raise NeedsPerson("sign_in_needs_network") from error
        raise
    except (NeedsPerson, InputRefused) as error:
        if error.code in _REFUSED:
            raise InputRefused("officer_unknown") from error
        raise


def _sign_in_with_new_pin(
    folder: DataFolder, officer: str, pin: str, vault: Vault, refused: InputRefused
) -> SignedIn:
    """The PIN does not open the store here; perhaps it is a new one. Whatever fails: it is wrong."""
    try:
        return _sign_in_online(folder, officer, pin, vault, connect_s=QUICK_S, read_s=QUICK_S)
    except FieldError:
        raise refused from None


def _sign_in_online(
    folder: DataFolder,
    officer: str,
    pin: str,
    vault: Vault,
    *,
    connect_s: float = CONNECT_S,
    read_s: float = READ_S,
) -> SignedIn:
    device = vault.device()
    if device is None:
        raise NeedsPerson("not_enrolled")
    transport = Transport(parse_address(device.server), folder.authority, connect_s=connect_s, read_s=read_s)
    try:
        answer = ask_sign_in(transport, SignInRequest(device.device_id, officer, pin))
    finally:
        transport.close()
    key = vault.open_with_escrow(_escrow_bytes(answer.escrow))
    vault.add_pin_slot(key, officer, pin)
    return SignedIn(officer, key, answer.officer)


def _escrow_bytes(text: str) -> bytes:
    try:
        escrow = bytes.fromhex(text)
    except ValueError:
        escrow = b""
    if len(escrow) != 32:
        raise NeedsPerson("escrow_wrong")
    return escrow
