"""Frames side by side go in one request and are told apart again, wherever the pieces happen to end."""

from hypothesis import given
from hypothesis import strategies as st

from sync.contract.wire import Frame
from sync.runs import RUN_BYTES, Carved, one_range, runs_of


def frames(*lengths: int) -> list[Frame]:
    starts = [sum(lengths[:n]) for n in range(len(lengths))]
    return [Frame(start, length, "", 1) for start, length in zip(starts, lengths, strict=True)]


def test_frames_side_by_side_make_one_run_and_a_gap_parts_them() -> None:
    made = frames(5, 6, 7, 8)
    assert list(runs_of(made)) == [made]
    assert list(runs_of([*made[:1], *made[2:]])) == [made[:1], made[2:]]
    assert (one_range(made).start, one_range(made).length) == (0, 26)
    assert list(runs_of([])) == []


def test_run_asks_for_no_more_than_its_limit() -> None:
    made = frames(RUN_BYTES, 1, RUN_BYTES - 1, 1)
    assert list(runs_of(made)) == [made[:1], made[1:3], made[3:]]


@given(st.lists(st.binary(max_size=9), max_size=9), st.lists(st.integers(1, 9), max_size=9))
def test_bytes_are_cut_where_the_frames_end(pieces: list[bytes], lengths: list[int]) -> None:
    carved, whole = Carved(pieces), b"".join(pieces)
    for length in lengths:
        assert b"".join(carved.next(length)) == whole[:length]
        whole = whole[length:]
