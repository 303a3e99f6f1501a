"""Look-alike plates: what may be misread is offered, what no plate can hold is always changed."""

from hypothesis import given
from hypothesis import strategies as st

from fieldapp.verdict.look_alikes import GROUPS, differing, look_alikes
from sync.contract.plate import SERIAL


def test_zero_and_letter_d_are_offered_for_each_other() -> None:
    assert "粤BF5D68" in list(look_alikes("粤BF5068"))
    assert "粤BF5068" in list(look_alikes("粤BF5D68"))


def test_single_changes_come_before_double_ones() -> None:
    found = list(look_alikes("粤B80001"))

    counts = [len(differing("粤B80001", one)) for one in found]
    assert counts == sorted(counts)
    assert set(counts) == {1, 2}


def test_letter_that_no_plate_has_is_always_changed() -> None:
    found = list(look_alikes("粤BFO068"))

    assert found
    assert all(one[3] in "0DQ" for one in found)


def test_text_with_an_impossible_character_that_reads_like_none_gives_nothing() -> None:
    assert list(look_alikes("粤B*0068")) == []


def test_province_and_ending_are_never_changed() -> None:
    assert all(one[0] == "粤" and one[-1] == "挂" for one in look_alikes("粤B0180挂"))


def test_second_place_takes_letters_only() -> None:
    assert all(one[1] in "DQ" for one in look_alikes("粤D11111"))
    assert all(one[1].isalpha() for one in look_alikes("粤B11111"))


def test_limit_holds() -> None:
    assert len(list(look_alikes("粤D0D0D0D", limit=17))) == 17


@given(st.text(alphabet=SERIAL, min_size=5, max_size=6))
def test_every_look_alike_differs_only_within_groups(serial: str) -> None:
    plate = f"粤B{serial}"
    for other in look_alikes(plate):
        assert len(other) == len(plate)
        places = differing(plate, other)
        assert 1 <= len(places) <= 2
        assert all(any(plate[at] in group and other[at] in group for group in GROUPS) for at in places)


@given(st.text(max_size=12))
def test_any_text_is_taken(text: str) -> None:
    assert plate_free_of_itself(text)


def plate_free_of_itself(text: str) -> bool:
    return text not in list(look_alikes(text))
