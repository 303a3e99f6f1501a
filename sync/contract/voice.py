"""Voice notes: WAV, at most a minute. What a record may say of one."""

from __future__ import annotations

from sync.contract.errors import InputRefused

VOICE_TYPE = "audio/wav"
VOICE_MS_MAX = 60_000
VOICE_BYTES_MAX = 24_000_000
"""A minute of what people's recorders write at the most (48,000 samples, two channels, and to spare)."""
VOICE_LENIENT_MS = 1_000
"""A note that was stopped at the minute may hold a moment more."""


def check_voice(media_type: str, length_ms: int, size: int) -> None:
    """What a record says of its voice note; ``voice_invalid`` where that cannot be."""
    if (
        media_type != VOICE_TYPE
        or not 0 < length_ms <= VOICE_MS_MAX + VOICE_LENIENT_MS
        or size > VOICE_BYTES_MAX
    ):
        raise InputRefused("voice_invalid", media_type=media_type[:64], length_ms=length_ms)
