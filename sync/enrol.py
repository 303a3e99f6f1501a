"""Enrolment: how a tablet comes to belong to a city.

    code → fingerprint held against the server's authority → pinned → one-time secret traded for an identity
         → store built aside, identity inside → keys.json, authority.pem → store put in its place

The store's rename is the last step and the one that counts: before it the tablet is not enrolled and may
simply try again; nothing that held work is ever overwritten or removed.
"""

from __future__ import annotations

import platform
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from sync.clock import Clock
from sync.contract.enrolment import EnrolCode, parse_code
from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.signatures import Purpose, is_signed
from sync.contract.wire import EnrolAnswer, EnrolRequest
from sync.remote.address import ServerAddress, parse_address
from sync.remote.admission import ask_enrol, fingerprint_of, pinned_authority
from sync.remote.device_key import DeviceKey
from sync.remote.transport import Transport
from sync.replica.files import durable_write, remove_quietly, sync_folder
from sync.replica.folder import DataFolder
from sync.replica.meta import Identity
from sync.replica.work import WorkStore
from sync.vault import Vault, session
from sync.vault.keyfile import DeviceRef
from sync.vault.opening import system_vault
from sync.vault.wrapping import RandomBytes

LOST_ANSWERS = 3
"""How often the secret is offered: central answers the same device again when an answer was lost."""
_CODE_REFUSED = frozenset({"code_unknown", "code_used", "code_expired"})
_ASIDE = ".enrolling"


Introduce = Callable[[WorkStore], None]


class Enrolled(msgspec.Struct, frozen=True):
    """A tablet that belongs to a city now. ``officer_id`` is who is signed in by the code, or ""."""

    identity: Identity
    officer_id: str
    key: bytes


def enrol(
    folder: DataFolder,
    server: str,
    code_text: str,
    device_name: str,
    clock: Clock,
    *,
    vault: Vault | None = None,
    key: bytes | None = None,
    random_bytes: RandomBytes = secrets.token_bytes,
) -> Enrolled:
    """Enrol this tablet. ``key`` opens a store that is already here (an enrolment anew, same authority).

    Codes: ``code_malformed``, ``server_address_invalid`` (both before any network), ``already_enrolled``,
    ``locked``, ``unreachable``, ``server_identity``, ``clock_wrong``, ``code_refused``.
    """
    code = parse_code(code_text)
    address = parse_address(server)
    vault = vault or system_vault(folder, clock)
    anew = folder.holds_work()
    if anew:
        _require_same_authority(folder, code)
        if key is None:
            raise NeedsPerson("locked")
    authority = pinned_authority(address, code)
    former = _former_identity(folder, key) if anew and key is not None else None
    device_key = DeviceKey.from_hex(former.private_key) if former is not None else DeviceKey.generate()
    escrow = random_bytes(32)
    request = EnrolRequest(
        secret=code.secret,
        public_key=device_key.public_hex(),
        escrow=escrow.hex(),
        device_name=device_name[:120],
        platform=platform.platform(terse=True)[:120],
        former=None if former is None else device_key.token_request(former.device_id),
    )
    answer = _trade(folder, address, authority, request)
    rescue_key = _vouched_rescue_key(answer)
    identity = Identity(
        server=address.text,
        device_id=answer.device_id,
        private_key=device_key.private_hex(),
        token=answer.token,
        epoch=answer.epoch,
        city=answer.city,
        signing_key=answer.signing_key,
        rescue_key=rescue_key,
    )
    device = DeviceRef(address.text, answer.device_id, rescue_key)

    def introduce(store: WorkStore) -> None:
        with store.act():
            store.meta.set_identity(identity)
            store.meta.note_server_time(answer.server_time, clock)

    if anew and key is not None:
        _admit_again(folder, vault, key, device, escrow, introduce)
    else:
        key = _put_in_place(folder, vault, device, escrow, authority, introduce)
    vault.keyring.put(key)
    if answer.officer_id:
        session.remember(folder, key, answer.officer_id)
    return Enrolled(identity, answer.officer_id, key)


