"""Which receipts are shown to central, so that it can tell that it was set back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.contract.wire import Receipt
from sync.replica.meta import SHOWN_MOST, Meta
from tests.contract.tablet import MORNING, Tablet


@pytest.fixture
def meta(data_dir: Path) -> Iterator[Meta]:
    with Tablet(data_dir) as tablet:
        yield tablet.work.meta


def receipt(sequence: int, mark: str) -> Receipt:
    return Receipt("id", "ab" * 32, sequence, MORNING, "epoch1", mark)


def test_newest_of_each_stretch_is_shown(meta: Meta) -> None:
    for sequence, mark in ((5, "aa"), (9, "aa"), (12, "bb"), (7, "aa")):
        meta.note_receipts([receipt(sequence, mark)])
    assert meta.seen() == "epoch1.9.aa,epoch1.12.bb"


def test_when_all_were_recognised_the_newest_stays_though_an_older_one_came_last(meta: Meta) -> None:
    for sequence, mark in ((69, "bb"), (66, "aa")):
        meta.note_receipts([receipt(sequence, mark)])
    meta.settle_receipts()
    assert meta.seen() == "epoch1.69.bb"


def test_of_very_many_stretches_the_first_and_the_latest_are_shown(meta: Meta) -> None:
    for number in range(1, SHOWN_MOST + 4):
        meta.note_receipts([receipt(number, f"{number:02x}")])
    shown = meta.seen().split(",")
    assert len(shown) == SHOWN_MOST
    assert (shown[0], shown[-1]) == ("epoch1.1.01", "epoch1.11.0b")
