"""A shift from beginning to end: the story played in a window, then everything fetched back and compared."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from fieldapp.demo.central import DemoCentral
from fieldapp.demo.shift.album import Album
from fieldapp.demo.shift.auditor import Auditor
from fieldapp.demo.shift.evidence import ShiftResult, commit_of, prove_report
from fieldapp.demo.shift.hands import Hands
from fieldapp.demo.shift.link_thread import LinkThread
from fieldapp.demo.shift.options import ShiftOptions, photo_files
from fieldapp.demo.shift.pictures import make_pictures
from fieldapp.demo.shift.stage import Ground, play_in_window, served_ground
from fieldapp.demo.shift.story import Story
from fieldapp.demo.shift.track import make_track
from fieldapp.demo.telling import Say
from fieldapp.shell import Shell
from sync.contract.records import Report
from sync.replica.files import sha256_file
from sync.replica.folder import DataFolder
from sync.resources import resources_root

CENTRE = (113.88, 22.56)


def play_shift(options: ShiftOptions, say: Say) -> ShiftResult:
    """The whole shift; what goes wrong is in the result, not raised."""
    result = ShiftResult(commit=commit_of(resources_root().parent))
    began = time.monotonic()
    central = DemoCentral(options.out / "central")
    with served_ground(central, options.out / "tablet", options.permits, say) as ground:
        result.durations["seed"] = round(time.monotonic() - began, 2)
        _play(options, say, result, ground)
    return result


def _play(options: ShiftOptions, say: Say, result: ShiftResult, ground: Ground) -> None:
    photos = _photos(options)
    given = {file.name: sha256_file(file) for file in photos}
    track = options.nmea or make_track(options.out / "track.nmea", *CENTRE, datetime.now(UTC))
    told: list[Story] = []
    albums: list[Album] = []
    central, link, shots = ground.central, ground.link, options.out / "shots"

    async def tell(shell: Shell, hands: Hands) -> None:
        albums.append(Album(hands, shell.settings, shots, every_look=options.every_look))
        folder = DataFolder(ground.tablet)
        told.append(Story(shell, hands, albums[0], central, link, photos, result, folder, say))
        await told[0].tell()

    missing = play_in_window(ground, track, say, tell, shots / "not-seen.png")
    result.problems += [missing] if missing else []
    result.shots = sum(len(album.taken) for album in albums)
    reports = [report for story in told for report in story.reports]
    _prove(options, result, reports, given, central, link, say)


def _photos(options: ShiftOptions) -> list[Path]:
    if options.photos is not None:
        return [file.absolute() for file in photo_files(options.photos)]
    return make_pictures(options.out / "photos", 3, datetime.now(UTC), *CENTRE)


def _prove(
    options: ShiftOptions,
    result: ShiftResult,
    reports: list[Report],
    given: dict[str, str],
    central: DemoCentral,
    link: LinkThread,
    say: Say,
) -> None:
    say("fetching every original back from central")
    auditor = Auditor(options.out / "auditor", link.url, central.enrol_code())
    try:
        result.reports = [prove_report(report, given, central, auditor) for report in reports]
    finally:
        auditor.close()
    sources = {photo.source for proof in result.reports for photo in proof.photos}
    brought = {photo.name for proof in result.reports for photo in proof.photos if photo.source == "imported"}
    wants = {
        "three reports, each exactly once, every original byte-equal": len(result.reports) >= 3
        and all(proof.good for proof in result.reports),
        "captured and imported photos": sources == {"captured", "imported"},
        "every photo that was given": brought == set(given),
        "a photo cut in its middle and gone on from there": result.cut.good,
        "the daemon killed once": result.daemon_killed_pid > 0,
        "a case worked from its check to its closing": result.tasks_done >= 1,
    }
    result.problems += [f"not proved: {what}" for what, holds in wants.items() if not holds]
    result.ok = not result.problems
