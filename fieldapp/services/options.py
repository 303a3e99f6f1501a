"""The arguments the window takes; each choice given here holds for this run and is not kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from fieldapp.services.settings_store import Settings
from sync.cli.frame import Parser


class Options(msgspec.Struct, frozen=True):
    """What was asked for on the command line."""

    data: Path
    theme: str = ""
    language: str = ""
    size: tuple[int, int] | None = None
    position: str = ""
    camera: str = ""
    server: str = ""
    code: str = ""
    text_scale: float = 0.0

    def over(self, settings: Settings) -> Settings:
        """The kept settings with what was asked for on top."""
        chosen: dict[str, Any] = {
            "theme": self.theme,
            "language": self.language,
            "position_source": self.position,
            "text_scale": self.text_scale,
        }
        return msgspec.structs.replace(settings, **{k: v for k, v in chosen.items() if v}).checked()


def parse_options(argv: Sequence[str]) -> Options:
    """The options; ``UsageError`` for what does not fit."""
    parser = Parser(prog="fieldapp", description="The field app's window.")
    parser.add_argument("--theme", choices=["day", "sunlight", "night"], default="")
    parser.add_argument("--lang", dest="language", choices=["zh", "en"], default="")
    parser.add_argument("--size", type=_size, metavar="WxH", help="window size, e.g. 1280x800")
    parser.add_argument(
        "--nmea",
        dest="position",
        default="",
        metavar="FILE|tcp://HOST:PORT|serial:DEVICE[@BAUD]|gpsd",
        help="positions",
    )
    parser.add_argument("--camera", default="", metavar="replay:DIR", help="frames instead of a camera")
    parser.add_argument("--server", default="", metavar="URL", help="fills in the enrolment page")
    parser.add_argument("--code", default="", metavar="CODE", help="fills in the enrolment page")
    parser.add_argument("--text-scale", type=float, default=0.0, metavar="1.0-2.0")
    found = vars(parser.parse_args(list(argv)))
    found.pop("json", None)
    return Options(**found)


def _size(text: str) -> tuple[int, int]:
    width, height = text.lower().split("x")
    if not (320 <= int(width) <= 10_000 and 240 <= int(height) <= 10_000):
        raise ValueError(text)
    return int(width), int(height)
