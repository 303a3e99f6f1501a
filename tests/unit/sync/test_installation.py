"""A frozen folder of which something is gone says so in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.installation import LIST, lacking, refuse_half, write_list


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    """A whole one."""
    (tmp_path / "some folder").mkdir()
    for name in ("library.so", "some folder/messages.json"):
        (tmp_path / name).write_text("whole")
    write_list(tmp_path)
    return tmp_path


def test_whole_folder_is_said_nothing_of(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refuse_half(inside) == 0
    assert capsys.readouterr().err == ""


def test_missing_and_shortened_files_are_named(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (inside / "library.so").unlink()
    (inside / "some folder/messages.json").write_text("who")
    assert lacking(inside) == ["library.so", "some folder/messages.json"]
    assert refuse_half(inside) == 4
    chinese, english = capsys.readouterr().err.splitlines()
    assert "安装不完整" in chinese
    assert "2 files" in english
    assert "library.so" in english


def test_folder_without_its_list_is_not_whole(inside: Path) -> None:
    (inside / LIST).unlink()
    assert lacking(inside) == [LIST]
