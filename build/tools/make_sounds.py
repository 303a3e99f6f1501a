"""Makes the app's short sounds, resources/sounds/*.wav, from sines and nothing else.

Saved rises, failed falls and is longer: the two are told apart in the wind, with a glove over the speaker.
A verdict has its own: allowed is one bright upward third, not allowed three low equal knocks, check (and
unknown) a question of two middle tones. They differ in number, pitch and rhythm, not in one of these alone.
"""

import math
import struct
import sys
import wave

from sources import PROJECT

RATE = 22_050
LOUDNESS = 0.55
FADE_S = 0.012
SOUNDS = {
    "saved": ((784.0, 0.07), (1174.7, 0.11)),
    "failed": ((392.0, 0.14), (0.0, 0.03), (261.6, 0.24)),
    "allowed": ((1046.5, 0.09), (1318.5, 0.22)),
    "not_allowed": ((220.0, 0.13), (0.0, 0.06), (220.0, 0.13), (0.0, 0.06), (220.0, 0.13)),
    "check": ((587.3, 0.16), (0.0, 0.05), (659.3, 0.2)),
}


def main() -> int:
    """Write every file."""
    folder = PROJECT / "resources" / "sounds"
    folder.mkdir(exist_ok=True)
    for name, tones in SOUNDS.items():
        samples = [sample for pitch, seconds in tones for sample in _tone(pitch, seconds)]
        with wave.open(str(folder / f"{name}.wav"), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return 0


def _tone(pitch: float, seconds: float) -> list[int]:
    count = int(RATE * seconds)
    fade = int(RATE * FADE_S)
    return [
        round(
            32_767 * LOUDNESS * min(1.0, n / fade, (count - n) / fade) * math.sin(math.tau * pitch * n / RATE)
        )
        for n in range(count)
    ]


if __name__ == "__main__":
    sys.exit(main())
