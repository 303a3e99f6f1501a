"""Sessions in the kernel's memory, the system keyring, and the order in which a command line tries them."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring.errors
import pytest

from sync.contract.errors import NeedsPerson
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore
from sync.vault import Vault, kernel_keys, keyring_store, opening, session, wrapping
from sync.vault.keyfile import DeviceRef
from sync.vault.keyring_store import NoKeyring, SystemKeyring, system_keyring

KEY = bytes(range(32))
DEVICE = DeviceRef("https://city.example:8443", "0198c0de-0000-7000-8000-000000000001")
needs_kernel = pytest.mark.skipif(not kernel_keys.works(), reason="this kernel keeps no keys for us")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    made = DataFolder(tmp_path)
    yield made
    session.forget(made)


@pytest.fixture
def enrolled(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setattr(wrapping, "MEMORY_KIB", 64)
    monkeypatch.setattr(wrapping, "PIN_SECONDS", 0.0)
    vault = Vault(folder)
    key = vault.create(DEVICE, bytes(32))
    vault.add_pin_slot(key, "GW0001", "123456")
    WorkStore(folder, key).close()
    return key


@needs_kernel
def test_a_session_is_seen_by_another_process_of_the_user_and_gone_after_sign_out(folder: DataFolder) -> None:
    assert session.remember(folder, KEY, "GW0001")
    look = (
        "import sys, pathlib; from sync.replica.folder import DataFolder; from sync.vault import session;"
        "found = session.recall(DataFolder(pathlib.Path(sys.argv[1])));"
        "print(found.officer_id, found.key.hex()) if found else print('nobody')"
    )
    command = [sys.executable, "-c", look, str(folder.root)]
    seen = subprocess.run(command, capture_output=True, text=True, check=True)
    assert seen.stdout.split() == ["GW0001", KEY.hex()]
    session.forget(folder)
    assert session.recall(folder) is None
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == ["nobody"]


@needs_kernel
def test_a_new_session_replaces_the_old_one(folder: DataFolder) -> None:
    session.remember(folder, KEY, "GW0001")
    session.remember(folder, bytes(32), "IN0002")
    assert session.recall(folder) == session.Session(bytes(32), "IN0002")


@needs_kernel
def test_sessions_of_two_folders_are_apart(folder: DataFolder, tmp_path: Path) -> None:
    session.remember(folder, KEY, "GW0001")
    assert session.recall(DataFolder(tmp_path / "other")) is None


def test_where_the_kernel_refuses_there_is_simply_no_session(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel_keys, "_CALLS", {})
    assert not session.remember(folder, KEY, "GW0001")
    assert session.recall(folder) is None
    session.forget(folder)


class FakeBackend:
    """A keyring in a dict."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class LockedBackend(FakeBackend):
    """A keyring that a person has locked."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.KeyringLocked


class SilentBackend(FakeBackend):
    """A keyring that waits for a person who is not there."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait()
        return None


def test_a_real_keyring_keeps_the_key_of_each_folder(folder: DataFolder, tmp_path: Path) -> None:
    backend = FakeBackend()
    store = SystemKeyring(backend, folder, "SecretService")
    assert store.put(KEY)
    assert store.get() == KEY
    assert SystemKeyring(backend, DataFolder(tmp_path / "other"), "SecretService").get() is None
    store.remove()
    assert store.get() is None


def test_a_locked_keyring_is_done_without(folder: DataFolder) -> None:
    store = SystemKeyring(LockedBackend(), folder, "SecretService")
    assert not store.put(KEY)
    assert store.get() is None


def test_a_keyring_that_does_not_answer_is_done_without(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring_store, "ANSWER_WITHIN_S", 0.01)
    backend = SilentBackend()
    assert SystemKeyring(backend, folder, "SecretService").get() is None
    backend.released.set()


def test_without_a_desktop_bus_there_is_no_keyring(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert isinstance(system_keyring(folder), NoKeyring)


def test_a_pin_in_the_environment_opens_the_store(folder: DataFolder, enrolled: bytes) -> None:
    found = opening.find_key(folder, {"FIELDAPP_PIN": "123456", "FIELDAPP_OFFICER": "gw0001"})
    assert found == opening.Opened(enrolled, "GW0001", "pin")
    assert opening.find_key(folder, {"FIELDAPP_PIN": "123456"}).officer_id == "GW0001"


def test_a_pin_that_could_be_anybodys_is_not_guessed_at(folder: DataFolder, enrolled: bytes) -> None:
    Vault(folder).add_pin_slot(enrolled, "GW0002", "654321")
    with pytest.raises(NeedsPerson, match="officer_missing"):
        opening.find_key(folder, {"FIELDAPP_PIN": "123456"})
    assert Vault(folder).open_with_pin("GW0001", "123456") == enrolled


@needs_kernel
def test_a_session_opens_the_store_for_its_officer(folder: DataFolder, enrolled: bytes) -> None:
    session.remember(folder, enrolled, "GW0001")
    assert opening.find_key(folder, {}) == opening.Opened(enrolled, "GW0001", "session")
    store, officer = opening.look_into_store(folder)
    assert officer == "GW0001"
    store.close()


def test_a_keyring_opens_the_store_for_nobody_in_particular(
    folder: DataFolder, enrolled: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = SystemKeyring(FakeBackend(), folder, "SecretService")
    store.put(enrolled)
    monkeypatch.setattr(opening, "system_keyring", lambda _: store)
    assert opening.find_key(folder, {}) == opening.Opened(enrolled, None, "keyring")


@pytest.mark.usefixtures("enrolled")
def test_with_no_way_in_the_store_is_locked(folder: DataFolder) -> None:
    with pytest.raises(NeedsPerson, match="locked"):
        opening.find_key(folder, {})


def test_before_enrolment_there_is_nothing_to_open(folder: DataFolder) -> None:
    with pytest.raises(NeedsPerson, match="not_enrolled"):
        opening.find_key(folder, {"FIELDAPP_PIN": "123456", "FIELDAPP_OFFICER": "GW0001"})
