"""Whatever is sent, the answer is a problem that names a code, never a 500."""

import gzip
import json

import pytest

from tests.contract.central_device import DeviceUnderTest

ENDPOINTS = ["/enrol", "/sign-in", "/token", "/push", "/photos/offer"]
GARBAGE = [
    b"",
    b"<html><body>Welcome to the hotel network</body></html>",
    b"\x00\xff\xfe",
    b"null",
    b"[]",
    b"17",
    b'"text"',
    b"{}",
    b"[" * 50_000,
    b'{"items": ' + b"[" * 50_000,
    b'{"items": 5, "files": {}, "secret": [], "device_id": 1}',
    b'{"items": ["\\ud800"], "files": [null], "secret": "\\ud800"}',
    b'{"items": [{"op_id": "a", "device_seq": ' + b"9" * 5_000 + b"}]}",
    b'{"items": [{"op_id": "\xff"}]}',
]


@pytest.mark.parametrize("path", ENDPOINTS)
def test_garbage_is_answered_with_a_4xx_problem_or_per_item(tablet: DeviceUnderTest, path: str) -> None:
    for body in GARBAGE:
        answer = tablet.http.post(
            f"{tablet.url}/v1{path}", data=body, headers={"Content-Type": "application/json"}, timeout=60
        )
        if answer.status_code == 200:
            assert {item["status"] for item in answer.json()["answers"]} == {"refused"}, body[:60]
            continue
        assert 400 <= answer.status_code < 500, body[:60]
        assert answer.headers["Content-Type"] == "application/problem+json"
        problem = answer.json()
        assert problem["status"] == answer.status_code
        assert problem["type"] == f"urn:fieldapp:problem:{problem['code']}"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/", 404, "not_found"),
        ("GET", "/v1/nothing", 404, "not_found"),
        ("GET", "/v1/photos/%2e%2e/%2e%2e/central.db", 404, "not_found"),
        ("DELETE", "/v1/push", 405, "method_not_allowed"),
        ("GET", "/v1/push", 405, "method_not_allowed"),
        ("PUT", "/v1/uploads/x", 405, "method_not_allowed"),
        ("GET", "/v1/snapshot/..%2fcentral.db", 404, "not_found"),
        ("GET", "/v1/snapshot/authority.key", 404, "snapshot_unknown"),
        ("GET", "/v1/changes", 400, "header_invalid"),
        ("GET", "/v1/changes?stream=secrets", 400, "header_invalid"),
        ("GET", "/v1/changes?stream=work&cursor=x%00y", 400, "cursor_invalid"),
        ("GET", "/v1/changes?stream=work&cursor=" + "a" * 500, 400, "cursor_invalid"),
        ("GET", "/v1/changes?stream=work&limit=0", 400, "header_invalid"),
        ("GET", "/v1/changes?stream=work&limit=1001", 400, "header_invalid"),
        ("GET", "/v1/changes?stream=work&limit=%C2%B2", 400, "header_invalid"),
        ("GET", "/v1/changes?stream=work&wait=nan", 400, "header_invalid"),
        ("GET", "/v1/changes?stream=work&wait=-1", 400, "header_invalid"),
    ],
)
def test_strange_requests_get_their_problem(
    tablet: DeviceUnderTest,
    method: str,
    path: str,
    status: int,
    code: str,
) -> None:
    answer = tablet.http.request(method, tablet.url + path, timeout=60)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_wrong_method_is_told_the_right_ones(tablet: DeviceUnderTest) -> None:
    answer = tablet.http.put(f"{tablet.url}/v1/uploads/x", timeout=60)
    assert {"HEAD", "PATCH", "DELETE"} <= {name.strip() for name in answer.headers["Allow"].split(",")}


def test_body_over_the_limit_is_refused_before_it_is_read(tablet: DeviceUnderTest) -> None:
    answer = tablet.post("/token", {"device_id": "x" * 100_000})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize(
    "headers",
    [{"Content-Type": "text/html"}, {"Content-Type": "application/json", "Content-Encoding": "gzip"}],
)
def test_other_media_types_and_encodings_are_unsupported(
    tablet: DeviceUnderTest,
    headers: dict[str, str],
) -> None:
    data = gzip.compress(json.dumps({"items": []}).encode())
    answer = tablet.http.post(f"{tablet.url}/v1/push", data=data, headers=headers, timeout=60)
    assert (answer.status_code, answer.json()["code"]) == (415, "media_type_unsupported")
