"""Looking up a truck, a company, and what is suggested while typing, over real stores."""

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fieldapp.capture.desk import Desk
from fieldapp.capture.lookup import look_up, today, truck_card
from fieldapp.capture.lookup_answer import when_asked, while_typing
from fieldapp.capture.lookup_company import company_card, company_trucks
from fieldapp.capture.suggest import SuggestionKind, suggest
from fieldapp.verdict.record_facts import AgeLevel, Headline, PermitFact
from sync.contract.errors import InputRefused
from sync.contract.tables import TABLES, Row, Stream
from sync.contract.wire import Change, City, OfficerCard
from sync.replica.folder import DataFolder
from sync.replica.meta import CursorAt, Identity
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CITY = City("某区", "Some district", "440306", "粤B", 113.88, 22.56, "Asia/Shanghai")


class SetClock:
    """A clock that stands where it is put."""

    boot_id = "boot"

    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return 0.0


def permit(permit_id: str, plate: str, **columns: object) -> Row:
    row: Row = {
        "permit_id": permit_id,
        "plate": plate,
        "company_id": "C1",
        "project": "某项目",
        "site_id": "S1",
        "disposal_site_id": "D1",
        "route": "113.88,22.56;113.89,22.57",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "windows": "22:00-06:00",
        "approved_m3": 1000,
        "used_m3": 0,
        "status": "active",
        "reason": "",
    }
    return {**row, **columns}  # type: ignore[dict-item]


REFERENCE: dict[str, list[Row]] = {
    "company": [
        {"company_id": "C1", "name": "深圳宏达土石方有限公司", "credit_code": "91350100M000100Y43"},
        {"company_id": "C2", "name": "东莞100%清运_有限公司", "credit_code": "91350100M000100Y44"},
    ],
    "site": [{"site_id": "S1", "name": "某工地"}],
    "permit": [
        permit("P1", "粤BWK516"),
        permit("P2", "粤BF5068", status="revoked", reason="擅自倾倒"),
        permit("P3", "粤BF5D68"),
        permit("P4", "粤BDQ476", valid_to="2026-10-01"),
        permit("P5", "粤BDQ476"),
        permit("P6", "湘BWK516"),
        permit("P7", "粤B04422D"),
    ],
}
WORK: dict[str, list[Row]] = {
    "blacklist": [
        {"entry_id": "B1", "kind": "vehicle", "subject": "粤B77777", "level": 3, "valid_from": "2026-01-01"},
        {
            "entry_id": "B2",
            "kind": "vehicle",
            "subject": "粤BWK516",
            "level": 3,
            "valid_from": "2025-01-01",
            "valid_to": "2025-12-31",
        },
    ],
}


def changes(tables: dict[str, list[Row]]) -> list[Change]:
    made = []
    for name, rows in tables.items():
        shape = TABLES[name]
        for row in rows:
            full = {column: row.get(column, "" if kind == "TEXT" else None) for column, kind in shape.columns}
            made.append(Change(1, name, str(row[shape.key]), full))
    return made


Fill = Callable[..., None]


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def desk(tmp_path: Path, clock: SetClock) -> Iterator[Desk]:
    folder = DataFolder(tmp_path / "tablet")
    work = WorkStore(folder, secrets.token_bytes(32))
    with work.act():
        work.meta.set_identity(Identity("https://c.test", "d", "00", "t", "e", CITY))
    reference = ReferenceStore(folder)
    made = Desk(
        work=work,
        reference=reference,
        officer=OfficerCard("G1001", "陈志远", "grid_worker", ""),
        device_id="d",
        clock=clock,
        new_id=lambda: "id",
        locate=lambda lon, lat: None,
        app_version="test",
        font=tmp_path,
    )
    yield made
    work.close()
    reference.close()


@pytest.fixture
def filled(desk: Desk) -> Desk:
    fill_reference(desk, NOON)
    fill_work(desk, NOON)
    return desk


def fill_reference(desk: Desk, at: datetime) -> None:
    desk.reference.apply(changes(REFERENCE), CursorAt("1", "e", at))


