"""The day itself: everybody has turns, the links come and go, the desk decides; then all is held together.

each tick: time passes → links cut and mended → every tablet's turn, side by side, while the desk works
at the end: links mended → everything sent → the desk rules on what clashed → audit
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from fieldapp.demo.central import DemoCentral
from fieldapp.demo.city_day.alerting import alerts_differ, read_refusals
from fieldapp.demo.city_day.audit import Seen, compared, moments, replayed
from fieldapp.demo.city_day.crew import UNIT, Crew, at_the_desk
from fieldapp.demo.city_day.daytime import DayTime
from fieldapp.demo.city_day.ground import ground_of
from fieldapp.demo.city_day.links import Links
from fieldapp.demo.city_day.office import Office
from fieldapp.demo.city_day.options import DayOptions
from fieldapp.demo.city_day.people import PATROL, Person
from fieldapp.demo.city_day.pictures import Pictures
from fieldapp.demo.city_day.result import DayResult, sum_of
from fieldapp.demo.city_day.tablet import DayTablet
from fieldapp.demo.telling import Say
from sync.contract.lifecycle import Role
from sync.remote.desk import ToldCase

BEGINS_H, ENDS_H = 7.5, 20.0
CITY_HOURS = timedelta(hours=8)
"""The demo city's clock is UTC+8."""
GAP, CUT, SYNC = 0.06, 0.06, 0.75
"""Chances, for a tablet and tick: that it loses its link for some ticks, that the link breaks in the middle
of a round, that a round is made at all."""
DESK_SHARE = 0.45
ALERT = 0.6
"""The chance that a tick brings an alert."""
SETTLING = 6


