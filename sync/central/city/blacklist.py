"""Blacklist entries: vehicles with and without permits, companies and drivers; some ended, most open."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from sync.central.city.companies import company_id
from sync.central.city.draw import Weighted, read_json, stream
from sync.central.city.permits import trucks_behind
from sync.central.city.plates import Plates
from sync.contract.tables import Row

LEAST = 160
PER_PERMITS = 500
"""One entry for so many permits, but never fewer than ``LEAST``."""

KINDS = Weighted([("vehicle", 68.0), ("company", 16.0), ("driver", 16.0)])
LEVELS = Weighted([(1, 50.0), (2, 32.0), (3, 18.0)])
REASONS = {
    "vehicle": (
        "夜间偷倒渣土被查获",
        "号牌遮挡三次以上",
        "擅自改装加高栏板",
        "多次沿途撒漏",
        "超载超过百分之五十",
        "套用他车准运证",
    ),
    "company": (
        "所属车辆一年内违规十次以上",
        "伪造消纳凭证",
        "拖欠罚款逾期未缴",
        "安全生产许可已被暂扣",
        "转包运输业务给无资质车队",
    ),
    "driver": ("无从业资格证驾驶渣土车", "拒绝检查强行驶离", "一年内三次超速", "发生责任事故后逃逸"),
}
ISSUERS = (
    "宝安区城市管理和综合执法局(演示)",
    "宝安区住房和建设局(演示)",
    "宝安交警大队(演示)",
    "市建筑废弃物管理办公室(演示)",
)


def blacklist_count(permits: int) -> int:
    """How many entries a city with so many permits has."""
    return max(LEAST, permits // PER_PERMITS)


def blacklist_rows(seed: int, permits: int, companies: int, today: date) -> Iterator[Row]:
    """The rows of table ``blacklist``."""
    rng, plates = stream(seed, "blacklist"), Plates(seed)
    people = read_json("city", "words.json")["people"]
    trucks = trucks_behind(permits, seed)
    for index in range(blacklist_count(permits)):
        kind = KINDS.at(rng.random())
        if kind == "vehicle":
            unknown = index % 5 == 4  # trucks past the last one hold no permit
            truck = trucks + index if unknown else rng.randrange(max(1, trucks))
            subject = plates.at(truck)
        elif kind == "company":
            subject = company_id(rng.randrange(companies))
        else:
            subject = rng.choice(people["surnames"]) + rng.choice(people["given"])
        start = today - timedelta(days=rng.randrange(5, 700))
        yield {
            "entry_id": f"HMD-{index + 1:05d}",
            "kind": kind,
            "subject": subject,
            "reason": rng.choice(REASONS[kind]),
            "level": LEVELS.at(rng.random()),
            "valid_from": start.isoformat(),
            "valid_to": _end(start, today, rng),
            "issuer": rng.choice(ISSUERS),
        }


def _end(start: date, today: date, rng: random.Random) -> str:
    """Most entries are open, some end some day, and some have ended."""
    chance = rng.random()
    if chance < 0.6:
        return ""
    if chance < 0.75:
        return (today + timedelta(days=rng.randrange(10, 365))).isoformat()
    return (start + timedelta(days=rng.randrange(1, max(2, (today - start).days)))).isoformat()
