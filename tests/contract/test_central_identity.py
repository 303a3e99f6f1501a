"""Enrolment, sign-in and tokens over real TLS."""

import ssl

import requests

from sync.contract.enrolment import authority_fingerprint, parse_code
from sync.contract.wire import token_text
from tests.contract.central_device import DeviceUnderTest
from tests.contract.central_server import PIN, CentralUnderTest


def sign_in(device: DeviceUnderTest, officer_id: str, pin: str) -> requests.Response:
    return device.post("/sign-in", {"device_id": device.device_id, "officer_id": officer_id, "pin": pin})


def test_typed_code_carries_the_fingerprint_of_the_authority_in_the_chain(served: CentralUnderTest) -> None:
    code = parse_code(served.enrol_code())
    der = ssl.PEM_cert_to_DER_cert(served.authority_pem.read_text())
    assert code.fingerprint == authority_fingerprint(der)


def test_right_pin_gives_the_card_and_this_devices_escrow(tablet: DeviceUnderTest) -> None:
    answer = sign_in(tablet, "I2001", PIN)
    assert answer.status_code == 200
    assert answer.json()["escrow"] == tablet.escrow
    assert answer.json()["officer"]["role"] == "inspector"


def test_wrong_pins_end_in_429_with_a_time_to_wait(tablet: DeviceUnderTest) -> None:
    answers = [sign_in(tablet, "L6001", "000000") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [403] * 5 + [429]
    assert answers[0].json()["code"] == "pin_wrong"
    assert answers[-1].json()["code"] == "too_many_attempts"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 31


def test_sign_in_needs_no_token_but_a_device_that_is_welcome(
    tablet: DeviceUnderTest, served: CentralUnderTest
) -> None:
    tablet.http.headers.pop("Authorization")
    assert sign_in(tablet, "G1001", PIN).status_code == 200
    served.central.devices.set_active(tablet.device_id, False)
    answer = sign_in(tablet, "G1001", PIN)
    assert (answer.status_code, answer.json()["code"]) == (403, "device_refused")
    strange = {"device_id": "01a20004-3076-74ad-ae11-989a13a8c357", "officer_id": "G1001", "pin": PIN}
    assert tablet.post("/sign-in", strange).json()["code"] == "device_refused"


def test_device_renews_its_token_by_signature(tablet: DeviceUnderTest) -> None:
    nonce = "0123456789abcdef"
    signature = tablet.key.sign(token_text(tablet.device_id, nonce)).hex()
    body = {"device_id": tablet.device_id, "nonce": nonce, "signature": signature}
    tablet.http.headers.pop("Authorization")
    answer = tablet.post("/token", body)
    assert answer.status_code == 200
    tablet.http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    assert tablet.get("/changes", params={"stream": "work"}).status_code == 200
    assert tablet.post("/token", body).json()["code"] == "nonce_used"


def test_everything_but_the_way_in_needs_a_token(tablet: DeviceUnderTest) -> None:
    tablet.http.headers.pop("Authorization")
    for method, path in [
        ("POST", "/push"),
        ("POST", "/photos/offer"),
        ("GET", "/changes?stream=work"),
        ("GET", "/snapshot"),
        ("GET", "/snapshot/x"),
        ("GET", "/photos/" + "0" * 64),
    ]:
        answer = tablet.http.request(method, f"{tablet.url}/v1{path}", timeout=60)
        assert (answer.status_code, answer.json()["code"]) == (401, "token_missing"), path
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert tablet.get("/health").json()["ok"] is True


def test_invented_token_is_refused(tablet: DeviceUnderTest) -> None:
    tablet.http.headers["Authorization"] = "Bearer " + "0" * 64
    assert tablet.get("/snapshot").json()["code"] == "token_invalid"


def test_device_data_and_tokens_outlive_a_restart(served: CentralUnderTest, tablet: DeviceUnderTest) -> None:
    report = tablet.report()
    tablet.push_record(report)
    tablet.close()
    served.stop()
    served.start()
    assert [change.id for change in tablet.changes("work").changes].count(report.report_id) == 1
