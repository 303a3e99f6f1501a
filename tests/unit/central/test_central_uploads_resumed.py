"""Uploads whose last byte came before central could take them in."""

import pytest

from sync.central.composition import Central
from sync.central.store.devices import Device
from sync.central.store.uploads import Upload
from sync.contract.errors import NeedsPerson
from sync.contract.wire import sha256_hex

DATA = b"all of a photo"


def left_whole(central: Central, device: Device, data: bytes) -> Upload:
    """An upload with every byte in its part, of which central knows no more after it was killed."""
    upload = central.uploads.create(device.device_id, sha256_hex(DATA), len(data), "image/jpeg")
    with central.uploads.open_part(upload) as part:
        central.uploads.append(part, data)
    return upload


def test_whole_upload_left_by_a_kill_is_taken_in_when_its_offset_is_asked_for(
    central: Central, device: Device
) -> None:
    upload = left_whole(central, device, DATA)
    assert central.uploads.resume(upload) == len(DATA)
    assert central.objects.find(upload.sha256) is not None
    assert central.uploads.find(device.device_id, upload.upload_id).done


def test_whole_upload_with_other_bytes_is_unknown_when_its_offset_is_asked_for(
    central: Central, device: Device
) -> None:
    upload = left_whole(central, device, bytes(len(DATA)))
    with pytest.raises(NeedsPerson, match="upload_unknown"):
        central.uploads.resume(upload)
    assert central.objects.find(upload.sha256) is None
    assert list(central.settings.uploads.iterdir()) == []
