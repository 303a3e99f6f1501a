"""Who may talk to central, and for how long."""

from datetime import timedelta

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from sync.central.composition import Central
from sync.central.store.devices import Device
from sync.contract.errors import FieldError
from sync.contract.wire import EnrolAnswer, EnrolRequest, TokenRequest, token_text
from tests.contract.central_server import PIN
from tests.unit.central.conftest import ToldClock

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
REQUEST = EnrolRequest("", PUBLIC, "cd" * 32, "tablet", "linux")


def fresh_secret(central: Central, officer: str = "") -> str:
    return central.devices.issue_code(b"authority", officer, timedelta(hours=1)).code.secret


def enrol(
    central: Central, secret: str, address: str = "10.0.0.1", **other: str | TokenRequest
) -> EnrolAnswer:
    request = msgspec.structs.replace(REQUEST, secret=secret, **other)
    return central.devices.enrol(request, address)


def renewal(device_id: str, nonce: str = "n" * 16) -> TokenRequest:
    return TokenRequest(device_id, nonce, KEY.sign(token_text(device_id, nonce)).hex())


def test_code_lets_one_device_in_and_names_its_officer(central: Central) -> None:
    answer = enrol(central, fresh_secret(central, "g1001"))
    assert answer.officer_id == "G1001"
    assert answer.city.division == "440306"
    assert central.devices.authenticate(answer.token).device_id == answer.device_id


def test_same_device_asking_again_after_a_lost_answer_is_the_same_device(central: Central) -> None:
    secret = fresh_secret(central)
    first, second = enrol(central, secret), enrol(central, secret)
    assert second.device_id == first.device_id
    assert central.devices.authenticate(second.token).device_id == first.device_id


def test_tablet_enrolled_anew_stays_the_device_it_was_and_is_let_in_again(central: Central) -> None:
    first = enrol(central, fresh_secret(central))
    central.devices.set_active(first.device_id, active=False)
    again = enrol(central, fresh_secret(central), escrow="ef" * 32, former=renewal(first.device_id))
    assert again.device_id == first.device_id
    assert central.devices.authenticate(again.token).device_id == first.device_id
    assert central.devices.escrow(first.device_id) == "ef" * 32


def test_tablet_that_central_has_lost_stays_the_device_it_was(central: Central) -> None:
    former = "0191d8f0-0000-7000-8000-000000000001"
    assert enrol(central, fresh_secret(central), former=renewal(former)).device_id == former


def test_nobody_becomes_a_device_without_its_key(central: Central) -> None:
    other = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    first = enrol(central, fresh_secret(central), public_key=other)
    forged = msgspec.structs.replace(renewal(first.device_id), signature="00" * 64)
    for former in (renewal(first.device_id), forged):
        with pytest.raises(FieldError, match="signature_invalid"):
            enrol(central, fresh_secret(central), former=former)


def test_code_used_by_another_device_is_refused(central: Central) -> None:
    secret = fresh_secret(central)
    enrol(central, secret)
    with pytest.raises(FieldError, match="code_used"):
        enrol(central, secret, public_key="ef" * 32)


def test_code_too_old_is_refused(central: Central, clock: ToldClock) -> None:
    secret = fresh_secret(central)
    clock.go_on(hours=2)
    with pytest.raises(FieldError, match="code_expired"):
        enrol(central, secret)


def test_guessing_codes_has_to_wait_per_address_and_others_need_not(central: Central) -> None:
    for _ in range(5):
        with pytest.raises(FieldError, match="code_unknown"):
            enrol(central, "00000000")
    with pytest.raises(FieldError, match="too_many_attempts"):
        enrol(central, fresh_secret(central))
    assert enrol(central, fresh_secret(central), address="10.0.0.2").device_id


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("public_key", "xy", "key_invalid"),
        ("escrow", "AB" * 32, "key_invalid"),
        ("device_name", "x" * 200, "device_name_invalid"),
        ("device_name", "a\x00", "text_nul"),
    ],
)
def test_enrolment_with_bad_fields_is_refused(central: Central, field: str, value: str, code: str) -> None:
    with pytest.raises(FieldError, match=code):
        enrol(central, fresh_secret(central), **{field: value})


def test_code_for_nobody_is_not_issued(central: Central) -> None:
    with pytest.raises(FieldError, match="officer_not_found"):
        fresh_secret(central, "X9999")


def test_token_runs_out_and_the_device_signs_for_a_new_one(central: Central, clock: ToldClock) -> None:
    answer = enrol(central, fresh_secret(central))
    clock.go_on(days=31)
    with pytest.raises(FieldError, match="token_expired"):
        central.devices.authenticate(answer.token)
    token = central.devices.renew(renewal(answer.device_id))
    assert central.devices.authenticate(token).device_id == answer.device_id


def test_renewal_replayed_is_refused(central: Central) -> None:
    request = renewal(enrol(central, fresh_secret(central)).device_id)
    central.devices.renew(request)
    with pytest.raises(FieldError, match="nonce_used"):
        central.devices.renew(request)


def test_renewal_signed_by_another_key_is_refused(central: Central, device: Device) -> None:
    with pytest.raises(FieldError, match="signature_invalid"):
        central.devices.renew(renewal(device.device_id))


@pytest.mark.parametrize("signature", ["", "zz", "ab" * 64])
def test_renewal_with_a_bad_signature_is_refused(central: Central, signature: str) -> None:
    device_id = enrol(central, fresh_secret(central)).device_id
    with pytest.raises(FieldError, match="signature_invalid"):
        central.devices.renew(TokenRequest(device_id, "n" * 16, signature))


def test_lost_device_is_refused_everywhere(central: Central) -> None:
    answer = enrol(central, fresh_secret(central))
    central.devices.set_active(answer.device_id, False)
    with pytest.raises(FieldError, match="device_refused"):
        central.devices.authenticate(answer.token)
    with pytest.raises(FieldError, match="device_refused"):
        central.devices.renew(renewal(answer.device_id))


def test_officer_signs_in_with_the_right_pin(central: Central) -> None:
    card = central.officers.sign_in("g1001", PIN)
    assert (card.officer_id, card.role) == ("G1001", "grid_worker")


def test_five_wrong_pins_make_the_officer_wait_even_with_the_right_one(
    central: Central, clock: ToldClock
) -> None:
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(FieldError, match=f"pin_wrong .tries_left={left}"):
            central.officers.sign_in("G1001", "000000")
    with pytest.raises(FieldError, match="too_many_attempts"):
        central.officers.sign_in("G1001", PIN)
    clock.go_on(seconds=31)
    assert central.officers.sign_in("G1001", PIN).officer_id == "G1001"
    assert central.officers.sign_in("G1002", PIN).officer_id == "G1002"


def test_each_further_wrong_pin_doubles_the_wait(central: Central, clock: ToldClock) -> None:
    waits = []
    for _ in range(5):
        with pytest.raises(FieldError, match="pin_wrong"):
            central.officers.sign_in("G1001", "1")
    for _ in range(6):
        with pytest.raises(FieldError) as caught:
            central.officers.sign_in("G1001", PIN)
        waits.append(caught.value.facts["seconds"])
        clock.go_on(seconds=float(str(waits[-1])))
        with pytest.raises(FieldError, match="pin_wrong"):
            central.officers.sign_in("G1001", "1")
    assert waits == [31, 61, 121, 241, 481, 901]


def test_unknown_officer_answers_like_a_wrong_pin(central: Central) -> None:
    with pytest.raises(FieldError, match="pin_wrong"):
        central.officers.sign_in("X9999", PIN)
