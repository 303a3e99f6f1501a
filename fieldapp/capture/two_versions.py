"""Two versions of a field of a draft: one stands, the other was put aside; a person may change them about.

None of it is sent: a report is what stands when it is filed.
"""

from __future__ import annotations

import json
from datetime import datetime

import msgspec

from fieldapp.capture.drafts import DraftBody, draft_text
from sync.merge_fields import PutAside, json_text


def take_other(body: DraftBody, other: PutAside, now: datetime) -> DraftBody:
    """Let the version put aside stand; the one that stood is put aside in its place. ``other`` that is not
    there changes nothing."""
    if other not in body.aside:
        return body
    fields = json.loads(draft_text(body))
    before = PutAside(other.field, json_text(fields.get(other.field)), now)
    fields[other.field] = json.loads(other.value)
    if fields[other.field] is None:
        del fields[other.field]
    taken = msgspec.convert(fields, DraftBody)
    aside = tuple(before if one == other else one for one in body.aside if not _is(one, before))
    return msgspec.structs.replace(taken, aside=aside)


def lay_away(body: DraftBody, other: PutAside, away: bool = True) -> DraftBody:
    """Show a version no more, or again; it stays in the draft."""
    laid = msgspec.structs.replace(other, away=away)
    return msgspec.structs.replace(body, aside=tuple(laid if one == other else one for one in body.aside))


def other_versions(body: DraftBody) -> tuple[PutAside, ...]:
    """What was put aside and differs from what stands."""
    fields = json.loads(draft_text(body)) if body.aside else {}
    return tuple(one for one in body.aside if one.value != json_text(fields.get(one.field)))


def value_of(body: DraftBody, field: str) -> object:
    """A field as it stands, as JSON; None for nothing."""
    found: object = json.loads(draft_text(body)).get(field)
    return found


def _is(one: PutAside, other: PutAside) -> bool:
    return (one.field, one.value) == (other.field, other.value)
