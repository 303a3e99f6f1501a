"""Fixes out of NMEA: hemispheres, accuracy, dates, and what is ignored."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from nmea_makers import gga, gst, rmc, sentence

from fieldapp.geo.nmea import last_place, read_fixes, read_track
from fieldapp.geo.sentences import NmeaReader
from sync.contract.errors import InputRefused
from sync.contract.records import PlaceSource

HERE = (114.0579, 22.5431)


@pytest.mark.parametrize(
    ("lon", "lat"), [(114.0579, 22.5431), (-70.6693, -33.4489), (151.2093, -33.8688), (-97.3086, 36.2927)]
)
def test_position_has_the_right_hemispheres(lon: float, lat: float) -> None:
    for line in (gga("120000.00", lon, lat), rmc("120000.00", lon, lat, "010524")):
        (fix,) = read_fixes(line)
        assert (fix.lon, fix.lat) == pytest.approx((lon, lat), abs=2e-7)


def test_accuracy_is_hdop_times_the_range_error_without_gst() -> None:
    assert read_fixes(gga("120000", *HERE, hdop="2.4"))[0].accuracy_m == 12.0


@pytest.mark.parametrize("first", ["gst", "gga"])
def test_accuracy_is_from_gst_whichever_comes_first(first: str) -> None:
    lines = [gst("120000", 3.0, 4.0), gga("120000", *HERE)]
    fixes = read_fixes(b"".join(lines if first == "gst" else lines[::-1]))
    assert [fix.accuracy_m for fix in fixes] == [5.0]


def test_gst_holds_for_a_few_seconds_and_not_for_ever() -> None:
    data = gst("120000", 3.0, 4.0) + gga("120005", *HERE) + gga("120006", *HERE)
    assert [fix.accuracy_m for fix in read_fixes(data)] == [5.0, 10.0]


def test_accuracy_is_unknown_without_gst_and_hdop() -> None:
    assert read_fixes(gga("120000", *HERE, hdop=""))[0].accuracy_m is None
    assert read_fixes(gga("120000", *HERE, hdop="0.0"))[0].accuracy_m is None
    assert read_fixes(rmc("120000", *HERE, "010524"))[0].accuracy_m is None


def test_sentences_of_one_moment_are_one_fix_from_the_best_of_them() -> None:
    data = rmc("120000", 1.0, 1.0, "010524") + gga("120000", *HERE) + rmc("120000", 1.0, 1.0, "010524")
    (fix,) = read_fixes(data)
    assert fix.lon == pytest.approx(HERE[0])
    assert fix.at == datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        gga("120000", *HERE, quality=0),
        rmc("120000", *HERE, "010524", status="V"),
        sentence("GNGNS,120000,2232.58600,N,11403.47400,E,NNN,00,,,,,"),
        sentence("GPGGA,120000,,,,,0,00,,,M,,M,,"),
        gga("120000", 0.0, 0.0),
    ],
)
def test_sentence_without_a_fix_gives_none_and_is_no_rubbish(line: bytes) -> None:
    track = read_track(line)
    assert (track.fixes, track.skipped) == ((), 0)


def test_gns_alone_gives_a_fix() -> None:
    (fix,) = read_fixes(sentence("GNGNS,120000.00,2232.58600,N,11403.47400,W,DDD,18,0.7,10.0,-26.0,,"))
    assert (fix.lon, fix.lat) == pytest.approx((-114.0579, 22.5431), abs=2e-7)
    assert fix.accuracy_m == 3.5


def test_rubbish_between_sentences_is_skipped_and_counted() -> None:
    good = gga("120000", *HERE)
    wrong_sum = good.replace(b"GPGGA,120000", b"GPGGA,120001")
    data = b"\x00\xff\xfe\n" + wrong_sum + b"$GPGGA,12\n\r\n" + good + b"hello\n" + b"$GPXYZ,1*"
    track = read_track(data)
    assert (len(track.fixes), track.skipped) == (1, 5)


def test_endless_line_is_dropped() -> None:
    reader = NmeaReader()
    for _ in range(100):
        assert reader.feed(b"x" * 500) == []
    assert reader.feed(b"\n" + gga("120000", *HERE)) != []


def test_bytes_may_come_in_pieces_of_any_size() -> None:
    data = b"".join(gga(f"12000{n}", HERE[0] + n / 1000, HERE[1]) + gst(f"12000{n}", 1, 1) for n in range(9))
    whole = read_track(data)
    reader = NmeaReader()
    by_epoch = {fix.epoch: fix for n in range(0, len(data), 7) for fix in reader.feed(data[n : n + 7])}
    assert tuple(by_epoch.values()) == whole.fixes


def test_fix_is_given_at_once_and_again_when_bettered() -> None:
    reader = NmeaReader()
    (first,) = reader.feed(gga("120000", *HERE))
    (second,) = reader.feed(gst("120000", 3.0, 4.0))
    assert (first.accuracy_m, second.accuracy_m) == (10.0, 5.0)
    assert first.epoch == second.epoch
    assert reader.feed(gga("120000", *HERE)) == []


def test_late_date_is_carried_back_over_midnight() -> None:
    data = gga("235959", *HERE) + gga("000000", *HERE) + rmc("000001", *HERE, "020524")
    assert [fix.at for fix in read_fixes(data)] == [
        datetime(2024, 5, 1, 23, 59, 59, tzinfo=UTC),
        datetime(2024, 5, 2, tzinfo=UTC),
        datetime(2024, 5, 2, 0, 0, 1, tzinfo=UTC),
    ]


def test_date_goes_on_over_midnight() -> None:
    data = rmc("235959", *HERE, "311223") + gga("000000", *HERE) + gga("000001", *HERE)
    assert read_fixes(data)[-1].at == datetime(2024, 1, 1, 0, 0, 1, tzinfo=UTC)


def test_date_may_come_from_zda() -> None:
    data = sentence("GPZDA,120000.02,01,05,2024,00,00") + gga("120000", *HERE)
    assert read_fixes(data)[0].at == datetime(2024, 5, 1, 12, tzinfo=UTC)


def test_without_any_date_there_is_no_time() -> None:
    assert read_fixes(gga("120000", *HERE))[0].at is None


def test_last_place_of_a_recording_is_marked_as_replayed(tmp_path: Path) -> None:
    path = tmp_path / "walk.nmea"
    path.write_bytes(gga("120000", 1.0, 1.0) + gga("120001", *HERE).rstrip())
    place = last_place(path)
    assert place.source is PlaceSource.REPLAY
    assert (place.lon, place.lat) == pytest.approx(HERE, abs=2e-7)


def test_recording_without_a_fix_or_unreadable_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("no sentence here\n")
    for path, code in ((tmp_path / "note.txt", "nmea_no_fix"), (tmp_path / "absent", "nmea_unreadable")):
        with pytest.raises(InputRefused) as caught:
            last_place(path)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("name", "count", "west_east", "day"),
    [
        ("walk.txt", 19, (9.2674, 9.2675), (2022, 12, 30)),
        ("trimble_r1.txt", 316, (-97.3094, -97.3084), (2016, 3, 10)),
    ],
)
def test_real_recording_gives_sensible_fixes(
    field_data: Path, name: str, count: int, west_east: tuple[float, float], day: tuple[int, int, int]
) -> None:
    track = read_track(field_data / "nmea" / name)
    assert (len(track.fixes), track.skipped) == (count, 0)
    assert all(west_east[0] - 1e-4 < fix.lon < west_east[1] + 1e-4 for fix in track.fixes)
    assert all(fix.accuracy_m is not None and 0 < fix.accuracy_m < 60 for fix in track.fixes)
    times = [fix.at for fix in track.fixes if fix.at is not None]
    assert len(times) == count
    assert times == sorted(times)
    assert (times[0].year, times[0].month, times[0].day) == day
