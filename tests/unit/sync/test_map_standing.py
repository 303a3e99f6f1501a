"""What becomes of a wish for the city's base map, without a daemon: nothing moves here."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from sync.contract.errors import FieldError, NeedsPerson, RetryLater
from sync.contract.map_offer import MapOffer
from sync.control import Message
from sync.map_standing import ALTERED_MAX, GIVES_WAY, MapStanding
from sync.messages import LANGUAGES, sentence
from sync.replica.folder import DataFolder
from sync.replica.map_note import read_note
from sync.replica.map_part import part_path
from sync.sending import Sending

OFFER = MapOffer("a" * 64, 1_000, 500, ["b" * 64] * 2, "城", "wgs84", "png", 9, 14, datetime.now(UTC))
NEWER = msgspec.structs.replace(OFFER, sha256="c" * 64, name="新城")


class Stand:
    """The standing of a tablet that was offered a map and wishes for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = DataFolder(folder)
        self.told: list[Message] = []
        self.map = MapStanding(self.folder, Sending, self.told.append)
        self.map.offered(OFFER, None)
        self.map.wish(any_link=False)

    def break_off(self, error: FieldError) -> bool:
        assert self.map.begin() == OFFER
        part_path(self.folder, OFFER).write_bytes(b"x" * 400)
        self.map.came(400)
        return self.map.broke_off(error, OFFER)

    @property
    def seen(self) -> tuple[str, str, int]:
        state = self.map.state
        return state.state, state.code, state.done


@pytest.fixture
def stand(tmp_path: Path) -> Stand:
    return Stand(tmp_path)


def test_wish_for_what_nobody_offers_is_refused(tmp_path: Path) -> None:
    standing = MapStanding(DataFolder(tmp_path), Sending, lambda _message: None)
    with pytest.raises(RetryLater) as caught:
        standing.wish(any_link=False)
    assert caught.value.code == "base_map_none"
    assert standing.begin() is None


def test_fetch_that_gave_way_keeps_the_wish_and_leaves_nothing_to_read(stand: Stand) -> None:
    assert stand.break_off(RetryLater(GIVES_WAY))
    assert stand.seen == ("waiting", "map_waits_sending", 400)
    assert stand.map.error is None


def test_link_that_broke_is_said_and_a_new_wish_forgets_it(stand: Stand) -> None:
    assert stand.break_off(RetryLater("unreachable"))
    assert stand.seen == ("waiting", "unreachable", 400)
    stand.map.wish(any_link=True)
    assert stand.map.error is None
    assert read_note(stand.folder).any_link


def test_wrong_pieces_in_a_row_lose_the_wish_and_a_sound_one_between_counts_anew(stand: Stand) -> None:
    for _ in range(ALTERED_MAX - 1):
        assert stand.break_off(RetryLater("base_map_altered"))
    stand.map.piece_was_sound()
    for _ in range(ALTERED_MAX - 1):
        assert stand.break_off(RetryLater("base_map_altered"))
    assert not stand.break_off(RetryLater("base_map_altered"))
    assert stand.seen == ("failed", "base_map_altered", 0)
    assert not part_path(stand.folder, OFFER).exists()


def test_full_disk_is_said_with_what_the_map_needs_and_gives_back_what_it_took(stand: Stand) -> None:
    assert not stand.break_off(NeedsPerson("disk_full"))
    assert stand.seen == ("failed", "map_no_room", 0)
    assert stand.map.state.facts == {"megabytes": 1}


def test_wish_taken_back_on_the_way_ends_in_silence(stand: Stand) -> None:
    assert stand.map.begin() == OFFER
    stand.map.give_up()
    assert not stand.map.broke_off(RetryLater(GIVES_WAY), OFFER)
    assert stand.seen == ("ready", "", 0)


def test_another_map_offered_on_the_way_takes_the_wish_over_and_nothing_of_what_came(stand: Stand) -> None:
    stand.break_off(RetryLater("base_map_replaced"))
    stand.map.offered(NEWER, None)
    assert stand.seen == ("waiting", "map_waits_sending", 0)
    assert stand.map.begin() == NEWER
    assert not part_path(stand.folder, OFFER).exists()


def test_wish_is_known_though_the_disk_takes_no_note_of_it(
    stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise NeedsPerson("disk_full")

    monkeypatch.setattr("sync.map_standing.write_note", full)
    stand.map.give_up()
    assert not stand.map.note.wanted
    assert read_note(stand.folder).wanted


def test_same_standing_is_told_once(stand: Stand) -> None:
    stand.map.retell()
    stand.map.retell()
    assert [(said["event"], said["state"]) for said in stand.told] == [("base_map", "waiting")]


@pytest.mark.parametrize(
    "code",
    ["base_map_none", "base_map_forged", "base_map_altered", "map_no_room"]
    + [f"map_waits_{name}" for name in ("paused", "battery", "unmetered", "sending")],
)
def test_everything_told_has_its_sentence(code: str) -> None:
    facts: dict[str, Any] = {"megabytes": 7}
    assert all(sentence(code, facts, language) != code for language in LANGUAGES)
