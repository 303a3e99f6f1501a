"""Enrolment and sign-in against a real central over real TLS."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from sync.central.composition import Central
from sync.clock import SystemClock
from sync.contract.enrolment import make_code
from sync.contract.errors import FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.records import ClockState
from sync.enrol import Enrolled, enrol
from sync.replica.files import sha256_file
from sync.replica.folder import DataFolder
from sync.replica.meta import clock_state
from sync.replica.work import WorkStore
from sync.signing_in import sign_in, sign_out
from sync.vault import Vault, kernel_keys, session, wrapping
from tests.contract import central_server
from tests.contract.central_server import PIN, CentralUnderTest, fill_small_city

CLOCK = SystemClock()


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralUnderTest]:
    with CentralUnderTest(tmp_path_factory.mktemp("central")) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DataFolder]:
    monkeypatch.setattr(wrapping, "MEMORY_KIB", 64)
    monkeypatch.setattr(wrapping, "PIN_SECONDS", 0.0)
    made = DataFolder(tmp_path / "tablet")
    yield made
    session.forget(made)


def _enrol(folder: DataFolder, server: str, code: str, key: bytes | None = None) -> Enrolled:
    return enrol(folder, server, code, "tablet 7", CLOCK, vault=Vault(folder), key=key)


def _left_behind(folder: DataFolder) -> set[str]:
    """Files a person's enrolment has made; folders and lock files hold nothing."""
    return {path.name for path in folder.root.rglob("*") if path.is_file() and path.suffix != ".lock"}


def _refused(folder: DataFolder, server: str, code: str) -> FieldError:
    with pytest.raises(FieldError) as refused:
        _enrol(folder, server, code)
    assert _left_behind(folder) == set()
    return refused.value


def test_enrolled_the_tablet_has_an_identity_a_pinned_authority_and_a_store(
    central: CentralUnderTest, folder: DataFolder
) -> None:
    enrolled = _enrol(folder, central.url, central.enrol_code())
    assert folder.authority.read_bytes() == central.authority_pem.read_bytes()
    assert _left_behind(folder) == {"00000001.log", "authority.pem", "keys.json", "work.db"}
    store = WorkStore(folder, enrolled.key)
    assert store.meta.identity() == enrolled.identity
    assert enrolled.identity.city.division == "440306"
    assert enrolled.identity.signing_key == central.central.signing.public_hex
    assert clock_state(store.meta.clock_fix()) is ClockState.TRUSTED
    store.close()
    assert enrolled.officer_id == ""


def test_nothing_secret_lies_in_the_clear(central: CentralUnderTest, folder: DataFolder) -> None:
    enrolled = _enrol(folder, central.url, central.enrol_code())
    secrets = [
        text.encode() for text in (enrolled.identity.token, enrolled.identity.private_key, enrolled.key.hex())
    ]
    for path in folder.root.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(secret in data for secret in [*secrets, enrolled.key]), path


def test_a_mistyped_code_is_told_before_any_network(folder: DataFolder) -> None:
    code = make_code(b"authority", bytes(8)).text()
    mistyped = code[:-1] + ("0" if code[-1] != "0" else "1")
    error = _refused(folder, "https://no.such.host.invalid", mistyped)
    assert (type(error), error.code) == (InputRefused, "code_malformed")


def test_a_code_of_another_server_sends_nothing(central: CentralUnderTest, folder: DataFolder) -> None:
    code = make_code(b"the authority of another city", bytes(8)).text()
    error = _refused(folder, central.url, code)
    assert (type(error), error.code) == (NeedsPerson, "server_identity")


def test_a_wrong_secret_is_refused_plainly(central: CentralUnderTest, folder: DataFolder) -> None:
    code = make_code(central.authority.der, b"\x01\x02\x03\x04\x05\x06").text()
    error = _refused(folder, central.url, code)
    assert (type(error), error.code) == (InputRefused, "code_refused")


def test_a_used_code_is_refused_and_a_new_one_serves(
    central: CentralUnderTest, folder: DataFolder, tmp_path: Path
) -> None:
    code = central.enrol_code()
    _enrol(DataFolder(tmp_path / "other"), central.url, code)
    assert _refused(folder, central.url, code).code == "code_refused"
    assert _enrol(folder, central.url, central.enrol_code())


def test_an_expired_code_is_refused(central: CentralUnderTest, folder: DataFolder) -> None:
    assert _refused(folder, central.url, central.enrol_code(hours=-1)).code == "code_refused"


