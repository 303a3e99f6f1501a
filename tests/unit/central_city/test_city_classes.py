"""The class table: a sound tree, named in both languages, with ready phrases."""

from __future__ import annotations

from sync.contract.codes import check_class_code
from sync.contract.tables import Row

CityRows = dict[str, list[Row]]


def test_every_class_has_its_parent_and_its_parents_kind(city: CityRows) -> None:
    by_code = {row["class_code"]: row for row in city["case_class"]}
    for code, row in by_code.items():
        if row["parent"] == "":
            assert len(str(code)) == 2
        else:
            assert str(code).startswith(f"{row['parent']}-")
            assert by_code[row["parent"]]["kind"] == row["kind"]
            assert check_class_code(str(code)) == code


def test_table_has_events_and_components_on_two_and_three_levels(city: CityRows) -> None:
    rows = city["case_class"]
    majors = [row["kind"] for row in rows if row["parent"] == ""]
    assert majors.count("event") == 8
    assert majors.count("component") == 5
    assert len([row for row in rows if len(str(row["class_code"])) == 5]) >= 80
    assert len([row for row in rows if len(str(row["class_code"])) == 8]) >= 5


def test_muck_truck_not_sealed_is_03_11_and_urgent(city: CityRows) -> None:
    row = next(row for row in city["case_class"] if row["class_code"] == "03-11")
    assert (row["name_zh"], row["kind"], row["urgent"]) == ("渣土车未密闭运输", "event", 1)


def test_every_class_has_names_and_as_many_phrases_in_both_languages(city: CityRows) -> None:
    for row in city["case_class"]:
        chinese, english = (str(row[f"phrases_{lang}"]).split("\n") for lang in ("zh", "en"))
        assert row["name_zh"]
        assert row["name_en"]
        assert 3 <= len(chinese) == len(english) <= 6, row["class_code"]
        assert all(phrase.strip() for phrase in [*chinese, *english])
        assert not any("\u3000" <= letter <= "\uffef" for letter in "".join(english))
