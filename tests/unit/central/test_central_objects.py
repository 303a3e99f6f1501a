"""Files by hash: offers, adoption, uploads and what a cut leaves."""

import base64
from pathlib import Path

import msgspec
import pytest

from sync.central.composition import Central
from sync.central.routes.uploads import read_metadata
from sync.central.store.devices import Device
from sync.central.store.uploads import Upload
from sync.contract.errors import FieldError
from sync.contract.records import Lane
from sync.contract.wire import FileOffer, OfferStatus, sha256_hex
from tests.contract.central_records import RecordMaker, offer_of, photo_of
from tests.unit.central.conftest import ToldClock

DATA = b"a photo of a truck" * 1000
SHA = sha256_hex(DATA)


@pytest.fixture
def offered(central: Central, device: Device) -> FileOffer:
    maker = RecordMaker(device.device_id)
    report = maker.report(photo_of(DATA))
    central.intake.push(device.device_id, [msgspec.Raw(msgspec.json.encode(maker.item(report)))])
    return offer_of(report)


def begin(central: Central, device: Device, first: bytes, sha256: str = SHA, size: int = len(DATA)) -> Upload:
    upload = central.uploads.create(device.device_id, sha256, size, "image/jpeg")
    with central.uploads.open_part(upload) as part:
        part.write(first)
    return upload


def test_file_is_needed_then_begun_then_held(central: Central, device: Device, offered: FileOffer) -> None:
    def ask() -> tuple[OfferStatus, int]:
        answer = central.objects.offer(device.device_id, [offered])[0]
        return answer.status, answer.offset

    assert ask() == (OfferStatus.NEEDED, 0)
    upload = begin(central, device, DATA[:100])
    assert ask() == (OfferStatus.NEEDED, 100)
    with central.uploads.open_part(upload) as part:
        part.write(DATA[100:])
    central.uploads.finish(upload)
    answer = central.objects.offer(device.device_id, [offered])[0]
    assert answer.status is OfferStatus.HELD
    assert answer.receipt is not None
    assert (answer.receipt.id, answer.receipt.sha256) == (SHA, SHA)
    assert central.objects.path_of(SHA).read_bytes() == DATA
    assert central.objects.path_of(SHA).parent.name == SHA[:2]


def test_upload_with_another_hash_is_thrown_away_and_never_held(
    central: Central, device: Device, offered: FileOffer
) -> None:
    upload = begin(central, device, DATA[:-1] + b"!")
    with pytest.raises(FieldError, match="hash_mismatch"):
        central.uploads.finish(upload)
    with pytest.raises(FieldError, match="upload_unknown"):
        central.uploads.find(device.device_id, upload.upload_id)
    assert central.objects.offer(device.device_id, [offered])[0].status is OfferStatus.NEEDED
    assert list(Path(central.settings.uploads).iterdir()) == []


def test_two_uploads_of_one_file_both_finish(central: Central, device: Device) -> None:
    uploads = [begin(central, device, DATA) for _ in range(2)]
    for upload in uploads:
        central.uploads.finish(upload)
    held = central.objects.find(SHA)
    assert held is not None
    assert held.path.read_bytes() == DATA


def test_held_file_that_vanished_from_the_folder_is_needed_again(
    central: Central, device: Device, offered: FileOffer
) -> None:
    central.uploads.finish(begin(central, device, DATA))
    central.objects.path_of(SHA).unlink()
    assert central.objects.offer(device.device_id, [offered])[0].status is OfferStatus.NEEDED
    central.uploads.finish(begin(central, device, DATA))
    assert central.objects.offer(device.device_id, [offered])[0].status is OfferStatus.HELD


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"record_id": "01a20004-3076-74ad-ae11-989a13a8c357"}, "record_unknown"),
        ({"record_id": "../x"}, "id_invalid"),
        ({"slot": 2}, "record_unknown"),
        ({"slot": -1}, "photo_slot_invalid"),
        ({"lane": Lane.STAMPED}, "record_unknown"),
        ({"sha256": "00" * 32}, "file_mismatch"),
        ({"sha256": "short"}, "sha256_invalid"),
        ({"bytes": 5}, "file_mismatch"),
        ({"bytes": 0}, "file_size_invalid"),
        ({"media_type": "x"}, "media_type_invalid"),
    ],
)
def test_offer_that_fits_no_record_is_refused_alone(
    central: Central, device: Device, offered: FileOffer, change: dict[str, object], code: str
) -> None:
    strange = msgspec.structs.replace(offered, **change)
    answers = central.objects.offer(device.device_id, [strange, offered])
    assert (answers[0].status, answers[0].code) == (OfferStatus.REFUSED, code)
    assert answers[1].status is OfferStatus.NEEDED


def test_upload_of_another_device_is_unknown(central: Central, device: Device) -> None:
    upload = begin(central, device, b"")
    with pytest.raises(FieldError, match="upload_unknown"):
        central.uploads.find("01a20004-3076-74ad-ae11-989a13a8c357", upload.upload_id)


@pytest.mark.parametrize(("size", "code"), [(0, "file_size_invalid"), (300_000_001, "file_too_large")])
def test_upload_of_an_impossible_size_is_refused(
    central: Central, device: Device, size: int, code: str
) -> None:
    with pytest.raises(FieldError, match=code):
        central.uploads.create(device.device_id, SHA, size, "image/jpeg")


def test_uploads_left_for_a_week_are_swept_and_younger_ones_kept(
    central: Central, device: Device, clock: ToldClock
) -> None:
    begin(central, device, b"old")
    clock.go_on(days=5)
    young = begin(central, device, b"young")
    clock.go_on(days=3)
    assert central.uploads.sweep() == 1
    assert [path.name for path in central.settings.uploads.iterdir()] == [young.upload_id]


def test_upload_metadata_names_hash_and_type() -> None:
    assert read_metadata(f"sha256 {_b64(SHA)},filetype {_b64('image/png')}") == (SHA, "image/png")
    assert read_metadata(f"is_confidential, sha256 {_b64(SHA)}") == (SHA, "application/octet-stream")


@pytest.mark.parametrize("text", ["", "sha256", "sha256 ***", "sha256 YWJj", "x" * 5000, "sha256 /w=="])
def test_upload_metadata_without_a_hash_is_refused(text: str) -> None:
    with pytest.raises(FieldError, match=r"header_invalid|sha256_invalid"):
        read_metadata(text)


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_file_is_kept_where_somebody_took_its_folder_away(
    central: Central, device: Device, offered: FileOffer
) -> None:
    upload = begin(central, device, DATA)
    central.objects.path_of(SHA).parent.rmdir()
    central.uploads.finish(upload)
    assert central.objects.offer(device.device_id, [offered])[0].status is OfferStatus.HELD


def test_upload_that_nobody_knows_of_yet_leaves_nothing_on_the_disk(central: Central, device: Device) -> None:
    upload = central.uploads.draft(device.device_id, SHA, len(DATA), "image/jpeg")
    assert list(central.settings.uploads.iterdir()) == []
    central.uploads.keep(upload)
    assert central.uploads.find(device.device_id, upload.upload_id) == upload
    (part,) = central.settings.uploads.iterdir()
    assert part.stat().st_mode & 0o777 == 0o600
