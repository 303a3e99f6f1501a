"""Merging a draft's fields three ways: nothing typed is lost, whoever wins."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from sync.merge_fields import ASIDE, BY, PutAside, json_text, merge_drafts, merge_fields, merge_ids

NAMES = ("note", "address", "plate", "class_code", "place", "unit")
values = st.sampled_from(
    [None, "", "渣土", "渣土撒漏", "\ud83d", 1, 1.0, True, {"lon": 113.9, "lat": 22.6}, {"lon": 114.0}]
)
fields = st.dictionaries(st.sampled_from(NAMES), values, max_size=4)
ids = st.frozensets(st.sampled_from("abcdef"))
NOON = datetime(2025, 11, 20, 4, tzinfo=UTC)

Fields = dict[str, object]


def held(side: Fields) -> dict[str, str]:
    """What a side holds, nothing being nothing."""
    return {name: json_text(value) for name, value in side.items() if value is not None}


@given(fields, fields, fields)
def test_every_value_written_since_is_in_the_fields_or_in_the_clashes(
    base: Fields, mine: Fields, theirs: Fields
) -> None:
    merged = merge_fields(base, mine, theirs)
    lost = {clash.field: json_text(clash.lost) for clash in merged.clashes}

    for name in NAMES:
        seen, own, other = (json_text(side.get(name)) for side in (base, mine, theirs))
        stands = json_text(merged.fields.get(name))
        if own != seen:
            assert stands == own
        if other != seen:
            assert other in (stands, lost.get(name))
        assert stands in (own, other), "a value is whole: one side's or the other's"
        assert (name in lost) == (own != seen and other not in (seen, own))


@given(fields, fields, fields)
def test_sides_changed_about_differ_only_in_who_loses(base: Fields, mine: Fields, theirs: Fields) -> None:
    one, other = merge_fields(base, mine, theirs), merge_fields(base, theirs, mine)

    clashing = {clash.field for clash in one.clashes}
    assert clashing == {clash.field for clash in other.clashes}
    for name in NAMES:
        if name not in clashing:
            assert json_text(one.fields.get(name)) == json_text(other.fields.get(name))
    assert {c.field: json_text(c.lost) for c in one.clashes} == {
        name: json_text(other.fields.get(name)) for name in clashing
    }


@given(fields, fields, fields)
def test_one_side_unchanged_or_both_alike_makes_no_clash(base: Fields, mine: Fields, theirs: Fields) -> None:
    assert held(merge_fields(base, base, theirs).fields) == held(theirs)
    assert held(merge_fields(base, mine, base).fields) == held(mine)
    for same in (
        merge_fields(base, mine, mine),
        merge_fields(base, base, theirs),
        merge_fields(base, mine, base),
    ):
        assert same.clashes == ()


bodies = fields.map(lambda body: {**body, BY: "command"})


@given(fields, fields, bodies)
def test_draft_merged_again_with_the_same_other_side_stays_as_it_is(
    base: Fields, mine: Fields, theirs: Fields
) -> None:
    once = merge_drafts(base, mine, theirs, NOON)

    assert merge_drafts(base, once, theirs, NOON) == once
    assert merge_drafts(mine, mine, once, NOON) == once, "who kept it has seen all of it but theirs"
    assert merge_drafts(theirs, once, theirs, NOON) == once
    json.dumps(once)


@given(st.lists(st.tuples(fields, fields), max_size=4))
def test_others_writing_between_keystrokes_lose_nothing_to_the_form(
    rounds: list[tuple[Fields, Fields]],
) -> None:
    """A form keeps what is typed against the body it knows, while others write into the stored one."""
    seen: Fields = {}
    aside: set[tuple[str, str]] = set()
    for edits, written in rounds:
        stored = {**seen, **written, BY: "command"}
        form = {**seen, **edits, BY: ""}
        kept = merge_drafts(seen, form, stored, NOON)

        put_aside = {(one.field, one.value) for one in msgspec.convert(kept.get(ASIDE, []), list[PutAside])}
        standing = {(name, json_text(kept.get(name))) for name in NAMES}
        for name, text in ((name, json_text(value)) for name, value in written.items()):
            if text != json_text(seen.get(name)):
                assert (name, text) in put_aside | standing
        for name, value in edits.items():
            if json_text(value) != json_text(seen.get(name)):
                assert (name, json_text(value)) in standing
        assert aside <= put_aside | standing, "what was put aside once stays"
        seen, aside = kept, put_aside


@given(ids, ids, ids)
def test_members_added_are_in_and_members_taken_out_are_out(
    base: frozenset[str], mine: frozenset[str], theirs: frozenset[str]
) -> None:
    merged = merge_ids(base, mine, theirs)

    assert merged == merge_ids(base, theirs, mine)
    assert (mine | theirs) - base <= merged <= mine | theirs
    assert not merged & ((base - mine) | (base - theirs))
    assert merge_ids(base, merged, theirs) == merged
