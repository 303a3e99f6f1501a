"""Plates: one normal form whatever the keyboard gives, every real plate parses, nothing ever crashes."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sync.contract.errors import InputRefused
from sync.contract.plate import (
    PROVINCES,
    SERIAL,
    PlateKind,
    is_possible_part,
    normalise_plate,
    parse_plate,
    printable,
)

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
HEADS = st.tuples(st.sampled_from(PROVINCES), st.sampled_from(LETTERS)).map("".join)
DIGITS = "0123456789"
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)


def _serial(size: int, alphabet: str = SERIAL) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(alphabet), min_size=size, max_size=size)


PLATES = st.one_of(
    st.builds("{}{}".format, HEADS, _serial(5)),
    st.builds("{}{}{}".format, HEADS, _serial(4), st.sampled_from("挂学警港澳")),
    st.builds("{}{}{}".format, HEADS, _serial(5, DIGITS), st.sampled_from("DF")),
    st.builds(
        "{}{}{}{}".format, HEADS, st.sampled_from(LETTERS), st.sampled_from(SERIAL), _serial(4, DIGITS)
    ),
)


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(ANY_TEXT)
@example("Α̈́")
@example("ΐ")
@example("A¨B")
@example("e-\u0301")
@example("ß粤")
def test_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    normal = normalise_plate(text)
    assert normalise_plate(normal) == normal


@given(PLATES, st.sampled_from(["", " ", "·", "-", "  •", "\u3000"]), st.integers(0, 8), st.booleans())
def test_generated_plate_parses_however_it_was_typed(
    plate: str, separator: str, at: int, full_width: bool
) -> None:
    typed = (plate[:at] + separator + plate[at:]).lower()
    parsed = parse_plate(_full_width(typed) if full_width else typed)
    assert parsed.text == plate


@given(PLATES)
def test_every_beginning_of_a_plate_is_a_possible_part(plate: str) -> None:
    assert all(is_possible_part(plate[:length]) for length in range(1, len(plate) + 1))
    assert all(is_possible_part(plate[1:length]) for length in range(2, len(plate) + 1))


@given(ANY_TEXT)
def test_any_text_is_a_plate_or_plainly_refused(text: str) -> None:
    value, kind = _outcome(text)
    assert value.isprintable()
    assert kind is None or value == normalise_plate(text)


def _outcome(text: str) -> tuple[str, PlateKind | None]:
    try:
        plate = parse_plate(text)
    except InputRefused as refusal:
        return str(refusal.facts["value"]), None
    return plate.text, plate.kind


@given(st.text(st.characters(categories=["Nd"], max_codepoint=0x1FFFF), min_size=5, max_size=5))
def test_only_the_digits_of_plates_are_digits_of_a_plate(digits: str) -> None:
    folded = unicodedata.normalize("NFKC", digits)
    if folded.isascii():
        assert parse_plate(f"粤B{digits}D").text == f"粤B{folded}D"
    else:
        with pytest.raises(InputRefused):
            parse_plate(f"粤B{digits}D")


@given(ANY_TEXT, st.integers(0, 50))
def test_foreign_text_in_a_message_is_printable_and_can_be_stored(text: str, limit: int) -> None:
    shown = printable(text, limit)
    assert shown.isprintable()
    assert len(shown.encode("utf-8")) >= min(len(text), limit)
