"""Photos and voice notes through the window: spoken, attached, sent offline; those of others fetched."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest
from field_app import put_rows, run_job
from PIL import Image
from shell_fakes import Bench, OpenBench, find

from fieldapp.capture.desk import Desk
from fieldapp.viewmodels.messages import MessagesViewModel
from sync.contract.lifecycle import ActKind
from sync.contract.records import Act, FileRef, Lane, Origin, Photo, PhotoRole, RecordType
from sync.contract.wire import decode_record, encode_record, sha256_hex
from sync.replica.fetched import keep_fetched
from sync.voice import VOICE_RATE, read_voice, write_voice

CASE = "01900000-0000-7000-8000-00000000ca77"
MESSAGE = "01900000-0000-7000-8000-00000000ac77"
TONE = array("h", (int(9000 * math.sin(n / 8)) for n in range(VOICE_RATE * 2))).tobytes()
SOUND = write_voice(TONE)


class FedMicrophone:
    """Gives what the test feeds."""

    def __init__(self) -> None:
        self.take: Callable[[bytes], None] = lambda _: None

    def start(self, take: Callable[[bytes], None]) -> bool:
        self.take = take
        return True

    def stop(self) -> None:
        self.take = lambda _: None


@pytest.fixture
def bench(open_bench: OpenBench) -> Bench:
    """G1001 at work, with a conversation open."""
    opened = open_bench()
    opened.sign_in()
    opened.wait(lambda: opened.stage() == "open")
    run_job(opened.qtbot, opened.shell.writer, lambda desk: told(desk, None))
    opened.shell.events.tablesChanged.emit(frozenset({"city_case", "case_act"}))
    opened.wait(lambda: messages(opened).unread == 1)
    opened.shell.app.navigate("messages")
    opened.wait(lambda: find(opened.window, f"messages.case.{CASE}") is not None)
    opened.click(f"messages.case.{CASE}")
    opened.wait(lambda: find(opened.window, f"messages.one.{MESSAGE}") is not None)
    opened.wait(lambda: messages(opened).draft.is_of(CASE))  # type: ignore[attr-defined]
    return opened


def messages(bench: Bench) -> MessagesViewModel:
    return bench.shell.pages.messages


def told(desk: Desk, photos: tuple[Photo, ...] | None) -> None:
    stamp = desk.work.meta.stamp(desk.clock)
    act = Act(MESSAGE, CASE, ActKind.MESSAGE, "C4001", "central", stamp, "请看", photos=photos or ())
    put_rows(desk, "city_case", {
        "case_id": CASE, "reporter": "G1001", "class_code": "03-11", "state": "reported",
        "reported_at": "2026-11-20T00:00:00Z",
    })  # fmt: skip
    put_rows(desk, "case_act", {
        "act_id": MESSAGE, "case_id": CASE, "act_order": 9_000_000, "kind": "message", "officer_id": "C4001",
        "note": "请看", "standing": "accepted", "done_at": "2026-11-20T01:00:00Z",
        "received_at": "2026-11-20T01:00:00Z", "record": encode_record(act),
    })  # fmt: skip


def sent(desk: Desk) -> list[Act]:
    found = [decode_record(RecordType.ACT, entry.record.body) for entry in desk.work.outbox.entries()]
    return [act for act in found if isinstance(act, Act) and act.kind is ActKind.MESSAGE]


def photo(tmp_path: Path) -> Path:
    path = tmp_path / "门牌.jpg"
    Image.new("RGB", (640, 480), "#4070A0").save(path, "JPEG")
    return path


def test_voice_note_is_spoken_and_a_photo_attached_and_both_wait_with_the_message(
    bench: Bench, tmp_path: Path
) -> None:
    microphone = FedMicrophone()
    messages(bench).voice.recorder._microphone = microphone  # type: ignore[attr-defined]
    bench.click("messages.record")
    microphone.take(TONE)
    bench.wait(lambda: messages(bench).voice.length == "0:02")  # type: ignore[attr-defined]
    bench.click("messages.record.stop")
    messages(bench).draft.importPhotos([str(photo(tmp_path))], "scene")  # type: ignore[attr-defined]
    bench.wait(lambda: messages(bench).draft.attached == 2)  # type: ignore[attr-defined]
    bench.wait(lambda: find(bench.window, "messages.attachedVoice.0") is not None)

    with bench.qtbot.waitSignal(messages(bench).sent, timeout=60_000):
        bench.click("messages.send")

    bench.wait(lambda: len(messages(bench).messages.rows()) == 2)
    mine = messages(bench).messages.rows()[-1]
    assert (mine.lengths, mine.status) == (("0:02",), "waiting")  # type: ignore[attr-defined]
    assert mine.photos[0].startswith("file:")  # type: ignore[attr-defined]
    (act,) = run_job(bench.qtbot, bench.shell.writer, sent)
    roles = {one.role: one.original for one in act.photos}
    assert set(roles) == {PhotoRole.VOICE, PhotoRole.SCENE}
    kept = bench.shell._folder.file(roles[PhotoRole.VOICE].sha256, "audio/wav")
    assert read_voice(kept.read_bytes()).length_ms == 2000
    bench.wait(lambda: messages(bench).draft.attached == 0)  # type: ignore[attr-defined]


def test_device_without_microphone_says_so_and_text_still_goes(bench: Bench) -> None:
    bench.click("messages.record")
    bench.wait(lambda: "麦克风" in messages(bench).voice.problem)  # type: ignore[attr-defined]
    bench.shell.settings.chooseLanguage("en")
    bench.wait(lambda: "microphone" in str(bench.item("messages.voiceProblem").property("title")))
    bench.shell.settings.chooseLanguage("zh")
    messages(bench).write("那就写字")
    with bench.qtbot.waitSignal(messages(bench).sent, timeout=60_000):
        bench.click("messages.send")


def test_photo_of_others_comes_by_itself_and_a_voice_note_by_a_touch(bench: Bench, tmp_path: Path) -> None:
    picture = photo(tmp_path).read_bytes()
    photos = tuple(
        Photo(
            slot, role, Origin.IMPORTED,
            (FileRef(Lane.ORIGINAL, sha256_hex(data), len(data), kind),), length_ms=length,
        )
        for slot, role, data, kind, length in (
            (1, PhotoRole.SCENE, picture, "image/jpeg", 0),
            (2, PhotoRole.VOICE, SOUND, "audio/wav", 2000),
        )
    )  # fmt: skip
    asked: list[str] = []
    bench.shell.events.fetchWanted.connect(asked.append)
    run_job(bench.qtbot, bench.shell.writer, lambda desk: told(desk, photos))
    bench.shell.events.tablesChanged.emit(frozenset({"case_act"}))
    bench.wait(lambda: asked == [sha256_hex(picture)])

    bench.shell.events.fetched.emit(asked[0], "unreachable")
    bench.wait(lambda: row(bench).missing != "")
    bench.shell.events.tablesChanged.emit(frozenset({"case_act"}))
    bench.wait(lambda: asked == [sha256_hex(picture)] * 2)

    keep_fetched(bench.shell._folder, asked[0], [picture])
    bench.shell.events.fetched.emit(asked[0], "")
    bench.wait(lambda: row(bench).photos[0].startswith("file:"))

    bench.click(f"messages.one.{MESSAGE}.voice.0.play")
    assert asked[2:] == [sha256_hex(SOUND)]
    keep_fetched(bench.shell._folder, sha256_hex(SOUND), [SOUND])
    bench.shell.events.fetched.emit(sha256_hex(SOUND), "")
    bench.wait(lambda: "扬声器" in messages(bench).voice.problem)  # type: ignore[attr-defined]
    assert row(bench).voices[0] != ""


def row(bench: Bench):  # type: ignore[no-untyped-def]
    return messages(bench).messages.rows()[0]


def test_what_was_attached_is_there_again_after_leaving_and_can_be_taken_out(
    bench: Bench, tmp_path: Path
) -> None:
    messages(bench).draft.importPhotos([str(photo(tmp_path))], "scene")  # type: ignore[attr-defined]
    messages(bench).write("半句")
    bench.wait(lambda: messages(bench).draft.attached == 1)  # type: ignore[attr-defined]
    messages(bench).open("")
    messages(bench)._texts.clear()  # as after a kill
    messages(bench).open(CASE)
    bench.wait(lambda: messages(bench).draft.attached == 1 and messages(bench).text == "半句")  # type: ignore[attr-defined, comparison-overlap]
    bench.click("messages.attached.0.remove")
    bench.wait(lambda: messages(bench).draft.attached == 0)  # type: ignore[attr-defined]


def test_photos_of_others_are_counted_in_the_settings_and_can_be_let_go(bench: Bench) -> None:
    keep_fetched(bench.shell._folder, sha256_hex(SOUND), [SOUND])
    bench.shell.app.navigate("settings")
    bench.shell.settings.refresh()
    bench.wait(lambda: str(bench.shell.settings.property("fetchedText")).startswith("1 个文件"))
    bench.shell.settings.forgetFetched()
    bench.wait(lambda: bench.shell.settings.property("fetchedText") == "")
    assert not bench.shell._folder.fetched_file(sha256_hex(SOUND)).exists()


def test_leaving_while_speaking_keeps_what_was_said(bench: Bench) -> None:
    microphone = FedMicrophone()
    messages(bench).voice.recorder._microphone = microphone  # type: ignore[attr-defined]
    bench.click("messages.record")
    microphone.take(TONE)
    bench.shell.app.navigate("tasks")
    bench.wait(lambda: messages(bench).draft.attached == 1)  # type: ignore[attr-defined]
