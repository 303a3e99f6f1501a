"""Suggestions against an exhaustive scan: all that fits is reached by paging, once, and nothing else."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from rapidfuzz.distance import Levenshtein

from fieldapp.capture.desk import Desk
from fieldapp.capture.suggest import Suggestion, SuggestionKind, suggest, suggestion_page
from fieldapp.capture.suggest_plates import ELSEWHERE_FROM, LONGEST, MISREAD_FROM, ONE_ERROR_FROM
from fieldapp.verdict.look_alikes import GROUPS
from sync.clock import SystemClock
from sync.contract.plate import PROVINCES, SERIAL
from sync.contract.tables import TABLES, Row
from sync.contract.wire import Change, City, OfficerCard
from sync.replica.folder import DataFolder
from sync.replica.meta import CursorAt, Identity
from sync.replica.reference import ReferenceStore
from sync.replica.work import WorkStore

HOME = "粤B"
CITY = City("某区", "Some district", "440306", HOME, 113.88, 22.56, "Asia/Shanghai")
AT = CursorAt("1", "e", datetime(2026, 11, 20, tzinfo=UTC))


def random_plates(rng: Random, count: int) -> set[str]:
    """Plates close to one another: few characters, and neighbours of each."""
    plates = set()
    while len(plates) < count:
        head = rng.choice([HOME] * 6 + ["粤S", "赣B", "湘A"])
        plate = head + "".join(rng.choices("0DQ8B125SZ", k=5)) + rng.choice(["", "", "D", "F"])
        plates |= {plate, neighbour(rng, plate), misread(rng, plate)}
    return plates


def neighbour(rng: Random, text: str) -> str:
    at, slip = rng.randrange(2, len(text)), rng.randrange(3)
    return text[:at] + (rng.choice(SERIAL) if slip else "") + text[at + (slip != 1) :]


def misread(rng: Random, text: str) -> str:
    at = rng.randrange(2, len(text))
    group = next((group for group in GROUPS if text[at] in group), text[at])
    return text[:at] + rng.choice([c for c in group if c in SERIAL]) + text[at + 1 :]


def scan(plates: set[str], typed: str) -> set[str]:
    if typed[0] in PROVINCES:
        own, others = [typed], []
    else:
        own = [HOME[:1] + typed, HOME + typed]
        others = [province + typed for province in PROVINCES] if len(typed) >= ELSEWHERE_FROM else []
    own, others = ([start for start in starts if len(start) <= LONGEST] for starts in (own, others))
    return {
        plate
        for plate in plates
        if any(plate.startswith(start) for start in (*own, *others))
        or any(looks_like(plate, start) for start in own if len(start) >= MISREAD_FROM)
        or any(nearly_begins(plate, start) for start in own if len(start) >= ONE_ERROR_FROM)
        or (typed[0] not in PROVINCES and typed in plate[2:])
    }


def looks_like(plate: str, start: str) -> bool:
    pairs = [(a, b) for a, b in zip(plate, start, strict=False) if a != b]
    alike = all(any(a in group and b in group for group in GROUPS) for a, b in pairs)
    forced = sum(c in "IO" for c in start)
    return len(plate) >= len(start) and alike and len(pairs) <= max(2, forced)


def nearly_begins(plate: str, start: str) -> bool:
    return any(Levenshtein.distance(plate[:end], start) <= 1 for end in range(len(plate) + 1))


def all_pages(desk: Desk, text: str) -> list[Suggestion]:
    page = suggestion_page(desk, text)
    rows = list(page.rows)
    while page.more is not None:
        page = suggestion_page(desk, text, page.more)
        assert page.rows
        rows += page.rows
    return rows


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    folder = DataFolder(tmp_path / "tablet")
    work, reference = WorkStore(folder, secrets.token_bytes(32)), ReferenceStore(folder)
    with work.act():
        work.meta.set_identity(Identity("https://c.test", "d", "00", "t", "e", CITY))
    made = Desk(
        work=work,
        reference=reference,
        officer=OfficerCard("G1001", "陈志远", "grid_worker", ""),
        device_id="d",
        clock=SystemClock(),
        new_id=lambda: "id",
        locate=lambda lon, lat: None,
        app_version="test",
        font=tmp_path,
    )
    yield made
    work.close()
    reference.close()


def fill(desk: Desk, name: str, rows: list[Row]) -> None:
    shape = TABLES[name]
    empty: Row = {column: "" for column, _ in shape.columns}
    changes = [Change(1, name, str(row[shape.key]), {**empty, **row}) for row in rows]
    desk.reference.apply(changes, AT)


def typed_texts(rng: Random, plates: list[str]) -> Iterator[str]:
    for plate in rng.sample(plates, 40):
        yield plate
        yield neighbour(rng, plate)
        yield neighbour(rng, plate)[: rng.randint(2, 9)]
        yield plate[rng.randint(1, 3) :][: rng.randint(2, 6)]
        yield misread(rng, misread(rng, plate))[: rng.randint(4, 8)].replace("0", "O").replace("1", "I")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_paging_reaches_just_what_a_scan_finds_and_each_once(desk: Desk, seed: int) -> None:
    rng = Random(seed)
    plates = random_plates(rng, 700)
    rows: list[Row] = [{"permit_id": f"P{at}", "plate": plate} for at, plate in enumerate(sorted(plates))]
    fill(desk, "permit", [*rows, *({**row, "permit_id": f"{row['permit_id']}x"} for row in rows[::3])])

    for typed in typed_texts(rng, sorted(plates)):
        found = [one.key for one in all_pages(desk, typed)]
        assert len(found) == len(set(found)), typed
        assert set(found) == scan(plates, typed), typed
        if typed in plates:
            assert found[0] == typed


def test_best_comes_first(desk: Desk) -> None:
    plates = [
        "粤B12345",
        "粤B12345D",
        "赣B12345",
        "粤BI2345",
        "粤B1Z345",
        "粤B12346",
        "粤BA12345",
        "粤SB1234",
        "粤S0B123",
    ]
    fill(desk, "permit", [{"permit_id": f"P{at}", "plate": plate} for at, plate in enumerate(plates)])

    kinds = [(one.kind, one.key) for one in suggest(desk, "B12345")]

    assert kinds[:4] == [
        (SuggestionKind.EXACT, "粤B12345"),
        (SuggestionKind.EXACT, "赣B12345"),
        (SuggestionKind.PREFIX, "粤B12345D"),
        (SuggestionKind.LOOK_ALIKE, "粤B1Z345"),
    ]
    assert {key for kind, key in kinds if kind is SuggestionKind.ONE_ERROR} >= {"粤B12346", "粤BA12345"}
    assert [key for kind, key in ((one.kind, one.key) for one in suggest(desk, "B123"))][-1] == "粤S0B123"


def test_new_energy_plate_typed_short_is_found(desk: Desk) -> None:
    fill(desk, "permit", [{"permit_id": "P", "plate": "粤B04422D"}])

    assert [(one.key, one.differs) for one in suggest(desk, "粤B0422D")] == [("粤B04422D", (4,))]
    assert [one.key for one in suggest(desk, "0422D")] == ["粤B04422D"]


def test_companies_by_initials_part_of_name_and_credit_code_page_by_page(desk: Desk) -> None:
    rows: list[Row] = [
        {
            "company_id": f"C{at}",
            "name": f"深圳宏达{at}运输有限公司",
            "credit_code": f"91440300MA5{at:05d}0A",
            "initials": f"SZHD{at}YSYXGS",
        }
        for at in range(130)
    ]
    fill(desk, "company", rows)

    for typed in ("SZHD", "hd1", "宏达", "达1", "运输", "91440300MA5", "ma500"):
        found = [one.key for one in all_pages(desk, typed) if one.kind is SuggestionKind.COMPANY]
        expected = {
            str(row["company_id"])
            for row in rows
            if any(typed.upper() in str(row[name]) for name in ("name", "initials", "credit_code"))
        }
        assert len(found) == len(set(found))
        assert set(found) == expected
    assert suggest(desk, "szhd7y")[0].title == "深圳宏达7运输有限公司"
    fill(desk, "company", [{**rows[7], "name": "东莞腾飞运输有限公司", "initials": "DGTFYSYXGS"}])
    desk.reference.apply([Change(2, "company", "C8", None)], AT)
    assert [suggest(desk, typed) for typed in ("szhd7y", "达7运", "szhd8y")] == [(), (), ()]
    assert suggest(desk, "东莞腾")[0].key == suggest(desk, "gtfy")[0].key == "C7"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0\0",
        "粤\x07B1",
        "粤B1\x00\x1b[2J",
        "9" * 10_000,
        "粤" * 10_000,
        "🚚🚚🚚",
        "粤B🚚12",
        "\ud800\ud800",
        "%%",
        "__",
        '"B1" OR',
        "'; --",
        "\u202e粤B1",
    ],
)
def test_bad_input_finds_nothing_and_breaks_nothing(desk: Desk, text: str) -> None:
    fill(desk, "permit", [{"permit_id": "P1", "plate": "粤B12345"}, {"permit_id": "P2", "plate": "\x07\0\n"}])
    fill(desk, "company", [{"company_id": "C1", "name": "某公司"}])

    page = suggestion_page(desk, text)

    assert (page.rows, page.more) == ((), None)
