"""Visits at central: judged, kept as a row for tablets, rated once by who holds the code."""

import json
from typing import Any

import msgspec
import pytest

from sync.central.cli import command
from sync.central.composition import Central
from sync.central.credentials import issue, issue_to_all
from sync.central.store.devices import Device
from sync.central.store.schema import tell_papers
from sync.central.store.store import get_row, put_row
from sync.contract.credential_qr import read_credential
from sync.contract.errors import FieldError, InputRefused, NeedsPerson
from sync.contract.ids import new_id
from sync.contract.permit_qr import Seal
from sync.contract.records import FileRef, Lane, Origin, Photo, PhotoRole, RecordType, Visit
from sync.contract.tables import Stream
from sync.contract.visit import Signature, Signer, VisitResult
from sync.contract.wire import OfferStatus, PushAnswer, PushItem, PushStatus, encode_record, sha256_hex
from tests.contract.central_records import offer_of
from tests.contract.visit_maker import make_visit
from tests.unit.central.conftest import ToldClock

CODE = "a-code-nobody-guesses"


def item_of(visit: Visit, op_id: str = "") -> PushItem:
    body = encode_record(visit)
    return PushItem(
        op_id or visit.visit_id, 1, RecordType.VISIT, visit.visit_id, body, sha256_hex(body.encode())
    )


def push(central: Central, device: Device, visit: Visit) -> PushAnswer:
    raw = msgspec.Raw(msgspec.json.encode(item_of(visit)))
    return central.intake.push(device.device_id, [raw]).answers[0]


def visit_of(device: Device, **changed: Any) -> Visit:
    return make_visit("I2001", "I2002", device.device_id, **changed)


def test_visit_gets_a_receipt_and_its_row_travels_without_names_or_signatures(
    central: Central, device: Device
) -> None:
    visit = visit_of(device)
    answer = push(central, device, visit)
    assert answer.status is PushStatus.DONE
    assert answer.receipt is not None
    assert push(central, device, visit).status is PushStatus.ALREADY_DONE
    told = [c for c in central.feed.page(device, Stream.WORK, "").changes if c.table == "visit"]
    assert [c.id for c in told] == [visit.visit_id]
    row = told[0].row
    assert row is not None
    assert (row["result"], row["failed"], row["stars"]) == ("put_right", 1, 0)
    assert CODE not in json.dumps(row)
    assert "赵六" not in json.dumps(row, ensure_ascii=False)


def test_row_names_the_on_site_record_and_older_visits_are_told_of_theirs_anew(
    central: Central, device: Device
) -> None:
    visit, wanted = visit_of(device), sha256_hex(b"%PDF-1.7")
    paper = FileRef(Lane.ORIGINAL, wanted, 8, "application/pdf")
    sheet = Photo(99, PhotoRole.SHEET, Origin.CAPTURED, (paper,))
    visit = msgspec.structs.replace(visit, photos=(*visit.photos, sheet))
    assert push(central, device, visit).status is PushStatus.DONE
    page = central.feed.page(device, Stream.WORK, "")
    assert [c.row["paper"] for c in page.changes if c.table == "visit" and c.row] == [wanted]

    with central.store.writing() as db:
        db.execute("UPDATE visit SET paper = NULL")  # as an earlier version left it
        tell_papers(db)
    told = central.feed.page(device, Stream.WORK, page.cursor).changes
    assert [(c.id, (c.row or {})["paper"]) for c in told] == [(visit.visit_id, wanted)]


def test_files_of_a_visit_are_asked_for(central: Central, device: Device) -> None:
    visit = visit_of(device)
    push(central, device, visit)
    offers = [offer_of(visit, photo.slot) for photo in visit.photos]
    answers = central.objects.offer(device.device_id, offers)
    assert {answer.status for answer in answers} == {OfferStatus.NEEDED}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"item_code": "JC-99"}, "visit_item_unknown"),
        ({"second_id": ""}, "visit_second_missing"),
        ({"second_id": "I2001"}, "visit_second_missing"),
        ({"second_id": "G1001"}, "visit_second_unknown"),
        ({"second_id": "NOBODY"}, "visit_second_unknown"),
        ({"answers": ()}, "visit_answers_missing"),
        ({"result": VisitResult.PASSED}, "visit_result_contradicts"),
        ({"demand": "  "}, "visit_demand_missing"),
        ({"signatures": ()}, "visit_signature_missing"),
        ({"evidence": ((0, "0" * 64),)}, "visit_sheet_mismatch"),
        ({"officer_id": "I2002", "second_id": "I2001"}, "visit_sheet_mismatch"),
    ],
)
def test_visit_that_would_not_hold_up_is_refused_with_the_reason_and_kept(
    central: Central, device: Device, changed: dict[str, Any], code: str
) -> None:
    visit = visit_of(device, **changed)
    answer = push(central, device, visit)
    assert (answer.status, answer.code) == (PushStatus.REFUSED, code)
    with central.store.reading() as db:
        assert get_row(db, "visit", visit.visit_id) is None
        assert db.execute("SELECT body FROM op WHERE op_id = ?", (visit.visit_id,)).fetchone() is not None


