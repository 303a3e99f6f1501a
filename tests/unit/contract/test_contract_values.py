"""Ids, codes, texts, places and errors: what is taken, what is refused, and with which code."""

import uuid
from datetime import UTC, datetime

import pytest

from sync.contract.codes import check_class_code, check_grid_cell, is_credit_code
from sync.contract.enrolment import authority_fingerprint, make_code, parse_code
from sync.contract.errors import EXIT_BUG, FieldError, InputRefused, NeedsPerson, RetryLater
from sync.contract.ids import check_id, check_officer_id, check_sha256, new_id, short_id
from sync.contract.plate import PlateKind, is_possible_part, parse_plate
from sync.contract.records import NOWHERE, Place, PlaceSource, check_place
from sync.contract.text import NOTE_MAX, check_note

GNSS = PlaceSource.GNSS


def test_each_kind_of_error_has_its_exit_code_and_says_its_facts() -> None:
    kinds: tuple[tuple[type[FieldError], int], ...] = (
        (InputRefused, 3),
        (NeedsPerson, 4),
        (RetryLater, 5),
        (FieldError, EXIT_BUG),
    )
    for kind, code in kinds:
        error = kind("plate_impossible", value="x")
        assert (error.exit_code, str(error)) == (code, "plate_impossible (value=x)")


def test_new_ids_are_version_7_in_order_and_told_apart_by_their_last_characters() -> None:
    ids = [new_id() for _ in range(500)]
    assert all(uuid.UUID(value).version == 7 for value in ids)
    assert ids == sorted(ids)
    assert len({short_id(value) for value in ids}) == 500
    assert [check_id(value) for value in ids] == ids


@pytest.mark.parametrize("value", ["", "x", new_id().upper(), "{" + new_id() + "}", new_id() + "\n"])
def test_id_in_any_other_form_is_refused(value: str) -> None:
    with pytest.raises(InputRefused, match="id_invalid"):
        check_id(value)


@pytest.mark.parametrize("value", ["a" * 63, "A" * 64, "g" * 64, "a" * 64 + "\n"])
def test_hash_in_any_other_form_is_refused(value: str) -> None:
    with pytest.raises(InputRefused, match="sha256_invalid"):
        check_sha256(value)


def test_officer_number_is_read_as_people_write_it() -> None:
    assert check_officer_id(" g1001 ") == "G1001"
    with pytest.raises(InputRefused, match="officer_id_invalid"):
        check_officer_id("G 1001")


def test_grid_cell_has_fifteen_digits_or_lies_outside() -> None:
    assert check_grid_cell("440306001001001") == "440306001001001"
    assert check_grid_cell("outside") == "outside"
    with pytest.raises(InputRefused, match="grid_cell_invalid"):
        check_grid_cell("44030600100100")


@pytest.mark.parametrize(
    ("code", "good"), [("03", False), ("03-11", True), ("03-11-02", True), ("3-11", False)]
)
def test_class_code_names_class_and_subclass(code: str, good: bool) -> None:
    if good:
        assert check_class_code(code) == code
        return
    with pytest.raises(InputRefused, match="class_invalid"):
        check_class_code(code)


def test_credit_code_is_checked_by_its_last_character() -> None:
    assert is_credit_code("91350100M000100Y43")
    assert not is_credit_code("91350100M000100Y44")
    assert not is_credit_code("91350100M000100Y4")


@pytest.mark.parametrize(
    ("typed", "text", "kind"),
    [
        ("粤B·12345", "粤B12345", PlateKind.ORDINARY),
        ("粤ｂ１２３４５", "粤B12345", PlateKind.ORDINARY),
        ("粤B1234挂", "粤B1234挂", PlateKind.TRAILER),
        ("粤B12345D", "粤B12345D", PlateKind.NEW_ENERGY_LARGE),
        ("粤BD12345", "粤BD12345", PlateKind.NEW_ENERGY_SMALL),
        ("粤Z1234港", "粤Z1234港", PlateKind.HONG_KONG),
    ],
)
def test_plate_is_read_however_it_was_typed(typed: str, text: str, kind: PlateKind) -> None:
    plate = parse_plate(typed)
    assert (plate.text, plate.kind) == (text, kind)


