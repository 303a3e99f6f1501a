"""The other side checks an officer's credential with an ordinary phone, without a token."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import requests

from sync.central import credentials
from sync.contract.credential_qr import write_credential_link
from tests.contract.central_server import CentralUnderTest


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralUnderTest]:
    place: Path = tmp_path_factory.mktemp("credential")
    with CentralUnderTest(place / "central") as running:
        yield running


def link(central: CentralUnderTest, first: date) -> str:
    inside = central.central
    row = credentials.issue(inside.store, inside.signing, "I2001", first, days=30)
    return write_credential_link(central.url, str(row["text"]))


def ask(central: CentralUnderTest, code: object) -> requests.Response:
    return requests.post(
        f"{central.url}/v1/credential", json={"code": code}, verify=str(central.authority_pem), timeout=30
    )


def test_page_behind_the_code_asks_and_is_kept_by_nobody(central: CentralUnderTest) -> None:
    page = requests.get(
        link(central, central.central.world.now().date()), verify=str(central.authority_pem), timeout=30
    )
    assert page.status_code == 200
    assert "核对执法证件" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(("ago", "standing"), [(10, "good"), (40, "ended"), (-5, "not_yet")])
def test_credential_is_told_with_what_it_is_worth_today(
    central: CentralUnderTest, ago: int, standing: str
) -> None:
    today = central.central.world.now().date()
    shown = link(central, today - timedelta(days=ago))
    told = ask(central, shown.partition("#")[2])
    assert told.status_code == 200
    assert (told.json()["standing"], told.json()["officer_id"]) == (standing, "I2001")


def test_altered_and_broken_ones_are_found_out(central: CentralUnderTest) -> None:
    code = link(central, central.central.world.now().date()).partition("#")[2]
    changed = code[:60] + ("A" if code[60] != "A" else "B") + code[61:]
    assert ask(central, changed).json().get("standing") in ("altered", None)
    assert ask(central, changed).status_code in (200, 422)
    for broken in ("", "x", "§" * 40, code[:-20], "A" * 5000):
        told = ask(central, broken)
        assert (told.status_code, told.json()["code"]) == (422, "credential_broken")
    assert ask(central, 7).status_code == 422
