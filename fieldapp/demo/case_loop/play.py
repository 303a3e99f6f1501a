"""A case loop from beginning to end: the stage, the story, and what central says afterwards."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from fieldapp.demo.case_loop.command import Command
from fieldapp.demo.case_loop.evidence import LoopResult
from fieldapp.demo.case_loop.main_way import MainWay
from fieldapp.demo.case_loop.officer import OfficerAtWork
from fieldapp.demo.case_loop.options import LoopOptions
from fieldapp.demo.case_loop.side_ways import SideWays
from fieldapp.demo.case_loop.story import acts_of
from fieldapp.demo.case_loop.story import tell as tell_all
from fieldapp.demo.central import DemoCentral
from fieldapp.demo.shift.album import Album
from fieldapp.demo.shift.entrance import Entrance
from fieldapp.demo.shift.evidence import commit_of
from fieldapp.demo.shift.hands import Hands
from fieldapp.demo.shift.stage import play_in_window, served_ground
from fieldapp.demo.shift.track import make_track
from fieldapp.demo.telling import Say
from fieldapp.shell import Shell
from sync.resources import resources_root


def play_loop(options: LoopOptions, say: Say, central: DemoCentral | None = None) -> LoopResult:
    """The whole loop; what goes wrong is in the result, not raised."""
    result = LoopResult(commit=commit_of(resources_root().parent), short=options.short)
    began = time.monotonic()
    central = central or DemoCentral(options.out / "central")
    with served_ground(central, options.out / "tablet", options.permits, say) as ground:
        command = Command(central, say)
        cast = command.cast()
        result.durations["seed"] = round(time.monotonic() - began, 2)
        track = make_track(options.out / "track.nmea", *cast.place, datetime.now(UTC))
        albums: list[Album] = []

        async def tell(shell: Shell, hands: Hands) -> None:
            album = Album(hands, shell.settings, options.out / "shots", every_look=options.every_look)
            album.wanted = None if options.pictures else frozenset()
            albums.append(album)
            entrance = Entrance(shell, hands, album, central, ground.link)
            officer = OfficerAtWork(shell, hands, album, result)
            main = MainWay(cast.main, entrance, officer, command, ground.link, say)
            side = SideWays(cast, officer, command, ground.link, say)
            await tell_all(acts_of(entrance, main, side, short=options.short), result, say)

        missing = play_in_window(ground, track, say, tell, options.out / "shots" / "not-seen.png")
        result.problems += [missing] if missing else []
        result.shots = sum(len(album.taken) for album in albums)
        result.sightings = command.sightings
        result.cases = command.proofs()
    result.problems += [f"case {one.case_id} is {one.state}" for one in result.cases if not one.good]
    result.ok = not result.problems
    return result
