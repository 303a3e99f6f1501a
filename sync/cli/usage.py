"""What is wrong with the arguments, in the language of the rest: argparse knows English alone.

Its messages are told by their form. One of another form is shown as it is, which loses nothing.
"""

from __future__ import annotations

import argparse
import re

from sync.messages import sentence

_NAME = r"(?:argument (?P<name>\S+(?:/\S+)*(?: [A-Z]+)?): )?"
_FORMS = tuple(
    (code, re.compile(pattern, re.DOTALL))
    for code, pattern in (
        ("usage_missing", r"the following arguments are required: (?P<names>.+)"),
        ("usage_unknown", r"unrecognized arguments: (?P<names>.+)"),
        ("usage_one_of", r"one of the arguments (?P<names>.+) is required"),
        ("usage_choice", _NAME + r"invalid choice: '(?P<value>.*)' \(choose from (?P<choices>.+)\)"),
        ("usage_value", _NAME + r"expected (?:one|at least one|\d+) arguments?"),
        ("usage_no_value", _NAME + r"ignored explicit argument '(?P<value>.*)'"),
        ("usage_not_with", _NAME + r"not allowed with argument (?P<other>.+)"),
        ("usage_number", _NAME + r"invalid (?:int|float|_?count) value: '(?P<value>.*)'"),
        ("usage_form", _NAME + r"invalid \S+ value: '(?P<value>.*)'"),
        ("usage_between", _NAME + r"a whole number from (?P<low>\d+) to (?P<high>\d+) is needed"),
        ("usage_folder", _NAME + r"a folder is needed"),
    )
)


def usage_sentence(message: str, language: str) -> str:
    """argparse's message as one of our sentences."""
    for code, form in _FORMS:
        if found := form.fullmatch(message):
            return sentence(code, found.groupdict(), language)
    return message


def usage_line(usage: str, language: str) -> str:
    """The short help of a command."""
    return sentence("usage_line", {"usage": " ".join(usage.removeprefix("usage: ").split())}, language)


def whole_number(low: int, high: int, text: str) -> int:
    """A whole number inside these bounds; another one is said to be wrong, not bent to fit."""
    try:
        number = int(text)
    except ValueError:
        number = low - 1
    if not low <= number <= high:
        raise argparse.ArgumentTypeError(f"a whole number from {low} to {high} is needed")
    return number
