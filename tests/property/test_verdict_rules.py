"""What must hold of any verdict: it always answers, warnings never help, old or rough data is never surer."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import inf, nan
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.verdict.age import RESTS_ON
from fieldapp.verdict.cells import text
from fieldapp.verdict.model import GOODNESS, Answer, Facts, Limits, Load, Question, Verdict
from fieldapp.verdict.verdict import judge
from sync.contract.records import ClockState, Place, PlaceSource
from sync.contract.tables import Row
from sync.messages import LANGUAGES, sentence, sentences
from tests.unit.verdict.verdict_makers import FRESH, entry, permit, zone
from tests.unit.verdict.verdict_makers import facts as good_facts
from tests.unit.verdict.verdict_makers import question as good_question

GOOD = good_facts()
CERTAINTY = {Answer.UNKNOWN: 0, Answer.CHECK: 1, Answer.ALLOWED: 2, Answer.NOT_ALLOWED: 2}
PLATES = ("粤BWK516", "粤B04422D", "粤BF5068")
ROUTE = "113.88,22.56;113.90,22.56;113.92,22.56"
RING = "113.898,22.558;113.902,22.558;113.902,22.562;113.898,22.562;113.898,22.558"

junk = st.one_of(st.none(), st.integers(-(2**62), 2**62), st.floats(), st.text(max_size=12))
days = st.sampled_from(["2026-01-01", "2026-11-20", "2026-12-31", "2026-02-30", ""])
windows = st.sampled_from(["", "22:00-06:00", "00:00-24:00", "07:00-09:00;22:00-06:00", "x"])
kinds = st.sampled_from(["", "working", "working,makeup", "weekend,holiday", "working;weekend", "?"])


def cells(good: Row, **usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Row]:
    """A good row of which some cells hold something else, sometimes anything; sometimes one lacks."""
    changed = st.sampled_from([0, 1, 2, 9]).flatmap(
        lambda most: st.dictionaries(st.sampled_from(sorted(usual)), st.booleans(), max_size=most)
    )
    whole = changed.flatmap(
        lambda which: st.fixed_dictionaries(
            {name: junk if wild else usual[name] for name, wild in which.items()}
        ).map(lambda cells: {**good, **cells})
    )
    return whole | whole.flatmap(
        lambda row: st.sampled_from(sorted(row)).map(lambda gone: {n: c for n, c in row.items() if n != gone})
    )


amounts = st.sampled_from([0, 100, 1000, 15.5, 2.5])
permits = cells(
    permit(),
    permit_id=st.sampled_from(["P1", "P2", "P3"]),
    plate=st.sampled_from(PLATES),
    company_id=st.sampled_from(["C1", "C2"]),
    site_id=st.just("S1"),
    disposal_site_id=st.just("D1"),
    route=st.sampled_from([ROUTE, "", "113.88,22.56;113.92,22.58;113.92,22.56;113.88,22.58"]),
    valid_from=days,
    valid_to=days,
    windows=windows,
    window_days=kinds,
    approved_m3=amounts,
    used_m3=amounts,
    status=st.sampled_from(["active", "active", "active", "issued", "used", "expired", "revoked", "void"]),
    reason=st.text(max_size=8),
    max_load_t=amounts,
    max_length_m=amounts,
    max_width_m=amounts,
    max_height_m=amounts,
)
entries = cells(
    entry(),
    entry_id=st.sampled_from(["B1", "B2"]),
    kind=st.sampled_from(["vehicle", "company", "driver"]),
    subject=st.sampled_from([*PLATES, "C1", "陈志强"]),
    level=st.sampled_from([1, 2, 3]),
    valid_from=days,
    valid_to=days,
)
zones = cells(
    zone(),
    zone_id=st.just("Z1"),
    ring=st.sampled_from([RING, "x"]),
    windows=windows,
    day_kinds=kinds,
    valid_from=days,
    valid_to=days,
)
numbers = st.one_of(st.none(), st.sampled_from([-3.0, 0.0, 2.5, 12.0, 15.8, 30.0, 10_000.0]), st.floats())
degrees = st.one_of(st.sampled_from([113.88, 113.9, 22.56, 22.58, 116.0, 20.0]), st.floats())
accuracies = st.one_of(st.none(), st.floats(0, 3_000), st.floats())
near = st.builds(
    Place,
    st.just(PlaceSource.GNSS),
    st.sampled_from([113.88, 113.9, 113.92]),
    st.just(22.56),
    st.floats(0, 60),
)
places = (
    near
    | near
    | st.builds(
        Place,
        st.sampled_from(PlaceSource),
        st.one_of(st.none(), st.floats(113.87, 113.93), degrees),
        st.one_of(st.none(), st.floats(22.55, 22.57), degrees),
        accuracies,
        st.none(),
        st.booleans(),
    )
)
evenings = st.builds(
    lambda minutes: datetime(2026, 11, 20, tzinfo=ZoneInfo("Asia/Shanghai")) + timedelta(minutes=minutes),
    st.integers(22 * 60, 30 * 60) | st.integers(0, 5_000),
)
moments = evenings | evenings | evenings | st.datetimes(timezones=st.just(ZoneInfo("Asia/Shanghai")))
questions = st.just(good_question()) | st.builds(
    Question,
    plate=st.just(PLATES[0])
    | st.just(PLATES[0])
    | st.just(PLATES[0])
    | st.sampled_from(PLATES)
    | st.text(max_size=10),
    at=moments,
    place=places,
    load=st.just(Load(12.0))
    | st.just(Load(12.0))
    | st.just(Load())
    | st.builds(Load, numbers, numbers, numbers, numbers),
    driver=st.sampled_from(["", "陈志强"]),
    clock=st.just(ClockState.TRUSTED) | st.just(ClockState.TRUSTED) | st.sampled_from(ClockState),
    clock_offset_s=numbers,
)
ages = st.dictionaries(
    st.sampled_from(RESTS_ON), st.floats(0, 5_000_000) | st.sampled_from([inf, nan]), max_size=7
)
all_fresh = st.just(FRESH)
none: st.SearchStrategy[tuple[Row, ...]] = st.just(())
facts = st.just(GOOD) | st.builds(
    Facts,
    permits=st.just((permit(),)) | st.lists(permits, max_size=3).map(tuple),
    companies=st.sampled_from([GOOD.companies, GOOD.companies, {}]),
    sites=st.sampled_from([GOOD.sites, {}, {"S1": {"lon": None, "lat": "x"}}]),
    disposal_sites=st.sampled_from([{}, {"D1": {"lon": 113.92, "lat": 22.56}}]),
    zones=none | none | st.lists(zones, max_size=2).map(tuple),
    day_kinds=st.sampled_from([{}, {"2026-11-20": "working", "2026-11-21": "weekend", "2026-11-22": "?"}]),
    blacklist=none | none | st.lists(entries, max_size=3).map(tuple),
    look_alikes=st.sampled_from([(), ("粤BF5D68",)]),
    ages=all_fresh | all_fresh | ages,
    data_ahead=st.sampled_from([False, False, False, True]),
)


@given(questions, facts)
def test_any_rows_get_an_answer_with_reasons_in_plain_words(question: Question, known: Facts) -> None:
    verdict = judge(question, known)
    assert verdict.reasons
    said = [GOODNESS[reason.says] for reason in verdict.reasons]
    assert said == sorted(said)
    if verdict.answer is not Answer.ALLOWED:
        assert verdict.answer in {reason.says for reason in verdict.reasons}
    for reason in verdict.reasons:
        for code in filter(None, (reason.code, reason.advice_code)):
            assert code in sentences("en")
            assert all(
                "?" not in sentence(code, reason.facts, language) or "?" in str(reason.facts)
                for language in LANGUAGES
            )


@given(questions, facts)
def test_allowed_names_an_active_permit_of_this_plate(question: Question, known: Facts) -> None:
    verdict = judge(question, known)
    if verdict.answer is Answer.ALLOWED:
        held = [row for row in known.permits if text(row, "permit_id") == verdict.permit_id]
        assert any(row.get("status") == "active" for row in held)
        assert all(reason.says is Answer.ALLOWED for reason in verdict.reasons)


@given(questions, facts, entries)
def test_another_blacklist_entry_never_makes_it_better(
    question: Question, known: Facts, another: Row
) -> None:
    more = msgspec.structs.replace(known, blacklist=(*known.blacklist, another))
    assert GOODNESS[judge(question, more).answer] <= GOODNESS[judge(question, known).answer]


@given(questions, facts, zones)
def test_another_zone_never_makes_it_better(question: Question, known: Facts, another: Row) -> None:
    more = msgspec.structs.replace(known, zones=(*known.zones, another))
    assert GOODNESS[judge(question, more).answer] <= GOODNESS[judge(question, known).answer]


@given(questions, facts, st.dictionaries(st.sampled_from(RESTS_ON), st.floats(0, 10_000_000), max_size=7))
def test_an_older_replica_never_makes_it_surer(
    question: Question, known: Facts, later: dict[str, float]
) -> None:
    older = {table: age + later.get(table, 0.0) for table, age in known.ages.items()}
    old = judge(question, msgspec.structs.replace(known, ages=older)).answer
    assert CERTAINTY[old] <= CERTAINTY[judge(question, known).answer]


@given(questions, facts, st.sampled_from(RESTS_ON))
def test_a_table_that_never_came_never_leaves_it_allowed(
    question: Question, known: Facts, table: str
) -> None:
    missing = {name: age for name, age in known.ages.items() if name != table}
    assert judge(question, msgspec.structs.replace(known, ages=missing)).answer is not Answer.ALLOWED


@given(questions, facts, st.floats(0, 2_000, exclude_min=True), st.floats(0, 2_000))
def test_a_rougher_position_never_makes_it_allowed(
    question: Question, known: Facts, accuracy: float, rougher: float
) -> None:
    def at(metres: float) -> Answer:
        place = msgspec.structs.replace(question.place, accuracy_m=metres)
        return judge(msgspec.structs.replace(question, place=place), known).answer

    if at(accuracy) is not Answer.ALLOWED:
        assert at(accuracy + rougher) is not Answer.ALLOWED


@given(questions, facts)
def test_an_accuracy_of_nothing_is_one_that_nobody_told(question: Question, known: Facts) -> None:
    def at(metres: float | None) -> Verdict:
        place = msgspec.structs.replace(question.place, accuracy_m=metres)
        return judge(msgspec.structs.replace(question, place=place), known)

    assert at(0.0) == at(-0.0) == at(None)


@given(questions, facts, permits)
def test_another_permit_never_makes_it_worse_when_one_was_there(
    question: Question, known: Facts, another: Row
) -> None:
    more = msgspec.structs.replace(known, permits=(*known.permits, another))
    if known.permits:
        assert GOODNESS[judge(question, more).answer] >= GOODNESS[judge(question, known).answer]


@given(questions, facts, st.floats(1, 1_000))
def test_stricter_ages_never_make_it_surer(question: Question, known: Facts, hours: float) -> None:
    strict = Limits(max_age_h={}, default_age_h=min(hours, 24.0))
    old = judge(question, msgspec.structs.replace(known, limits=strict)).answer
    assert CERTAINTY[old] <= CERTAINTY[judge(question, known).answer]