def fill_work(desk: Desk, at: datetime) -> None:
    with desk.work.act():
        desk.work.city.apply(changes(WORK))
        desk.work.meta.move_cursor(Stream.WORK, CursorAt("1", "e", at))


def test_known_plate_gives_permits_with_names(filled: Desk) -> None:
    found = look_up(filled, "粤ｂ·wk516")

    assert found.plate == "粤BWK516"
    assert found.found
    assert found.permits[0]["company"] == "深圳宏达土石方有限公司"
    assert found.permits[0]["site"] == "某工地"
    assert found.permits[0]["disposal_site"] is None
    assert found.data_as_of == NOON.isoformat()


def test_unknown_plate_is_not_found(filled: Desk) -> None:
    found = look_up(filled, "粤B99999")

    assert not found.found
    assert (found.permits, found.blacklist) == ([], [])


def test_impossible_plate_is_refused(filled: Desk) -> None:
    with pytest.raises(InputRefused, match="plate_impossible"):
        look_up(filled, "粤BI1234")


def test_data_is_never_called_fresher_than_its_older_half(desk: Desk) -> None:
    old = NOON - timedelta(days=4)
    fill_reference(desk, NOON)
    fill_work(desk, old)

    assert look_up(desk, "粤BWK516").data_as_of == old.isoformat()
    assert truck_card(desk, "粤BWK516").age.level is AgeLevel.STALE


@pytest.mark.parametrize("only", [fill_reference, fill_work])
def test_half_of_the_data_has_no_age(desk: Desk, only: Fill) -> None:
    only(desk, NOON)

    assert look_up(desk, "粤B99999").data_as_of is None
    assert truck_card(desk, "粤B99999").headline is Headline.UNKNOWN


def test_data_of_which_only_a_part_came_has_no_age(desk: Desk) -> None:
    fill_reference(desk, NOON)
    fill_work(desk, datetime(1970, 1, 1, tzinfo=UTC))

    assert look_up(desk, "粤BWK516").data_as_of is None
    assert truck_card(desk, "粤BWK516").shape == "unknown"


def test_card_of_a_valid_truck_says_so(filled: Desk) -> None:
    card = truck_card(filled, "粤BWK516")

    assert (card.headline, card.shape) == (Headline.VALID, "ok")
    assert card.permits[0].fact is PermitFact.VALID
    assert card.permits[0].credit_valid
    assert not card.blacklist[0].active


def test_blacklisted_truck_without_permit_is_found(filled: Desk) -> None:
    card = truck_card(filled, "粤B77777")

    assert card.found
    assert (card.headline, card.shape) == (Headline.BLACKLISTED, "danger")


def test_best_of_several_permits_comes_first(filled: Desk) -> None:
    assert [one.permit_id for one in truck_card(filled, "粤BDQ476").permits] == ["P5", "P4"]


def test_days_count_in_the_citys_zone(filled: Desk, clock: SetClock) -> None:
    clock.time = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
    assert truck_card(filled, "粤BWK516").permits[0].fact is PermitFact.VALID

    clock.time = datetime(2026, 12, 31, 16, 1, tzinfo=UTC)
    assert today(filled).isoformat() == "2027-01-01"
    assert truck_card(filled, "粤BWK516").permits[0].fact is PermitFact.EXPIRED


def test_beginning_of_a_plate_is_completed(filled: Desk) -> None:
    found = suggest(filled, "粤BWK")

    assert [(one.kind, one.key, one.fact) for one in found] == [(SuggestionKind.PREFIX, "粤BWK516", "valid")]


def test_plate_without_province_finds_home_first_and_then_others(filled: Desk) -> None:
    found = suggest(filled, "bwk516")

    assert [one.key for one in found] == ["粤BWK516", "湘BWK516"]


def test_serial_alone_finds_the_home_city(filled: Desk) -> None:
    assert suggest(filled, "ＷＫ５１６")[0].key == "粤BWK516"


