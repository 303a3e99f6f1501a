"""Volume, load, blacklist, company, several permits, age and clock. Rows of the verdict's table."""

from __future__ import annotations

from math import inf, nan

from fieldapp.verdict.model import Answer, Facts, Load, Question
from sync.contract.records import ClockState
from tests.unit.verdict.verdict_makers import (
    FRESH,
    entry,
    facts,
    permit,
    question,
)

OK, NO, CHECK, UNKNOWN = Answer.ALLOWED, Answer.NOT_ALLOWED, Answer.CHECK, Answer.UNKNOWN
HOUR = 3_600.0
DRIVER = {"kind": "driver", "subject": "陈志强"}
COMPANY = {"kind": "company", "subject": "C1"}

Case = tuple[str, Answer, str, Question, Facts]
LOAD_CASES: list[Case] = [  # volume
    ("volume used up", NO, "verdict_volume_used_up", question(), facts(permit(used_m3=1000))),
    ("volume nearly used", OK, "verdict_volume_nearly_used", question(), facts(permit(used_m3=960))),
    (
        "volume not stated",
        CHECK,
        "verdict_volume_missing",
        question(),
        facts(permit(approved_m3=0, used_m3=0)),
    ),
    ("volume below nothing", UNKNOWN, "verdict_volume_unreadable", question(), facts(permit(used_m3=-5))),
    ("volume a word", UNKNOWN, "verdict_volume_unreadable", question(), facts(permit(approved_m3="many"))),
    # load and dimensions
    ("load not weighed", OK, "verdict_load_not_measured", question(load=Load()), facts()),
    ("load at the limit", OK, "verdict_permit_allows", question(load=Load(15.5)), facts()),
    ("load within the scales' error", CHECK, "verdict_load_at_limit", question(load=Load(16.0)), facts()),
    ("overloaded", NO, "verdict_load_over", question(load=Load(20.0)), facts()),
    ("load of -3", UNKNOWN, "verdict_load_implausible", question(load=Load(-3.0)), facts()),
    ("load of 10,000 t", UNKNOWN, "verdict_load_implausible", question(load=Load(10_000.0)), facts()),
    ("load not a number", UNKNOWN, "verdict_load_implausible", question(load=Load(nan)), facts()),
    ("no limit for the load", CHECK, "verdict_approval_missing", question(), facts(permit(max_load_t=0.0))),
    (
        "limit below nothing",
        UNKNOWN,
        "verdict_approval_unreadable",
        question(),
        facts(permit(max_load_t=-1.0)),
    ),
    ("too long", NO, "verdict_length_over", question(load=Load(12.0, length_m=9.0)), facts()),
    ("too wide by a hand", CHECK, "verdict_width_at_limit", question(load=Load(12.0, width_m=2.55)), facts()),
    ("too high", NO, "verdict_height_over", question(load=Load(12.0, height_m=3.6)), facts()),
    (
        "as long as a street",
        UNKNOWN,
        "verdict_size_implausible",
        question(load=Load(12.0, length_m=400.0)),
        facts(),
    ),
    # blacklist and company
    ("vehicle to be stopped", NO, "verdict_blacklist_vehicle", question(), facts(blacklist=(entry(),))),
    (
        "entry of a kind nobody knows",
        CHECK,
        "verdict_blacklist_vehicle",
        question(),
        facts(blacklist=(entry(kind="Vehicle"),)),
    ),
    ("vehicle watched", CHECK, "verdict_blacklist_vehicle", question(), facts(blacklist=(entry(level=1),))),
    (
        "entry of no known level",
        CHECK,
        "verdict_blacklist_vehicle",
        question(),
        facts(blacklist=(entry(level=9),)),
    ),
    (
        "entry that has ended",
        OK,
        "verdict_permit_allows",
        question(),
        facts(blacklist=(entry(valid_to="2026-11-19"),)),
    ),
    (
        "entry on its last day",
        NO,
        "verdict_blacklist_vehicle",
        question(),
        facts(blacklist=(entry(valid_to="2026-11-20"),)),
    ),
    (
        "entry to come",
        OK,
        "verdict_permit_allows",
        question(),
        facts(blacklist=(entry(valid_from="2026-11-21"),)),
    ),
    (
        "entry with twisted dates",
        CHECK,
        "verdict_blacklist_vehicle",
        question(),
        facts(blacklist=(entry(valid_from="2027-01-01", valid_to="2026-01-01"),)),
    ),
    (
        "company to be stopped",
        NO,
        "verdict_blacklist_company",
        question(),
        facts(blacklist=(entry(**COMPANY),)),
    ),
    (
        "another company",
        OK,
        "verdict_permit_allows",
        question(),
        facts(blacklist=(entry(kind="company", subject="C2"),)),
    ),
    (
        "driver of that name",
        CHECK,
        "verdict_blacklist_driver",
        question(driver="陈 志强"),
        facts(blacklist=(entry(**DRIVER),)),
    ),
    ("driver not asked", OK, "verdict_permit_allows", question(), facts(blacklist=(entry(**DRIVER),))),
    ("company unknown", CHECK, "verdict_company_unknown", question(), facts(companies={})),
    (
        "credit code wrong",
        CHECK,
        "verdict_credit_code_wrong",
        question(),
        facts(companies={"C1": {"company_id": "C1", "credit_code": "91350100M000100Y44"}}),
    ),
    # several permits: one that allows is enough
    (
        "one of two allows",
        OK,
        "verdict_permit_allows",
        question(),
        facts(permit(permit_id="P0", status="void"), permit()),
    ),
    (
        "neither allows",
        NO,
        "verdict_permit_void",
        question(),
        facts(permit(status="void"), permit(permit_id="P2", status="used")),
    ),
    (
        "one cannot be read",
        UNKNOWN,
        "verdict_status_unknown",
        question(),
        facts(permit(status="void"), permit(permit_id="P2", status="?")),
    ),
    # age and clock
    ("no data", UNKNOWN, "verdict_reference_missing", question(), facts(ages={})),
    (
        "permits too old",
        UNKNOWN,
        "verdict_reference_too_old",
        question(),
        facts(ages={**FRESH, "permit": 73 * HOUR}),
    ),
    (
        "blacklist too old",
        UNKNOWN,
        "verdict_blacklist_too_old",
        question(),
        facts(ages={**FRESH, "blacklist": 25 * HOUR}),
    ),
    (
        "revoked in old data",
        UNKNOWN,
        "verdict_permit_revoked",
        question(),
        facts(permit(status="revoked"), ages={**FRESH, "permit": 100 * HOUR}),
    ),
    (
        "no permit in old data",
        UNKNOWN,
        "verdict_permit_missing",
        question(),
        facts(permits=(), ages={**FRESH, "permit": 100 * HOUR}),
    ),
    (
        "stopped by an old blacklist",
        UNKNOWN,
        "verdict_blacklist_vehicle",
        question(),
        facts(blacklist=(entry(),), ages={**FRESH, "blacklist": 99 * HOUR}),
    ),
    (
        "overdue blacklist, but no permit",
        NO,
        "verdict_permit_missing",
        question(),
        facts(permits=(), ages={**FRESH, "blacklist": 99 * HOUR}),
    ),
    ("age endless", UNKNOWN, "verdict_reference_missing", question(), facts(ages={**FRESH, "permit": inf})),
    (
        "clock off",
        CHECK,
        "verdict_clock_doubtful",
        question(clock=ClockState.DOUBTFUL, clock_offset_s=900.0),
        facts(),
    ),
    ("clock never compared", OK, "verdict_clock_unverified", question(clock=ClockState.UNVERIFIED), facts()),
    ("data from the future", UNKNOWN, "verdict_clock_behind_data", question(), facts(data_ahead=True)),
]