@pytest.mark.parametrize(
    "text", ["", "粤B1234", "粤B123456", "粤I12345", "粤BO1234", "XX12345", "粤B12\x0045"]
)
def test_plate_that_cannot_be_is_refused_and_shown_printably(text: str) -> None:
    with pytest.raises(InputRefused, match="plate_impossible") as refused:
        parse_plate(text)
    assert str(refused.value.facts["value"]).isprintable()


def test_part_of_a_plate_may_leave_out_the_province_and_mistake_letters() -> None:
    assert is_possible_part("B123")
    assert is_possible_part("粤BO1")
    assert not is_possible_part("")
    assert not is_possible_part("B12345678")


def test_note_is_kept_as_it_is_up_to_its_limit() -> None:
    text = "🚛 渣土\r\n\u200f\u0301" + "x" * (NOTE_MAX - 9)
    assert check_note(text) is text
    with pytest.raises(InputRefused, match="note_too_long"):
        check_note("x" * (NOTE_MAX + 1))


@pytest.mark.parametrize(("text", "code"), [("a\x00b", "text_nul"), ("a\ud800b", "text_surrogate")])
def test_note_that_cannot_be_stored_honestly_is_refused_with_its_position(text: str, code: str) -> None:
    with pytest.raises(InputRefused, match=code) as refused:
        check_note(text)
    assert refused.value.facts["position"] == 1


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(181.0, 0.0), (0.0, -90.1), (float("nan"), 0.0), (0.0, float("inf")), (None, 1.0), (1.0, None)],
)
def test_place_that_is_not_on_earth_is_refused(lon: float | None, lat: float | None) -> None:
    with pytest.raises(InputRefused, match="position_invalid"):
        check_place(Place(GNSS, lon, lat))


def test_place_at_the_edges_of_the_earth_and_no_place_are_taken() -> None:
    for lon, lat in ((180.0, 90.0), (-180.0, -90.0), (-97.3086, 36.2927)):
        check_place(Place(GNSS, lon, lat, 0.0, datetime(2026, 1, 1, tzinfo=UTC)))
    assert check_place(NOWHERE) is NOWHERE


@pytest.mark.parametrize(
    ("told", "known"), [(None, None), (0.0, None), (-0.0, None), (0.02, 0.02), (8.0, 8.0)]
)
def test_accuracy_of_nothing_is_kept_as_it_came_and_not_known(
    told: float | None, known: float | None
) -> None:
    place = check_place(Place(GNSS, 1.0, 1.0, told))
    assert (place.accuracy_m, place.known_accuracy_m) == (told, known)


@pytest.mark.parametrize("accuracy", [-1.0, float("nan"), float("inf")])
def test_accuracy_that_cannot_be_is_refused(accuracy: float) -> None:
    with pytest.raises(InputRefused, match="accuracy_invalid"):
        check_place(Place(GNSS, 1.0, 1.0, accuracy))


def test_enrolment_code_carries_eighty_bits_of_the_authority() -> None:
    code = make_code(b"certificate", bytes(5))
    assert code.fingerprint == authority_fingerprint(b"certificate")
    assert len(code.fingerprint) * 5 >= 80
    assert parse_code(code.text().lower().replace("-", " ")) == code
    assert code.fingerprint != make_code(b"other certificate", bytes(5)).fingerprint


@pytest.mark.parametrize("text", ["", "ABCD", "U" * 26, "0" * 25, "0" * 25 + "1", "0" * 27])
def test_mistyped_enrolment_code_is_refused_before_anything_is_sent(text: str) -> None:
    with pytest.raises(InputRefused, match="code_malformed"):
        parse_code(text)
