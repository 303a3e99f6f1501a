"""The visited party's rating over the network: no token, once, and nothing told to who has no code."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import requests

from sync.contract.ids import new_id
from sync.contract.records import RecordType, Visit
from sync.contract.visit_qr import write_rating_link
from sync.contract.wire import PushItem, encode_record, sha256_hex
from tests.contract.central_server import CentralUnderTest
from tests.contract.visit_maker import make_visit


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralUnderTest]:
    with CentralUnderTest(tmp_path / "central") as running:
        yield running


def arrived(central: CentralUnderTest) -> Visit:
    device_id = new_id()
    visit = make_visit("I2001", "I2002", device_id)
    body = encode_record(visit)
    item = PushItem(visit.visit_id, 1, RecordType.VISIT, visit.visit_id, body, sha256_hex(body.encode()))
    reply = central.central.intake.push(device_id, [msgspec.Raw(msgspec.json.encode(item))])
    assert reply.answers[0].receipt is not None
    return visit


def post(central: CentralUnderTest, visit_id: str, body: object) -> requests.Response:
    link, _, _ = write_rating_link(central.url, visit_id, "").partition("#")
    return requests.post(link, json=body, verify=str(central.authority_pem), timeout=30)


def test_page_behind_the_code_is_the_same_for_every_visit(central: CentralUnderTest) -> None:
    visit = arrived(central)
    pages = [
        requests.get(
            write_rating_link(central.url, visit_id, "code"), verify=str(central.authority_pem), timeout=30
        )
        for visit_id in (visit.visit_id, new_id())
    ]
    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].text == pages[1].text
    assert "请评价" in pages[0].text
    assert pages[0].headers["cache-control"] == "no-store"


def test_rating_is_taken_once_and_refused_in_words_afterwards(central: CentralUnderTest) -> None:
    visit = arrived(central)
    good = {"code": visit.rating_code, "stars": 5, "note": "规范"}
    wrong = post(central, visit.visit_id, {**good, "code": "x"})
    assert (wrong.status_code, wrong.json()["code"]) == (404, "visit_unknown")
    assert post(central, new_id(), good).json()["code"] == "visit_unknown"
    assert post(central, visit.visit_id, {**good, "stars": 9}).status_code == 422
    first = post(central, visit.visit_id, good)
    assert (first.status_code, first.json()) == (200, {"visit_id": visit.visit_id, "stars": 5})
    again = post(central, visit.visit_id, good)
    assert (again.status_code, again.json()["code"]) == (409, "already_rated")
    assert central.central.visits.page().visits[0]["rating_note"] == "规范"


def test_garbage_is_refused_and_never_a_fault(central: CentralUnderTest) -> None:
    for visit_id, body in (
        ("x", {"code": "a", "stars": 1}),
        (new_id(), {}),
        (new_id(), []),
        (new_id(), "五星"),
    ):
        assert 400 <= post(central, visit_id, body).status_code < 500
