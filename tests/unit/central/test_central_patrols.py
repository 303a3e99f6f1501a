"""Patrol tracks, shift checks and last positions at central."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sync.central.cli import command
from sync.central.composition import Central
from sync.central.store.devices import Device
from sync.contract.errors import InputRefused
from sync.contract.records import ClockState, Place, PlaceSource, Record, Stamp
from sync.contract.tables import Stream
from sync.contract.track import POINTS_MAX, Begins, Ends
from sync.contract.wire import PushAnswer, PushStatus
from tests.contract.central_records import RecordMaker
from tests.unit.central.conftest import ToldClock

HOUR = timedelta(hours=1)
WALK = ((0.0, 113.88, 22.56), (30.0, 113.8803, 22.56), (60.0, 113.8806, 22.5602))


@pytest.fixture
def maker(device: Device) -> RecordMaker:
    return RecordMaker(device.device_id)


def push(central: Central, maker: RecordMaker, record: Record) -> PushAnswer:
    raw = msgspec.Raw(msgspec.json.encode(maker.item(record)))
    return central.intake.push(maker.device_id, [raw]).answers[0]


def stamped(central: Central, maker: RecordMaker, **ago: float) -> Stamp:
    """A stamp of a tablet whose clock central has set, some time ago."""
    stamp = maker.stamp()
    wall = central.world.now() - timedelta(**ago)
    return Stamp(wall, stamp.monotonic_ms, stamp.boot_id, stamp.device_seq, ClockState.TRUSTED, 0)


def where(central: Central) -> dict[str, tuple[float, float]]:
    found = central.last_places.positions(central.world.now(), HOUR)
    return {one.officer_id: (one.lon, one.lat) for one in found}


def test_segments_of_a_track_are_told_as_one_and_travel_to_no_tablet(
    central: Central, device: Device, maker: RecordMaker
) -> None:
    head = central.feed.page(device, Stream.WORK, "").cursor
    first = maker.track(*WALK)
    cut = maker.track(WALK[2], track_id=first.track_id, number=1, ends=Ends.CUT, begins=Begins.CONTINUED)
    last = maker.track(track_id=first.track_id, number=3, begins=Begins.AFTER_RESTART, ends=Ends.STOPPED)
    for segment in (first, cut, last):
        assert push(central, maker, segment).status is PushStatus.DONE
    (row,) = central.tracks.page().tracks
    told = (row["segments"], row["points"], row["gaps"], row["missing"], row["ended"], row["length_m"])
    assert told == (3, 4, 1, 1, "stopped", 37.5)
    assert central.tracks.segments(first.track_id) == [first, cut, last]
    assert central.feed.page(device, Stream.WORK, head).changes == []


def test_track_that_is_none_is_refused_with_its_reason(central: Central, maker: RecordMaker) -> None:
    bad: list[dict[str, Any]] = [
        {"points": maker.track((5.0, 113.88, 22.56), (4.0, 113.88, 22.56)).points},
        {"points": maker.track((0.0, 213.88, 22.56)).points},
        {"points": maker.track(*((float(n), 113.88, 22.56) for n in range(POINTS_MAX + 1))).points},
        {"length_m": -1.0},
        {"cells": ("44030600100100",)},
        {"number": -1},
    ]
    codes = [push(central, maker, maker.track(**{"points": (), **one})).code for one in bad]
    assert codes == [
        "track_invalid",
        "position_invalid",
        *["track_invalid"] * 2,
        "grid_cell_invalid",
        "track_invalid",
    ]
    with pytest.raises(InputRefused, match="track_unknown"):
        central.tracks.segments("019c0000-0000-7000-8000-000000000000")


def test_shift_checks_are_listed_newest_first_with_the_worst_that_was_found(
    central: Central, maker: RecordMaker
) -> None:
    made = [maker.shift_check(), maker.shift_check(officer_id="I2001", skipped=True)]
    for check in made:
        assert push(central, maker, check).status is PushStatus.DONE
    assert push(central, maker, maker.shift_check(findings=())).code == "shift_check_invalid"
    page = central.shift_checks.page(limit=1)
    assert [(row["check_id"], row["worst"], row["skipped"]) for row in page.checks] == [
        (made[1].check_id, "warn", True)
    ]
    rest = central.shift_checks.page(before=page.before)
    assert [row["check_id"] for row in rest.checks] == [made[0].check_id]
    assert [row["check_id"] for row in central.shift_checks.page("I2001").checks] == [made[1].check_id]


def test_last_position_is_the_newest_by_the_devices_set_clock_not_by_arrival(
    central: Central, maker: RecordMaker
) -> None:
    push(central, maker, maker.track(*WALK, stamp=stamped(central, maker, minutes=5)))
    late = maker.report(
        place=Place(PlaceSource.GNSS, 113.9, 22.6, 5.0), stamp=stamped(central, maker, minutes=40)
    )
    push(central, maker, late)
    assert where(central) == {"G1001": (113.8806, 22.5602)}
    (one,) = central.last_places.positions(central.world.now(), HOUR)
    assert (one.kind, one.at) == ("track", central.world.now() - timedelta(minutes=5))


def test_pin_photo_position_and_stale_fix_do_not_say_where_the_officer_is(
    central: Central, maker: RecordMaker
) -> None:
    for place in (
        Place(PlaceSource.PIN, 113.88, 22.56),
        Place(PlaceSource.EXIF, 113.88, 22.56),
        Place(PlaceSource.GNSS, 113.88, 22.56, 5.0, stale=True),
    ):
        push(central, maker, maker.report(place=place))
    assert where(central) == {}


@pytest.mark.parametrize("ends", [Ends.STOPPED, Ends.SIGNED_OUT])
def test_officer_who_ended_the_track_is_not_looked_for_until_something_new_comes(
    central: Central, maker: RecordMaker, ends: Ends
) -> None:
    push(central, maker, maker.track(*WALK, stamp=stamped(central, maker, minutes=9)))
    assert where(central)
    push(central, maker, maker.track(*WALK, ends=ends, stamp=stamped(central, maker, minutes=8)))
    assert where(central) == {}
    push(central, maker, maker.look_up(officer_id="G1001", stamp=stamped(central, maker, minutes=7)))
    assert where(central) == {"G1001": (113.88, 22.56)}


def test_position_that_is_too_old_is_not_told(central: Central, maker: RecordMaker, clock: ToldClock) -> None:
    push(central, maker, maker.track(*WALK))
    clock.go_on(minutes=61)
    assert where(central) == {}


def test_commands_list_tracks_write_one_as_geojson_and_tell_checks_and_positions(
    central: Central, maker: RecordMaker, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    segment = maker.track(*WALK)
    push(central, maker, segment)
    push(central, maker, maker.shift_check())
    data = str(central.settings.data)

    def told(*argv: str) -> Any:
        assert command([*argv, "--json", "--data", data]) == 0
        return json.loads(capsys.readouterr().out)

    assert [one["track_id"] for one in told("tracks")["tracks"]] == [segment.track_id]
    assert told("tracks", "--officer", "i2001")["tracks"] == []
    file = tmp_path / "track.geojson"
    track = told("track", segment.track_id, "--geojson", str(file))
    assert (track["officer_id"], track["cells"]) == ("G1001", ["440306001001001"])
    line = json.loads(file.read_text())["features"][0]["geometry"]
    assert line == {"type": "LineString", "coordinates": [[lon, lat] for _, lon, lat in WALK]}
    assert [one["worst"] for one in told("shift-checks")["checks"]] == ["warn"]
    assert told("positions")["positions"] == []  # the clock of these tests stands in March 2026
    assert command(["shift-checks", "--data", data]) == 0
    assert "battery warn" in capsys.readouterr().out
    assert command(["tracks", "--data", data]) == 0
    assert "1 segments, 0 gaps" in capsys.readouterr().out