def _vouched_rescue_key(answer: EnrolAnswer) -> str:
    """The key for rescue files; "" from a central that has none yet. One that nobody signed is refused."""
    if not answer.rescue_key:
        return ""
    try:
        key, signature = bytes.fromhex(answer.rescue_key), bytes.fromhex(answer.rescue_signature)
    except ValueError:
        key = signature = b""
    if len(key) != 32 or not is_signed(answer.signing_key, Purpose.RESCUE_KEY, key, signature):
        raise NeedsPerson("rescue_key_forged")
    return answer.rescue_key


def _require_same_authority(folder: DataFolder, code: EnrolCode) -> None:
    try:
        pinned = fingerprint_of(folder.authority.read_bytes())
    except (OSError, ValueError):
        pinned = ""
    if pinned != code.fingerprint or not folder.keys.exists():
        raise NeedsPerson("already_enrolled")


def _former_identity(folder: DataFolder, key: bytes) -> Identity | None:
    """Which device this tablet is: it stays that one, or what it holds could not be sent any more."""
    store = WorkStore(folder, key)
    try:
        return store.meta.identity()
    finally:
        store.close()


def _trade(
    folder: DataFolder, address: ServerAddress, authority: bytes, request: EnrolRequest
) -> EnrolAnswer:
    """Trade the secret for an identity, over a connection verified against the authority just found."""
    aside = folder.root / f"{_ASIDE}.pem"
    durable_write(aside, authority)
    transport = Transport(address, aside)
    try:
        for left in reversed(range(LOST_ANSWERS)):
            try:
                return ask_enrol(transport, request)
            except RetryLater as error:
                if not left or error.code not in ("timeout", "unreachable"):
                    raise
        raise RetryLater("unreachable", server=address.text)
    except NeedsPerson as error:
        if error.code in _CODE_REFUSED:
            raise InputRefused("code_refused") from error
        raise
    finally:
        transport.close()
        remove_quietly(aside)


def _put_in_place(
    folder: DataFolder,
    vault: Vault,
    device: DeviceRef,
    escrow: bytes,
    authority: bytes,
    introduce: Introduce,
) -> bytes:
    """Build the store aside, then put authority, keys and store in their places, in this order."""
    aside = folder.root / _ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(folder.journal, ignore_errors=True)  # empty, or this would be an enrolment anew
    session.forget(folder)
    _keep_old_keys(folder, vault)
    before = (folder.keys.exists(), folder.authority.exists())
    try:
        key = vault.create(device, escrow)
        _build_store(DataFolder(aside), key, introduce)
        durable_write(folder.authority, authority)
        DataFolder(aside).journal.rename(folder.journal)
        DataFolder(aside).work_db.rename(folder.work_db)
        sync_folder(folder.root)
    except (FieldError, OSError):
        if not folder.work_db.exists():
            shutil.rmtree(folder.journal, ignore_errors=True)
        for path, was_there in zip((folder.keys, folder.authority), before, strict=True):
            if not was_there and not folder.work_db.exists():
                remove_quietly(path)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return key


def _keep_old_keys(folder: DataFolder, vault: Vault) -> None:
    """Keys with which somebody has worked are kept, should the store they open turn up again."""
    device = vault.device()
    if device is not None and vault.officers():
        folder.keys.rename(folder.root / f"keys-{device.device_id}.json")


def _build_store(aside: DataFolder, key: bytes, introduce: Introduce) -> None:
    store = WorkStore(aside, key, checkpoints=True)
    try:
        introduce(store)
    finally:
        store.close()
    _require_whole(aside.work_db)


def _require_whole(database: Path) -> None:
    """A closed store is one file: its WAL was emptied into it."""
    wal = database.with_name(database.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        raise NeedsPerson("disk_failed", path=str(wal), reason="WAL")


def _admit_again(
    folder: DataFolder,
    vault: Vault,
    key: bytes,
    device: DeviceRef,
    escrow: bytes,
    introduce: Introduce,
) -> None:
    """A new admission for a store that is here: keys first, identity last, work untouched."""
    store = WorkStore(folder, key)
    try:
        vault.admit_again(key, device, escrow)
        introduce(store)
    finally:
        store.close()
