"""By when something is to be put right, as it is typed and as it stands on the on-site record. Pure.

"2026-3-5", "2026/03/05", "2026.3.5" and "2026年3月5日" are one day. A day that no calendar has is refused
before anybody has signed; so is one gone by, where the tablet's clock can be believed.
"""

from __future__ import annotations

import re
from datetime import date

from sync.contract.errors import InputRefused

_DAY = re.compile(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*")


def deadline(text: str, today: date | None) -> str:
    """The day as YYYY-MM-DD, "" where none was named; ``visit_deadline_odd``, ``visit_deadline_past``.

    ``today`` is None while nobody knows what day it is.
    """
    if not text.strip():
        return ""
    found = _DAY.fullmatch(text)
    try:
        day = None if found is None else date(*(int(part) for part in found.groups()))
    except ValueError:
        day = None
    if day is None:
        raise InputRefused("visit_deadline_odd", given=text.strip()[:32])
    if today is not None and day < today:
        raise InputRefused("visit_deadline_past", day=day.isoformat())
    return day.isoformat()
