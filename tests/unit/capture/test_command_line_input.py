"""What people type after ``fieldapp``: positions, odd names, and an object even when nothing fits."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from image_makers import jpeg
from use_case_desk import close_desk, make_desk

from fieldapp.capture.drafts import start_draft
from fieldapp.capture.photos import import_photo
from fieldapp.cli import main, parse_at
from fieldapp.cli_shown import show_lookup, show_tasks
from fieldapp.geo.nmea import last_place
from sync.contract.errors import InputRefused


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [
        ("-97.3086,36.2927", -97.3086, 36.2927),
        ("-.5,+0.25", -0.5, 0.25),
        (" 113.88 , 22.56 ", 113.88, 22.56),
        ("１１３．８８，２２．５６", 113.88, 22.56),
        ("1e2,-2e1", 100.0, -20.0),
    ],
)
def test_position_is_read_as_it_is_typed(text: str, lon: float, lat: float) -> None:
    place = parse_at(text, None)
    assert (place.lon, place.lat) == (lon, lat)


@pytest.mark.parametrize("text", ["", ",", "here", "113.88", "1,2,3", "1_1,2", "0x10,2", "1;2", "\udcff,1"])
def test_what_is_no_position_is_called_so(text: str) -> None:
    with pytest.raises(InputRefused, match="position_malformed"):
        parse_at(text, None)


@pytest.mark.parametrize("text", ["181,0", "0,-90.1", "nan,1", "1,-inf", "1e400,0"])
def test_position_off_the_earth_is_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="position_invalid"):
        parse_at(text, None)


@pytest.mark.parametrize("arguments", [["--json"], ["dance", "--json"], ["--json", "--theme", "day"]])
def test_asked_for_an_object_without_a_command_it_says_so_in_one(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    answer = json.loads(capsys.readouterr().out)
    assert (answer["ok"], answer["error"]["code"]) == (False, "usage")


def test_photo_whose_name_is_no_text_keeps_its_bytes_and_a_readable_name(tmp_path: Path) -> None:
    source = Path(os.fsdecode(bytes(tmp_path) + b"/\xff\xfe.jpg"))
    source.write_bytes(jpeg())
    desk = make_desk(tmp_path / "tablet")
    saved = import_photo(desk, start_draft(desk), source)
    assert saved.photo.name == "\\xff\\xfe.jpg"
    assert saved.photo.original.bytes == source.stat().st_size
    close_desk(desk)


def test_recording_that_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for endless in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(InputRefused, match="nmea_unreadable"):
            last_place(endless)


def test_tasks_are_shown_a_line_each_with_what_may_be_done() -> None:
    task = {
        "case_id": "01a1fd70-f1c0-7099-8f85-eb927b0639b0",
        "state": "dispatched",
        "class_code": "04-09-01",
        "note": "两台小车\n占用消防通道",
        "grid_cell": "440306017010012",
        "due_at": "",
        "pending_acts": 1,
        "acts_offered": ["accept", "decline"],
    }
    shown = show_tasks({"tasks": [task]}).splitlines()
    assert shown[0].split() == [
        "7B0639B0",
        "dispatched",
        "04-09-01",
        "unsent",
        "1",
        "两台小车",
        "占用消防通道",
    ]
    assert shown[1].strip() == "accept, decline"
    assert show_tasks({"tasks": []}) == "-"


def test_look_up_is_shown_with_its_verdict_first_and_its_age_last() -> None:
    reason = {"message": "There is no permit for 粤B99999.", "advice": "Stop the truck."}
    verdict = {"answer": "not_allowed", "reasons": [reason], "look_alikes": ["粤B99990"]}
    entry = {"subject": "粤B99999", "reason": "偷倒", "valid_from": "2026-01-01", "valid_to": ""}
    result = {
        "plate": "粤B99999",
        "verdict": verdict,
        "permits": [],
        "blacklist": [entry],
        "data_as_of": "now",
    }
    assert show_lookup(result).splitlines() == [
        "粤B99999  not_allowed",
        "  There is no permit for 粤B99999. Stop the truck.",
        "blacklist 粤B99999  2026-01-01 - -  偷倒",
        "similar 粤B99990",
        "city data as of now",
    ]


def test_what_is_no_plate_is_shown_as_the_trucks_it_may_mean() -> None:
    assert show_lookup({"suggestions": ["粤BWK516", "粤BWK561"]}) == "similar 粤BWK516\nsimilar 粤BWK561"
    assert show_lookup({"suggestions": []}) == ""
