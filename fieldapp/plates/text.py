"""From straightened rows of characters to a plate's text, by the grammar of plates, not by likeness alone.

The recogniser knows 6,600 characters. Only those of plates are listened to, each place of the text may hold
what a plate has there, and of the forms that a plate can have the likeliest is taken.
"""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt
from PIL import Image

from fieldapp.plates.models import Models
from sync.contract.errors import InputRefused
from sync.contract.plate import PROVINCES, SERIAL, parse_plate

Array = npt.NDArray[np.float32]

HEIGHT = 48
_DIGITS, _LETTERS = "0123456789", "ABCDEFGHJKLMNPQRSTUVWXYZ"
_TAILS = "挂学警港澳"
ALPHABET = PROVINCES + SERIAL + _TAILS
_FORMS = (
    (PROVINCES, _LETTERS, *[SERIAL] * 5),
    (PROVINCES, _LETTERS, *[SERIAL] * 4, _TAILS),
    (PROVINCES, _LETTERS, *[_DIGITS] * 5, "DF"),
    (PROVINCES, _LETTERS, _LETTERS, SERIAL, *[_DIGITS] * 4),
)
SURE_ENOUGH = 0.02
"""Below this a character was not seen but only made up to fit the form."""
_TRIED_WITHOUT = 3


class Reading(msgspec.Struct, frozen=True):
    """A text, how sure of its least sure character (0 to 1), and whether a plate can be that."""

    text: str
    sure: float
    possible: bool


class TextReader:
    """Reads rows with one recogniser."""

    def __init__(self, models: Models) -> None:
        index = {character: place for place, character in enumerate(models.characters)}
        self._session = models.recogniser
        self._columns = np.array([0, *(index[character] for character in ALPHABET)])

    def read(self, rows: list[Image.Image]) -> Reading:
        """The rows of one plate from top to bottom, RGB."""
        return reading_of([chances for row in rows for chances in self._seen(row)])

    def _seen(self, row: Image.Image) -> list[Array]:
        """For every character in a row its chances over the alphabet."""
        width = max(HEIGHT, round(row.width * HEIGHT / row.height))
        pixels = np.asarray(row.resize((width, HEIGHT), Image.Resampling.BICUBIC), np.float32)[:, :, ::-1]
        scaled = np.ascontiguousarray(((pixels / 127.5) - 1.0).transpose(2, 0, 1)[None])
        (answers,) = self._session.run(None, {"x": scaled})
        return _runs(answers[0][:, self._columns])


def _runs(chances: Array) -> list[Array]:
    """Moments in a row that favour one character are that character once; the best of them counts."""
    seen: list[Array] = []
    before = 0
    for moment, winner in zip(chances, chances.argmax(1).tolist(), strict=True):
        if winner and winner == before:
            seen[-1] = np.maximum(seen[-1], moment[1:])
        elif winner:
            seen.append(moment[1:])
        before = winner
    return seen


def reading_of(seen: list[Array]) -> Reading:
    """The likeliest plate; where one character is too many (a rivet, the frame), one without its faintest."""
    readings = [_best_form(seen)]
    faintest = sorted(range(len(seen)), key=lambda place: float(seen[place].max()))
    if len(seen) in (8, 9):
        readings += [_best_form(seen[:place] + seen[place + 1 :]) for place in faintest[:_TRIED_WITHOUT]]
    for reading in readings:
        if reading.possible:
            return reading
    return readings[0]


def _best_form(seen: list[Array]) -> Reading:
    forms = [form for form in _FORMS if len(form) == len(seen)]
    fitted = [_fitted(seen, form) for form in forms]
    best = max(fitted, key=lambda found: found[0], default=(0.0, "", 0.0))
    if best[2] >= SURE_ENOUGH and _is_plate(best[1]):
        return Reading(best[1], best[2], True)
    raw = "".join(ALPHABET[int(chances.argmax())] for chances in seen)
    return Reading(raw, min((float(chances.max()) for chances in seen), default=0.0), False)


def _fitted(seen: list[Array], form: tuple[str, ...]) -> tuple[float, str, float]:
    """Likelihood (log), text and least chance when every place holds what the form allows there."""
    text, chances = "", []
    for here, allowed in zip(seen, form, strict=True):
        chance, character = max((float(here[ALPHABET.index(one)]), one) for one in allowed)
        text += character
        chances.append(chance)
    return float(np.log(np.maximum(chances, 1e-9)).sum()), text, min(chances)


def _is_plate(text: str) -> bool:
    try:
        parse_plate(text)
    except InputRefused:
        return False
    return True
