"""The vault: who can open it, who cannot, and what a wrong PIN costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.contract.errors import InputRefused, NeedsPerson
from sync.replica.folder import DataFolder
from sync.replica.reserve import reserve_path
from sync.vault import Vault, keyfile, wrapping
from sync.vault.keyfile import DeviceRef, read_keys
from sync.vault.tries import FIRST_WAIT_S, FREE_TRIES, LONGEST_WAIT_S, wait_after

DEVICE = DeviceRef("https://city.example:8443", "0198c0de-0000-7000-8000-000000000001")
ESCROW = bytes(range(32))


class HandClock:
    """A clock that a test sets by hand."""

    def __init__(self) -> None:
        self.boot_id = "boot-1"
        self.seconds = 1000.0
        self.wall = datetime(2026, 3, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.wall

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def test_a_guess_costs_at_least_64_mib_and_a_tenth_of_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert wrapping.measured_cost(iter([0.0, 0.15]).__next__) == wrapping.Cost(64 * 1024, 3, 2)
    fast = wrapping.measured_cost(iter([0.0, 0.01]).__next__)
    assert fast.passes * 0.01 / 3 >= 0.1


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrapping, "MEMORY_KIB", 64)
    monkeypatch.setattr(wrapping, "PIN_SECONDS", 0.0)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


@pytest.fixture
def vault(folder: DataFolder, clock: HandClock) -> Vault:
    return Vault(folder, clock)


def test_every_way_in_gives_the_same_key(vault: Vault) -> None:
    key = vault.create(DEVICE, ESCROW)
    vault.add_pin_slot(key, "GW0001", "123456")
    vault.add_pin_slot(key, "in0002", "654321")
    assert len(key) == 32
    assert vault.open_with_pin("gw0001", "123456") == key
    assert vault.open_with_pin("IN0002", "654321") == key
    assert vault.open_with_escrow(ESCROW) == key
    assert vault.officers() == ("GW0001", "IN0002")


def test_the_key_is_never_in_the_folder(vault: Vault, folder: DataFolder) -> None:
    key = vault.create(DEVICE, ESCROW)
    vault.add_pin_slot(key, "GW0001", "123456")
    for path in folder.root.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert key not in data
            assert key.hex().encode() not in data.lower()
            assert b"123456" not in data


def test_a_wrong_pin_is_refused_and_a_right_one_forgives_it(vault: Vault, folder: DataFolder) -> None:
    key = vault.create(DEVICE, ESCROW)
    vault.add_pin_slot(key, "GW0001", "123456")
    with pytest.raises(InputRefused, match="pin_wrong"):
        vault.open_with_pin("GW0001", "123457")
    assert vault.open_with_pin("GW0001", "123456") == key
    found = read_keys(folder.keys)
    assert found is not None
    assert found.tries == {}


def test_an_officer_without_a_pin_here_is_never_made_to_wait(vault: Vault, folder: DataFolder) -> None:
    vault.add_pin_slot(vault.create(DEVICE, ESCROW), "GW0001", "123456")
    for _ in range(FREE_TRIES + 1):
        with pytest.raises(NeedsPerson, match="sign_in_needs_network"):
            vault.open_with_pin("GW0002", "123456")
    found = read_keys(folder.keys)
    assert found is not None
    assert found.tries == {}


def test_a_slot_of_one_officer_does_not_open_for_another(vault: Vault, folder: DataFolder) -> None:
    key = vault.create(DEVICE, ESCROW)
    vault.add_pin_slot(key, "GW0001", "123456")
    text = folder.keys.read_text().replace("GW0001", "GW0009")
    folder.keys.write_text(text)
    with pytest.raises(InputRefused, match="pin_wrong"):
        vault.open_with_pin("GW0009", "123456")


def test_after_five_wrong_pins_even_the_right_one_waits(vault: Vault, clock: HandClock) -> None:
    key = vault.create(DEVICE, ESCROW)
    vault.add_pin_slot(key, "GW0001", "123456")
    for _ in range(FREE_TRIES):
        with pytest.raises(InputRefused, match="pin_wrong"):
            vault.open_with_pin("GW0001", "000000")
    with pytest.raises(InputRefused) as refused:
        vault.open_with_pin("GW0001", "123456")
    assert refused.value.code == "pin_wait"
    assert refused.value.facts == {"seconds": FIRST_WAIT_S}
    clock.seconds += FIRST_WAIT_S + 0.1
    assert vault.open_with_pin("GW0001", "123456") == key


def test_the_wait_survives_a_new_process_a_set_clock_and_a_reboot(
    vault: Vault, folder: DataFolder, clock: HandClock
) -> None:
    vault.add_pin_slot(vault.create(DEVICE, ESCROW), "GW0001", "123456")
    for _ in range(FREE_TRIES):
        with pytest.raises(InputRefused, match="pin_wrong"):
            vault.open_with_pin("GW0001", "000000")
    rebooted = HandClock()
    rebooted.boot_id, rebooted.seconds, rebooted.wall = "boot-2", 5.0, datetime(2031, 1, 1, tzinfo=UTC)
    again = Vault(folder, rebooted)
    with pytest.raises(InputRefused, match="pin_wait"):
        again.open_with_pin("GW0001", "123456")
    rebooted.seconds += FIRST_WAIT_S - 1
    with pytest.raises(InputRefused, match="pin_wait"):
        again.open_with_pin("GW0001", "123456")
    rebooted.seconds += 1.1
    assert again.open_with_pin("GW0001", "123456")


def test_one_officers_wait_does_not_lock_out_another(vault: Vault) -> None:
    key = vault.create(DEVICE, ESCROW)
    vault.add_pin_slot(key, "GW0001", "123456")
    vault.add_pin_slot(key, "GW0002", "222222")
    for _ in range(FREE_TRIES + 1):
        with pytest.raises(InputRefused):
            vault.open_with_pin("GW0001", "000000")
    assert vault.open_with_pin("GW0002", "222222") == key


def test_waits_double_to_an_hour() -> None:
    assert [wait_after(n) for n in (0, 4, 5, 6, 7)] == [0, 0, 30, 60, 120]
    assert wait_after(50) == LONGEST_WAIT_S


def test_enrolled_again_the_old_pins_still_open(vault: Vault) -> None:
    key = vault.create(DEVICE, ESCROW)
    vault.add_pin_slot(key, "GW0001", "123456")
    vault.admit_again(key, DeviceRef(DEVICE.server, "0198c0de-0000-7000-8000-000000000002"), bytes(32))
    assert vault.open_with_pin("GW0001", "123456") == key
    assert vault.open_with_escrow(bytes(32)) == key
    with pytest.raises(NeedsPerson, match="escrow_wrong"):
        vault.open_with_escrow(ESCROW)


@pytest.mark.parametrize("pin", ["", "12345", "1234567890123", "12345a", "１２３４５６", "12 3456"])
def test_what_is_no_pin_is_refused(pin: str, vault: Vault) -> None:
    key = vault.create(DEVICE, ESCROW)
    with pytest.raises(InputRefused, match="pin_invalid"):
        vault.add_pin_slot(key, "GW0001", pin)


def test_a_damaged_key_file_is_said_and_left_alone(vault: Vault, folder: DataFolder) -> None:
    vault.create(DEVICE, ESCROW)
    folder.keys.write_bytes(folder.keys.read_bytes()[:40])
    with pytest.raises(NeedsPerson, match="folder_broken"):
        vault.device()
    assert len(folder.keys.read_bytes()) == 40


def test_a_key_file_of_a_newer_version_is_refused_politely(vault: Vault, folder: DataFolder) -> None:
    vault.create(DEVICE, ESCROW)
    folder.keys.write_text(folder.keys.read_text().replace('"version": 1', '"version": 9'))
    with pytest.raises(NeedsPerson, match="store_too_new"):
        vault.officers()


def test_before_enrolment_nothing_opens(vault: Vault) -> None:
    with pytest.raises(NeedsPerson, match="not_enrolled"):
        vault.open_with_pin("GW0001", "123456")


def test_absurd_costs_in_the_file_are_not_obeyed() -> None:
    for cost in (wrapping.Cost(1 << 40, 3, 2), wrapping.Cost(64, 0, 2), wrapping.Cost(64, 3, 1000)):
        with pytest.raises(NeedsPerson, match="folder_broken"):
            wrapping.key_from_pin("123456", bytes(16), cost)


@pytest.mark.faults(8)
def test_full_disk_keeps_no_officer_out_while_space_was_set_aside(
    vault: Vault, folder: DataFolder, monkeypatch: pytest.MonkeyPatch, tally: Callable[..., None]
) -> None:
    key = vault.create(DEVICE, ESCROW)
    vault.add_pin_slot(key, "G1001", "246810")
    reserve_path(folder).write_bytes(b"space")
    write = keyfile.durable_write

    def on_a_full_disk(path: Path, data: bytes) -> None:
        if reserve_path(folder).exists():
            raise NeedsPerson("disk_full", path=str(path))
        write(path, data)

    monkeypatch.setattr(keyfile, "durable_write", on_a_full_disk)
    with pytest.raises(InputRefused, match="pin_wrong"):
        vault.open_with_pin("G1001", "135790")
    assert vault.open_with_pin("G1001", "246810") == key
    tally(runs=1)


@pytest.mark.faults(8)
def test_disk_without_a_byte_left_keeps_no_officer_out_and_gives_no_guess_for_nothing(
    vault: Vault,
    folder: DataFolder,
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
    tally: Callable[..., None],
) -> None:
    key = vault.create(DEVICE, ESCROW)
    vault.add_pin_slot(key, "G1001", "246810")
    vault.add_pin_slot(key, "G1002", "135791")

    def full(path: Path, _data: bytes) -> None:
        raise NeedsPerson("disk_full", path=str(path))

    with monkeypatch.context() as disk:
        disk.setattr(keyfile, "durable_write", full)
        for _ in range(FREE_TRIES - 1):
            with pytest.raises(InputRefused, match="pin_wrong"):
                Vault(folder, clock).open_with_pin("G1001", "000000")
        assert vault.open_with_pin("G1001", "246810") == key
        for _ in range(FREE_TRIES):
            with pytest.raises(InputRefused, match="pin_wrong"):
                Vault(folder, clock).open_with_pin("G1001", "000000")
        with pytest.raises(InputRefused, match="pin_wait"):
            Vault(folder, clock).open_with_pin("G1001", "246810")
        assert Vault(folder, clock).open_with_pin("G1002", "135791") == key
    with pytest.raises(InputRefused, match="pin_wait"):
        Vault(folder, clock).open_with_pin("G1001", "246810")
    clock.seconds += FIRST_WAIT_S + 0.1
    assert vault.open_with_pin("G1001", "246810") == key
    for _ in range(FREE_TRIES):
        with pytest.raises(InputRefused, match="pin_wrong"):
            vault.open_with_pin("G1001", "000000")
    tally(runs=2 * FREE_TRIES)


def test_count_that_stood_in_the_spare_block_goes_over_into_the_key_file_and_no_kill_lowers_it(
    vault: Vault, folder: DataFolder, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = vault.create(DEVICE, ESCROW)
    vault.add_pin_slot(key, "G1001", "246810")
    spare = folder.keys.with_name("tries.spare")
    for _ in range(3):
        with pytest.raises(InputRefused):
            vault.open_with_pin("G1001", "000000")

    def full(path: Path, _data: bytes) -> None:
        raise NeedsPerson("disk_full", path=str(path))

    with monkeypatch.context() as disk:
        disk.setattr(keyfile, "durable_write", full)
        with pytest.raises(InputRefused):
            vault.open_with_pin("G1001", "000000")
    before_the_kill = spare.read_bytes()
    with pytest.raises(InputRefused):
        vault.open_with_pin("G1001", "000000")
    kept = read_keys(folder.keys)
    assert kept is not None
    assert kept.tries["G1001"].failed == 5
    spare.write_bytes(before_the_kill)  # killed before the spare block was cleared
    with pytest.raises(InputRefused, match="pin_wait"):
        vault.open_with_pin("G1001", "246810")
