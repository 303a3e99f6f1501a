"""One shift by command line: enrol, fill, look up, report, act — and what bad input gets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from tests.e2e.programs import PERMITS, Programs

OFFICER = "G1001"


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programs]:
    """A seeded central that is not serving yet."""
    made = Programs(tmp_path_factory.mktemp("shift"))
    assert made.run("fieldapp-central", "seed", "--permits", str(PERMITS)).exit == 0
    yield made
    made.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A small real JPEG."""
    file = tmp_path / "street.jpg"
    Image.effect_noise((640, 480), 60).convert("RGB").save(file, quality=90)
    return file


def test_a_report_by_command_line_reaches_central_once_and_unaltered(
    programs: Programs, photo: Path, tmp_path: Path
) -> None:
    note = "渣土撒漏约 30 米 🚛" + "长" * 200
    with programs.serving() as url:
        code = programs.run("fieldapp-central", "enrol-code", "--officer", OFFICER).body["code"]
        enrolled = programs.run("fieldapp-sync", "enrol", "--server", url, "--code", code)
        assert enrolled.exit == 0, enrolled.body
        filled = programs.run("fieldapp-sync", "once")
        assert filled.exit == 0, filled.body

        saved = programs.run(
            *("fieldapp", "report", "--class", "03-11", "--photo", str(photo), "--photo", str(photo)),
            *("--at", "113.88,22.56", "--accuracy", "8", "--note", note),
        )
        assert saved.exit == 0, saved.body
        report_id = saved.body["report_id"]
        sha256 = hashlib.sha256(photo.read_bytes()).hexdigest()
        assert [p["sha256"] for p in saved.body["photos"]] == [sha256, sha256]
        assert len(saved.body["grid_cell"]) == 15

        waiting = programs.run("fieldapp-sync", "outbox").body
        assert [item["state"] for item in waiting["items"]] == ["waiting"]
        assert programs.run("fieldapp-sync", "once").exit == 0
        assert programs.run("fieldapp-sync", "once").exit == 0
        sent = programs.run("fieldapp-sync", "outbox").body
        assert [item["state"] for item in sent["items"]] == ["sent"]

        case = programs.run("fieldapp-central", "case", report_id)
        assert case.exit == 0
        originals = [f for f in case.body["photos"] if f["lane"] == "original"]
        assert [(f["sha256"], f["held"]) for f in originals] == [(sha256, True), (sha256, True)]
        assert case.body["case"]["note"] == note

        far = programs.run(
            *("fieldapp", "report", "--class", "03-11", "--photo", str(photo)),
            *("--at", "-97.3086,36.2927", "--note", "far away"),
        )
        assert far.body["grid_cell"] == "outside"


def test_before_the_first_fill_nothing_false_is_said(programs: Programs, photo: Path, tmp_path: Path) -> None:
    with closing(Programs(tmp_path)) as fresh:
        _nothing_false(programs, fresh, photo)


def _nothing_false(programs: Programs, fresh: Programs, photo: Path) -> None:
    fresh.central = programs.central
    with programs.serving() as url:
        code = programs.run("fieldapp-central", "enrol-code", "--officer", OFFICER).body["code"]
        assert fresh.run("fieldapp-sync", "enrol", "--server", url, "--code", code).exit == 0
    for arguments in (("lookup", "粤B99999"), ("report", "--class", "03-11", "--photo", str(photo))):
        answer = fresh.run("fieldapp", *arguments)
        assert (answer.exit, answer.code) == (5, "city_data_missing"), answer.body


def test_a_report_is_taken_back_by_command_line(programs: Programs, photo: Path) -> None:
    saved = programs.run("fieldapp", "report", "--class", "03-11", "--photo", str(photo), "--note", "--")
    assert saved.exit == 0, saved.body
    report_id = saved.body["report_id"]
    taken = programs.run("fieldapp", "act", report_id, "withdraw")
    assert (taken.exit, taken.body["how"]) == (0, "removed"), taken.body
    again = programs.run("fieldapp", "act", report_id, "withdraw")
    assert (again.exit, again.code) == (3, "case_unknown")