class Day:
    """Everybody and everything of one day."""

    def __init__(
        self, options: DayOptions, central: DemoCentral, links: Links, crew: Crew, day: DayTime
    ) -> None:
        self._options = options
        self._central = central
        self._links = links
        self._crew = crew
        self._time = day
        self._chance = random.Random(f"day {options.seed}")
        self._gaps: dict[str, int] = {}
        self._counts: Counter[str] = Counter()
        first = crew.tablets[0]
        self._ground = first.submit(lambda tablet: ground_of(tablet.desk)).result()
        pictures = Pictures(options.out / "pictures", options.seed)
        others = sum(tablet.officer.role != UNIT for tablet in crew.tablets)
        self._people = {
            tablet.officer.number: Person(tablet, self._ground, pictures, place=place, others=others)
            for place, tablet in enumerate(crew.tablets)
        }
        authority = options.out / "tablets" / first.officer.number / "authority.pem"
        handlers = [tablet.officer.number for tablet in crew.tablets]
        self._office = Office(central.url, authority, at_the_desk(), handlers, options.seed)

    def play(self, say: Say) -> None:
        """All ticks."""
        for tick in range(self._options.ticks):
            self._pass_time()
            self._links_come_and_go()
            reports = self._reports_of(tick)
            turns = [t.submit(self._turn(reports.get(t.officer.number, 0))) for t in self._crew.tablets]
            if self._chance.random() < ALERT:
                self._office.alert(self._ground)
            self._office.work(DESK_SHARE)
            if tick % 6 == 5:
                self._office.rule()
            for turn in turns:
                turn.result()
            if tick % 10 == 9:
                say(f"turn {tick + 1} of {self._options.ticks}, {self._local():%A %H:%M} in the city")

    def settle(self) -> None:
        """Links mended, everything sent, everything that clashed ruled on, everything pulled."""
        for _ in range(SETTLING):
            for tablet in self._crew.tablets:
                self._links.mend(tablet.officer.number)
            self._crew.all(lambda tablet: tablet.settle())
            if not self._office.rule():
                break
        self._crew.all(lambda tablet: tablet.settle())
        self._counts["alerts and calls somebody was second at"] += sum(
            self._crew.all(lambda tablet: read_refusals(tablet.desk))
        )

    def audit(self) -> DayResult:
        """Hold everything together."""
        desk, now = self._office.chief, self._time.now()
        at = self._crew.tablets[0].submit(lambda tablet: moments(tablet, now)).result()
        told = [desk.case(str(row["case_id"]), *at.values()) for row in desk.cases()]
        limits = {
            name: {str(one.case["case_id"]): one.limits[number] for one in told}
            for number, name in enumerate(at)
        }
        seen = self._crew.all(lambda tablet: compared(tablet, told, limits))
        alerts, calls = desk.alerts(), desk.calls()
        self._counts.update(f"alerts in the end {one['state']}" for one in alerts)
        self._counts.update(f"calls in the end {one['state']}" for one in calls)
        whole = [tablet for tablet in self._crew.tablets if tablet.officer.role != UNIT]
        walked = sum(tablet.counts[f"act {PATROL}"] for tablet in self._crew.tablets)
        tracks = len(self._central.ask("tracks", "--limit", "1000")["tracks"])
        self._counts["patrols at central"] = tracks
        lost = [f"{tracks} patrols at central, {walked} were walked"] if tracks != walked else []
        found = [tablet.submit(lambda one: alerts_differ(one, alerts, calls)) for tablet in whole]
        return self._summed(told, seen, [*lost, *(problem for one in found for problem in one.result())])

    def close(self) -> None:
        """Let go."""
        self._office.close()

    def _summed(self, told: list[ToldCase], seen: list[Seen], differing: list[str]) -> DayResult:
        acts: dict[str, Counter[str]] = {}
        refusals: Counter[str] = Counter()
        for case in told:
            for act in case.acts:
                acts.setdefault(str(act["kind"]), Counter())[str(act["standing"])] += 1
                if act["code"]:
                    refusals[str(act["code"])] += 1
        roles = self._crew.tablets[0].submit(_roles).result()
        tablets, files = self._crew.tablets, [file for case in told for file in case.photos]
        left = [
            f"{tablet.officer.number}: {number} items wait for a person in the end"
            for tablet, number in zip(tablets, self._crew.all(_needing_a_person), strict=True)
            if number
        ]
        problems = [
            *(problem for case in told for problem in replayed(case, roles)),
            *(problem for one in seen for problem in one.problems),
            *(problem for tablet in tablets for problem in tablet.problems),
            *left,
            *differing,
            *(
                f"{file.record_id}: central lacks {file.lane} {file.sha256}"
                for file in files
                if not file.held
            ),
        ]
        lights = {moment: sum((one.lights[moment] for one in seen), Counter()) for moment in seen[0].lights}
        return DayResult(
            seed=self._options.seed,
            tablets=len(tablets),
            ok=not problems,
            cases=dict(Counter(str(case.case["state"]) for case in told)),
            acts={kind: dict(stands) for kind, stands in acts.items()},
            refusals=dict(refusals),
            counts=sum_of([self._counts, self._office.counts, *(tablet.counts for tablet in tablets)]),
            lights={moment: dict(counted) for moment, counted in lights.items()},
            histories_compared=sum(one.histories for one in seen),
            limits_compared=sum(one.limits for one in seen),
            worst_limit_difference_s=max(one.worst_s for one in seen),
            files_at_central=sum(file.held for file in files),
            files_missing=sum(not file.held for file in files),
            sent_bytes=self._links.sent_bytes,
            problems=problems,
        )

    def _turn(self, reports: int) -> Callable[[DayTablet], None]:
        def turn(tablet: DayTablet) -> None:
            self._people[tablet.officer.number].turn(reports=reports)
            if tablet.chance.random() < SYNC:
                tablet.round()

        return turn

    def _reports_of(self, tick: int) -> dict[str, int]:
        """Who reports how much now: all within the first three fifths of the day, by grid and squad."""
        last = max(1, self._options.ticks * 3 // 5)
        due = (
            self._options.cases * min(tick + 1, last) // last - self._options.cases * min(tick, last) // last
        )
        finders = [t.officer.number for t in self._crew.tablets if t.desk.role is not Role.UNIT]
        return dict(Counter(self._chance.choice(finders) for _ in range(due)))

    def _links_come_and_go(self) -> None:
        for tablet in self._crew.tablets:
            who = tablet.officer.number
            left = self._gaps.get(who, 0)
            if left > 1:
                self._gaps[who] = left - 1
                continue
            self._gaps.pop(who, None)
            self._links.mend(who)
            if self._chance.random() < GAP:
                self._gaps[who] = self._chance.randrange(2, 8)
                self._links.cut(who)
                self._counts["network gaps"] += 1
            elif self._chance.random() < CUT:
                self._links.cut_soon(who, self._chance.uniform(0.0, 0.3))
                self._counts["links broken in the middle"] += 1

    def _pass_time(self) -> None:
        self._time.advance(self._chance.uniform(240, 1500))
        hour = self._local().hour + self._local().minute / 60
        if hour >= ENDS_H:
            self._time.advance((24 - hour + BEGINS_H) * 3600)
        elif hour < BEGINS_H:
            self._time.advance((BEGINS_H - hour) * 3600)

    def _local(self) -> datetime:
        return self._time.now() + CITY_HOURS


def play_day(options: DayOptions, say: Say) -> DayResult:
    """From an empty folder to the result."""
    began = time.monotonic()
    day_time = DayTime(options.out / "time-ahead")
    central = DemoCentral(options.out / "central" / "data")
    (options.out / "central").mkdir(parents=True, exist_ok=True)
    try:
        rows = central.seed(options.permits)
        central.serve(0, "--time-ahead", str(day_time.file))
        say(f"central serves on {central.url} (process {central.pid}), {sum(rows.values()):,} rows")
        links = Links(central.port)
        crew = Crew(options.out / "tablets", options.tablets, day_time, options.seed)
        try:
            crew.let_in(central, links)
            say(f"{len(crew.tablets)} tablets are enrolled, signed in and filled")
            result = _played(Day(options, central, links, crew, day_time), day_time, say)
        finally:
            crew.close()
            links.close()
    finally:
        central.stop()
    result.seconds = round(time.monotonic() - began, 1)
    return result


def _played(day: Day, day_time: DayTime, say: Say) -> DayResult:
    begun = day_time.now()
    try:
        day.play(say)
        say("the day is over: everything is sent, what clashed is ruled on")
        day.settle()
        say("holding everything together")
        result = day.audit()
    finally:
        day.close()
    result.hours_played = round((day_time.now() - begun) / timedelta(hours=1), 1)
    return result


def _roles(tablet: DayTablet) -> dict[str, Role]:
    rows = tablet.desk.work.city.colleagues("", [role.value for role in Role])
    return {str(row["officer_id"]): Role(str(row["role"])) for row in rows}


def _needing_a_person(tablet: DayTablet) -> int:
    return tablet.desk.work.outbox.needing_you()
