"""Looking up a truck in the replica: permits, blacklist, and how old the data is. Offline, no verdict yet."""

from __future__ import annotations

import msgspec

from fieldapp.capture.desk import Desk
from sync.contract.plate import parse_plate
from sync.contract.tables import Row, Stream


class Found(msgspec.Struct, frozen=True):
    """What the replica knows of a plate. ``data_as_of`` is ISO UTC, None before the first fill."""

    plate: str
    found: bool
    permits: list[dict[str, object]]
    blacklist: list[Row]
    data_as_of: str | None


def look_up(desk: Desk, plate_text: str) -> Found:
    """All there is on a whole plate; ``plate_impossible`` for what no plate can be."""
    plate = parse_plate(plate_text).text
    permits = [_with_names(desk, row) for row in desk.reference.permits(plate)]
    subjects = {plate, *(str(permit["company_id"]) for permit in permits)}
    blacklist = desk.work.city.blacklist(sorted(subjects))
    return Found(plate, bool(permits or blacklist), permits, blacklist, data_as_of(desk))


def data_as_of(desk: Desk) -> str | None:
    """The older of the two streams' last good pull: no answer is fresher than its older half."""
    reference = desk.reference.cursor()
    work = desk.work.meta.cursor(Stream.WORK)
    if reference is None or work is None:
        return None
    return min(reference.moved_at, work.moved_at).isoformat()


def _with_names(desk: Desk, permit: Row) -> dict[str, object]:
    company = desk.reference.company(str(permit["company_id"]))
    site = desk.reference.site(str(permit["site_id"]))
    disposal = desk.reference.disposal_site(str(permit["disposal_site_id"]))
    return {
        **permit,
        "company": company["name"] if company else None,
        "credit_code": company["credit_code"] if company else None,
        "site": site["name"] if site else None,
        "disposal_site": disposal["name"] if disposal else None,
    }