def test_the_replica_answers_with_the_server_gone(programs: Programs) -> None:
    nobody = programs.run("fieldapp", "lookup", "粤B99999")
    assert nobody.exit == 0
    assert nobody.body["found"] is False
    assert nobody.body["data_as_of"]
    status = programs.run("fieldapp-sync", "status")
    assert status.exit == 0
    later = programs.run("fieldapp-sync", "once")
    assert later.exit == 5, later.body
    assert later.code == "unreachable"


def test_a_dispatched_case_is_worked_by_command_line(programs: Programs, photo: Path) -> None:
    tasks = programs.run("fieldapp", "tasks")
    assert tasks.exit == 0
    assert tasks.body["tasks"]
    case_id = tasks.body["tasks"][0]["case_id"]
    for act, extra in (
        ("accept", ()),
        ("arrive", ("--at", "113.9,22.6", "--accuracy", "12")),
        ("handle", ("--before", str(photo), "--photo", str(photo))),
        ("feed_back", ()),
    ):
        done = programs.run("fieldapp", "act", case_id, act, "--note", "已清理", *extra)
        assert done.exit == 0, done.body
        if act == "arrive":  # kilometres away: taken, and said
            assert done.body["distance_m"] > 1_000
            assert str(done.body["distance_m"]) in done.body["remark"]
    assert done.body["state"] == "fed_back"
    again = programs.run("fieldapp", "act", case_id, "accept")
    assert (again.exit, again.code) == (4, "act_not_allowed")


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (("lookup", "粤B1"), 3, "plate_impossible"),
        (("lookup",), 2, "usage"),
        (("lookup", "粤B12345", "--load-t", "nan"), 3, "measure_invalid"),
        (("lookup", "粤B12345", "--height-m", "-1"), 3, "measure_invalid"),
        (("lookup", "粤B12345", "--driver", "\udcff"), 3, "text_surrogate"),
        (("report", "--class", "99-99", "--photo", "PHOTO", "--note", "x"), 3, "class_unknown"),
        (("report", "--class", "03-11", "--note", "x"), 3, "report_without_photo"),
        (("report", "--class", "03-11", "--photo", "EMPTY", "--note", "x"), 3, "photo_empty"),
        (("report", "--class", "03-11", "--photo", "TEXT", "--note", "x"), 3, "photo_not_image"),
        (("report", "--class", "03-11", "--photo", "CUT", "--note", "x"), 3, "photo_truncated"),
        (("report", "--class", "03-11", "--photo", "GONE", "--note", "x"), 3, "photo_unreadable"),
        (("report", "--class", "03-11", "--photo", "PHOTO", "--at", "200,95"), 3, "position_invalid"),
        (("report", "--class", "03-11", "--photo", "PHOTO", "--at", "here"), 3, "position_malformed"),
        (("report", "--class", "03-11", "--photo", "PHOTO", "--note", "长" * 10_001), 3, "note_too_long"),
        (("act", "0000", "accept"), 3, "case_unknown"),
        (("act", "0000", "arrive", "--at", "here"), 3, "position_malformed"),
    ],
)
def test_bad_input_gets_its_sentence_and_exit_code_and_leaves_nothing(
    programs: Programs, photo: Path, tmp_path: Path, arguments: tuple[str, ...], exit_code: int, code: str
) -> None:
    whole = photo.read_bytes()
    files = {"EMPTY": b"", "TEXT": b"not a photo at all", "CUT": whole[: len(whole) // 2]}
    for name, data in files.items():
        (tmp_path / f"{name}.jpg").write_bytes(data)
    named = {"PHOTO": str(photo), **{n: str(tmp_path / f"{n}.jpg") for n in (*files, "GONE")}}
    before = programs.run("fieldapp-sync", "outbox").body["items"]
    answer = programs.run("fieldapp", *(named.get(a, a) for a in arguments))
    assert (answer.exit, answer.code) == (exit_code, code), answer.body
    assert answer.body["error"]["message"].strip()
    assert programs.run("fieldapp-sync", "outbox").body["items"] == before
