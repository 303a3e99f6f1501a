"""Permits (准运证): one truck each, between a site and a disposal site, on a route, in daily windows.

Trucks come in blocks of a fixed pattern, so that how many trucks stand behind N permits, and any truck's
plate, can be told without making the permits. A truck's permits follow one another and share its company.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from sync.central.city.companies import company_id
from sync.central.city.draw import Weighted, stream
from sync.central.city.plates import Plates
from sync.central.city.routes import DISPOSAL_SITES_PER_SITE, Routes
from sync.central.city.sites import Site
from sync.contract.tables import Row

BLOCK = (1,) * 150 + (2,) * 14 + (4,) * 3 + (10,)
"""Permits per truck within a block of 200 permits; trucks with four have used them up."""
BLOCK_PERMITS = sum(BLOCK)
USED_UP = 4

STATUSES = Weighted(
    [("active", 72.0), ("expired", 14.0), ("revoked", 4.0), ("used", 4.0), ("issued", 4.0), ("void", 2.0)]
)
WINDOWS = Weighted(
    [
        ("22:00-06:00", 40.0),
        ("23:00-05:30", 15.0),
        ("22:00-06:00;12:00-14:00", 15.0),
        ("09:30-11:30;14:30-17:00", 12.0),
        ("10:00-16:00;20:00-23:30", 8.0),
        ("21:30-06:30", 6.0),
        ("00:00-05:00", 4.0),
    ]
)
WINDOW_DAYS = Weighted([("", 82.0), ("working,makeup", 10.0), ("weekend,holiday", 5.0), ("working", 3.0)])
"""The days on which all of a permit's windows begin; most begin on every day."""

BODIES = Weighted(
    [
        ((15.5, 8.4, 2.5, 3.3), 30.0),
        ((16.0, 9.0, 2.55, 3.45), 25.0),
        ((18.5, 10.2, 2.55, 3.5), 20.0),
        ((12.0, 7.9, 2.5, 3.2), 15.0),
        ((0.0, 0.0, 0.0, 0.0), 10.0),
    ]
)
"""Approved load in tonnes, then length, width and height in metres, by truck; older permits state none."""

REVOKED = (
    "多次沿途撒漏，经处罚仍未整改",
    "未按核准路线行驶，情节严重",
    "擅自倾倒建筑废弃物",
    "提供虚假材料取得准运证",
    "车辆密闭装置不合格，限期内未整改",
    "所属企业安全生产条件不再具备",
)
VOIDED = ("工地停工，申请人主动注销", "信息填报有误，重新核发", "车辆已转让")

FIRST, LAST = -1200, 700
"""Days around the demo's day for which ISO dates are kept ready."""


class Spell(msgspec.Struct, frozen=True):
    """How a permit stands: its days from the demo's day, its share of volume used, and why."""

    status: str
    start: int
    end: int
    used: float
    reason: str = ""


def trucks_behind(permits: int, seed: int) -> int:
    """How many trucks the first ``permits`` permits belong to."""
    blocks, left = divmod(permits, BLOCK_PERMITS)
    trucks = blocks * len(BLOCK)
    for count in _pattern(seed):
        if left <= 0:
            break
        left -= count
        trucks += 1
    return trucks


def _pattern(seed: int) -> list[int]:
    pattern = list(BLOCK)
    stream(seed, "permits per truck").shuffle(pattern)
    return pattern


def _spell(status: str, rng: random.Random) -> Spell:
    """Dates and volumes that agree with the status."""
    a, b, used = rng.random(), rng.random(), rng.random()
    if status == "active":
        return Spell(status, -int(3 + 170 * a), int(10 + 300 * b), 0.9 * used)
    if status == "expired":
        end = -int(1 + 400 * b)
        return Spell(status, end - int(30 + 150 * a), end, used)
    if status == "issued":
        start = int(1 + 30 * a)
        return Spell(status, start, start + int(60 + 200 * b), 0.0)
    if status == "used":
        return Spell(status, -int(20 + 150 * a), int(5 + 200 * b), 1.0)
    start = -int(20 + 200 * a)
    if status == "revoked":
        return Spell(status, start, start + int(60 + 300 * b), 0.8 * used, REVOKED[int(used * len(REVOKED))])
    return Spell(status, start, start + int(30 + 300 * b), 0.0, VOIDED[int(used * len(VOIDED))])


def permit_rows(
    seed: int,
    count: int,
    companies: int,
    sites: tuple[Site, ...],
    disposal_sites: tuple[Site, ...],
    today: date,
) -> Iterator[Row]:
    """The rows of table ``permit``, ``count`` of them, one after another."""
    rng = stream(seed, "permit")
    approvals = stream(seed, "permit approvals")
    plates, pattern = Plates(seed), _pattern(seed)
    routes = Routes(seed, sites, disposal_sites)
    days = [(today + timedelta(days=day)).isoformat() for day in range(FIRST, LAST)]
    made = truck = 0
    while made < count:
        held = min(pattern[truck % len(pattern)], count - made)
        plate = plates.at(truck)
        company = company_id(int(companies * rng.random() ** 1.7))
        load, length, width, height = BODIES.at(approvals.random())
        for _ in range(held):
            chance = rng.random
            status = "used" if held == USED_UP else STATUSES.at(chance())
            spell = _spell(status, rng)
            site = int(len(sites) * chance())
            disposal_site, route = routes.at(site, int(DISPOSAL_SITES_PER_SITE * chance()))
            approved = 500 + 100 * int(400 * chance() ** 2)
            valid_from = days[spell.start - FIRST]
            made += 1
            yield {
                "permit_id": f"SBZ{valid_from[:4]}-{made:07d}",
                "plate": plate,
                "company_id": company,
                "project": sites[site].project,
                "site_id": sites[site].key,
                "disposal_site_id": disposal_site,
                "route": route,
                "valid_from": valid_from,
                "valid_to": days[spell.end - FIRST],
                "windows": WINDOWS.at(chance()),
                "window_days": WINDOW_DAYS.at(approvals.random()),
                "approved_m3": approved,
                "used_m3": int(approved * spell.used),
                "status": spell.status,
                "reason": spell.reason,
                "max_load_t": load,
                "max_length_m": length,
                "max_width_m": width,
                "max_height_m": height,
            }
        truck += 1
