"""Where the truck is: near what the permit names, or in a zone. Rows of the verdict's table."""

from __future__ import annotations

from math import nan

import msgspec

from fieldapp.verdict.model import Answer, Facts, Question
from sync.contract.records import NOWHERE, Place, PlaceSource
from tests.unit.verdict.verdict_makers import (
    DISPOSAL,
    OFF_ROUTE,
    SEA,
    SITE,
    facts,
    here,
    permit,
    question,
    zone,
)

OK, NO, CHECK, UNKNOWN = Answer.ALLOWED, Answer.NOT_ALLOWED, Answer.CHECK, Answer.UNKNOWN
CROSSING = "113.88,22.56;113.92,22.58;113.92,22.56;113.88,22.58"

Case = tuple[str, Answer, str, Question, Facts]
PLACE_CASES: list[Case] = [  # place
    ("at the site", OK, "verdict_permit_allows", question(place=here(SITE)), facts()),
    ("at the disposal site", OK, "verdict_permit_allows", question(place=here(DISPOSAL)), facts()),
    ("in the corridor", OK, "verdict_permit_allows", question(place=here(north_m=60)), facts()),
    ("off the route", NO, "verdict_off_route", question(place=here(OFF_ROUTE)), facts()),
    ("just beyond the corridor", CHECK, "verdict_place_doubtful", question(place=here(north_m=85)), facts()),
    (
        "on the route, rough position",
        CHECK,
        "verdict_place_doubtful",
        question(place=here(accuracy_m=60)),
        facts(),
    ),
    (
        "within the corridor, accuracy of nothing",
        CHECK,
        "verdict_place_doubtful",
        question(place=here(north_m=60, accuracy_m=0.0)),
        facts(),
    ),
    (
        "within the corridor by a metre, accuracy too good to be true",
        CHECK,
        "verdict_place_doubtful",
        question(place=here(north_m=79, accuracy_m=0.01)),
        facts(),
    ),
    (
        "off the route, very rough position",
        CHECK,
        "verdict_place_doubtful",
        question(place=here(OFF_ROUTE, 1_500)),
        facts(),
    ),
    ("no position", CHECK, "verdict_place_missing", question(place=NOWHERE), facts()),
    (
        "old position",
        CHECK,
        "verdict_place_stale",
        question(place=msgspec.structs.replace(here(), stale=True)),
        facts(),
    ),
    ("position in the sea", UNKNOWN, "verdict_place_far", question(place=here(SEA)), facts()),
    (
        "position not on the earth",
        UNKNOWN,
        "verdict_place_impossible",
        question(place=Place(PlaceSource.PIN, 200.0, 95.0)),
        facts(),
    ),
    (
        "position not a number",
        UNKNOWN,
        "verdict_place_impossible",
        question(place=Place(PlaceSource.PIN, nan, 22.5)),
        facts(),
    ),
    ("endless accuracy", CHECK, "verdict_place_doubtful", question(place=here(accuracy_m=1e300)), facts()),
    ("no route, on the way", UNKNOWN, "verdict_route_missing", question(), facts(permit(route=""))),
    (
        "no route, at the site",
        CHECK,
        "verdict_route_missing",
        question(place=here(SITE)),
        facts(permit(route="")),
    ),
    (
        "route crosses itself, at the site",
        CHECK,
        "verdict_route_crosses",
        question(place=here(SITE)),
        facts(permit(route=CROSSING)),
    ),
    ("route crosses itself", UNKNOWN, "verdict_route_crosses", question(), facts(permit(route=CROSSING))),
    ("route unreadable", UNKNOWN, "verdict_route_unreadable", question(), facts(permit(route="113.88;x,y"))),
    (
        "route of one point",
        UNKNOWN,
        "verdict_route_unreadable",
        question(),
        facts(permit(route="113.90,22.56")),
    ),
    (
        "off route, site unknown",
        UNKNOWN,
        "verdict_site_unreadable",
        question(place=here(OFF_ROUTE)),
        facts(sites={}),
    ),
    # prohibited zones
    ("in a zone", NO, "verdict_in_zone", question(), facts(zones=(zone(),))),
    (
        "in a zone at its hours",
        NO,
        "verdict_in_zone",
        question(),
        facts(zones=(zone(windows="22:30-06:00"),)),
    ),
    (
        "in a zone at other hours",
        OK,
        "verdict_permit_allows",
        question(),
        facts(zones=(zone(windows="07:00-09:00"),)),
    ),
    (
        "in a zone on other days",
        OK,
        "verdict_permit_allows",
        question(),
        facts(zones=(zone(day_kinds="holiday"),)),
    ),
    (
        "zone's days not known",
        CHECK,
        "verdict_zone_day_unknown",
        question(),
        facts(zones=(zone(day_kinds="working"),), day_kinds={}),
    ),
    (
        "zone that has ended",
        OK,
        "verdict_permit_allows",
        question(),
        facts(zones=(zone(valid_to="2026-06-01"),)),
    ),
    ("zone to come", OK, "verdict_permit_allows", question(), facts(zones=(zone(valid_from="2027-06-01"),))),
    (
        "zone's edge",
        CHECK,
        "verdict_near_zone",
        question(place=here((113.89795, 22.56))),
        facts(zones=(zone(),)),
    ),
    ("beside a zone", OK, "verdict_permit_allows", question(place=here(SITE)), facts(zones=(zone(),))),
    ("zone of no shape", CHECK, "verdict_zone_unreadable", question(), facts(zones=(zone(ring="x"),))),
    (
        "zone that is not closed",
        CHECK,
        "verdict_zone_unreadable",
        question(),
        facts(zones=(zone(ring="113.9,22.56;113.91,22.56"),)),
    ),
    (
        "zone's hours unreadable",
        CHECK,
        "verdict_zone_unreadable",
        question(),
        facts(zones=(zone(windows="mornings"),)),
    ),
]
