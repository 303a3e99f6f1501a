"""Where the disk takes no new byte, a small file is written over in the blocks it has."""

from __future__ import annotations

from pathlib import Path

from sync.replica.in_place import write_over


def test_file_is_written_over_shorter_or_longer_within_its_own_block(tmp_path: Path) -> None:
    place = tmp_path / "kept"
    place.write_bytes(b"x" * 100)
    for text in (b"short", b"y" * 300):
        assert write_over(place, text)
        assert place.read_bytes() == text


def test_nothing_is_written_where_no_file_lies_or_it_would_need_another_block(tmp_path: Path) -> None:
    place = tmp_path / "kept"
    assert not write_over(place, b"text")
    assert not place.exists()
    place.write_bytes(b"x")
    assert not write_over(place, b"y" * 2_000_000)
    assert place.read_bytes() == b"x"
