"""The demo city: everything a central needs to be tried out, made from a seed and nothing else.

``build`` yields each table with its rows, made while they are read: a million permits take no more memory
than a thousand. It reads no clock and writes no file; the same arguments give the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sync.central.city.blacklist import blacklist_rows
from sync.central.city.calendar import day_kind_rows
from sync.central.city.cases import case_act_rows, city_case_rows, make_cases
from sync.central.city.classes import case_class_rows
from sync.central.city.companies import company_rows
from sync.central.city.conditions import opening_condition_rows, work_hours_rows
from sync.central.city.demo import CITY, DEMO_DAY, DEMO_SEED
from sync.central.city.ground import build_ground, grid_cell_rows
from sync.central.city.items import inspection_item_rows
from sync.central.city.limits import make_timing
from sync.central.city.officers import OFFICERS_PIN, officer_rows
from sync.central.city.permits import permit_rows
from sync.central.city.sites import make_disposal_sites, make_sites, site_rows
from sync.central.city.units import unit_rows
from sync.central.city.zones import prohibited_zone_rows
from sync.contract.tables import Row

__all__ = ["CITY", "DEMO_DAY", "DEMO_SEED", "OFFICERS_PIN", "build"]

LEAST_COMPANIES, PERMITS_PER_COMPANY = 2_000, 50
LEAST_SITES, PERMITS_PER_SITE = 300, 250
LEAST_DISPOSAL_SITES, SITES_PER_DISPOSAL_SITE = 60, 6


def build(
    permits: int = 100_000, seed: int = DEMO_SEED, *, today: date = DEMO_DAY
) -> Iterator[tuple[str, Iterator[Row]]]:
    """Every contract table's name and rows, referred-to tables first. ``today`` is the day dates hang on."""
    companies = max(LEAST_COMPANIES, permits // PERMITS_PER_COMPANY)
    site_count = max(LEAST_SITES, permits // PERMITS_PER_SITE)
    ground = build_ground(seed)
    sites = make_sites(seed, min(site_count, len(ground)), ground)
    disposal_count = max(LEAST_DISPOSAL_SITES, len(sites) // SITES_PER_DISPOSAL_SITE)
    disposal_sites = make_disposal_sites(seed, disposal_count, ground)
    cases = make_cases(seed, permits, ground, today, make_timing())
    yield "case_class", case_class_rows()
    yield "inspection_item", inspection_item_rows()
    yield "unit", unit_rows()
    yield "grid_cell", grid_cell_rows(ground)
    yield "prohibited_zone", prohibited_zone_rows(seed, ground, today)
    yield "day_kind", day_kind_rows()
    yield "work_hours", work_hours_rows()
    yield "opening_condition", opening_condition_rows()
    yield "company", company_rows(seed, companies, ground)
    yield "site", site_rows(sites, "site_id")
    yield "disposal_site", site_rows(disposal_sites, "disposal_site_id")
    yield "permit", permit_rows(seed, permits, companies, sites, disposal_sites, today)
    yield "blacklist", blacklist_rows(seed, permits, companies, today)
    yield "officer", officer_rows()
    yield "city_case", city_case_rows(cases)
    yield "case_act", case_act_rows(cases)
