"""Looking up a company: who it is, whether it is blacklisted, and its trucks with their permits, paged."""

from __future__ import annotations

from itertools import groupby

import msgspec

from fieldapp.capture.desk import Desk
from fieldapp.capture.lookup import BlacklistCard, age_of_data, blacklist_card, today
from fieldapp.verdict.record_facts import DataAge, PermitFact, best_first, permit_fact
from sync.contract.codes import is_credit_code
from sync.contract.tables import Row

PAGE = 50
"""Permits read for one page."""
MOST_PER_TRUCK = 2_000


class CompanyCard(msgspec.Struct, frozen=True):
    """One company with its blacklist entries and the age of what is said of it."""

    company_id: str
    name: str
    credit_code: str
    credit_valid: bool
    address: str
    blacklist: tuple[BlacklistCard, ...]
    age: DataAge

    @property
    def blacklisted(self) -> bool:
        """Whether an entry against it is in force."""
        return any(entry.active for entry in self.blacklist)


class TruckRow(msgspec.Struct, frozen=True):
    """One truck in a list: how its best permit stands, until when, and how many permits it has."""

    plate: str
    fact: PermitFact
    valid_to: str
    permits: int


class TruckPage(msgspec.Struct, frozen=True):
    """Some trucks in plate order; ``after`` is where the next page begins, "" at the end."""

    trucks: tuple[TruckRow, ...]
    after: str


def company_card(desk: Desk, company_id: str) -> CompanyCard | None:
    """One company, or None where the replica has none such."""
    row = desk.reference.company(company_id)
    if row is None:
        return None
    day = today(desk)
    credit = str(row["credit_code"] or "")
    return CompanyCard(
        company_id=company_id,
        name=str(row["name"] or ""),
        credit_code=credit,
        credit_valid=is_credit_code(credit),
        address=str(row["address"] or ""),
        blacklist=tuple(blacklist_card(entry, day) for entry in desk.work.city.blacklist([company_id])),
        age=age_of_data(desk),
    )


def company_trucks(desk: Desk, company_id: str, *, after: str = "", page: int = PAGE) -> TruckPage:
    """The trucks after a plate. A truck is never cut in two: all of its permits are in one page."""
    rows, more = _whole_trucks(desk, company_id, after, page)
    day = today(desk)
    trucks = []
    for plate, group in groupby(rows, key=lambda row: str(row["plate"])):
        permits = best_first(list(group), day)
        best = permits[0]
        trucks.append(TruckRow(plate, permit_fact(best, day), str(best["valid_to"] or ""), len(permits)))
    return TruckPage(tuple(trucks), trucks[-1].plate if trucks and more else "")


def _whole_trucks(desk: Desk, company_id: str, after: str, page: int) -> tuple[list[Row], bool]:
    rows = desk.reference.permits_of_company(company_id, after=after, limit=page)
    if len(rows) < page:
        return rows, False
    whole = [row for row in rows if row["plate"] != rows[-1]["plate"]]
    if whole or page >= MOST_PER_TRUCK:
        return whole or rows, True
    return _whole_trucks(desk, company_id, after, page * 4)
