"""How a command line gets at the work store: PIN from the environment, session, keyring — else ``locked``.

The PIN comes from FIELDAPP_PIN with FIELDAPP_OFFICER (which may be left out where one officer alone has
signed in), never from an argument: arguments are visible to every user of a machine. Only a PIN or a session
says who the officer is; the keyring opens the store for nobody in particular.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import msgspec

from sync.clock import Clock
from sync.contract.errors import NeedsPerson
from sync.contract.ids import check_officer_id
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore
from sync.vault import session
from sync.vault.keyring_store import system_keyring
from sync.vault.vault import Vault

PIN = "FIELDAPP_PIN"
OFFICER = "FIELDAPP_OFFICER"


class Opened(msgspec.Struct, frozen=True):
    """The data key, who opened it (None: nobody in particular), and by which way."""

    key: bytes
    officer_id: str | None
    way: str


def system_vault(folder: DataFolder, clock: Clock | None = None) -> Vault:
    """The vault of a folder with this system's keyring."""
    return Vault(folder, clock, keyring=system_keyring(folder))


def find_key(folder: DataFolder, environment: Mapping[str, str] | None = None) -> Opened:
    """The data key by the first way that works; else ``not_enrolled``, ``locked``, or ``officer_missing``
    where a PIN was given and several officers could be meant."""
    values = os.environ if environment is None else environment
    vault = system_vault(folder)
    if vault.device() is None or not folder.holds_work():
        raise NeedsPerson("not_enrolled")
    pin, officer_id = values.get(PIN), values.get(OFFICER) or _only(vault.officers())
    if pin and officer_id:
        return Opened(vault.open_with_pin(officer_id, pin), check_officer_id(officer_id), "pin")
    kept = session.recall(folder)
    if kept is not None:
        return Opened(kept.key, kept.officer_id or None, "session")
    key = vault.keyring.get()
    if key is not None:
        return Opened(key, None, "keyring")
    raise NeedsPerson("officer_missing" if pin and vault.officers() and not officer_id else "locked")


def _only(officers: tuple[str, ...]) -> str:
    return officers[0] if len(officers) == 1 else ""


def look_into_store(folder: DataFolder) -> tuple[WorkStore, str | None]:
    """The work store for a look, and the officer who is signed in, if somebody is."""
    opened = find_key(folder)
    return WorkStore(folder, opened.key, looking=True), opened.officer_id
