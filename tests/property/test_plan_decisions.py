"""Plan: whatever central answers, every item has one fate, and only its own receipt counts as sent."""

import random
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sync.contract.errors import NeedsPerson
from sync.contract.records import Lane, RecordType
from sync.contract.wire import (
    Change,
    FileAnswer,
    FileOffer,
    OfferStatus,
    PushAnswer,
    PushItem,
    PushStatus,
    Receipt,
)
from sync.plan import (
    BACK_OFF_CAP_S,
    Fate,
    back_off,
    decide_files,
    decide_push,
    guard_deletes,
    refuse_shrinking,
)

IDS = st.sampled_from([f"id{n}" for n in range(6)])
HASHES = st.sampled_from(["a" * 64, "b" * 64, "c" * 64])
RECEIPTS = st.builds(
    Receipt, IDS | HASHES, HASHES, st.integers(1, 9), st.just(datetime(2026, 1, 1, tzinfo=UTC)), st.just("e")
)
ITEMS = st.lists(
    st.builds(
        lambda op, sha: PushItem(op, int(op[2:]) + 1, RecordType.REPORT, op, "{}", sha),
        IDS,
        HASHES,
    ),
    unique_by=lambda item: item.op_id,
)
ANSWERS = st.lists(
    st.builds(PushAnswer, IDS, st.sampled_from(PushStatus), st.none() | RECEIPTS, st.sampled_from(["", "x"]))
)
FILES = st.lists(
    st.builds(
        FileOffer, HASHES, st.just(9), st.just("image/jpeg"), st.sampled_from(Lane), IDS, st.integers(0, 2)
    ),
    unique_by=lambda file: (file.record_id, file.slot, file.lane),
)
FILE_ANSWERS = st.lists(
    st.builds(
        FileAnswer,
        HASHES,
        st.sampled_from(OfferStatus),
        st.none() | RECEIPTS,
        st.just(""),
        st.integers(0, 9),
        st.sampled_from(["", "x"]),
    )
)


@given(ITEMS, ANSWERS)
def test_every_record_has_one_fate_and_only_its_own_receipt_makes_it_sent(
    items: list[PushItem], answers: list[PushAnswer]
) -> None:
    effects = decide_push(items, answers)
    assert [effect.op_id for effect in effects] == [item.op_id for item in items]
    for item, effect in zip(items, effects, strict=True):
        if effect.fate is Fate.SENT:
            assert effect.receipt is not None
            assert (effect.receipt.id, effect.receipt.sha256) == (item.record_id, item.body_sha256)
        else:
            assert effect.code


@given(ITEMS, ANSWERS, st.randoms(use_true_random=False))
def test_order_of_the_answers_changes_no_fate(
    items: list[PushItem], answers: list[PushAnswer], chance: random.Random
) -> None:
    one_each = list({answer.op_id: answer for answer in answers}.values())
    shuffled = one_each.copy()
    chance.shuffle(shuffled)
    assert decide_push(items, shuffled) == decide_push(items, one_each)


@given(FILES, FILE_ANSWERS)
def test_every_file_has_one_fate_and_only_a_receipt_for_its_hash_makes_it_sent(
    files: list[FileOffer], answers: list[FileAnswer]
) -> None:
    effects = decide_files(files, answers)
    assert [effect.file for effect in effects] == files
    for effect in effects:
        if effect.fate is Fate.SENT:
            assert effect.receipt is not None
            assert effect.receipt.sha256 == effect.file.sha256
        elif effect.fate is Fate.SEND:
            assert effect.answer is not None
            assert effect.answer.sha256 == effect.file.sha256
        else:
            assert effect.code


@given(FILES, st.data())
def test_two_files_of_one_hash_each_get_their_own_answer(files: list[FileOffer], data: st.DataObject) -> None:
    fates = [data.draw(st.sampled_from(["needed", "refused"])) for _ in files]
    answers = [
        FileAnswer(file.sha256, OfferStatus(fate), code="file_mismatch" if fate == "refused" else "")
        for file, fate in zip(files, fates, strict=True)
    ]
    expected = [Fate.SEND if fate == "needed" else Fate.NEEDS_YOU for fate in fates]
    assert [effect.fate for effect in decide_files(files, answers)] == expected


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_shrinking_stops_exactly_above_ten_rows_and_a_fifth(before: int, after: int) -> None:
    lost = min(before - after, before)
    if lost > 10 and lost > before * 0.2:
        with pytest.raises(NeedsPerson, match="mass_delete"):
            refuse_shrinking("permit", before, after)
    else:
        refuse_shrinking("permit", before, after)


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_deletes_of_one_table_are_counted_once_each(held: int, deleted: int, written: int) -> None:
    changes = [Change(n, "permit", f"p{n}") for n in range(deleted)] * 2
    changes += [Change(n, "permit", f"w{n}", {"permit_id": f"w{n}"}) for n in range(written)]
    assume(held >= deleted)
    if deleted > 10 and deleted > held * 0.2:
        with pytest.raises(NeedsPerson, match="mass_delete"):
            guard_deletes(changes, {"permit": held})
    else:
        guard_deletes(changes, {"permit": held})


@given(st.integers(0, 10**6))
def test_tombstones_for_a_table_that_is_empty_here_stop_nothing(number: int) -> None:
    refuse_shrinking("blacklist", 0, -number)
    guard_deletes([Change(n, "blacklist", f"b{n}") for n in range(min(number, 50))], {"blacklist": 0})


@given(st.integers(0, 10**6), st.none() | st.floats(0, 3600), st.floats(0, 1, exclude_max=True))
def test_wait_after_failures_is_bounded_and_heeds_the_server(
    failures: int, wish: float | None, drawn: float
) -> None:
    seconds = back_off(failures, wish, lambda: drawn)
    assert 0 < seconds <= max(BACK_OFF_CAP_S, (wish or 0) + min(BACK_OFF_CAP_S, wish or 0))
    assert seconds >= (wish or 0)


def test_tablets_that_were_wished_away_for_the_same_time_do_not_come_back_together() -> None:
    waits = {back_off(0, 8.0, lambda drawn=number / 200: drawn) for number in range(200)}
    assert len(waits) == 200


def test_file_whose_record_central_lost_waits_for_its_record() -> None:
    file = FileOffer("a" * 64, 9, "image/jpeg", Lane.ORIGINAL, "id0", 0)
    answer = FileAnswer(file.sha256, OfferStatus.REFUSED, code="record_unknown")
    effect = decide_files([file], [answer])[0]
    assert (effect.fate, effect.code) == (Fate.WAIT, "server_restored")
