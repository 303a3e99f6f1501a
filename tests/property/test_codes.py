"""Codes of the city: what is checked is what is stored, in plain digits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.contract.codes import check_class_code, check_grid_cell, credit_check_character, is_credit_code
from sync.contract.errors import InputRefused

CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
DIGITS = st.text(st.characters(categories=["Nd"]), min_size=15, max_size=15)


@given(DIGITS)
def test_grid_cell_has_fifteen_ascii_digits(digits: str) -> None:
    if digits.isascii():
        assert check_grid_cell(digits) == digits
    else:
        with pytest.raises(InputRefused, match="grid_cell_invalid"):
            check_grid_cell(digits)


@given(DIGITS)
def test_class_code_has_ascii_digits(digits: str) -> None:
    code = f"{digits[:2]}-{digits[2:4]}"
    if code.isascii():
        assert check_class_code(code) == code
    else:
        with pytest.raises(InputRefused, match="class_invalid"):
            check_class_code(code)


@given(
    st.text(st.sampled_from(CREDIT), min_size=17, max_size=17), st.integers(0, 17), st.sampled_from(CREDIT)
)
def test_one_wrong_character_of_a_credit_code_is_told(first: str, at: int, wrong: str) -> None:
    code = first + credit_check_character(first)
    assert is_credit_code(code)
    assert is_credit_code(code[:at] + wrong + code[at + 1 :]) == (code[at] == wrong)
