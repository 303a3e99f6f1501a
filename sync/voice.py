"""Voice notes as bytes: WAV, 16-bit PCM. Both ends look at them before they take one in.

The tablet records one channel at 16,000 samples a second; what command sends may be any plain PCM WAV.
"""

from __future__ import annotations

import io
import wave

import msgspec

from sync.contract.errors import InputRefused
from sync.contract.voice import VOICE_BYTES_MAX, VOICE_LENIENT_MS, VOICE_MS_MAX

VOICE_RATE = 16_000


class Voice(msgspec.Struct, frozen=True):
    """What a WAV file says of itself."""

    length_ms: int
    rate: int
    channels: int


def read_voice(data: bytes) -> Voice:
    """Look at a voice note's bytes.

    Refuses ``voice_empty``, ``voice_too_large``, ``voice_unreadable`` (no PCM WAV, or cut off) and
    ``voice_too_long``.
    """
    if not data:
        raise InputRefused("voice_empty")
    if len(data) > VOICE_BYTES_MAX:
        raise InputRefused("voice_too_large", bytes=len(data), limit=VOICE_BYTES_MAX)
    try:
        with wave.open(io.BytesIO(data)) as note:
            rate, channels, width, frames = (
                note.getframerate(), note.getnchannels(), note.getsampwidth(), note.getnframes(),
            )  # fmt: skip
            whole = len(note.readframes(frames)) == frames * channels * width
    except (wave.Error, EOFError, RuntimeError, ZeroDivisionError) as error:
        raise InputRefused("voice_unreadable", reason=str(error)[:80]) from None
    if not whole or rate <= 0:
        raise InputRefused("voice_unreadable", reason="cut off")
    length_ms = frames * 1000 // rate
    if not length_ms:
        raise InputRefused("voice_empty")
    if length_ms > VOICE_MS_MAX + VOICE_LENIENT_MS:
        raise InputRefused("voice_too_long", seconds=length_ms // 1000, limit=VOICE_MS_MAX // 1000)
    return Voice(length_ms, rate, channels)


def write_voice(samples: bytes, rate: int = VOICE_RATE) -> bytes:
    """Samples (16-bit, little-endian, one channel) as a WAV file; what is over a minute is cut off."""
    whole = len(samples) - len(samples) % 2
    kept = samples[: min(whole, rate * 2 * VOICE_MS_MAX // 1000)]
    out = io.BytesIO()
    with wave.open(out, "wb") as note:
        note.setnchannels(1)
        note.setsampwidth(2)
        note.setframerate(rate)
        note.writeframes(kept)
    return out.getvalue()
