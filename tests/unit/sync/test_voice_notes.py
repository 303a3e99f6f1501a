"""Voice notes by their bytes: what is taken, how long it is, and what is refused with which reason."""

from __future__ import annotations

import io
import wave

import pytest

from sync.contract.errors import InputRefused
from sync.contract.voice import VOICE_MS_MAX
from sync.voice import VOICE_RATE, Voice, read_voice, write_voice

SECOND = b"\x01\x00" * VOICE_RATE


def test_written_samples_read_back_with_their_length() -> None:
    assert read_voice(write_voice(SECOND + SECOND[: VOICE_RATE // 2])) == Voice(1250, VOICE_RATE, 1)


def test_odd_byte_at_the_end_is_no_sample() -> None:
    assert read_voice(write_voice(SECOND + b"\x07")).length_ms == 1000


def test_recording_over_a_minute_is_cut_at_the_minute() -> None:
    assert read_voice(write_voice(SECOND * 75)).length_ms == VOICE_MS_MAX


def test_stereo_of_a_peoples_recorder_is_taken() -> None:
    out = io.BytesIO()
    with wave.open(out, "wb") as note:
        note.setnchannels(2)
        note.setsampwidth(2)
        note.setframerate(44_100)
        note.writeframes(bytes(44_100 * 4))
    assert read_voice(out.getvalue()) == Voice(1000, 44_100, 2)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "voice_empty"),
        (write_voice(b""), "voice_empty"),
        (b"RIFF", "voice_unreadable"),
        (b"\xff\xd8\xff\xe0 a photo", "voice_unreadable"),
        (write_voice(SECOND)[:-100], "voice_unreadable"),
        (write_voice(SECOND)[:40], "voice_unreadable"),
        (write_voice(SECOND * 60).replace(b"\x80\x3e\x00\x00", b"\x40\x1f\x00\x00", 1), "voice_too_long"),
        (bytes(24_000_001), "voice_too_large"),
    ],
)
def test_what_is_no_voice_note_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(InputRefused, match=code):
        read_voice(data)
