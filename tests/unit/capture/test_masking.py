"""Masks are painted into what is shown and sent beside a photo; the original keeps every byte."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from case_makers import put_case
from image_makers import jpeg
from PIL import Image
from use_case_desk import close_desk, make_desk

from fieldapp.capture.act import submit_act
from fieldapp.capture.act_drafts import begin_act, ensure_act
from fieldapp.capture.case_history import read_history
from fieldapp.capture.desk import Desk
from fieldapp.capture.developing import attach, develop, plan_photo
from fieldapp.capture.images.derivatives import thumbnail
from fieldapp.capture.images.masking import FILL, Frame, frame_of, load_masked
from fieldapp.capture.masking import mask_draft_photo, mask_filed_photo, masks_of, open_photo
from fieldapp.capture.messages import send_message
from fieldapp.capture.photos import take_photo
from fieldapp.capture.pictures import large_picture, small_picture
from fieldapp.services.outbox_photos import read_photos
from sync.contract.errors import InputRefused, NeedsPerson
from sync.contract.lifecycle import ActKind
from sync.contract.masks import Mask
from sync.contract.records import NOWHERE, Act, Lane, RecordType
from sync.contract.wire import decode_record
from sync.replica.drafts import SavedPhoto
from sync.replica.fetched import keep_fetched

SECRET = (250, 10, 20)
BOX = Mask(400, 300, 200, 100)
"""Where the secret is, on the upright picture."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path)
    yield made
    close_desk(made)


def scene(orientation: int = 1) -> bytes:
    """800 by 600 when upright, a red secret on it, stored as the orientation says."""
    upright = Image.new("RGB", (800, 600), (20, 160, 90))
    upright.paste(SECRET, (BOX.left, BOX.top, BOX.right, BOX.bottom))
    turned = {
        1: None,
        3: Image.Transpose.ROTATE_180,
        6: Image.Transpose.ROTATE_90,
        8: Image.Transpose.ROTATE_270,
    }
    turn = turned[orientation]
    block = Image.Exif()
    block[0x0112] = orientation
    return jpeg(upright if turn is None else upright.transpose(turn), block.tobytes())


def reds(data: bytes | Path) -> int:
    """Pixels that look like the secret."""
    picture = Image.open(io.BytesIO(data) if isinstance(data, bytes) else data).convert("RGB")
    return sum(r > 140 and g < 100 and b < 100 for r, g, b in picture.get_flattened_data())  # type: ignore[attr-defined]


def attached(desk: Desk, data: bytes) -> tuple[str, SavedPhoto]:
    begun = begin_act(desk, put_case(desk), ActKind.MESSAGE)
    ensure_act(desk, begun)
    saved = take_photo(desk, begun.draft_id, data, NOWHERE)
    return begun.draft_id, attach(desk, develop(plan_photo(desk, saved))) or saved