def test_look_alike_is_offered_apart_with_the_place_that_differs(filled: Desk) -> None:
    found = suggest(filled, "粤BF5068")

    assert [(one.kind, one.key, one.differs) for one in found] == [
        (SuggestionKind.EXACT, "粤BF5068", ()),
        (SuggestionKind.LOOK_ALIKE, "粤BF5D68", (4,)),
    ]


def test_blacklisted_plate_without_permit_is_suggested(filled: Desk) -> None:
    found = suggest(filled, "粤B77777")

    assert (found[0].kind, found[0].blacklisted, found[0].fact) == (SuggestionKind.EXACT, True, "")


def test_company_is_found_by_part_of_its_name_and_by_credit_code(filled: Desk) -> None:
    assert [one.key for one in suggest(filled, "土石方")] == ["C1"]
    assert [one.key for one in suggest(filled, "91350100m000100y43")] == ["C1"]


@pytest.mark.parametrize("part", ["0%", "运_有"])
def test_signs_of_the_search_are_taken_as_they_are(filled: Desk, part: str) -> None:
    assert [one.key for one in suggest(filled, part)] == ["C2"]


@pytest.mark.parametrize("text", ["", " ", "粤", "\0", "𠮷" * 300, "'; DROP TABLE permit; --"])
def test_any_text_may_be_typed(filled: Desk, text: str) -> None:
    assert suggest(filled, text) == ()


def test_whole_known_plate_is_shown_while_typing(filled: Desk) -> None:
    answer = while_typing(filled, "粤BF5068")

    assert answer.card is not None
    assert answer.card.headline is Headline.REVOKED
    assert [one.key for one in answer.look_alikes] == ["粤BF5D68"]


def test_whole_unknown_plate_is_not_judged_while_typing(filled: Desk) -> None:
    answer = while_typing(filled, "粤B04422")

    assert answer.card is None
    assert [one.key for one in answer.suggestions] == ["粤B04422D"]


def test_whole_unknown_plate_is_answered_when_asked(filled: Desk) -> None:
    answer = when_asked(filled, "粤BF5Q68")

    assert answer.card is not None
    assert answer.card.headline is Headline.NO_RECORD
    assert {one.key for one in answer.look_alikes} == {"粤BF5068", "粤BF5D68"}


def test_plate_without_province_is_offered_not_guessed(filled: Desk) -> None:
    answer = when_asked(filled, "BWK516")

    assert answer.card is None
    assert len(answer.suggestions) == 2


def test_unknown_plate_without_province_is_taken_to_be_of_this_city(filled: Desk) -> None:
    answer = when_asked(filled, "A99999")

    assert answer.card is not None
    assert answer.card.plate == "粤A99999"


@pytest.mark.parametrize("text", ["粤BI1234", "粤BI1234567", "BO", "粤"])
def test_what_no_plate_can_be_is_refused_when_asked(filled: Desk, text: str) -> None:
    with pytest.raises(InputRefused, match="plate_impossible"):
        when_asked(filled, text)


def test_unknown_company_is_no_error(filled: Desk) -> None:
    assert when_asked(filled, "云上没有这家").suggestions == ()


def test_company_card_says_whether_its_code_is_right(filled: Desk) -> None:
    first, second = company_card(filled, "C1"), company_card(filled, "C2")

    assert first is not None
    assert first.credit_valid
    assert second is not None
    assert not second.credit_valid
    assert company_card(filled, "C3") is None


def test_trucks_are_paged_without_cutting_one_in_two(filled: Desk) -> None:
    more = [permit(f"X{number}", "粤BDQ476") for number in range(7)]
    filled.reference.apply(changes({"permit": more}), CursorAt("2", "e", NOON))
    seen, after = [], ""
    while True:
        page = company_trucks(filled, "C1", after=after, page=3)
        seen += page.trucks
        after = page.after
        if not after:
            break

    assert [one.plate for one in seen] == sorted({str(row["plate"]) for row in REFERENCE["permit"]})
    assert next(one.permits for one in seen if one.plate == "粤BDQ476") == 9
