"""Classes suggested from a note: of any text, in any order, with anything usual at the place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.capture.suggest_class import MOST, ClassGuesser
from sync.central.city.classes import case_class_rows

ROWS = list(case_class_rows())
GUESSER = ClassGuesser(ROWS)
CODES = sorted(str(row["class_code"]) for row in ROWS)
KNOWN = {str(row["class_code"]) for row in ROWS if row["parent"]}
USUAL = st.dictionaries(st.sampled_from(CODES) | st.text(max_size=4), st.integers(-3, 10_000), max_size=12)


@given(st.text(max_size=600), USUAL)
def test_any_note_gives_a_few_known_classes_best_first(note: str, usual: dict[str, int]) -> None:
    found = GUESSER.guess(note, usual)
    assert len(found) <= MOST
    assert {one.class_code for one in found} <= KNOWN
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 < score <= 1.0 for score in scores)
    assert found == GUESSER.guess(note, dict(reversed(list(usual.items()))))


@given(st.sampled_from([row for row in ROWS if row["parent"]]), USUAL)
def test_a_class_named_in_full_is_among_those_offered(row: dict[str, str], usual: dict[str, int]) -> None:
    for name in (row["name_zh"], row["name_en"]):
        found = GUESSER.guess(name, usual)
        assert found
        same = {str(r["class_code"]) for r in ROWS if name in (r["name_zh"], r["name_en"])}
        assert same & {one.class_code for one in found}


@given(st.sampled_from(sorted(KNOWN)), st.integers(1, 50))
def test_while_nothing_is_typed_the_usual_of_the_place_is_offered(code: str, times: int) -> None:
    (found,) = GUESSER.guess("", {code: times})
    assert (found.class_code, found.from_note) == (code, False)


@given(st.sampled_from(sorted(KNOWN)), st.integers(1, 10_000))
def test_the_usual_of_a_place_never_talks_over_the_note(code: str, times: int) -> None:
    (best, *_) = GUESSER.guess("渣土车未密闭运输", {code: times})
    assert best.class_code == "03-11"


def test_nothing_typed_and_nothing_usual_offers_nothing() -> None:
    assert GUESSER.guess("", {}) == ()
    assert GUESSER.guess("好的 ok 123", {}) == ()


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("泥头车没盖，渣土沿途撒漏", "03-11"),
        ("truck is not covered, load spilling on the road", "03-11"),
        ("井盖缺失", None),
        ("路边有人占道经营卖水果", None),
    ],
)
def test_notes_as_people_write_them_find_a_class(note: str, code: str | None) -> None:
    found = [one.class_code for one in GUESSER.guess(note, {})]
    assert found
    assert code is None or code in found, found
