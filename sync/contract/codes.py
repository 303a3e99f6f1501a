"""Codes of the city: grid cells, classes and unified social credit codes.

Sources: GB/T 2260 (division), 15-digit unit grid cell code (GB/T 30428.1), class codes after GB/T 30428.2,
GB 32100 (credit code). Class and grid tables themselves are versioned reference data, not constants.
"""

from __future__ import annotations

import re

from sync.contract.errors import InputRefused

OUTSIDE = "outside"
"""The grid cell of a place that lies in none of the city's cells."""

UNPLACED = "unplaced"
"""The grid cell of a record that has no position; a person may choose a cell instead."""

_GRID = re.compile(r"[0-9]{15}")
_CLASS = re.compile(r"[0-9]{2}(-[0-9]{2}){1,2}")
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT = re.compile(f"[{_CREDIT_ALPHABET}]{{18}}")


def check_grid_cell(code: str) -> str:
    """Return a 15-digit code, ``outside`` or ``unplaced``; refuse anything else (``grid_cell_invalid``)."""
    if code not in (OUTSIDE, UNPLACED) and not _GRID.fullmatch(code):
        raise InputRefused("grid_cell_invalid", value=code[:32])
    return code


def check_class_code(code: str) -> str:
    """Return a class code such as ``03-11`` (with an optional third level); else ``class_invalid``."""
    if not _CLASS.fullmatch(code):
        raise InputRefused("class_invalid", value=code[:32])
    return code


def credit_check_character(first_17: str) -> str:
    """The 18th character of a unified social credit code: weights 3^(i-1) mod 31 (GB 32100-2015)."""
    total = sum(_CREDIT_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first_17))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31]


def is_credit_code(value: str) -> bool:
    """Whether ``value`` is a well-formed unified social credit code with a right check character."""
    return bool(_CREDIT.fullmatch(value)) and credit_check_character(value[:17]) == value[17]
