"""The endpoints of alerts and reinforcement as a table, for the description of the API."""

from __future__ import annotations

from typing import Any

from sync.central.alert_desk import DoneOnAlert
from sync.central.routes.alerts import AlertActRequest
from sync.central.routes.desk import PAGE_MAX
from sync.central.routes.endpoints import JSON, STORING, Endpoint, Parameter
from sync.central.store.alerts import AlertPage, NewAlert
from sync.contract.alerts import AlertState
from sync.contract.calls import CallState

_ALERT: Parameter = ("alert_id", "path", {"type": "string", "format": "uuid"}, True)
_LON: dict[str, Any] = {"type": "number", "minimum": -180, "maximum": 180}
_LAT: dict[str, Any] = {"type": "number", "minimum": -90, "maximum": 90}

ALERT_ENDPOINTS = (
    Endpoint(
        "post",
        "/desk/alerts",
        "Raise an alert, at most once by its own id",
        (409, *STORING),
        request=NewAlert,
        answer=JSON,
    ),
    Endpoint(
        "get",
        "/desk/alerts",
        "Alerts with where they stand, newest first",
        (400,),
        answer=AlertPage,
        parameters=(
            ("state", "query", {"enum": [state.value for state in AlertState]}, False),
            ("limit", "query", {"type": "integer", "minimum": 1, "maximum": PAGE_MAX}, False),
            ("before", "query", {"type": "string", "maxLength": 200}, False),
        ),
    ),
    Endpoint(
        "post",
        "/desk/alerts/{alert_id}/acts",
        "One act of command on an alert, done at most once by its own id, or refused with the reason",
        (404, 409, *STORING),
        request=AlertActRequest,
        answer=DoneOnAlert,
        parameters=(_ALERT,),
    ),
    Endpoint(
        "get",
        "/desk/calls",
        "Calls for reinforcement, newest first",
        (400,),
        answer=JSON,
        parameters=(("state", "query", {"enum": [state.value for state in CallState]}, False),),
    ),
    Endpoint(
        "get",
        "/desk/squads",
        "Where every squad is, whether it is free, and who would be asked from a place",
        (400,),
        answer=JSON,
        parameters=(("lon", "query", _LON, False), ("lat", "query", _LAT, False)),
    ),
)
ALERT_SHAPES = (NewAlert, AlertPage, AlertActRequest, DoneOnAlert)
