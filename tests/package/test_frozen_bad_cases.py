"""Machines and installations on which the frozen programs cannot work: a plain sentence, and no success."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from frozen_programs import NO_BUS, WINDOWLESS, run

from sync.replica.database import open_database
from sync.replica.folder import DataFolder
from sync.replica.work import WorkStore
from sync.vault.keyfile import DeviceRef
from sync.vault.vault import Vault

OFFICER, PIN = "G1001", "246810"
LOOKUP = ("lookup", "粤B12345")


def said(frozen: Path, program: str, *words: str, **environment: str) -> tuple[int, list[str]]:
    """Exit code, and the lines it said to a person."""
    done = run(frozen / program, *words, FIELDAPP_LANG="en", **environment)
    return done.returncode, (done.stderr + done.stdout).splitlines()


@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":4093"}, {"WAYLAND_DISPLAY": "wayland-9"}])
def test_no_display(frozen: Path, tmp_path: Path, display: dict[str, str]) -> None:
    code, (chinese, english) = said(frozen, "fieldapp", HOME=str(tmp_path), **display)
    assert code == 4
    assert "没有显示器" in chinese or "无法打开窗口" in chinese
    assert english.startswith("There is no display here")


@pytest.mark.parametrize(
    ("program", "words"), [("fieldapp", LOOKUP), ("fieldapp-sync", ("run",)), ("fieldapp-sync", ("status",))]
)
def test_home_that_cannot_be_written(frozen: Path, program: str, words: tuple[str, ...]) -> None:
    code, lines = said(frozen, program, *words, HOME="/proc")
    assert (code, lines) == (4, ["The data folder cannot be written to."])


def test_home_that_cannot_be_written_before_the_window(frozen: Path) -> None:
    code, lines = said(frozen, "fieldapp", HOME="/proc", **WINDOWLESS)
    assert (code, lines) == (4, ["数据文件夹无法写入。", "The data folder cannot be written to."])


@pytest.mark.parametrize("cut", ["gone", "shortened"])
@pytest.mark.parametrize("program", ["fieldapp", "fieldapp-sync"])
@pytest.mark.parametrize(
    "name", ["resources/messages/en/app.json", "PySide6/QtGui.abi3.so", "sqlcipher3", "THIRD-PARTY.txt"]
)
def test_half_an_installation(frozen: Path, half: Path, name: str, cut: str, program: str) -> None:
    place = half / "inside" / name
    file = place if place.is_file() else next(place.glob("*.so"))
    whole = file.read_bytes()
    file.unlink()
    try:
        if cut == "shortened":
            file.write_bytes(whole[: len(whole) // 2])
        code, (chinese, english) = said(half, program, *(LOOKUP if program == "fieldapp" else ("status",)))
    finally:
        file.unlink(missing_ok=True)
        file.write_bytes(whole)
    assert code == 4
    assert "安装不完整" in chinese
    assert english.startswith("This installation is not whole (1 files missing or damaged")


def test_python_itself_is_missing(half: Path) -> None:
    [library] = (half / "inside").glob("libpython3*.so*")
    library.rename(library.with_name("elsewhere"))
    try:
        code, lines = said(half, "fieldapp-sync", "status")
    finally:
        library.with_name("elsewhere").rename(library)
    assert code != 0
    assert len(lines) == 1
    assert "Failed to load Python shared library" in lines[0]


@pytest.fixture(scope="module")
def half(frozen: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the folder of which each test takes something away."""
    copy = tmp_path_factory.mktemp("half") / "fieldapp"
    shutil.copytree(frozen, copy, symlinks=True, copy_function=_link)
    return copy


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def test_tablet_that_was_never_enrolled(frozen: Path, tmp_path: Path) -> None:
    code, [line] = said(frozen, "fieldapp", *LOOKUP, HOME=str(tmp_path), **NO_BUS)
    assert code == 4
    assert "not enrolled" in line


@pytest.mark.parametrize("what", ["keys", "work"])
def test_data_of_a_newer_version(frozen: Path, tmp_path: Path, what: str) -> None:
    folder = DataFolder(tmp_path / "data")
    vault = Vault(folder)
    key = vault.create(DeviceRef("https://127.0.0.1:9", "0190a0a0-0000-7000-8000-000000000001"), bytes(32))
    vault.add_pin_slot(key, OFFICER, PIN)
    WorkStore(folder, key).close()
    if what == "keys":
        folder.keys.write_text('{"version": 99}')
    else:
        newer = open_database(folder.work_db, key=key)
        newer.execute("PRAGMA user_version = 99")
        newer.close()
    before = folder.work_db.read_bytes()
    who = {"FIELDAPP_OFFICER": OFFICER, "FIELDAPP_PIN": PIN, "FIELDAPP_KEYRING": "off"}
    code, lines = said(frozen, "fieldapp", *LOOKUP, "--data", str(folder.root), HOME=str(tmp_path), **who)
    assert code == 4
    assert lines == ["This data was written by a newer version of the program. Please update the program."]
    assert folder.work_db.read_bytes() == before


def test_no_keyring_and_no_bus_ask_for_a_sign_in(frozen: Path, tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    vault = Vault(folder)
    key = vault.create(DeviceRef("https://127.0.0.1:9", "0190a0a0-0000-7000-8000-000000000001"), bytes(32))
    vault.add_pin_slot(key, OFFICER, PIN)
    WorkStore(folder, key).close()
    code, lines = said(frozen, "fieldapp", *LOOKUP, "--data", str(folder.root), HOME=str(tmp_path), **NO_BUS)
    assert code == 4
    assert len(lines) == 1
    assert "sign in" in lines[0].lower()
