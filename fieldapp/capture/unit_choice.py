"""The units a report can be given by hand: those of the city's table, and squads it does not list.

    answers for such cases here → the others by number → squads without an entry, by name

From a central that knows no units the squads of the officers' cards are all there is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.suggest_unit import answers_for
from sync.contract.lifecycle import Role

CLASSES_SHOWN = 3
_HANDLING = [Role.UNIT.value, Role.INSPECTOR.value]


class UnitChoice(msgspec.Struct, frozen=True):
    """A unit. ``name`` goes into the report; ``answers``: for cases of this class at this place.

    ``classes_zh`` and ``classes_en`` name what it answers for, ``streets`` where ((): everywhere); ``within``
    are the numbers and names of all classes within those.
    """

    name: str
    name_en: str = ""
    unit_id: str = ""
    contact: str = ""
    initials: str = ""
    answers: bool = False
    classes_zh: tuple[str, ...] = ()
    classes_en: tuple[str, ...] = ()
    streets: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


def unit_choices(desk: Desk, class_code: str, grid_cell: str) -> tuple[UnitChoice, ...]:
    """Every unit that handles cases, those first that answer for such a one at this place."""
    names = {
        str(row["class_code"]): (str(row["name_zh"] or ""), str(row["name_en"] or row["name_zh"] or ""))
        for row in desk.reference.classes()
    }
    ranked: list[tuple[int, UnitChoice]] = []
    for row in desk.reference.units():
        if not str(row["classes"] or "").strip():  # a team of grid workers: it handles nothing
            continue
        weight = answers_for(str(row["classes"] or ""), str(row["areas"] or ""), class_code, grid_cell)
        codes = [code for code in str(row["classes"] or "").split() if code in names]
        codes.sort(key=lambda code: not answers_for(code, "", class_code, grid_cell))
        areas = str(row["areas"] or "").split()
        choice = UnitChoice(
            name=str(row["name_zh"] or ""),
            name_en=str(row["name_en"] or ""),
            unit_id=str(row["unit_id"]),
            contact=str(row["contact"] or ""),
            initials=str(row["initials"] or "").upper(),
            answers=weight > 0,
            classes_zh=tuple(names[code][0] for code in codes),
            classes_en=tuple(names[code][1] for code in codes),
            streets=tuple(desk.reference.street_of(area) or area for area in areas),
            within=tuple(
                word
                for code, both in names.items()
                if answers_for(str(row["classes"] or ""), "", code, "")
                for word in (code, *both)
            ),
        )
        ranked.append((-weight, choice))
    ranked.sort(key=lambda one: one[0])  # stable: by number within
    listed = {choice.name for _, choice in ranked}
    squads = sorted(set(desk.work.city.squads(_HANDLING)) - listed)
    return (*(choice for _, choice in ranked), *(UnitChoice(name) for name in squads))


def find_units(choices: Sequence[UnitChoice], text: str) -> list[UnitChoice]:
    """Those in which every word of ``text`` is found; names and initials that begin with it come first."""
    words = plain(text).split()
    found = [one for one in choices if all(word in _searched(one) for word in words)]
    if words:
        found.sort(key=lambda one: not _begins(one, words[0]))
    return found


def plain(text: str) -> str:
    """As it is compared: full-width letters as plain ones, no capitals."""
    return unicodedata.normalize("NFKC", text).casefold()


def _begins(one: UnitChoice, word: str) -> bool:
    return any(plain(text).startswith(word) for text in (one.name, one.initials, one.name_en, one.unit_id))


def _searched(one: UnitChoice) -> str:
    parts = (one.name, one.name_en, one.unit_id, one.initials, one.contact)
    return "\n".join(
        plain(part) for part in (*parts, *one.classes_zh, *one.classes_en, *one.streets, *one.within)
    )
