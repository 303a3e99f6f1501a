"""The frozen folder: what it holds, what it weighs, and that it plays the shift."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from folder import manifest, sizes

PROJECT = Path(__file__).resolve().parents[2]
LIMIT = 200_000_000
BARE = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


def run(program: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(program), *words],
        env=BARE | environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=110,
    )


def test_folder_weighs_what_it_may(frozen: Path) -> None:
    found = sizes(frozen)
    print(", ".join(f"{part} {size / 1e6:.1f} MB" for part, size in found.items()))
    assert found["all"] <= LIMIT


def test_app_and_daemon_share_the_folder_and_central_is_not_inside(frozen: Path) -> None:
    assert (frozen / "fieldapp-sync").readlink() == Path("fieldapp")
    assert "usage: fieldapp-sync" in run(frozen / "fieldapp-sync", "--help").stdout
    assert "usage: fieldapp" in run(frozen / "fieldapp", "--help").stdout
    assert not (frozen / "fieldapp-central").exists()
    listed = subprocess.run(
        ["strings", "-n", "8", str(frozen / "fieldapp")], capture_output=True, check=True
    ).stdout
    assert b"sync.cli" in listed
    assert b"sync.central" not in listed


def test_fonts_input_methods_notices_and_bill_of_materials_are_inside(frozen: Path) -> None:
    names = set(manifest(frozen))
    assert {"inside/resources/fonts/FieldSansSC-Regular.ttf", "inside/THIRD-PARTY.txt"} <= names
    assert [name for name in names if "ibusplatforminputcontextplugin" in name]
    told = json.loads((frozen / "inside/sbom.cdx.json").read_text(encoding="utf-8"))
    assert told["bomFormat"] == "CycloneDX"
    brought = {part["name"].lower() for part in told["components"]}
    assert {"pyside6", "sqlcipher3", "requests", "pillow", "qasync", "geopy", "sqlite-utils"} <= brought


def test_list_of_files_beside_the_folder_is_what_lies_in_it(frozen: Path) -> None:
    told = json.loads((frozen.parent / "fieldapp.files.json").read_text(encoding="utf-8"))
    assert told == manifest(frozen)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [((), 4, "display"), (("lookup", "粤B12345", "--data", "{data}"), 4, "not enrolled")],
)
def test_bad_cases_are_one_plain_sentence(
    frozen: Path, tmp_path: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    done = run(
        frozen / "fieldapp",
        *(word.format(data=tmp_path / "data") for word in words),
        HOME=str(tmp_path),
        FIELDAPP_LANG="en",
    )
    assert done.returncode == code, done.stderr
    assert says in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.timeout(960)
@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a display; build/test starts a virtual one")
def test_frozen_programs_play_the_same_shift(frozen: Path, tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "QT_QUICK_BACKEND")}
    environment["FIELDAPP_CENTRAL"] = f"'{sys.executable}' -m sync.central.cli"
    played = subprocess.run(
        [
            str(frozen / "fieldapp"),
            "shift",
            "--permits",
            "3000",
            "--looks",
            "few",
            "--out",
            str(tmp_path / "out"),
        ],
        env=environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=900,
    )
    said, told = f"{played.stdout[-3000:]}\n{played.stderr[-2000:]}", tmp_path / "out" / "shift.json"
    assert told.exists(), said
    result = json.loads(told.read_text(encoding="utf-8"))
    assert played.returncode == 0, f"{result['problems']}\n{said}"
    assert result["ok"]
