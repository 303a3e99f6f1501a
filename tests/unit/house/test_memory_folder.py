"""The tests' own choice between a folder in memory and one on the disk."""

import tempfile
from pathlib import Path

import pytest

from tests.fault import memory


@pytest.mark.parametrize("enough", [True, False], ids=["room", "little room"])
def test_folder_lies_in_memory_where_there_is_room_and_else_where_temporary_files_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, enough: bool
) -> None:
    in_memory, on_disk = tmp_path / "memory", tmp_path / "disk"
    for folder in (in_memory, on_disk):
        folder.mkdir()
    monkeypatch.setattr(memory, "MEMORY", in_memory)
    monkeypatch.setattr(memory, "ENOUGH", 0 if enough else 1 << 80)
    monkeypatch.setattr(tempfile, "tempdir", str(on_disk))
    made = memory.memory_folder("x-")
    assert made.is_dir()
    assert made.parent == (in_memory if enough else on_disk).resolve()


def test_where_nothing_is_in_memory_the_disk_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MEMORY", tmp_path / "no such folder")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert memory.memory_folder("x-").parent == tmp_path.resolve()
