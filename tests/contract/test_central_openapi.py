"""The description of the API says what is there, and nothing else."""

import re
from typing import Any

from sync.central.app import ROUTES
from tests.contract.central_device import DeviceUnderTest


def described(tablet: DeviceUnderTest) -> dict[str, Any]:
    answer = tablet.get("/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_every_endpoint_is_described_and_every_description_has_its_endpoint(tablet: DeviceUnderTest) -> None:
    document = described(tablet)
    told = {(path, method.upper()) for path, methods in document["paths"].items() for method in methods}
    served = {
        (route.path, method)
        for route in ROUTES
        for method in route.methods or ()
        if not (method == "HEAD" and "GET" in (route.methods or ()))
    }
    assert told == served


def test_every_reference_in_the_description_is_there(tablet: DeviceUnderTest) -> None:
    document = described(tablet)
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', tablet.get("/openapi.json").text))
    assert references <= set(document["components"]["schemas"])
    assert document["openapi"].startswith("3.1")


def test_path_parameters_are_declared(tablet: DeviceUnderTest) -> None:
    for path, methods in described(tablet)["paths"].items():
        for operation in methods.values():
            declared = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
            assert declared == set(re.findall(r"\{(\w+)\}", path))
