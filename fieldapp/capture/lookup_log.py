"""Logging a look-up: one small record through the outbox, because looking data up is accountable."""

from __future__ import annotations

from collections.abc import Mapping

from fieldapp.capture.desk import Desk
from fieldapp.capture.report import store_record
from sync.contract.plate import normalise_plate
from sync.contract.records import NOWHERE, LookUp, Place, check_place


def log_lookup(
    desk: Desk,
    plate: str,
    answer: str,
    *,
    place: Place = NOWHERE,
    reasons: tuple[str, ...] = (),
    ages: Mapping[str, int | None] | None = None,
) -> str:
    """Keep who looked which plate up, when, where and with what answer; durable when its id is returned.

    ``ages``: how old the data was, in seconds by table. ``position_invalid`` for a place that is none.
    """
    lookup_id = desk.new_id()
    check_place(place)
    with desk.work.act():
        look_up = LookUp(
            lookup_id=lookup_id,
            plate=normalise_plate(plate),
            officer_id=desk.officer.officer_id,
            device_id=desk.device_id,
            stamp=desk.work.meta.stamp(desk.clock),
            answer=answer,
            place=place,
            reasons=reasons,
            ages=dict(ages or {}),
        )
        store_record(desk, look_up, lookup_id, "")
    return lookup_id
