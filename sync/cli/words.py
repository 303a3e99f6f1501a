"""Words of a state or kind for a person at a terminal: ``word_KIND_VALUE`` among the sentences.

With ``--json`` the value itself is given; a value that has no word yet is shown as it is.
"""

from __future__ import annotations

from sync.messages import sentence, sentences


def word(kind: str, value: object, language: str) -> str:
    """The word of a value."""
    if isinstance(value, bool):
        return sentence("word_yes" if value else "word_no", {}, language)
    return sentences(language).get(f"word_{kind}_{value}", str(value))
