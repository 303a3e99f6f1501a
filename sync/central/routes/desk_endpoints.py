"""The command desk's endpoints as a table, for the description of the API."""

from __future__ import annotations

from sync.central.desk import DeskAct
from sync.central.desk_pass import DeskPassAnswer, DeskSignIn
from sync.central.routes.desk import PAGE_MAX, DeskActRequest, UnitList
from sync.central.routes.endpoints import JSON, STORING, Endpoint, Parameter
from sync.central.store.clashes import ClashPage
from sync.contract.lifecycle import CaseState

_CASE: Parameter = ("case_id", "path", {"type": "string", "format": "uuid"}, True)

DESK_ENDPOINTS = (
    Endpoint(
        "post",
        "/desk/sign-in",
        "A chief, dispatcher or leader signs in at the command desk",
        (403, 429),
        request=DeskSignIn,
        answer=DeskPassAnswer,
        open=True,
    ),
    Endpoint(
        "get",
        "/desk/cases",
        "Cases, newest first",
        (400,),
        answer=JSON,
        parameters=(
            ("state", "query", {"enum": [state.value for state in CaseState]}, False),
            ("limit", "query", {"type": "integer", "minimum": 1, "maximum": PAGE_MAX}, False),
            ("cursor", "query", {"type": "string", "maxLength": 200}, False),
        ),
    ),
    Endpoint(
        "get",
        "/desk/clashes",
        "Work on cases that had moved on, which waits for a ruling, the longest waiting first",
        (400,),
        answer=ClashPage,
        parameters=(("limit", "query", {"type": "integer", "minimum": 1, "maximum": PAGE_MAX}, False),),
    ),
    Endpoint(
        "get",
        "/desk/units",
        "The responsible units with what they answer for, and their officers",
        answer=UnitList,
    ),
    Endpoint(
        "get",
        "/desk/cases/{case_id}",
        "A case with its acts and photos",
        (400, 404, 422),
        answer=JSON,
        parameters=(_CASE, ("at", "query", {"type": "string", "maxLength": 600}, False)),
    ),
    Endpoint(
        "post",
        "/desk/cases/{case_id}/acts",
        "One decision of the desk, done at most once by its own id, or refused with the reason",
        (404, 409, *STORING),
        request=DeskActRequest,
        answer=DeskAct,
        parameters=(_CASE,),
    ),
)
DESK_SHAPES = (DeskSignIn, DeskPassAnswer, DeskActRequest, DeskAct, ClashPage, UnitList)
