"""Central's command desk over HTTP: one chief, dispatcher or leader, signed in by number and PIN.

The pass runs out after twelve hours; it is fetched anew when central says so.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from sync.contract.errors import NeedsPerson
from sync.contract.ids import new_id
from sync.contract.lifecycle import ActKind
from sync.contract.tables import Row
from sync.contract.wire import API
from sync.remote.address import parse_address
from sync.remote.answers import JSON, decode
from sync.remote.transport import Transport

PAGE = 1000
T = TypeVar("T")


class _SignIn(msgspec.Struct, frozen=True):
    officer_id: str
    pin: str


class _Pass(msgspec.Struct, frozen=True):
    token: str


class _CasePage(msgspec.Struct, frozen=True):
    cases: list[Row]
    cursor: str


class _AlertPage(msgspec.Struct, frozen=True):
    alerts: list[Row]
    before: str


class _Calls(msgspec.Struct, frozen=True):
    calls: list[Row]


class ToldLimit(msgspec.Struct, frozen=True):
    """The light of a case at a moment, by central's calendar."""

    at: datetime
    level: str
    left_s: int | None = None


class ToldFile(msgspec.Struct, frozen=True):
    """A file that belongs to a case, and whether central has its bytes."""

    record_id: str
    lane: str
    sha256: str
    bytes: int
    held: bool


class ToldCase(msgspec.Struct, frozen=True):
    """A case as central tells it at the desk."""

    case: Row
    acts: list[Row]
    photos: list[ToldFile] = []
    times_at_central: int = 0
    limits: list[ToldLimit] = []


class ToldClash(msgspec.Struct, frozen=True):
    """Work on a case that had moved on, undecided. ``act_id`` is what a ruling names."""

    act_id: str
    case_id: str
    officer_id: str
    work: bool


class _Clashes(msgspec.Struct, frozen=True):
    clashes: list[ToldClash]


class DoneAct(msgspec.Struct, frozen=True):
    """Where an act left the case."""

    act_id: str
    state: str
    assignee: str


class _Order(msgspec.Struct, frozen=True, omit_defaults=True):
    act_id: str
    kind: ActKind
    note: str = ""
    to_officer: str = ""
    about: str = ""


class DeskRemote:
    """Used by one thread at a time."""

    def __init__(self, server: str, authority: Path, officer_id: str, pin: str) -> None:
        self._transport = Transport(parse_address(server), authority)
        self._who = _SignIn(officer_id, pin)
        self._token = ""

    def cases(self) -> list[Row]:
        """Every case, newest first, without its acts."""
        found: list[Row] = []
        cursor = ""
        while True:
            page = self._get("/desk/cases", _CasePage, limit=str(PAGE), cursor=cursor)
            found += page.cases
            cursor = page.cursor
            if not cursor:
                return found

    def case(self, case_id: str, *at: datetime) -> ToldCase:
        """One case with its acts and files; its light at these moments (none named: now)."""
        query = {"at": ",".join(moment.isoformat() for moment in at)} if at else {}
        return self._get(f"/desk/cases/{case_id}", ToldCase, **query)

    def raise_alert(self, alert: dict[str, object]) -> Row:
        """Raise an alert, once by its own id."""
        return self._ask("POST", "/desk/alerts", Row, body=msgspec.json.encode(alert))

    def alerts(self) -> list[Row]:
        """Every alert, newest first."""
        found: list[Row] = []
        before = ""
        while True:
            page = self._get("/desk/alerts", _AlertPage, limit=str(PAGE), before=before)
            found += page.alerts
            before = page.before
            if not before:
                return found

    def calls(self) -> list[Row]:
        """Calls for reinforcement, newest first."""
        return self._get("/desk/calls", _Calls).calls

    def clashes(self) -> list[ToldClash]:
        """What waits for a ruling."""
        return self._get("/desk/clashes", _Clashes, limit=str(PAGE)).clashes

    def act(
        self, case_id: str, kind: ActKind, *, note: str = "", to_officer: str = "", about: str = ""
    ) -> DoneAct:
        """One act; a refusal is raised with central's code."""
        order = _Order(new_id(), kind, note, to_officer, about)
        return self._ask("POST", f"/desk/cases/{case_id}/acts", DoneAct, body=msgspec.json.encode(order))

    def close(self) -> None:
        """Let go."""
        self._transport.close()

    def _get(self, path: str, shape: type[T], **query: str) -> T:
        return self._ask("GET", path, shape, query=query)

    def _ask(
        self,
        method: str,
        path: str,
        shape: type[T],
        *,
        query: dict[str, str] | None = None,
        body: bytes = b"",
    ) -> T:
        if not self._token:
            self._sign_in()
        try:
            return self._once(method, path, shape, query, body)
        except NeedsPerson as error:
            if error.code != "token_expired":
                raise
        self._sign_in()
        return self._once(method, path, shape, query, body)

    def _once(self, method: str, path: str, shape: type[T], query: dict[str, str] | None, body: bytes) -> T:
        headers = {"Authorization": f"Bearer {self._token}"}
        if body:
            headers["Content-Type"] = JSON
        answer = self._transport.ask(method, API + path, headers=headers, query=query, body=body or None)
        return decode(answer, shape)

    def _sign_in(self) -> None:
        body = msgspec.json.encode(self._who)
        headers = {"Content-Type": JSON}
        answer = self._transport.ask("POST", f"{API}/desk/sign-in", headers=headers, body=body)
        self._token = decode(answer, _Pass).token
