"""QR codes in pictures: found turned, small, among others; refused in words where there is none."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import segno
from PIL import Image, ImageFilter

from fieldapp.qr.meaning import Meaning, first_ours, meaning_of
from fieldapp.qr.reading import codes_in, codes_in_file
from sync.contract.errors import InputRefused
from tests.noise import noise

TEXT = "FAP1:" + "ABC0123456789 $%*" * 20


def picture_of(text: str = TEXT, scale: int = 4) -> Image.Image:
    out = io.BytesIO()
    segno.make_qr(text, error="m", boost_error=False).save(out, kind="png", scale=scale, border=4)
    return Image.open(out).convert("L")


def street(code: Image.Image, angle: float = 0.0) -> Image.Image:
    frame = noise((1920, 1080), 60)
    frame.paste(code.rotate(angle, expand=True, fillcolor=255), (900, 200))
    return frame.filter(ImageFilter.GaussianBlur(0.8))


@pytest.mark.parametrize("angle", [0, 12, 45, 90, 183])
def test_code_is_found_in_a_noisy_frame_however_it_is_held(angle: float) -> None:
    assert codes_in(street(picture_of(), angle)) == (TEXT,)


def test_colour_picture_file_is_read(tmp_path: Path) -> None:
    street(picture_of()).convert("RGB").save(tmp_path / "frame.jpg", quality=80)
    assert codes_in_file(tmp_path / "frame.jpg") == (TEXT,)


def test_our_code_is_taken_among_others() -> None:
    frame = street(picture_of())
    frame.paste(picture_of("https://advert.example"), (100, 100))
    codes = codes_in(frame)
    assert sorted(codes) == sorted([TEXT, "https://advert.example"])
    assert first_ours(codes) == TEXT
    assert meaning_of("https://advert.example") is Meaning.OTHER


def test_picture_without_a_code_is_said(tmp_path: Path) -> None:
    noise((640, 480), 80).save(tmp_path / "noise.png")
    with pytest.raises(InputRefused, match="qr_not_found"):
        codes_in_file(tmp_path / "noise.png")


def test_file_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"hello")
    with pytest.raises(InputRefused):
        codes_in_file(tmp_path / "a.png")