def test_a_server_without_a_city_says_so_and_leaves_the_code_good(
    folder: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filling: list[Central] = []
    monkeypatch.setattr(central_server, "fill_small_city", lambda empty, _permits: filling.append(empty))
    with CentralUnderTest(tmp_path / "empty") as empty:
        code = empty.enrol_code()
        error = _refused(folder, empty.url, code)
        assert (type(error), error.code) == (RetryLater, "city_missing")
        monkeypatch.undo()
        fill_small_city(filling[0])
        assert _enrol(folder, empty.url, code)


def test_an_unreachable_server_is_said_so(central: CentralUnderTest, folder: DataFolder) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server = f"https://127.0.0.1:{taken.getsockname()[1]}"
        error = _refused(folder, server, central.enrol_code())
    assert (type(error), error.code) == (RetryLater, "unreachable")


def test_a_server_that_speaks_no_tls_is_not_the_one(central: CentralUnderTest, folder: DataFolder) -> None:
    got: list[bytes] = []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        def answer() -> None:
            peer, _ = listener.accept()
            with peer:
                got.append(peer.recv(4096))
                peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        error = _refused(folder, f"https://127.0.0.1:{listener.getsockname()[1]}", central.enrol_code())
        thread.join()
    assert error.code == "server_identity"
    assert got[0][:1] == b"\x16"  # a TLS handshake record and nothing of ours


@pytest.mark.parametrize("server", ["http://127.0.0.1:1", "ftp://x", "", "https://a b", "https://h/path"])
def test_what_is_no_server_address_is_refused(server: str, folder: DataFolder) -> None:
    error = _refused(folder, server, make_code(b"a", bytes(8)).text())
    assert error.code == "server_address_invalid"


def test_a_tablet_with_work_is_never_enrolled_elsewhere(
    central: CentralUnderTest, folder: DataFolder
) -> None:
    enrolled = _enrol(folder, central.url, central.enrol_code())
    before = {path.name: sha256_file(path) for path in folder.root.iterdir() if path.is_file()}
    other = make_code(b"the authority of another city", bytes(8)).text()
    with pytest.raises(NeedsPerson, match="already_enrolled"):
        _enrol(folder, central.url, other, enrolled.key)
    with pytest.raises(NeedsPerson, match="locked"):
        _enrol(folder, central.url, central.enrol_code())
    assert {path.name: sha256_file(path) for path in folder.root.iterdir() if path.is_file()} == before


def test_enrolled_anew_at_the_same_server_the_work_stays_and_the_device_is_the_same(
    central: CentralUnderTest, folder: DataFolder
) -> None:
    first = _enrol(folder, central.url, central.enrol_code())
    store = WorkStore(folder, first.key)
    with store.act():
        assert store.meta.next_device_seq() == 1
    store.close()
    again = _enrol(folder, central.url, central.enrol_code(), first.key)
    assert again.key == first.key
    assert again.identity.device_id == first.identity.device_id
    assert again.identity.token != first.identity.token
    sign_in(folder, "G1001", PIN, vault=Vault(folder))  # the escrow key of now opens the store
    store = WorkStore(folder, again.key)
    with store.act():
        assert store.meta.next_device_seq() == 2
    assert store.meta.identity() == again.identity
    store.close()


def test_a_kill_before_the_store_was_in_place_leaves_a_tablet_that_can_be_enrolled(
    central: CentralUnderTest, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(self: Path, target: Path) -> Path:
        raise Killed

    with monkeypatch.context() as during:
        during.setattr(Path, "rename", die)
        with pytest.raises(Killed):
            _enrol(folder, central.url, central.enrol_code())
    with pytest.raises(NeedsPerson, match="not_enrolled"):
        sign_in(folder, "G1001", PIN, vault=Vault(folder))
    enrolled = _enrol(folder, central.url, central.enrol_code())
    WorkStore(folder, enrolled.key).close()


@pytest.mark.skipif(not kernel_keys.works(), reason="this kernel keeps no keys for us")
def test_a_code_made_for_an_officer_signs_them_in(central: CentralUnderTest, folder: DataFolder) -> None:
    enrolled = _enrol(folder, central.url, central.enrol_code("G1001"))
    assert enrolled.officer_id == "G1001"
    assert session.recall(folder) == session.Session(enrolled.key, "G1001")
    sign_out(folder)
    assert session.recall(folder) is None


def test_the_first_sign_in_asks_central_and_later_ones_need_no_network(
    tmp_path: Path, folder: DataFolder
) -> None:
    with CentralUnderTest(tmp_path / "central") as central:
        enrolled = _enrol(folder, central.url, central.enrol_code())
        first = sign_in(folder, "g1001", PIN, vault=Vault(folder))
        assert first.key == enrolled.key
        assert first.card is not None
        assert first.card.role == "grid_worker"
    assert sign_in(folder, "G1001", PIN, vault=Vault(folder)).key == enrolled.key
    with pytest.raises(InputRefused, match="pin_wrong"):
        sign_in(folder, "G1001", "999999", vault=Vault(folder))
    with pytest.raises(NeedsPerson, match="sign_in_needs_network"):
        sign_in(folder, "G1002", PIN, vault=Vault(folder))


def test_an_officer_central_does_not_know_and_a_wrong_first_pin_sound_the_same(
    central: CentralUnderTest, folder: DataFolder
) -> None:
    _enrol(folder, central.url, central.enrol_code())
    for officer, pin in (("Z9999", PIN), ("I2001", "999999")):
        with pytest.raises(InputRefused, match="officer_unknown"):
            sign_in(folder, officer, pin, vault=Vault(folder))
    assert Vault(folder).officers() == ()


def test_a_pin_changed_at_central_opens_the_store_again(
    central: CentralUnderTest, folder: DataFolder
) -> None:
    enrolled = _enrol(folder, central.url, central.enrol_code())
    Vault(folder).add_pin_slot(enrolled.key, "U3001", "111111")
    assert sign_in(folder, "U3001", PIN, vault=Vault(folder)).key == enrolled.key
    assert Vault(folder).open_with_pin("U3001", PIN) == enrolled.key


def test_a_clock_far_off_is_named_as_the_reason(tmp_path: Path, folder: DataFolder) -> None:
    from sync.central.world import real_world

    future = datetime.now(UTC) + timedelta(days=4000)
    world = msgspec.structs.replace(real_world(), now=lambda: future)
    with CentralUnderTest(tmp_path / "central", world=world) as central:
        error = _refused(folder, central.url, central.enrol_code())
    assert (type(error), error.code) == (NeedsPerson, "clock_wrong")
