"""The Windows installer's logic, with stand-ins for the programs, under wine."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from windows_setup import make_setup, stub_payload

pytestmark = [
    pytest.mark.timeout(400),
    pytest.mark.skipif(not shutil.which("makensis"), reason="makensis is not installed here"),
    pytest.mark.skipif(not shutil.which("wine"), reason="wine is not installed here"),
]
PROGRAMS = "drive_c/users/{user}/AppData/Local/Programs/FieldApp"


class Windows:
    """A fresh wine prefix."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a program and wait for it."""
        environment = {k: v for k, v in os.environ.items() if k != "DISPLAY"}
        environment |= {"WINEPREFIX": str(self.place), "WINEDEBUG": "-all"}
        return subprocess.run(
            ["wine", *words],
            env=environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=180,
        )

    def found(self, pattern: str) -> list[Path]:
        """Files of drive C by pattern."""
        return sorted((self.place / "drive_c").glob(pattern))


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    """A fresh one, put down afterwards."""
    made = Windows(tmp_path / "prefix")
    made.run("wineboot", "-i")
    yield made
    made.run("wineboot", "-k")


@pytest.fixture
def setup(tmp_path: Path) -> Path:
    """The installer over stand-ins."""
    return make_setup(stub_payload(tmp_path / "stub"), tmp_path, stub=True)


@pytest.mark.parametrize(
    ("whom", "where", "hive"),
    [
        ("/CURRENTUSER", "users/*/AppData/Local/Programs/FieldApp", "HKCU"),
        ("/ALLUSERS", "Program Files/FieldApp", "HKLM"),
    ],
)
def test_silent_install_and_uninstall_leave_what_people_saved(
    windows: Windows, setup: Path, whom: str, where: str, hive: str
) -> None:
    assert windows.run(str(setup), "/S", whom).returncode == 0
    [home] = windows.found(where)
    assert {path.name for path in home.iterdir()} == {
        "fieldapp.exe",
        "fieldapp-sync.exe",
        "inside",
        "uninstall.exe",
    }
    assert "InstallDir" in windows.run("reg", "query", f"{hive}\\Software\\FieldApp").stdout
    assert windows.found("**/Start Menu/Programs/*/*.lnk")
    saved = windows.found("users/*")[-1] / "AppData/Local/fieldapp/work.db"
    saved.parent.mkdir(parents=True, exist_ok=True)
    saved.write_text("evidence")
    beside = home / "note.txt"
    beside.write_text("put here by somebody")

    removed = windows.run(
        str(home / "uninstall.exe"), "/S", whom.replace("/", "/"), f"_?={_as_windows(home)}"
    )

    assert removed.returncode == 0
    assert saved.read_text() == "evidence"
    assert beside.exists()
    assert not (home / "inside").exists()
    assert not (home / "fieldapp.exe").exists()
    assert not windows.found("**/Start Menu/Programs/*/*.lnk")


def _as_windows(path: Path) -> str:
    parts = path.parts
    return "C:\\" + "\\".join(parts[parts.index("drive_c") + 1 :])
