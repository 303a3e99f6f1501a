"""Words of a state or kind for a person at a terminal: ``word_KIND_VALUE`` among the sentences.

With ``--json`` the value itself is given; a value that has no word yet is shown as it is.
"""

from __future__ import annotations

import os
import unicodedata

from sync.cli.output import Result, chosen_language, plain_value
from sync.messages import sentence, sentences


def word(kind: str, value: object, language: str) -> str:
    """The word of a value."""
    if isinstance(value, bool):
        return sentence("word_yes" if value else "word_no", {}, language)
    return sentences(language).get(f"word_{kind}_{value}", str(value))


def named(name: str, value: str, language: str, width: int = 11) -> str:
    """A line ``name  value``, the values of several lines below one another."""
    label = sentences(language).get(f"word_name_{name}", name)
    return f"{padded(label, width)}{value}"


def padded(text: str, width: int) -> str:
    """Filled up with spaces, at least one; a Chinese character is two columns wide."""
    columns = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(1, width - columns)


def show_plainly(result: Result) -> str:
    """A result without a form of its own: its members one a line, by their words."""
    language = chosen_language(os.environ)
    lines = []
    for name, value in result.items():
        known = sentences(language).get(f"word_name_{name}", name)
        if isinstance(value, dict) and language in value:  # something that has a name in both languages
            value = value[language]
        plain = word(name, value, language) if isinstance(value, bool | str) else plain_value(value)
        lines.append(sentence("word_line", {"name": known, "value": plain}, language))
    return "\n".join(lines)
