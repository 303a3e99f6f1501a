"""Drafts of a database that is made anew: what was read of the damaged one, and what copy and journal tell.

The journal is ahead of the database, so a version of the database that the journal tells of is an older one.
Where the journal lost something, the database may hold words that nothing else does: the newer one stands
then, and what differs in the other is put aside in it, for a person to take back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import msgspec

from sync.merge_fields import ASIDE, BY, Fields, merge_drafts
from sync.replica.drafts import Draft, Drafts

REBUILT = "rebuilt"
SIGNED = frozenset({"visit"})
"""Kinds that people sign as a whole: none of their fields is another version of its own."""


class ToldDrafts:
    """Every version of every draft that copy and journal tell of; of all but the first, only which it was."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._versions: set[tuple[str, int]] = set()

    def hear(self, draft: Draft) -> None:
        """This version is told."""
        self._first.setdefault(draft.draft_id, draft.body)
        self._versions.add(_version(draft))

    def knows(self, draft: Draft) -> bool:
        """Whether the very version was told."""
        return _version(draft) in self._versions

    def first(self, draft_id: str) -> str:
        """The oldest body that was told, "" where there is none."""
        return self._first.get(draft_id, "")


def keep_both(drafts: Drafts, told: ToldDrafts, salvaged: Iterable[Draft]) -> None:
    """Bring in what only the damaged database knew; a draft that the journal says is gone stays gone."""
    for found in salvaged:
        stands = drafts.get(found.draft_id)
        if stands is None or told.knows(found):
            continue
        if found.changed_at > stands.changed_at:  # made of what was told: the oldest of it is what both knew
            merged = _merged(_fields(told.first(found.draft_id)), found, stands)
        else:
            merged = _merged({}, stands, found)
        if merged != stands:
            drafts.save(merged)


def _version(draft: Draft) -> tuple[str, int]:
    return draft.draft_id, hash((draft.body, draft.state))


def _merged(base: Fields, newer: Draft, older: Draft) -> Draft:
    own, other = _fields(newer.body), _fields(older.body)
    if newer.kind in SIGNED or _typed(own) == _typed(other):
        return newer
    theirs = {field: value for field, value in other.items() if value not in (None, "")} | {BY: REBUILT}
    body = merge_drafts(base, own, theirs, older.changed_at)
    return msgspec.structs.replace(newer, body=json.dumps(body))


def _fields(body: str) -> dict[str, object]:
    try:
        found = json.loads(body) if body else {}
    except ValueError:  # it was read out of a damaged file
        return {}
    return found if isinstance(found, dict) else {}


def _typed(body: Fields) -> dict[str, object]:
    return {field: value for field, value in body.items() if field not in (ASIDE, BY)}
