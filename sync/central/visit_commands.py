"""The commands about visits: list them, take the visited party's rating, sign an officer's credential."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from sync.central.commands import opened
from sync.central.credentials import DAYS, issue
from sync.central.seeding import CITY_OFFSET
from sync.cli.frame import Result

DAYS_MAX = 3 * 365


def add_commands(add: Callable[..., Any], page: Callable[[str], int]) -> None:
    """Put them beside the others."""
    visits = add("visits", help="visits to enterprises and sites, newest first")
    visits.add_argument("--limit", type=page, default=50)
    visits.add_argument("--before", default="", metavar="VISIT", help="as told by the last page")
    rate = add("rate", help="the visited party's rating, once, with the code of its QR")
    rate.add_argument("visit", metavar="VISIT")
    rate.add_argument("--code", required=True, help="what stands behind the # in the QR's link")
    rate.add_argument("--stars", type=int, required=True, help="1 to 5")
    rate.add_argument("--note", default="")
    credential = add(
        "credential", help="sign an officer's electronic credential; tablets get it by themselves"
    )
    credential.add_argument("officer", metavar="OFFICER")
    credential.add_argument("--days", type=_days, default=DAYS, help="for how long")


def do_visits(arguments: argparse.Namespace) -> Result:
    """A page of visits."""
    with opened(arguments) as central:
        page = central.visits.page(arguments.limit, arguments.before)
    return {"visits": page.visits, "before": page.before}


def do_rate(arguments: argparse.Namespace) -> Result:
    """One rating."""
    with opened(arguments) as central:
        row = central.visits.rate(arguments.visit.lower(), arguments.code, arguments.stars, arguments.note)
    return {"visit_id": row["visit_id"], "stars": row["stars"], "rated_at": row["rated_at"]}


def do_credential(arguments: argparse.Namespace) -> Result:
    """One credential."""
    with opened(arguments) as central:
        today = (central.world.now() + CITY_OFFSET).date()
        row = issue(central.store, central.signing, arguments.officer.strip().upper(), today, arguments.days)
    return dict(row)


def show_visits(result: Result) -> str:
    """One line a visit."""
    lines = [
        f"{one['visit_id']}  {one['ended_at']}  {one['officer_id']}+{one['second_id']}  {one['item_code']:<6}"
        f" {one['result']:<10} {'★' * int(one['stars'] or 0) or '-':<5}  {one['party_name']}"
        for one in result["visits"]
    ]
    if result["before"]:
        lines.append(f"more: --before {result['before']}")
    return "\n".join(lines) or "-"


def _days(text: str) -> int:
    number = int(text)
    if not 0 < number <= DAYS_MAX:
        raise ValueError(text)
    return number
