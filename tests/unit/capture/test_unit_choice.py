"""Units to name by hand, and who answers for what: from the city's table, or from the officers alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from case_makers import put, put_case
from image_makers import jpeg
from use_case_desk import CELL, close_desk, make_desk

from fieldapp.capture.correcting import correct_report
from fieldapp.capture.desk import Desk
from fieldapp.capture.drafts import DraftBody, chosen_unit, open_draft, start_draft
from fieldapp.capture.photos import take_photo
from fieldapp.capture.report import submit_report
from fieldapp.capture.suggest_here import hints
from fieldapp.capture.suggest_unit import Reach, answers_for
from fieldapp.capture.unit_choice import UnitChoice, find_units, unit_choices
from sync.contract.records import NOWHERE, RecordType, Report
from sync.contract.tables import Row
from sync.contract.wire import Change, decode_record
from sync.replica.meta import CursorAt

STREET = CELL[:9]
TRUCKS, NIGHT, ROADS = "卡车小队", "夜间小队", "道路养护单位"


def unit(unit_id: str, name: str, name_en: str, initials: str, classes: str, areas: str = "") -> Row:
    return {"unit_id": unit_id, "name_zh": name, "name_en": name_en, "areas": areas, "classes": classes,
            "contact": f"0755-{unit_id}", "initials": initials}  # fmt: skip


UNITS = (
    unit("U1", ROADS, "Roads", "DLYHDW", "01-03"),
    unit("U2", NIGHT, "Night squad", "YJXD", "03-11"),
    unit("U3", TRUCKS, "Truck squad", "KCXD", "03-11", f"440399999 {STREET}"),
    unit("U4", "外区小队", "Elsewhere", "WQXD", "03-11", "440399999"),
)


def tell(desk: Desk, *rows: Row) -> None:
    changes = [Change(9, "unit", str(row["unit_id"]), row) for row in rows]
    desk.reference.apply(changes, CursorAt("c2", "epoch", desk.clock.now()))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    for number, role, squad, active in (
        ("U3001", "unit", ROADS, 1),
        ("U3002", "unit", "无名单位", 1),
        ("U3003", "unit", "已撤销单位", 0),
        ("G1002", "grid_worker", "网格二组", 1),
    ):
        officer = {"officer_id": number, "name": number, "role": role, "squad": squad, "active": active}
        put(made, "officer", officer)  # type: ignore[arg-type]
    yield made
    close_desk(made)


@pytest.mark.parametrize(
    ("classes", "areas", "code", "cell", "weight"),
    [
        ("03", "", "03-11-02", CELL, 1),
        ("03-11", "", "03-11-02", "unplaced", 2),
        ("03 03-11", "", "03-11", CELL, 2),
        ("03-1", "", "03-11", CELL, 0),
        ("03-11-02", "", "03-11", CELL, 0),
        ("", "", "03-11", CELL, 0),
        ("03-11", STREET, "03-11", CELL, 3),
        ("03-11", STREET, "03-11", "440399999001001", 0),
        ("03-11", STREET, "03-11", "outside", 0),
    ],
)
def test_unit_answers_for_classes_within_its_own_in_its_areas_alone(
    classes: str, areas: str, code: str, cell: str, weight: int
) -> None:
    assert answers_for(classes, areas, code, cell) == weight


def test_units_that_answer_here_come_first_then_the_others_then_squads_without_an_entry(desk: Desk) -> None:
    tell(desk, *UNITS)
    found = [(one.name, one.answers) for one in unit_choices(desk, "03-11", CELL)]
    assert found == [(TRUCKS, True), (NIGHT, True), (ROADS, False), ("外区小队", False), ("无名单位", False)]


def test_central_that_knows_no_units_leaves_the_squads_of_the_officers(desk: Desk) -> None:
    assert [one.name for one in unit_choices(desk, "03-11", CELL)] == ["无名单位", ROADS]


@pytest.mark.parametrize("text", ["03-11", "０３-１１", "渣土车", "truck", "03-11 渣土车"])
def test_unit_that_answers_for_a_whole_class_is_found_by_what_is_within_it_and_by_its_number(
    desk: Desk, text: str
) -> None:
    tell(desk, unit("U1", ROADS, "Roads", "DLYHDW", "01-03"), unit("U5", "运输科", "Haulage", "YSK", "03"))
    assert [one.name for one in find_units(unit_choices(desk, "", CELL), text)] == ["运输科"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", [ROADS, NIGHT, TRUCKS]),
        ("kcx", [TRUCKS]),
        ("ＫＣ", [TRUCKS]),
        ("小队 yj", [NIGHT]),
        ("xd", [NIGHT, TRUCKS]),
        ("squad", [NIGHT, TRUCKS]),
        ("d", [ROADS, NIGHT, TRUCKS]),
        ("0755-U2", [NIGHT]),
        ("道路破损", [ROADS]),
        ("没有", []),
    ],
)
def test_unit_is_found_by_name_initials_class_or_number_and_what_begins_so_comes_first(
    text: str, names: list[str]
) -> None:
    choices = [
        UnitChoice(ROADS, "Roads", "U1", "0755-U1", "DLYHDW", classes_zh=("道路破损",)),
        UnitChoice(NIGHT, "Night squad", "U2", "0755-U2", "YJXD"),
        UnitChoice(TRUCKS, "Truck squad", "U3", "0755-U3", "KCXD"),
    ]
    assert [one.name for one in find_units(choices, text)] == names


def test_unit_that_answers_is_suggested_before_anybody_had_a_case_and_says_why(desk: Desk) -> None:
    tell(desk, *UNITS)
    found = hints(desk, "", "03-11", CELL).units
    assert [(one.unit, one.reach, one.name_en) for one in found] == [
        (TRUCKS, Reach.ANSWERS, "Truck squad"),
        (NIGHT, Reach.ANSWERS, "Night squad"),
    ]


def test_what_command_does_outweighs_the_table_in_the_end(desk: Desk) -> None:
    tell(desk, *UNITS)
    for _ in range(8):
        put_case(desk, class_code="03-11", assignee="U3001")
    first = hints(desk, "", "03-11", CELL).units[0]
    assert (first.unit, first.cases) == (ROADS, 8)


def filed(desk: Desk, body: DraftBody) -> tuple[str, Report]:
    draft = start_draft(desk, body=body)
    take_photo(desk, draft, jpeg(size=(70, 48)), NOWHERE)
    record_id = submit_report(desk, draft).record_id
    entry = desk.work.outbox.entry(record_id)
    assert entry is not None
    report = decode_record(RecordType.REPORT, entry.record.body)
    assert isinstance(report, Report)
    return record_id, report


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (DraftBody(class_code="03-11", unit=NIGHT), (NIGHT, "U2", True)),
        (DraftBody(class_code="03-11", unit=NIGHT, unit_suggested=True), (NIGHT, "U2", False)),
        (DraftBody(class_code="03-11", unit="无名单位"), ("无名单位", "", True)),
        (DraftBody(class_code="03-11", unit=""), ("", "", True)),
        (DraftBody(class_code="03-11"), ("", "", False)),
    ],
)
def test_report_says_the_unit_its_number_and_who_named_it_and_so_does_its_correction(
    desk: Desk, body: DraftBody, said: tuple[str, str, bool]
) -> None:
    tell(desk, *UNITS)
    record_id, report = filed(desk, body)
    assert (report.unit, report.unit_id, report.unit_chosen) == said

    with desk.work.act():
        desk.work.outbox.freeze_batch(10, desk.clock.now())
        desk.work.outbox.mark_needs_you(record_id, "class_unknown", {})
    corrected = open_draft(desk, correct_report(desk, record_id)).body
    assert chosen_unit(corrected) == chosen_unit(body)
