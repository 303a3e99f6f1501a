"""What is taken for a photo, and what is refused with which code."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import image_makers as make
import pytest

from fieldapp.capture.images import source as source_module
from fieldapp.capture.images.inspection import inspect_photo
from fieldapp.capture.images.source import MediaType
from sync.contract.errors import InputRefused
from tests.noise import noise


def code_of(source: bytes | Path) -> str:
    with pytest.raises(InputRefused) as caught:
        inspect_photo(source)
    return caught.value.code


def test_jpeg_png_and_heic_are_told_by_their_first_bytes() -> None:
    seen = [inspect_photo(data) for data in (make.jpeg(), make.png(), make.heic())]
    assert [f.media_type for f in seen] == [MediaType.JPEG, MediaType.PNG, MediaType.HEIC]
    assert all((f.width, f.height, f.orientation, f.derivable) == (64, 48, 1, True) for f in seen)


def test_bytes_and_file_give_the_same_facts(tmp_path: Path) -> None:
    data = make.jpeg(exif_block=make.exif(orientation=6, gps=make.position(-70.5, -33.4)))
    path = tmp_path / "wrong-name.png"
    path.write_bytes(data)
    assert inspect_photo(path) == inspect_photo(data)
    assert inspect_photo(path).bytes == len(data)


def test_empty_file_is_refused_as_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").write_bytes(b"")
    assert code_of(b"") == code_of(tmp_path / "empty.jpg") == "photo_empty"


@pytest.mark.parametrize(
    "data", ["说明".encode(), b"GIF89a" + bytes(40), b"<html>", b"RIFF....WEBPVP8 ", bytes(500)]
)
def test_what_is_no_photo_is_refused_whatever_its_name(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "note.jpg").write_bytes(data)
    assert code_of(tmp_path / "note.jpg") == "photo_not_image"


@pytest.mark.parametrize("maker", [make.jpeg, make.png, make.heic])
def test_file_cut_anywhere_is_refused(maker: Callable[[], bytes]) -> None:
    data = maker()
    cuts = sorted({1, 2, 3, 8, 11, *range(20, len(data), max(1, len(data) // 60)), len(data) - 1})
    codes = {cut: code_of(data[:cut]) for cut in cuts}
    assert set(codes.values()) <= {"photo_truncated", "photo_not_image", "photo_unreadable"}
    late = {code for cut, code in codes.items() if cut > len(data) // 2}
    assert late == {"photo_truncated"}


def test_jpeg_whose_tail_was_zeroed_is_refused() -> None:
    data = make.jpeg(make.upright(640, 480))
    assert code_of(data[: len(data) // 2] + bytes(len(data) - len(data) // 2)) == "photo_truncated"


def test_end_marker_inside_the_preview_does_not_hide_a_cut() -> None:
    preview = make.jpeg(make.upright(32, 24))
    data = make.jpeg()
    with_preview = data[:2] + b"\xff\xe2" + struct.pack(">H", len(preview) + 2) + preview + data[2:]
    assert inspect_photo(with_preview).width == 64
    assert code_of(with_preview[:-20]) == "photo_truncated"


def test_second_picture_and_trailer_after_the_end_are_left_alone() -> None:
    facts = inspect_photo(make.jpeg() + make.jpeg(make.upright(32, 24)) + b"MotionPhoto" + bytes(2000))
    assert (facts.width, facts.height) == (64, 48)


def test_restart_markers_fill_bytes_and_many_scans_are_read() -> None:
    picture = noise((400, 300), 60).convert("RGB")
    restarting = make.jpeg(picture, restart_marker_blocks=2)
    assert inspect_photo(restarting[:2] + b"\xff\xff\xff" + restarting[2:]).derivable
    assert inspect_photo(make.jpeg(picture, progressive=True)).derivable


def test_damaged_png_is_refused() -> None:
    data = bytearray(make.png(make.upright(640, 480)))
    data[len(data) // 2] ^= 0xFF
    assert code_of(bytes(data)) == "photo_unreadable"


def test_png_whose_pixels_end_early_is_refused() -> None:
    assert code_of(make.png_bomb(4000, 3000)) == "photo_truncated"


def test_png_bomb_is_refused() -> None:
    assert code_of(make.png_bomb(65_000, 65_000)) == "photo_too_many_pixels"


def test_png_too_large_to_decode_is_kept_without_derivatives() -> None:
    facts = inspect_photo(make.png_bomb(15_000, 10_000))
    assert not facts.derivable


def test_more_bytes_than_the_limit_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.jpg"
    with path.open("wb") as stream:
        stream.write(make.jpeg())
        stream.truncate(source_module.PHOTO_BYTES_MAX + 1)
    assert code_of(path) == "photo_too_large"


def test_frame_without_size_is_refused() -> None:
    data = make.jpeg()
    frame = data.index(b"\xff\xc0")
    assert code_of(data[: frame + 5] + bytes(4) + data[frame + 9 :]) == "photo_unreadable"


def test_folder_pipe_and_absent_file_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert (
        code_of(tmp_path)
        == code_of(tmp_path / "pipe.jpg")
        == code_of(tmp_path / "none.jpg")
        == "photo_unreadable"
    )


@pytest.fixture
def unprivileged() -> Iterator[Callable[[], None]]:
    """Call it to go on as a user without rights; the tests themselves may run as root."""
    as_root = os.geteuid() == 0
    yield lambda: os.seteuid(65534) if as_root else None
    if as_root:
        os.seteuid(0)


def test_file_without_permission_is_refused(tmp_path: Path, unprivileged: Callable[[], None]) -> None:
    (tmp_path / "a.jpg").write_bytes(make.jpeg())
    (tmp_path / "a.jpg").chmod(0)
    unprivileged()
    with pytest.raises(InputRefused) as caught:
        inspect_photo(tmp_path / "a.jpg")
    assert caught.value.code == "photo_unreadable"
    assert caught.value.facts["reason"] == "EACCES"


def test_refusal_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "cut.jpg").write_bytes(make.jpeg()[:-9])
    for name in ("cut.jpg", "absent.jpg"):
        with pytest.raises(InputRefused) as caught:
            inspect_photo(tmp_path / name)
        assert caught.value.facts["path"] == str(tmp_path / name)


def test_damaged_exif_costs_its_facts_and_not_the_photo() -> None:
    block = make.exif(orientation=6, gps=make.position(114.0, 22.5))
    for cut in range(6, len(block), 3):
        facts = inspect_photo(make.jpeg(exif_block=block[:cut] + b"\xff" * (len(block) - cut)))
        assert facts.orientation in range(1, 9)


def test_orientation_out_of_range_counts_as_upright() -> None:
    assert inspect_photo(make.jpeg(exif_block=make.exif(orientation=99))).orientation == 1
