"""The same sources frozen twice, in two places: the same files with the same bytes, and the same packages."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

import pytest
from folder import manifest
from freeze import freeze
from selfextract import make_run

PROJECT = Path(__file__).resolve().parents[2]
PYTHON = Path(os.environ.get("FIELDAPP_PACKAGE_VENV") or PROJECT / ".cache/package-venv") / "bin/python"
RUN = os.environ.get("FIELDAPP_RUN", "")
NAMED_EXCEPTIONS: frozenset[str] = frozenset()
"""Files that may differ from one build to the next: none."""


@pytest.mark.timeout(1200)
@pytest.mark.skipif(sys.platform != "linux", reason="frozen on Linux")
@pytest.mark.skipif(not PYTHON.exists(), reason="build/test --package makes the environment that is frozen")
def test_second_build_elsewhere_has_the_same_files(
    frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.umask(0o027)  # the builder's own way with rights must not show
    try:
        again = freeze(PYTHON, tmp_path / "another place", tmp_path / "work")
    finally:
        os.umask(before)
    first, second = manifest(frozen), manifest(again)
    assert first.keys() == second.keys()
    assert {name for name in first if first[name] != second[name]} <= NAMED_EXCEPTIONS
    rights = {name: (frozen / name).lstat().st_mode for name in first}
    assert rights == {name: (again / name).lstat().st_mode for name in second}
    told = json.loads((again.parent / "fieldapp.files.json").read_text(encoding="utf-8"))
    assert told == second


@pytest.mark.timeout(600)
@pytest.mark.skipif(not RUN, reason="build/test --package builds the package first")
def test_second_run_file_of_the_same_folder_is_the_same_bytes(frozen: Path, tmp_path: Path) -> None:
    again = make_run(frozen, tmp_path, tmp_path / "work")
    assert _sha256(again) == _sha256(Path(RUN))


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
