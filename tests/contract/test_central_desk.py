"""The command desk over HTTP: who may, what is decided, what is refused and why, and twice is once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import requests

from sync.contract.ids import new_id
from sync.contract.lifecycle import ActKind
from sync.contract.tables import Row
from sync.contract.wire import PushStatus
from tests.contract.central_device import TIMEOUT, DeviceUnderTest
from tests.contract.central_records import photo_of
from tests.contract.central_server import PIN, CentralUnderTest


class DeskClient:
    """One officer of the desk."""

    def __init__(self, central: CentralUnderTest, officer_id: str) -> None:
        self._url = f"{central.url}/v1/desk"
        self._http = requests.Session()
        self._http.trust_env = False
        self._http.verify = str(central.authority_pem)
        answer = self._post("/sign-in", {"officer_id": officer_id, "pin": PIN})
        self.signed_in = answer.status_code
        self.told = answer.json()
        if answer.ok:
            self._http.headers["Authorization"] = f"Bearer {self.told['token']}"

    def act(self, case_id: str, kind: str, act_id: str = "", **more: object) -> tuple[int, dict[str, Any]]:
        answer = self._post(f"/cases/{case_id}/acts", {"act_id": act_id or new_id(), "kind": kind, **more})
        return answer.status_code, answer.json()

    def get(self, path: str) -> tuple[int, dict[str, Any]]:
        answer = self._http.get(self._url + path, timeout=TIMEOUT)
        return answer.status_code, answer.json()

    def _post(self, path: str, body: object) -> requests.Response:
        headers = {"Content-Type": "application/json"}
        data = msgspec.json.encode(body)
        return self._http.post(self._url + path, data=data, headers=headers, timeout=TIMEOUT)

    def close(self) -> None:
        self._http.close()


@pytest.fixture
def chief(served: CentralUnderTest) -> Iterator[DeskClient]:
    made = DeskClient(served, "C4001")
    yield made
    made.close()


@pytest.fixture
def case_id(tablet: DeviceUnderTest) -> str:
    report = tablet.report(photo_of(b"scene"))
    assert tablet.push_record(report).status is PushStatus.DONE
    return report.report_id


def row_of(chief: DeskClient, case_id: str) -> Row:
    status, told = chief.get(f"/cases/{case_id}")
    assert status == 200
    case: Row = told["case"]
    return case


def send(tablet: DeviceUnderTest, case_id: str, kind: ActKind, officer: str, **more: Any) -> None:
    answer = tablet.push_record(tablet.act(case_id, kind, officer, **more))
    assert answer.status is PushStatus.DONE, answer


def test_whole_loop_is_decided_over_the_network(
    tablet: DeviceUnderTest, chief: DeskClient, case_id: str
) -> None:
    assert chief.act(case_id, "ask_check")[1]["state"] == "checking"
    send(tablet, case_id, ActKind.CONFIRM, "G1002")
    assert chief.act(case_id, "open")[1]["state"] == "opened"
    assert chief.act(case_id, "dispatch", to_officer="U3001")[1]["assignee"] == "U3001"
    send(tablet, case_id, ActKind.ACCEPT, "U3001")
    send(tablet, case_id, ActKind.ASK_DELAY, "U3001", note="more", minutes=90)
    assert row_of(chief, case_id)["asked"] == "ask_delay"
    assert chief.act(case_id, "grant_delay")[0] == 200
    acts = chief.get(f"/cases/{case_id}")[1]["acts"]
    assert [act["minutes"] for act in acts if act["kind"] == "grant_delay"] == [90]
    send(tablet, case_id, ActKind.ASK_SUSPEND, "U3001", note="dispute")
    assert chief.act(case_id, "refuse_suspend", note="no")[1]["state"] == "accepted"
    send(tablet, case_id, ActKind.RETURN, "U3001", note="not ours")
    assert chief.act(case_id, "refuse_return", note="it is")[1]["state"] == "dispatched"
    send(tablet, case_id, ActKind.ACCEPT, "U3001")
    assert chief.act(case_id, "suspend", note="court")[1]["state"] == "suspended"
    assert chief.act(case_id, "resume")[1]["state"] == "accepted"
    assert chief.act(case_id, "supervise", note="see to it")[0] == 200
    send(tablet, case_id, ActKind.ARRIVE, "U3001")
    send(tablet, case_id, ActKind.HANDLE, "U3001", photos=(photo_of(b"after"),))
    send(tablet, case_id, ActKind.FEED_BACK, "U3001")
    send(tablet, case_id, ActKind.VERIFY, "G1002")
    closing = new_id()
    for _ in range(2):
        assert chief.act(case_id, "close", closing, learned="call first")[1]["state"] == "closed"
    acts = chief.get(f"/cases/{case_id}")[1]["acts"]
    assert [(act["kind"], act["note"]) for act in acts][-2:] == [("close", ""), ("learn", "call first")]
    assert chief.act(case_id, "learn", note="earlier next time")[0] == 200
    assert row_of(chief, case_id)["supervised"] == 1


def test_same_act_again_is_done_once_and_another_under_its_id_is_refused(
    chief: DeskClient, case_id: str
) -> None:
    act_id = new_id()
    first = chief.act(case_id, "open", act_id)
    again = chief.act(case_id, "open", act_id)
    other = chief.act(case_id, "supervise", act_id, note="x")

    assert first == again
    assert (other[0], other[1]["code"]) == (409, "record_conflict")
    assert [act["kind"] for act in chief.get(f"/cases/{case_id}")[1]["acts"]] == ["open"]


@pytest.mark.parametrize(
    ("kind", "more", "status", "code"),
    [
        ("close", {}, 409, "act_not_allowed"),
        ("refuse_delay", {"note": "no"}, 409, "act_not_allowed"),
        ("void", {}, 403, "act_needs_note"),
        ("handle", {}, 422, "desk_act_unknown"),
        ("open", {"condition": "99/9"}, 422, "condition_unknown"),
        ("open", {"act_id": "x"}, 422, "id_invalid"),
        ("grant_delay", {"minutes": -1}, 422, "request_invalid"),
    ],
)
def test_act_that_may_not_be_is_refused_with_its_reason_and_leaves_nothing(
    chief: DeskClient, case_id: str, kind: str, more: dict[str, object], status: int, code: str
) -> None:
    answered, problem = chief.act(case_id, kind, **more)  # type: ignore[arg-type]

    assert (answered, problem["code"]) == (status, code)
    assert chief.get(f"/cases/{case_id}")[1]["acts"] == []


def test_case_that_is_not_there_is_said(chief: DeskClient) -> None:
    status, problem = chief.act(new_id(), "open")
    assert (status, problem["code"]) == (404, "case_not_found")


def test_role_decides_and_the_field_is_not_let_in(served: CentralUnderTest, case_id: str) -> None:
    field = DeskClient(served, "G1001")
    leader = DeskClient(served, "L6001")

    assert (field.signed_in, field.told["code"]) == (403, "desk_not_your_role")
    assert leader.act(case_id, "open")[1]["code"] == "act_not_your_role"
    assert leader.act(case_id, "supervise", note="look")[0] == 200
    assert field.act(case_id, "open")[0] == 401
    field.close()
    leader.close()


def test_pass_that_was_changed_or_belongs_to_a_tablet_is_not_taken(
    served: CentralUnderTest, tablet: DeviceUnderTest, chief: DeskClient
) -> None:
    good = chief.told["token"]
    for token in (good[:-2] + "AA", good + "A", "", "x" * 5000, tablet.token):
        answer = requests.get(
            f"{served.url}/v1/desk/cases",
            headers={"Authorization": f"Bearer {token}"},
            verify=str(served.authority_pem),
            timeout=TIMEOUT,
        )
        assert answer.status_code == 401, token[:20]


def test_cases_are_listed_by_state(chief: DeskClient, case_id: str) -> None:
    assert chief.get("/cases?state=reported&limit=1")[1]["cases"][0]["case_id"] == case_id
    assert chief.get("/cases?state=withdrawn")[1]["cases"] == []
    assert chief.get("/cases?state=nowhere")[0] == 400


def handled_by_the_former_owner(tablet: DeviceUnderTest, chief: DeskClient, case_id: str) -> str:
    chief.act(case_id, "open")
    chief.act(case_id, "dispatch", to_officer="U3001")
    send(tablet, case_id, ActKind.ACCEPT, "U3001")
    send(tablet, case_id, ActKind.RETURN, "U3001", note="not ours")
    chief.act(case_id, "dispatch", to_officer="I2001")
    late = tablet.act(case_id, ActKind.HANDLE, "U3001", note="done", photos=(photo_of(b"late"),))
    assert tablet.push_record(late).code == "act_not_allowed"
    return late.act_id


def test_clash_is_listed_upheld_once_and_gone_from_the_list(
    tablet: DeviceUnderTest, chief: DeskClient, case_id: str
) -> None:
    late = handled_by_the_former_owner(tablet, chief, case_id)
    status, told = chief.get("/clashes")
    clash = next(one for one in told["clashes"] if one["case_id"] == case_id)
    assert (status, clash["officer_id"], clash["assignee"]) == (200, "U3001", "I2001")
    assert (clash["act_id"], clash["work"], clash["acts"][0]["photos"]) == (late, True, 1)

    answered, done = chief.act(case_id, "uphold", about=late)
    assert (answered, done["state"], done["assignee"]) == (200, "fed_back", "U3001")
    again = chief.act(case_id, "uphold", about=late)
    assert (again[0], again[1]["code"]) == (404, "ruling_unknown")
    assert case_id not in {one["case_id"] for one in chief.get("/clashes")[1]["clashes"]}
    acts = {act["act_id"]: act for act in chief.get(f"/cases/{case_id}")[1]["acts"]}
    assert acts[late]["standing"] == "upheld"


def test_clash_is_set_aside_only_with_a_reason(
    tablet: DeviceUnderTest, chief: DeskClient, case_id: str
) -> None:
    late = handled_by_the_former_owner(tablet, chief, case_id)
    assert chief.act(case_id, "set_aside", about=late)[1]["code"] == "act_needs_note"
    assert chief.act(case_id, "set_aside", about=late, note="too late")[1]["state"] == "dispatched"


def test_alert_is_raised_over_http_once_listed_and_given_to_an_officer(chief: DeskClient) -> None:
    alert: dict[str, object] = {"alert_id": new_id(), "kind": "speeding", "severity": 2, "plate": "粤B00001"}
    raised = chief._post("/alerts", alert)
    assert (raised.status_code, raised.json()["state"]) == (200, "open")
    assert chief._post("/alerts", alert).json() == raised.json()
    assert chief._post("/alerts", {**alert, "severity": 3}).status_code == 409
    assert chief._post("/alerts", {**alert, "severity": 9}).status_code == 422
    status, page = chief.get("/alerts?state=open&limit=10")
    assert (status, [one["alert_id"] for one in page["alerts"]]) == (200, [alert["alert_id"]])
    acts = f"/alerts/{alert['alert_id']}/acts"
    given = chief._post(acts, {"act_id": new_id(), "kind": "pass_on", "to_officer": "I2001"})
    assert (given.status_code, given.json()["holder"]) == (200, "I2001")
    assert chief._post(acts, {"act_id": new_id(), "kind": "take"}).status_code == 422
    assert chief._post(acts, {"act_id": new_id(), "kind": "reopen"}).status_code == 409
    assert chief._post(f"/alerts/{new_id()}/acts", {"act_id": new_id(), "kind": "release"}).status_code == 404
    assert chief.get("/squads?lon=113.9&lat=22.5")[0] == 200
    assert chief.get("/squads?lon=x")[0] == 400
    assert chief.get("/calls?state=open") == (200, {"calls": []})
