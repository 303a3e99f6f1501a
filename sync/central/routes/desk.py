"""The command desk over HTTP: sign in, look at cases, do an act. Each act at most once, by the asker's id."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from sync.central.desk import DESK_ACTS, Desk
from sync.central.desk_pass import DeskSignIn
from sync.central.routes.exchange import answer, central_of, read_json, whole_number
from sync.central.store.checks import WORD_MAX, check_time
from sync.central.store.clashes import Clashes
from sync.central.store.units import UnitCard
from sync.clock import SystemClock
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.ids import check_id
from sync.contract.lifecycle import ActKind, CaseState
from sync.contract.records import MINUTES_MAX

PAGE_MAX = 1000
MOMENTS_MAX = 16


class DeskActRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """One act of the desk. ``act_id`` is the asker's own (UUID): the same one again does nothing more.

    ``to_officer`` for a dispatch, or ``to_unit`` (number or name: who of it has the fewest cases in hand;
    with neither, of the unit that the report names). ``minutes`` for a granted delay, ``condition`` for an
    opening, ``about`` (a refused act of the case) for a ruling, ``learned`` for what is written down at
    closing (复盘).
    """

    act_id: str
    kind: ActKind
    note: str = ""
    to_officer: str = ""
    to_unit: Annotated[str, msgspec.Meta(max_length=WORD_MAX)] = ""
    minutes: Annotated[int, msgspec.Meta(ge=0, le=MINUTES_MAX)] = 0
    condition: str = ""
    about: str = ""
    learned: str = ""


async def sign_in(request: Request) -> Response:
    """``POST /v1/desk/sign-in``: number and PIN of a chief, dispatcher or leader for a pass."""
    central = central_of(request)
    body = await read_json(request, DeskSignIn)
    return answer(await central.work(central.desk_passes.sign_in, body))


async def cases(request: Request) -> Response:
    """``GET /v1/desk/cases?state=&limit=&cursor=``: cases, newest first."""
    central = central_of(request)
    await officer_of(request)
    query = request.query_params
    state = query.get("state", "")
    if state and state not in {known.value for known in CaseState}:
        raise InputRefused("header_invalid", name="state")
    limit = whole_number(query.get("limit", "50"), "limit", low=1, high=PAGE_MAX)
    wanted = CaseState(state) if state else None
    return answer(await central.work(central.ledger.page, wanted, limit, query.get("cursor", "")))


async def case(request: Request) -> Response:
    """``GET /v1/desk/cases/{case_id}?at=``: a case with acts, photos and its light.

    ``at`` names the moments to read the light at, comma between; now, where none is named.
    """
    central = central_of(request)
    await officer_of(request)
    asked = request.query_params.get("at", "")
    at = [_moment(text) for text in asked.split(",")[:MOMENTS_MAX]] if asked else [central.world.now()]
    return answer(await central.work(central.ledger.case, check_id(request.path_params["case_id"]), *at))


class UnitList(msgspec.Struct, frozen=True):
    """The city's units, then other squads that handle cases."""

    units: list[UnitCard]


async def units(request: Request) -> Response:
    """``GET /v1/desk/units``: the responsible units, what they answer for, and their officers."""
    central = central_of(request)
    await officer_of(request)
    return answer(UnitList(await central.work(central.ledger.units)))


async def clashes(request: Request) -> Response:
    """``GET /v1/desk/clashes?limit=``: what was done on cases that had moved on, undecided."""
    central = central_of(request)
    await officer_of(request)
    limit = whole_number(request.query_params.get("limit", "50"), "limit", low=1, high=PAGE_MAX)
    return answer(await central.work(Clashes(central.store).page, limit))


async def act(request: Request) -> Response:
    """``POST /v1/desk/cases/{case_id}/acts``: one act, done or refused with its reason."""
    central = central_of(request)
    officer_id = await officer_of(request)
    case_id = check_id(request.path_params["case_id"])
    asked = await read_json(request, DeskActRequest)
    if asked.kind not in DESK_ACTS:
        raise NeedsPerson("desk_act_unknown", act=asked.kind.value)
    desk = Desk(central.store, central.world, SystemClock())

    def do() -> msgspec.Struct:
        _, done = desk.act(
            case_id,
            asked.kind,
            officer_id=officer_id,
            note=asked.note,
            to_officer=asked.to_officer,
            to_unit=asked.to_unit,
            act_id=check_id(asked.act_id),
            minutes=asked.minutes,
            condition=asked.condition,
            about=asked.about,
            learned=asked.learned,
        )
        return done

    return answer(await central.work(do))


def _moment(text: str) -> datetime:
    try:
        return check_time(datetime.fromisoformat(text))
    except ValueError:
        raise InputRefused("header_invalid", name="at") from None


async def officer_of(request: Request) -> str:
    """Whose pass of the desk came along."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NeedsPerson("token_missing")
    central = central_of(request)
    return await central.work(central.desk_passes.officer, token.strip())
