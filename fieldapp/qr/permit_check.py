"""A permit's QR held against the pinned key and against the replica, with no network.

The seal says whether the words are central's; the replica says whether they still hold. What the replica
cannot know is said, never guessed.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import msgspec

from fieldapp.capture.city_time import city_zone
from fieldapp.capture.desk import Desk
from fieldapp.capture.lookup import data_as_of, today
from fieldapp.capture.verdict_facts import city_limits, data_ages
from fieldapp.verdict.record_facts import PermitFact, permit_fact
from sync.contract.errors import NeedsPerson
from sync.contract.permit_qr import PermitCode, Seal, read_permit_code, route_mark
from sync.contract.tables import PERMIT, Row

_COMPARED = ("plate", "project", "windows", "window_days")
_REVOKED = frozenset({PermitFact.REVOKED, PermitFact.VOID})
_ENDED = frozenset({PermitFact.EXPIRED, PermitFact.USED_UP})
HOUR = 3_600.0


class Standing(Enum):
    """What a permit's QR is worth here and now, the worst first."""

    FORGED = "forged"
    """Signed by nobody this tablet trusts."""
    ALTERED = "altered"
    """Names our central, but the words were changed after signing."""
    REVOKED = "revoked"
    """Genuine, and taken back since."""
    ENDED = "ended"
    """Genuine, and its time or volume is over."""
    CHANGED = "changed"
    """Genuine, but central's records say something else by now."""
    NOT_YET = "not_yet"
    """Genuine, but its first day is to come, or it was issued and is not active."""
    UNKNOWN = "unknown"
    """Genuine, but not in this tablet's data: newer than it, or out of its scope."""
    STALE = "stale"
    """Genuine, and nothing speaks against it, but the data is too old to know what was taken back since."""
    GOOD = "good"


class PermitCheck(msgspec.Struct, frozen=True):
    """The answer. ``differing`` names what the records say otherwise; ``reason`` is that of a revocation."""

    standing: Standing
    code: PermitCode
    differing: tuple[str, ...] = ()
    status: str = ""
    reason: str = ""
    data_as_of: str | None = None
    """ISO, in the city's time."""


def check_permit(desk: Desk, text: str) -> PermitCheck:
    """Check a QR's text; ``permit_code_broken`` where it is none, ``signing_key_missing`` without a key."""
    key = desk.work.meta.require_identity().signing_key
    if not key:
        raise NeedsPerson("signing_key_missing")
    code, seal = read_permit_code(text, key)
    if seal is not Seal.GENUINE:
        return PermitCheck(Standing.FORGED if seal is Seal.FORGED else Standing.ALTERED, code)
    as_of = _in_the_city(desk, data_as_of(desk))
    row = desk.reference.permit(code.permit_id)
    if row is None:
        return PermitCheck(Standing.UNKNOWN, code, data_as_of=as_of)
    status, reason = str(row["status"] or ""), str(row["reason"] or "")
    differing = _differing(desk, row, code)
    fact, day = permit_fact(row, today(desk)), today(desk)
    if fact in _REVOKED:
        standing = Standing.REVOKED
    elif fact in _ENDED or day > code.valid_to:
        standing = Standing.ENDED
    elif differing or fact is PermitFact.UNCLEAR:
        standing = Standing.CHANGED
    elif fact is PermitFact.NOT_YET or day < code.valid_from:
        standing = Standing.NOT_YET
    else:
        standing = Standing.STALE if _is_too_old(desk) else Standing.GOOD
    return PermitCheck(standing, code, differing, status, reason, as_of)


def _is_too_old(desk: Desk) -> bool:
    """As old as a verdict would not rest on; also where nobody knows how old."""
    limits, (ages, _ahead) = city_limits(desk), data_ages(desk)
    age = ages.get(PERMIT.name)
    return age is None or age > limits.max_age_h.get(PERMIT.name, limits.default_age_h) * HOUR


def _in_the_city(desk: Desk, moment: str | None) -> str | None:
    return moment and datetime.fromisoformat(moment).astimezone(city_zone(desk)).isoformat()


def _differing(desk: Desk, row: Row, code: PermitCode) -> tuple[str, ...]:
    """Which printed values central's records hold otherwise."""
    company = desk.reference.company(str(row["company_id"]))
    site = desk.reference.site(str(row["site_id"]))
    disposal = desk.reference.disposal_site(str(row["disposal_site_id"]))
    pairs = {name: (str(row[name] or ""), getattr(code, name)) for name in _COMPARED} | {
        "company": (_name(company), code.company),
        "site": (_name(site), code.site),
        "disposal_site": (_name(disposal), code.disposal_site),
        "valid_from": (str(row["valid_from"]), code.valid_from.isoformat()),
        "valid_to": (str(row["valid_to"]), code.valid_to.isoformat()),
        "approved_m3": (_whole(row["approved_m3"]), str(code.approved_m3)),
        "route": (route_mark(str(row["route"] or "")), code.route_mark),
    }
    return tuple(name for name, (held, printed) in pairs.items() if held != printed)


def _name(row: Row | None) -> str:
    return str(row["name"] or "") if row else ""


def _whole(value: object) -> str:
    return str(int(value)) if isinstance(value, int | float) else "0"
