"""The battery as the kernel's files tell it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.battery import read_battery
from sync.sending import Battery
from sync.surroundings import BATTERY_S, Surroundings
from tests.contract.tablet import SetClock

CELL = {"type": "Battery", "present": "1", "capacity": "41", "status": "Discharging"}
Supplies = dict[str, dict[str, str]]


def _lay_out(folder: Path, supplies: Supplies) -> Path:
    for name, files in supplies.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for file, text in files.items():
            (folder / name / file).write_text(text + "\n")
    return folder


@pytest.mark.parametrize(
    ("supplies", "battery"),
    [
        ({}, Battery()),
        ({"AC": {"type": "Mains", "online": "1"}}, Battery()),
        ({"BAT0": CELL}, Battery(present=True, percent=41, on_mains=False)),
        ({"BAT0": CELL | {"present": "0"}}, Battery()),
        ({"BAT0": CELL, "AC": {"type": "Mains", "online": "1"}}, Battery(present=True, percent=41)),
        ({"BAT0": CELL, "usb": {"type": "USB", "online": "1"}}, Battery(present=True, percent=41)),
        (
            {"BAT0": CELL, "AC": {"type": "Mains", "online": "0"}},
            Battery(present=True, percent=41, on_mains=False),
        ),
        ({"BAT0": CELL | {"status": "Charging"}}, Battery(present=True, percent=41)),
        (
            {
                "BAT0": CELL | {"energy_now": "10", "energy_full": "100"},
                "BAT1": CELL | {"energy_now": "20", "energy_full": "200"},
            },
            Battery(present=True, percent=10, on_mains=False),
        ),
        (
            {"BAT0": CELL, "BAT1": CELL | {"capacity": "?"}},
            Battery(present=True, percent=41, on_mains=False),
        ),
        ({"BAT0": {"type": "Battery"}}, Battery(present=True, on_mains=False)),
        ({"pen": CELL | {"scope": "Device", "capacity": "1"}}, Battery()),
    ],
)
def test_what_the_files_mean(tmp_path: Path, supplies: Supplies, battery: Battery) -> None:
    assert read_battery(_lay_out(tmp_path, supplies)) == battery


def test_a_system_that_tells_nothing_has_no_battery(tmp_path: Path) -> None:
    assert read_battery(tmp_path / "none") == Battery()


def test_the_battery_is_looked_at_again_after_a_while_only(tmp_path: Path) -> None:
    clock = SetClock()
    around = Surroundings(clock, power_supply=_lay_out(tmp_path, {"BAT0": CELL}))
    assert around.battery().percent == 41
    _lay_out(tmp_path, {"BAT0": CELL | {"capacity": "9"}})
    assert around.battery().percent == 41
    clock.advance(BATTERY_S)
    assert around.battery().percent == 9
