"""What goes to a Linux desktop, held against the desktop's own checkers."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from desktop_files import METAINFO, desktop_files


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files, for programs that are there: the checkers look."""
    place = tmp_path_factory.mktemp("desktop")
    (place / "bin").mkdir()
    for name in ("fieldapp", "fieldapp-sync"):
        (place / "bin" / name).write_text("#!/bin/sh\n")
        (place / "bin" / name).chmod(0o755)
    for name, text in desktop_files(str(place / "bin")).items():
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return place


def checked(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed here: build/package installs it")
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | environment)


@pytest.mark.parametrize("name", ["share/applications/fieldapp.desktop", "autostart/fieldapp-sync.desktop"])
def test_desktop_entries_are_valid(placed: Path, name: str) -> None:
    done = checked("desktop-file-validate", str(placed / name))
    assert (done.returncode, done.stdout) == (0, "")


def test_appstream_metadata_is_valid(placed: Path) -> None:
    done = checked("appstreamcli", "validate", "--no-net", str(placed / "share/metainfo" / METAINFO))
    assert done.returncode == 0, done.stdout


def test_user_unit_has_nothing_that_systemd_does_not_know(placed: Path, tmp_path: Path) -> None:
    unit = str(placed / "systemd/fieldapp-sync.service")
    done = checked("systemd-analyze", "--user", "verify", unit, XDG_RUNTIME_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stderr.splitlines() if "fieldapp" in line]
    assert told == []


def test_a_key_systemd_does_not_know_would_be_seen(placed: Path, tmp_path: Path) -> None:
    unit = tmp_path / "fieldapp-sync.service"
    text = (placed / "systemd/fieldapp-sync.service").read_text().replace("UMask=", "NoSuchKey=1\nUMask=")
    unit.write_text(text)
    done = checked("systemd-analyze", "--user", "verify", str(unit), XDG_RUNTIME_DIR=str(tmp_path))
    assert "NoSuchKey" in done.stderr


@pytest.mark.parametrize("name", ["fieldapp", "fieldapp-sync"])
def test_man_page_and_completion_know_every_command(placed: Path, name: str) -> None:
    page = placed / f"share/man/man1/{name}.1"
    done = checked("man", "--warnings", "-l", str(page), MANWIDTH="80", LC_ALL="C.UTF-8")
    assert done.returncode == 0
    assert not done.stderr.strip(), done.stderr
    commands = {"fieldapp": ("lookup", "report"), "fieldapp-sync": ("once", "doctor")}[name]
    script = placed / f"share/bash-completion/completions/{name}"
    assert checked("bash", "-n", str(script)).returncode == 0
    for command in commands:
        assert command in done.stdout
        assert command in script.read_text()
