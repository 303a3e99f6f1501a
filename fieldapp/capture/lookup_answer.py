"""What the page gets for a text: while it is being typed, and when the person asks for an answer.

While typing, a whole plate that the records know is shown at once; that they do not know it is said only
when somebody asks, since most texts are on their way to becoming another.
"""

from __future__ import annotations

from contextlib import suppress

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.lookup import TruckCard, truck_card
from fieldapp.capture.suggest import More, Suggestion, near, suggestion_page
from fieldapp.capture.suggest_plan import SuggestionKind
from sync.contract.errors import InputRefused
from sync.contract.plate import PROVINCES, normalise_plate, parse_plate

ENDINGS = "挂学警港澳"
LONGEST = 8
DOUBTFUL = (SuggestionKind.LOOK_ALIKE, SuggestionKind.ONE_ERROR)
"""What is not what was typed: offered, but no answer."""


class Answer(msgspec.Struct, frozen=True):
    """A truck (``card`` with the plates like its own), or suggestions to choose from, and the way on."""

    suggestions: tuple[Suggestion, ...] = ()
    card: TruckCard | None = None
    look_alikes: tuple[Suggestion, ...] = ()
    more: More | None = None


def while_typing(desk: Desk, text: str) -> Answer:
    """Suggestions, or the truck once the text is a whole plate that is known."""
    with suppress(InputRefused):
        card = truck_card(desk, text)
        if card.found:
            return Answer(card=card, look_alikes=near(desk, card.plate))
    return _offered(desk, text)


def when_asked(desk: Desk, text: str) -> Answer:
    """The truck, known or not. Without its province a plate is offered, or taken to be of this city.

    ``plate_impossible`` for what no plate can be and no company is called.
    """
    with suppress(InputRefused):
        return _of_plate(desk, text)
    offered = _offered(desk, text)
    if any(one.kind not in DOUBTFUL for one in offered.suggestions):
        return offered
    for home in _home(desk) if normalise_plate(text)[:1] not in PROVINCES else ():
        with suppress(InputRefused):
            return _of_plate(desk, home + normalise_plate(text))
    if _meant_as_plate(normalise_plate(text)):
        parse_plate(text)
    return offered


def _offered(desk: Desk, text: str) -> Answer:
    page = suggestion_page(desk, text)
    return Answer(page.rows, more=page.more)


def _meant_as_plate(text: str) -> bool:
    """Letters and digits no longer than a plate, or however long after a province; else a company's name."""
    rest = text[1:] if text[:1] in PROVINCES else text
    return rest.rstrip(ENDINGS).isascii() and (rest != text or len(text) <= LONGEST)


def _of_plate(desk: Desk, text: str) -> Answer:
    card = truck_card(desk, text)
    return Answer(card=card, look_alikes=near(desk, card.plate))


def _home(desk: Desk) -> tuple[str, ...]:
    identity = desk.work.meta.identity()
    return (identity.city.home_plate[:1], identity.city.home_plate) if identity else ()
