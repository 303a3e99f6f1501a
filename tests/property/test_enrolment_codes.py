"""Enrolment codes: what is shown can be typed back, and a slip of the finger is always told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.contract.enrolment import EnrolCode, make_code, parse_code
from sync.contract.errors import InputRefused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODES = st.builds(make_code, st.binary(min_size=1, max_size=80), st.binary(min_size=5, max_size=16))
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@given(CODES)
def test_code_as_shown_reads_back_as_it_was(code: EnrolCode) -> None:
    assert parse_code(code.text()) == code


@given(CODES, st.sampled_from(["", " ", "  ", "—", "·"]), st.booleans())
def test_code_is_read_however_it_was_typed(code: EnrolCode, separator: str, full_width: bool) -> None:
    typed = code.text().lower().replace("-", separator).replace("1", "l").replace("0", "o")
    if full_width:
        typed = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in typed)
    assert parse_code(typed) == code


@given(CODES, st.integers(0, 25), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_told(code: EnrolCode, at: int, wrong: str) -> None:
    whole = code.text().replace("-", "")
    if whole[at] == wrong:
        return
    with pytest.raises(InputRefused, match="code_malformed"):
        parse_code(whole[:at] + wrong + whole[at + 1 :])


@given(CODES, st.integers(0, 24))
def test_two_swapped_neighbours_are_always_told(code: EnrolCode, at: int) -> None:
    whole = code.text().replace("-", "")
    swapped = whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :]
    if swapped == whole:
        return
    with pytest.raises(InputRefused, match="code_malformed"):
        parse_code(swapped)


@given(ANY_TEXT)
def test_any_text_is_a_code_or_plainly_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="code_malformed"):
        parse_code(text)
