"""One plain sentence per code, in English and Chinese, for command lines and everything without Qt.

Sentences lie in ``resources/messages/<language>/*.json``, each file a flat ``{code: sentence}``; a sentence
names facts as ``{fact}``, distances as ``{fact:length}``. Asking for one never fails: an error must not be
hidden by its own message.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache

from sync.resources import resource

LANGUAGES = ("en", "zh")
_FACT = re.compile(r"\{([a-z_0-9]+)(:length)?\}")
_FAR_M = 10_000
_UNITS = {"en": ("m", "km"), "zh": ("米", "公里")}
_UNKNOWN = {
    "en": "Something went wrong that has no explanation yet (code {code}).",
    "zh": "发生了尚无说明的问题（代码 {code}）。",
}


def sentence(code: str, facts: Mapping[str, object], language: str = "en") -> str:
    """The sentence of a code with its facts filled in; a generic one naming an unknown code."""
    texts = sentences(language)
    known = {"code": code, **facts}
    template = texts.get(code) or _UNKNOWN.get(language, _UNKNOWN["en"])
    return _FACT.sub(lambda found: _filled(found, known, language), template)


def sentence_in(situation: str, code: str, facts: Mapping[str, object], language: str = "en") -> str:
    """The sentence a situation has of its own for a code (``enrol.unreachable``), else the code's."""
    own = f"{situation}.{code}"
    return sentence(own if own in sentences(language) else code, {"code": code, **facts}, language)


@cache
def sentences(language: str) -> dict[str, str]:
    """All sentences of a language; English where the language is not known."""
    folder = resource("messages", language if language in LANGUAGES else "en")
    texts: dict[str, str] = {}
    for path in sorted(folder.glob("*.json")):
        texts |= json.loads(path.read_text(encoding="utf-8"))
    return texts


def _filled(found: re.Match[str], known: Mapping[str, object], language: str) -> str:
    fact = known.get(found[1])
    return _length(fact, language) if found[2] else _shown(fact)


def _length(metres: object, language: str) -> str:
    """Metres up to ten kilometres, then kilometres: nobody counts digits at the roadside."""
    near, far = _UNITS.get(language, _UNITS["en"])
    if not isinstance(metres, int | float) or abs(metres) < _FAR_M:
        return f"{_shown(metres)} {near}"
    km = metres / 1000
    return f"{km:.1f} {far}" if km < 100 else f"{km:.0f} {far}"


def _shown(fact: object) -> str:
    if fact is None:
        return "?"
    if isinstance(fact, float):
        return f"{fact:g}"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in str(fact))
