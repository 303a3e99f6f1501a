"""Alerts and reinforcement over HTTP, with a pass of the command desk: raise, list, act; squads and calls."""

from __future__ import annotations

import math

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from sync.central.alert_desk import DESK_ALERT_ACTS, AlertDesk
from sync.central.routes.desk import PAGE_MAX, officer_of
from sync.central.routes.exchange import answer, central_of, read_json, whole_number
from sync.central.store.alerts import NewAlert
from sync.clock import SystemClock
from sync.contract.alerts import AlertActKind, AlertState
from sync.contract.calls import CallState
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.ids import check_id


class AlertActRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """One act of command on an alert. ``act_id`` is the asker's own (UUID): the same again does no more."""

    act_id: str
    kind: AlertActKind
    note: str = ""
    to_officer: str = ""


async def add(request: Request) -> Response:
    """``POST /v1/desk/alerts``: raise an alert; the same one again is answered and not raised twice."""
    central = central_of(request)
    await officer_of(request)
    alert = await read_json(request, NewAlert)
    return answer(dict(await central.work(central.alerts.add, alert)))


async def page(request: Request) -> Response:
    """``GET /v1/desk/alerts?state=&limit=&before=``: alerts, newest first."""
    central = central_of(request)
    await officer_of(request)
    query = request.query_params
    state = query.get("state", "")
    if state and state not in {known.value for known in AlertState}:
        raise InputRefused("header_invalid", name="state")
    limit = whole_number(query.get("limit", "50"), "limit", low=1, high=PAGE_MAX)
    wanted = AlertState(state) if state else None
    return answer(await central.work(central.alerts.page, wanted, limit, query.get("before", "")))


async def act(request: Request) -> Response:
    """``POST /v1/desk/alerts/{alert_id}/acts``: one act, done or refused with its reason."""
    central = central_of(request)
    officer_id = await officer_of(request)
    alert_id = check_id(request.path_params["alert_id"])
    asked = await read_json(request, AlertActRequest)
    check_id(asked.act_id)
    if asked.kind not in DESK_ALERT_ACTS:
        raise NeedsPerson("desk_act_unknown", act=asked.kind.value)
    desk = AlertDesk(central.store, central.world, SystemClock())
    done = await central.work(
        desk.act,
        alert_id,
        asked.kind,
        officer_id=officer_id,
        to_officer=asked.to_officer,
        note=asked.note,
        act_id=asked.act_id,
    )
    return answer(done)


async def calls(request: Request) -> Response:
    """``GET /v1/desk/calls?state=``: calls for reinforcement, newest first."""
    central = central_of(request)
    await officer_of(request)
    state = request.query_params.get("state", "")
    if state and state not in {known.value for known in CallState}:
        raise InputRefused("header_invalid", name="state")
    found = await central.work(central.calls.calls, CallState(state) if state else None)
    return answer({"calls": found})


async def squads(request: Request) -> Response:
    """``GET /v1/desk/squads?lon=&lat=``: where every squad is, and who would be asked from that place."""
    central = central_of(request)
    await officer_of(request)
    lon, lat = (_degrees(request.query_params.get(name), name) for name in ("lon", "lat"))
    return answer({"squads": msgspec.to_builtins(await central.work(central.calls.squads, lon, lat))})


def _degrees(text: str | None, name: str) -> float | None:
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        raise InputRefused("header_invalid", name=name) from None
    if not math.isfinite(number) or abs(number) > 180 or (name == "lat" and abs(number) > 90):
        raise InputRefused("header_invalid", name=name)
    return number
