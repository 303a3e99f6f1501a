"""How a plate is drawn, as far as its letters tell: colour and number of places."""

from __future__ import annotations

from contextlib import suppress

from sync.contract.errors import InputRefused
from sync.contract.plate import PROVINCES, PlateKind, is_possible_part, normalise_plate, parse_plate

_COLORS = {
    PlateKind.NEW_ENERGY_LARGE: "green",
    PlateKind.NEW_ENERGY_SMALL: "green",
    PlateKind.TRAILER: "yellow",
    PlateKind.LEARNER: "yellow",
    PlateKind.POLICE: "white",
    PlateKind.HONG_KONG: "black",
    PlateKind.MACAU: "black",
}
LONGEST = 8


def plate_color(kind: PlateKind) -> str:
    """Blue unless the grammar says otherwise: whether a lorry's plate is yellow, it does not tell."""
    return _COLORS.get(kind, "blue")


def shown_plate(text: str) -> str:
    """The part of a plate a text is, in normal form; "" for what is no part of one."""
    plate = normalise_plate(text)
    return plate if plate and len(plate) <= LONGEST and is_possible_part(plate) else ""


def color_while_typing(plate: str) -> str:
    """The colour of what is typed so far."""
    with suppress(InputRefused):
        return plate_color(parse_plate(plate).kind)
    return "blue"


def with_key(text: str, key: str) -> str:
    """The text after a key of the plate keypad; what was no plate makes room for one."""
    plate = shown_plate(text)
    if key in PROVINCES and plate[:1] in PROVINCES and plate:
        return key + plate[1:]
    if key in PROVINCES:
        return (key + plate)[:LONGEST]
    return plate + key if len(plate) < LONGEST else plate
