"""The stage of a shift: set up, the story played in the app's own event loop, taken down again."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import qasync

from fieldapp.app import make_application
from fieldapp.demo.__main__ import stop_daemon
from fieldapp.demo.central import DemoCentral
from fieldapp.demo.shift.album import Album
from fieldapp.demo.shift.auditor import Auditor
from fieldapp.demo.shift.evidence import ShiftResult, commit_of, prove_report
from fieldapp.demo.shift.hands import Hands, NotSeen
from fieldapp.demo.shift.link_thread import LinkThread
from fieldapp.demo.shift.options import ShiftOptions, photo_files
from fieldapp.demo.shift.pictures import make_pictures
from fieldapp.demo.shift.story import Story
from fieldapp.demo.shift.track import make_track
from fieldapp.services.daemon_link import DaemonLink
from fieldapp.services.gate import VaultGate
from fieldapp.services.options import Options
from fieldapp.services.process import keep_logs
from fieldapp.shell import Shell
from sync.contract.records import Report
from sync.replica.files import sha256_file
from sync.replica.folder import DataFolder
from sync.resources import resources_root

CENTRE = (113.88, 22.56)
Say = Callable[[str], None]


def play_shift(options: ShiftOptions, say: Say) -> ShiftResult:
    """The whole shift; what goes wrong is in the result, not raised."""
    os.environ["FIELDAPP_KEYRING"] = "off"
    result = ShiftResult(commit=commit_of(resources_root().parent))
    central = DemoCentral(options.out / "central")
    tablet = options.out / "tablet"
    began = time.monotonic()
    say(f"making a city of {options.permits:,} permits")
    central.seed(options.permits)
    central.serve()
    result.durations["seed"] = round(time.monotonic() - began, 2)
    link = LinkThread(central.port)
    try:
        _play(options, say, result, central, link, tablet)
    finally:
        stop_daemon(tablet)
        link.close()
        central.stop()
    return result


def _play(
    options: ShiftOptions,
    say: Say,
    result: ShiftResult,
    central: DemoCentral,
    link: LinkThread,
    tablet: Path,
) -> None:
    photos = _photos(options)
    given = {file.name: sha256_file(file) for file in photos}
    track = options.nmea or make_track(options.out / "track.nmea", *CENTRE, datetime.now(UTC))
    app = make_application()
    folder = DataFolder(tablet)
    keep_logs(folder.root / "logs")
    chosen = Options(
        data=tablet, theme="day", language="zh", size=(1280, 800), position=str(track), camera="replay:demo"
    )
    shell = Shell(folder, chosen, VaultGate(folder), DaemonLink(folder), animated=False)
    loop = qasync.QEventLoop(app)
    with loop:
        window = shell.open()
        hands = Hands(window, say)
        album = Album(hands, shell.settings, options.out / "shots", every_look=options.every_look)
        story = Story(shell, hands, album, central, link, photos, result, folder, say)
        try:
            loop.run_until_complete(story.tell())
        except NotSeen as error:
            result.problems.append(f"not seen: {error}")
            loop.run_until_complete(hands.shot(options.out / "shots" / "not-seen.png"))
        finally:
            shell.close()
    result.shots = len(album.taken)
    _prove(options, result, story.reports, given, central, link, say)


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
        "a task worked to its end": result.tasks_done >= 1,
    }
    result.problems += [f"not proved: {what}" for what, holds in wants.items() if not holds]
    result.ok = not result.problems
