"""Pure merging of a draft's fields: what one side typed, what another typed meanwhile, what both had seen.

    only mine changed → mine · only theirs changed → theirs · both alike → that · both otherwise → mine, and
    theirs is put aside: it stays in the draft until a person takes it or the draft goes

A field is whole: of two notes none is cut to fit the other. Fields are JSON values by name; a field that is
not there holds nothing, which is the same as ``null``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

ASIDE, BY = "aside", "by"
"""What a draft says of itself and no person typed: what was put aside, and who wrote it last."""

Fields = Mapping[str, object]


class Clash(msgspec.Struct, frozen=True):
    """A field that both sides changed; ``lost`` is what theirs holds and the merged one does not."""

    field: str
    lost: object


class Merged(msgspec.Struct, frozen=True):
    """The fields as they stand now, and what of theirs found no place in them."""

    fields: dict[str, object]
    clashes: tuple[Clash, ...]


class PutAside(msgspec.Struct, frozen=True, omit_defaults=True):
    """The other version of a field: its JSON text, when its side was last written, and by whom
    ("" the form on this tablet, ``command`` the command line, ``rebuilt`` a database made anew)."""

    field: str
    value: str
    at: datetime
    by: str = ""
    away: bool = False
    """Whether the person has seen it and needs it no more."""


def merge_fields(base: Fields, mine: Fields, theirs: Fields) -> Merged:
    """Three ways, field by field. Nothing that either side wrote since ``base`` is missing in the answer."""
    merged: dict[str, object] = {}
    clashes = []
    for field in dict.fromkeys([*mine, *theirs, *base]):
        seen, own, other = (json_text(side.get(field)) for side in (base, mine, theirs))
        winner = theirs if own == seen else mine
        if winner.get(field) is not None:
            merged[field] = winner[field]
        if own != seen and other not in (seen, own):
            clashes.append(Clash(field, theirs.get(field)))
    return Merged(merged, tuple(clashes))


def merge_ids(base: Iterable[str], mine: Iterable[str], theirs: Iterable[str]) -> frozenset[str]:
    """Members three ways: what either side added is in, what either side took out is out."""
    seen, own, other = frozenset(base), frozenset(mine), frozenset(theirs)
    return (own & other) | (own - seen) | (other - seen)


def merge_drafts(base: Fields, mine: Fields, theirs: Fields, told_at: datetime) -> dict[str, object]:
    """A draft's whole body three ways, with what was put aside before and now. ``told_at``: when theirs was
    written. Merging theirs once more changes nothing."""
    merged = merge_fields(_typed(base), _typed(mine), _typed(theirs))
    fields = merged.fields
    if BY in mine:
        fields[BY] = mine[BY]
    aside = _merged_aside(_aside(base), _aside(mine), _aside(theirs))
    for clash in merged.clashes:
        lost = PutAside(clash.field, json_text(clash.lost), told_at, str(theirs.get(BY) or ""))
        aside.setdefault((lost.field, lost.value), lost)
    standing = [one for one in aside.values() if one.value != json_text(fields.get(one.field))]
    if standing:
        fields[ASIDE] = msgspec.to_builtins(standing)
    return fields


def json_text(value: object) -> str:
    """A field's value as text: the same for the same value; ASCII, so that any half character is kept."""
    return json.dumps(value, sort_keys=True)


def _typed(body: Fields) -> dict[str, object]:
    return {field: value for field, value in body.items() if field not in (ASIDE, BY)}


_Key = tuple[str, str]


def _aside(body: Fields) -> dict[_Key, PutAside]:
    found = msgspec.convert(body.get(ASIDE) or [], list[PutAside])
    return {(one.field, one.value): one for one in found}


def _merged_aside(
    base: dict[_Key, PutAside], mine: dict[_Key, PutAside], theirs: dict[_Key, PutAside]
) -> dict[_Key, PutAside]:
    merged = {}
    for key in dict.fromkeys([*base, *mine, *theirs]):
        seen, own, other = base.get(key), mine.get(key), theirs.get(key)
        winner = other if own == seen else own
        if winner is not None:
            merged[key] = winner
    return merged
