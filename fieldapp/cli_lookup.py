"""``fieldapp lookup``: what the records hold on a truck and whether it may be where it is, for scripts.

fieldapp lookup PLATE [--at LON,LAT] [--accuracy M] [--when ISO] [--load-t T] [--driver NAME]

It is logged like a look-up on the page: who asks by command is as accountable.
"""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from typing import Any

from fieldapp.capture.desk import Desk
from fieldapp.capture.lookup import Found, look_up
from fieldapp.capture.lookup_log import log_lookup
from fieldapp.capture.suggest import may_mean
from fieldapp.capture.verdict_facts import ask, gather
from fieldapp.verdict.model import Load, Reason, Verdict
from fieldapp.verdict.verdict import judge
from sync.cli.frame import Findings, Result, chosen_language
from sync.contract.errors import InputRefused, RetryLater
from sync.contract.records import Place
from sync.contract.text import check_note
from sync.messages import sentence

MEASURE_MAX = 1000.0
"""Tonnes or metres."""


def add_options(lookup: argparse.ArgumentParser) -> None:
    """What a verdict is asked for besides the plate."""
    lookup.add_argument("plate", metavar="PLATE")
    lookup.add_argument("--at", metavar="LON,LAT", help="where the truck is, WGS-84 degrees")
    lookup.add_argument("--accuracy", type=float, metavar="M", help="of the position, metres (one sigma)")
    lookup.add_argument("--when", metavar="ISO", help="another time than now; without an offset the city's")
    measures = (
        ("--load-t", "T", "tonnes, without the truck"),
        ("--length-m", "M", "metres, load included"),
        ("--width-m", "M", "metres"),
        ("--height-m", "M", "metres"),
    )
    for option, unit, text in measures:
        lookup.add_argument(option, type=float, metavar=unit, help=f"measured: {text}")
    lookup.add_argument("--driver", default="", metavar="NAME", help="held against the blacklist")


def answer(desk: Desk, arguments: argparse.Namespace, place: Place) -> Result:
    """The rows and the verdict on them, logged before they are told."""
    when = _moment(arguments.when)
    load = measured_load(arguments)
    driver = check_note(arguments.driver)
    found = _found(desk, arguments.plate)
    if found.data_as_of is None:  # to say "not found" here would be to say "no permit"
        raise RetryLater("city_data_missing")
    question = ask(desk, found.plate, place, when, load, driver)
    known = gather(desk, found.plate, place, question.at, load, driver=driver)
    verdict = judge(question, known)
    ages = {table: round(seconds) for table, seconds in known.ages.items()}
    reasons = tuple(reason.code for reason in verdict.reasons)
    lookup_id = log_lookup(
        desk, found.plate, verdict.answer.value, place=place, reasons=reasons, ages=dict(ages)
    )
    return {
        "plate": found.plate,
        "found": found.found,
        "verdict": _shown(verdict, question.at, chosen_language(os.environ)),
        "lookup_id": lookup_id,
        "permits": found.permits,
        "blacklist": found.blacklist,
        "data_as_of": found.data_as_of,
    }


def _found(desk: Desk, plate: str) -> Found:
    """What the records hold; a text that is no plate is refused along with the trucks it may mean."""
    try:
        return look_up(desk, plate)
    except InputRefused as refused:
        raise Findings(refused, {"suggestions": list(may_mean(desk, plate))}) from refused


def measured_load(arguments: argparse.Namespace) -> Load:
    """What was measured; refuses what no truck can be (``measure_invalid``)."""
    measures = (arguments.load_t, arguments.length_m, arguments.width_m, arguments.height_m)
    for measure in measures:
        if measure is not None and not 0 <= measure < MEASURE_MAX:  # neither is true of NaN
            raise InputRefused("measure_invalid", value=measure)
    return Load(*measures)


def _shown(verdict: Verdict, at: datetime, language: str) -> dict[str, Any]:
    return {
        "answer": verdict.answer.value,
        "reasons": [_reason(reason, language) for reason in verdict.reasons],
        "permit_id": verdict.permit_id,
        "data_age_s": None if verdict.data_age_s is None else round(verdict.data_age_s),
        "look_alikes": list(verdict.look_alikes),
        "at": at.isoformat(),
    }


def _reason(reason: Reason, language: str) -> dict[str, Any]:
    return {
        "code": reason.code,
        "says": reason.says.value,
        "message": sentence(reason.code, reason.facts, language),
        "rows": [{"table": row.table, "key": row.key} for row in reason.rows],
        "advice": sentence(reason.advice_code, reason.facts, language) if reason.advice_code else "",
    }


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise InputRefused("time_invalid", value=text[:40]) from None
