"""What ``fieldapp`` says beside an answer that stands: a position that is taken as it is, and looks wrong.

The window says the same before the act (``TaskActions``, the place of a report); nobody is kept from work.
"""

from __future__ import annotations

import os

from fieldapp.geo.distance import metres_between, surely_far
from sync.cli.frame import Result, chosen_language
from sync.contract.codes import OUTSIDE
from sync.contract.records import Place
from sync.contract.tables import Row
from sync.messages import sentence


def on_report(grid_cell: str) -> Result:
    """A report whose place lies in no grid cell of the city."""
    return {"remark": _said("report_outside", {})} if grid_cell == OUTSIDE else {}


def on_arrival(place: Place, case: Row) -> Result:
    """How far an arrival is from the case's place, and that it is far where it certainly is."""
    if place.lon is None or place.lat is None or case["lon"] is None or case["lat"] is None:
        return {}
    metres = metres_between(place.lon, place.lat, float(str(case["lon"])), float(str(case["lat"])))
    answer: Result = {"distance_m": round(metres)}
    if surely_far(metres, place.accuracy_m):
        answer["remark"] = _said("arrived_far", {"metres": round(metres)})
    return answer


def _said(code: str, facts: dict[str, object]) -> str:
    return sentence(code, facts, chosen_language(os.environ))
