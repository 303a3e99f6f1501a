"""The commands about patrols: tracks, one as GeoJSON, checks at the start of a shift, last positions."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec

from sync.central.commands import opened
from sync.cli.frame import Result
from sync.contract.records import TrackSegment
from sync.replica.files import durable_write
from sync.replica.storage_errors import of_file

MINUTES_MAX = 7 * 24 * 60


def add_commands(add: Callable[..., Any], page: Callable[[str], int], before: Callable[[str], int]) -> None:
    """Put them beside the others."""
    for name, told in (
        ("tracks", "patrol tracks, the one heard of last first"),
        ("shift-checks", "checks at the start of a shift, newest first"),
    ):
        listing = add(name, help=told)
        listing.add_argument("--officer", default="", help="of this officer alone")
        listing.add_argument("--limit", type=page, default=50)
        listing.add_argument("--before", type=before, default=0, metavar="N", help="as told by the last page")
    track = add("track", help="one patrol track with its segments")
    track.add_argument("track", metavar="TRACK")
    track.add_argument("--geojson", type=Path, metavar="FILE", help="write it as lines, WGS-84")
    positions = add("positions", help="where officers on duty were last, newest first")
    positions.add_argument("--minutes", type=_minutes, default=60, help="told within the last so many")


def do_tracks(arguments: argparse.Namespace) -> Result:
    """A page of tracks."""
    with opened(arguments) as central:
        page = central.tracks.page(arguments.officer.strip().upper(), arguments.limit, arguments.before)
    return {"tracks": page.tracks, "before": page.before}


def do_track(arguments: argparse.Namespace) -> Result:
    """One track; its lines as GeoJSON where a file is named."""
    with opened(arguments) as central:
        segments = central.tracks.segments(arguments.track.strip().lower())
    if arguments.geojson is not None:
        try:
            durable_write(arguments.geojson, msgspec.json.encode(as_geojson(segments)))
        except OSError as error:
            raise of_file(error, arguments.geojson) from error
    first = segments[0]
    return {
        "track_id": first.track_id,
        "officer_id": first.officer_id,
        "length_m": round(sum(one.length_m for one in segments), 1),
        "cells": sorted({cell for one in segments for cell in one.cells}),
        "segments": [
            {
                "number": one.number,
                "begins": one.begins.value,
                "ends": one.ends.value,
                "begun_at": one.begun_at.isoformat(),
                "ended_at": one.ended_at.isoformat(),
                "points": len(one.points),
                "length_m": one.length_m,
            }
            for one in segments
        ],
    }


def do_shift_checks(arguments: argparse.Namespace) -> Result:
    """A page of checks."""
    with opened(arguments) as central:
        page = central.shift_checks.page(arguments.officer.strip().upper(), arguments.limit, arguments.before)
    return {"checks": page.checks, "before": page.before}


def do_positions(arguments: argparse.Namespace) -> Result:
    """Last positions."""
    with opened(arguments) as central:
        found = central.last_places.positions(central.world.now(), timedelta(minutes=arguments.minutes))
    return {"positions": [msgspec.to_builtins(one) for one in found]}


def as_geojson(segments: list[TrackSegment]) -> dict[str, object]:
    """The segments as lines (RFC 7946: longitude first, WGS-84); one with a single point is that point."""
    features = [
        {
            "type": "Feature",
            "geometry": _geometry([[point.lon, point.lat] for point in one.points]),
            "properties": {
                "number": one.number,
                "begins": one.begins.value,
                "ends": one.ends.value,
                "begun_at": one.begun_at.isoformat(),
                "ended_at": one.ended_at.isoformat(),
            },
        }
        for one in segments
        if one.points
    ]
    return {"type": "FeatureCollection", "features": features}


def show_tracks(result: Result) -> str:
    """One line a track."""
    lines = [
        f"{one['track_id']}  {one['officer_id']:<8} {one['begun_at']}  {one['ended_at']}"
        f"  {float(one['length_m']) / 1000:7.2f} km  {one['segments']} segments, {one['gaps']} gaps"
        f"{', ' + str(one['missing']) + ' missing' if one['missing'] else ''}  {one['ended'] or 'open'}"
        for one in result["tracks"]
    ]
    if result["before"]:
        lines.append(f"more: --before {result['before']}")
    return "\n".join(lines) or "-"


def show_shift_checks(result: Result) -> str:
    """One line a check, with what was not well."""
    lines = []
    for one in result["checks"]:
        ill = [f"{f['name']} {f['fitness']}" for f in one["findings"] if f["fitness"] in ("warn", "fail")]
        lines.append(
            f"{one['made_at']}  {one['officer_id']:<8} {one['worst']:<8}"
            f"{' skipped' if one['skipped'] else ''} {', '.join(ill)}".rstrip()
        )
    if result["before"]:
        lines.append(f"more: --before {result['before']}")
    return "\n".join(lines) or "-"


def show_positions(result: Result) -> str:
    """One line an officer."""
    lines = [
        f"{one['officer_id']:<8} {one['lon']:.6f} {one['lat']:.6f}  {one['at']}  {one['kind']}"
        for one in result["positions"]
    ]
    return "\n".join(lines) or "-"


def _geometry(line: list[list[float]]) -> dict[str, object]:
    if len(line) == 1:
        return {"type": "Point", "coordinates": line[0]}
    return {"type": "LineString", "coordinates": line}


def _minutes(text: str) -> int:
    number = int(text)
    if not 0 < number <= MINUTES_MAX:
        raise ValueError(text)
    return number