def held(desk: Desk, saved: SavedPhoto) -> str:
    original = saved.photo.original
    return hashlib.sha256(desk.folder.file(original.sha256, original.media_type).read_bytes()).hexdigest()


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("side", [320, 777, 2048])
def test_nothing_of_what_is_masked_is_left_however_it_is_turned_and_scaled(
    orientation: int, side: int
) -> None:
    data = scene(orientation)
    frame = frame_of(data)
    assert frame.upright == (800, 600)
    masks = masks_of(frame, (BOX,))
    shown = load_masked(data, side, masks)
    out = io.BytesIO()
    shown.save(out, "PNG")
    assert reds(out.getvalue()) == 0
    middle = (500 * shown.width // 800, 350 * shown.height // 600)
    assert shown.getpixel(middle) == FILL
    assert shown.getpixel((5, 5)) != FILL


def test_same_original_with_the_same_masks_gives_the_same_picture() -> None:
    masks = masks_of(frame_of(scene(6)), (BOX, Mask(0, 0, 30, 30)))
    again = masks_of(frame_of(scene(6)), (Mask(0, 0, 30, 30), BOX, Mask(5, 5, 3, 3)))
    assert masks == again
    assert thumbnail(scene(6), masks=masks).sha256 == thumbnail(scene(6), masks=again).sha256


def test_masked_photo_of_a_draft_is_shown_and_sent_masked_with_its_original_untouched(desk: Desk) -> None:
    draft_id, saved = attached(desk, scene())
    seen = saved.photo.file(Lane.THUMBNAIL)
    assert seen is not None
    unmasked = desk.folder.file(seen.sha256, seen.media_type, Lane.THUMBNAIL)
    assert reds(unmasked) > 0

    masked = mask_draft_photo(desk, draft_id, saved.photo_id, (BOX,))

    assert masked.photo.masks == (BOX,)
    assert masked.photo.original == saved.photo.original
    assert held(desk, masked) == masked.photo.original.sha256
    assert reds(Path(small_picture(desk.folder, masked.photo))) == 0
    assert reds(Path(large_picture(desk.folder, masked.photo))) == 0
    assert not unmasked.exists()
    case_id = str(desk.work.drafts.get(draft_id).case_id)  # type: ignore[union-attr]
    sent = send_message(desk, case_id, "", draft_id)
    entry = desk.work.outbox.entry(sent.record_id)
    assert entry is not None
    act = decode_record(RecordType.ACT, entry.record.body)
    assert isinstance(act, Act)
    assert act.photos[0].masks == (BOX,)
    for file in act.photos[0].files:
        path = desk.folder.file(file.sha256, file.media_type, file.lane)
        assert (reds(path) > 0) == (file.lane is Lane.ORIGINAL)


def test_picture_begun_before_the_masks_were_set_is_not_taken(desk: Desk) -> None:
    draft_id, saved = attached(desk, scene())
    late = develop(msgspec.structs.replace(plan_photo(desk, saved, NOWHERE), lanes=(Lane.THUMBNAIL,)))
    masked = mask_draft_photo(desk, draft_id, saved.photo_id, (BOX,))
    assert attach(desk, late) == masked


def test_masks_can_be_taken_away_again_while_it_is_a_draft(desk: Desk) -> None:
    draft_id, saved = attached(desk, scene())
    mask_draft_photo(desk, draft_id, saved.photo_id, (BOX,))
    bare = mask_draft_photo(desk, draft_id, saved.photo_id, ())
    assert bare.photo.masks == ()
    assert reds(Path(small_picture(desk.folder, bare.photo))) > 0


def test_filed_photo_is_masked_by_an_act_and_shown_masked_everywhere_on_its_case(desk: Desk) -> None:
    case_id = put_case(desk)
    begun = begin_act(desk, case_id, ActKind.SUPPLEMENT)
    ensure_act(desk, begun)
    take_photo(desk, begun.draft_id, scene(6), NOWHERE)
    submit_act(desk, case_id, ActKind.SUPPLEMENT, draft_id=begun.draft_id)
    case = desk.work.city.case(case_id)
    assert case is not None
    filed = read_history(desk, case)[-1].photos[0]
    assert reds(Path(filed.path)) > 0

    mask_filed_photo(desk, case_id, filed.photo, (BOX,))

    history = read_history(desk, case)
    assert [len(entry.photos) for entry in history[-2:]] == [1, 1]
    for entry in history[-2:]:
        assert reds(Path(entry.photos[0].path)) == 0
        assert reds(Path(entry.photos[0].large)) == 0
    for entry in desk.work.outbox.records_of_case(case_id):
        for photo in read_photos(desk, entry.record.record_id):
            assert reds(Path(photo.small)) == reds(Path(photo.large)) == 0
    original = desk.folder.file(filed.photo.original.sha256, "image/jpeg")
    assert original.read_bytes() == scene(6)


def test_photo_whose_original_is_not_here_says_so(desk: Desk) -> None:
    draft_id, saved = attached(desk, scene())
    desk.folder.file(saved.photo.original.sha256, "image/jpeg").unlink()
    with pytest.raises(NeedsPerson, match="mask_without_files"):
        open_photo(desk.folder, saved.photo)
    with pytest.raises(NeedsPerson, match="mask_without_files"):
        mask_draft_photo(desk, draft_id, saved.photo_id, (BOX,))


def test_too_many_masks_are_refused_and_nothing_changes(desk: Desk) -> None:
    draft_id, saved = attached(desk, scene())
    many = tuple(Mask(n * 8, 0, 4, 4) for n in range(65))
    with pytest.raises(InputRefused, match="mask_invalid"):
        mask_draft_photo(desk, draft_id, saved.photo_id, many)
    assert desk.work.drafts.photos(draft_id) == [saved]


def test_boxes_outside_the_picture_come_to_nothing() -> None:
    assert masks_of(Frame((800, 600), 1), (Mask(900, 700, 10, 10), Mask(790, 590, 50, 50))) == (
        Mask(790, 590, 10, 10),
    )


def test_fetched_photo_that_rotted_is_not_taken_for_the_original(desk: Desk) -> None:
    case_id = put_case(desk)
    begun = begin_act(desk, case_id, ActKind.SUPPLEMENT)
    ensure_act(desk, begun)
    take_photo(desk, begun.draft_id, scene(), NOWHERE)
    submit_act(desk, case_id, ActKind.SUPPLEMENT, draft_id=begun.draft_id)
    case = desk.work.city.case(case_id)
    assert case is not None
    photo = read_history(desk, case)[-1].photos[0].photo
    own = desk.folder.file(photo.original.sha256, photo.original.media_type)
    keep_fetched(desk.folder, photo.original.sha256, [own.read_bytes()])
    own.unlink()
    fetched = desk.folder.fetched_file(photo.original.sha256)
    other = scene()[:-400] + bytes(398) + b"\xff\xd9"
    fetched.write_bytes(other)

    with pytest.raises(NeedsPerson, match="fetch_damaged"):
        mask_filed_photo(desk, case_id, photo, (BOX,))

    assert not own.exists()
    assert not fetched.exists()  # it can be fetched anew
    keep_fetched(desk.folder, photo.original.sha256, [scene()])
    mask_filed_photo(desk, case_id, photo, (BOX,))
    assert own.read_bytes() == scene()
