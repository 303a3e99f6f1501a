"""A report begins with the class of the strongest breach."""

import json
from pathlib import Path

import pytest

from fieldapp.verdict.breach import CLASSES, class_of
from fieldapp.verdict.model import Answer, Reason, Verdict
from sync.messages import sentences
from sync.resources import resource

NO, CHECK, UNKNOWN = Answer.NOT_ALLOWED, Answer.CHECK, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("reasons", "code"),
    [
        ((), ""),
        ((Reason("verdict_outside_window", NO),), "03-13"),
        ((Reason("verdict_blacklist_vehicle", NO), Reason("verdict_off_route", NO)), "03-12"),
        ((Reason("verdict_load_over", NO), Reason("verdict_permit_past", NO)), "03-15"),
        ((Reason("verdict_permit_missing", UNKNOWN),), ""),
        ((Reason("verdict_place_missing", CHECK),), ""),
    ],
)
def test_class_is_that_of_the_first_certain_breach(reasons: tuple[Reason, ...], code: str) -> None:
    answer = reasons[0].says if reasons else Answer.ALLOWED
    assert class_of(Verdict(answer, reasons)) == code


def test_every_class_is_in_the_shipped_table() -> None:
    table = json.loads(Path(str(resource("tables", "classes.json"))).read_text(encoding="utf-8"))
    assert set(CLASSES.values()) <= {one["code"] for one in table["classes"]}


def test_every_breach_is_a_reason_that_has_words() -> None:
    assert CLASSES.keys() <= sentences("zh").keys()