def test_party_may_refuse_to_sign_with_a_reason_but_not_the_officers(
    central: Central, device: Device
) -> None:
    signatures = visit_of(device).sheet.signatures
    refused = Signature(Signer.PARTY, "赵六", refusal="负责人不在场,拒绝签字")
    assert push(central, device, visit_of(device, signatures=(*signatures[:2], refused))).code == ""
    second = Signature(Signer.SECOND, "欧阳振华", refusal="忘了")
    answer = push(central, device, visit_of(device, signatures=(signatures[0], second, refused)))
    assert answer.code == "visit_signature_missing"


def test_grid_worker_may_not_visit(central: Central, device: Device) -> None:
    visit = make_visit("G1001", "I2002", device.device_id)
    assert push(central, device, visit).code == "visit_role"


def test_sheet_changed_after_printing_is_refused(central: Central, device: Device) -> None:
    visit = visit_of(device)
    sheet = msgspec.structs.replace(visit.sheet, findings="未发现问题")
    assert push(central, device, msgspec.structs.replace(visit, sheet=sheet)).code == "visit_sheet_mismatch"


def test_rating_is_taken_once_with_the_right_code(central: Central, device: Device) -> None:
    visit = visit_of(device)
    push(central, device, visit)
    for wrong in ("", "A-CODE-NOBODY-GUESSES", "评"):
        with pytest.raises(InputRefused, match="visit_unknown"):
            central.visits.rate(visit.visit_id, wrong, 5)
    with pytest.raises(InputRefused, match="rating_invalid"):
        central.visits.rate(visit.visit_id, CODE, 6)
    assert central.visits.rate(visit.visit_id, CODE, 4, "态度好")["stars"] == 4
    with pytest.raises(NeedsPerson, match="already_rated"):
        central.visits.rate(visit.visit_id, CODE, 1)
    assert central.visits.page().visits[0]["rating_note"] == "态度好"


def test_rating_of_a_visit_that_has_not_arrived_says_no_more_than_a_wrong_code(central: Central) -> None:
    with pytest.raises(InputRefused, match="visit_unknown"):
        central.visits.rate(new_id(), CODE, 5)


def test_visits_are_listed_newest_first_page_by_page(central: Central, device: Device) -> None:
    ids = [visit.visit_id for visit in (visit_of(device), visit_of(device), visit_of(device))]
    for number, visit_id in enumerate(ids):
        visit = msgspec.structs.replace(visit_of(device), visit_id=visit_id)
        body = encode_record(visit)
        item = PushItem(visit_id, number + 1, RecordType.VISIT, visit_id, body, sha256_hex(body.encode()))
        central.intake.push(device.device_id, [msgspec.Raw(msgspec.json.encode(item))])
    first = central.visits.page(2)
    assert [row["visit_id"] for row in first.visits] == [ids[2], ids[1]]
    last = central.visits.page(2, first.before)
    assert ([row["visit_id"] for row in last.visits], last.before) == ([ids[0]], "")


def test_credentials_are_signed_for_squads_alone_and_renewed_when_over(
    central: Central, clock: ToldClock
) -> None:
    today = clock.now.date()
    assert issue_to_all(central.store, central.signing, today) == 2
    with central.store.reading() as db:
        row = dict(get_row(db, "credential", "I2001") or {})
        assert get_row(db, "credential", "G1001") is None
    credential, seal = read_credential(str(row["text"]), central.signing.public_hex)
    assert (credential.officer_id, credential.role, seal) == ("I2001", "inspector", Seal.GENUINE)
    with pytest.raises(NeedsPerson, match="visit_role"):
        issue(central.store, central.signing, "G1001", today)
    with central.store.writing() as db:
        put_row(db, "credential", {**row, "valid_to": "2020-01-01"})
    issue_to_all(central.store, central.signing, today)
    with central.store.reading() as db:
        renewed = get_row(db, "credential", "I2001")
    assert renewed is not None
    assert renewed["valid_to"] == row["valid_to"]


def test_commands_list_rate_and_sign(
    central: Central, device: Device, capsys: pytest.CaptureFixture[str]
) -> None:
    visit = visit_of(device)
    push(central, device, visit)
    data = ["--data", str(central.settings.data), "--json"]
    assert command(["visits", *data]) == 0
    assert json.loads(capsys.readouterr().out)["visits"][0]["visit_id"] == visit.visit_id
    assert command(["rate", visit.visit_id, "--code", CODE, "--stars", "5", *data]) == 0
    assert json.loads(capsys.readouterr().out)["stars"] == 5
    assert command(["rate", visit.visit_id, "--code", CODE, "--stars", "5", *data]) == 4
    capsys.readouterr()
    assert command(["visits", "--data", str(central.settings.data)]) == 0
    assert "★★★★★" in capsys.readouterr().out
    assert command(["credential", "i2001", "--days", "30", *data]) == 0
    assert json.loads(capsys.readouterr().out)["officer_id"] == "I2001"


def test_code_cannot_be_guessed_by_trying(central: Central, device: Device, clock: ToldClock) -> None:
    visit = visit_of(device)
    push(central, device, visit)
    for _ in range(5):
        with pytest.raises(InputRefused, match="visit_unknown"):
            central.visits.rate(visit.visit_id, "guess", 5)
    with pytest.raises(FieldError, match="too_many_attempts"):
        central.visits.rate(visit.visit_id, CODE, 5)
    clock.go_on(seconds=31)
    assert central.visits.rate(visit.visit_id, CODE, 5)["stars"] == 5
