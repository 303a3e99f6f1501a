"""Which class a report may have: from the words of its note, and from what is usual in the grid cell. Pure.

    note → pieces (pairs of Chinese characters, Latin words) → those that few classes share weigh most
    cell → how often each class was reported there → a small push, enough on its own while nothing is typed

Nothing is chosen by itself: the few likeliest are offered, and any other class can be taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from math import log, log1p

import msgspec

from sync.contract.tables import Row

MOST = 3
ENOUGH = 0.12
"""Of what the best possible match would give: less is chance."""

USUAL_SHARE = 0.25
"""What is usual here weighs so much against the note's words at most."""

_NAME_WEIGHT, _PHRASE_WEIGHT = 3.0, 1.0
_NOTE_MOST = 400
"""Characters of the note that are looked at, the last ones: what is being typed now."""

_CHINESE = re.compile(r"[一-鿿㐀-䶿]+")
_LATIN = re.compile(r"[a-z]{3,}")
_COMMON = frozenset(
    {"the", "and", "for", "with", "was", "are", "has", "not", "about", "from", "there", "this"}
)


class Guess(msgspec.Struct, frozen=True):
    """A class, how well it fits from 0 to 1, and whether it is the note or the place that says so."""

    class_code: str
    score: float
    from_note: bool


class ClassGuesser:
    """Made once of the class table; asked with every pause in the typing."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._weights: dict[str, dict[str, float]] = {}
        self._spread: Counter[str] = Counter()
        for row in rows:
            code = str(row["class_code"])
            if not row["parent"]:
                continue  # no report has a top class
            weights = _pieces_of(row)
            self._weights[code] = weights
            self._spread.update(weights.keys())

    def guess(self, note: str, usual: Mapping[str, int], most: int = MOST) -> tuple[Guess, ...]:
        """The likeliest classes, best first; nothing where nothing speaks for any."""
        said = self._said(pieces(note[-_NOTE_MOST:]))
        here = _shares(usual, self._weights)
        guesses = []
        for code in self._weights:
            words = said.get(code, 0.0)
            score = words + USUAL_SHARE * here.get(code, 0.0) * (1.0 if words or not said else 0.0)
            if words >= ENOUGH or (not said and here.get(code, 0.0) > 0):
                guesses.append(Guess(code, round(min(score, 1.0), 6), words >= ENOUGH))
        guesses.sort(key=lambda one: (-one.score, len(one.class_code), one.class_code))
        return tuple(guesses[:most])

    def _said(self, said: frozenset[str]) -> dict[str, float]:
        """Per class how much of the note speaks for it, against all of the note that speaks for any."""
        classes = max(1, len(self._weights))
        rarity = {one: log(1 + classes / self._spread[one]) for one in said if self._spread[one]}
        whole = sum(rarity.values()) * _NAME_WEIGHT
        if not whole:
            return {}
        scores = {}
        for code, weights in self._weights.items():
            score = sum(rare * weights.get(one, 0.0) for one, rare in rarity.items())
            if score:
                scores[code] = score / whole
        return scores


def pieces(text: str) -> frozenset[str]:
    """Pairs of neighbouring Chinese characters, and Latin words of three letters and more."""
    small = text.lower()
    pairs = {run[at : at + 2] for run in _CHINESE.findall(small) for at in range(len(run) - 1)}
    words = {_stem(word) for word in _LATIN.findall(small) if word not in _COMMON}
    return frozenset(pairs | words)


def _pieces_of(row: Row) -> dict[str, float]:
    weights: dict[str, float] = {}
    for columns, weight in (
        (("phrases_zh", "phrases_en"), _PHRASE_WEIGHT),
        (("name_zh", "name_en"), _NAME_WEIGHT),
    ):
        for column in columns:
            for one in pieces(str(row[column] or "")):
                weights[one] = weight
    return weights


def _stem(word: str) -> str:
    """Good enough for a class table: trucks and truck, spilling and spilled."""
    for end in ("ing", "ed", "es", "s"):
        if word.endswith(end) and len(word) - len(end) >= 3:
            return word[: -len(end)]
    return word


def _shares(usual: Mapping[str, int], known: Mapping[str, object]) -> dict[str, float]:
    counts = {code: log1p(count) for code, count in usual.items() if count > 0 and code in known}
    most = max(counts.values(), default=0.0)
    return {code: count / most for code, count in counts.items()} if most else {}
