"""How a command speaks: one JSON object or plain lines, on streams that no text can harm."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from sync.messages import sentence

Result = dict[str, Any]
Shown = Callable[[Result], str]

_COMMANDING = [
    *range(0x20),
    *range(0x7F, 0xA0),
    0x61C,
    0x200E,
    0x200F,
    *range(0x2028, 0x202F),
    *range(0x2066, 0x206A),
]
_HARMLESS = {
    code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    for code in _COMMANDING
    if code not in (0x09, 0x0A)
}
"""What people wrote is shown to others: none of it may command their terminal or turn its text around."""


def chosen_language(environment: Mapping[str, str]) -> str:
    """``zh`` or ``en``: FIELDAPP_LANG, else the locale's."""
    for name in ("FIELDAPP_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def json_line(value: object) -> str:
    """One line of JSON; escaped where the terminal could not show it."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except UnicodeEncodeError:
        return json.dumps(value, default=str)
    return text


def print_result(result: Result, shown: Shown | None) -> None:
    """A result for a person: as its command shows it, else its members one a line."""
    if shown is not None:
        text = shown(result)
    else:
        text = "\n".join(f"{name}: {plain_value(value)}" for name, value in result.items())
    if text:
        write(sys.stdout, text.translate(_HARMLESS))


def plain_value(value: object) -> str:
    """A text as it is, anything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def print_error(code: str, text: str, as_json: bool, result: Result, *, also: str = "") -> None:
    """An error: the one object, with whatever belongs to it, or its sentence."""
    if as_json:
        body = {"ok": False, "error": {"code": code, "message": text}, **result}
        write(sys.stdout, json_line(body))
    else:
        write(sys.stderr, (text if not also else f"{text}\n{also}").translate(_HARMLESS))


def write(stream: Any, text: str) -> None:
    """One line, at once. A stream that is closed or broken has no reader, which ends no command."""
    if stream is None:
        return
    try:
        stream.write(text + "\n")
        stream.flush()
    except OSError:  # the reader has left, or its disk is full; nothing more can be said to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def make_streams_safe() -> None:
    """A character that the terminal does not know must never end a command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def say_bug(
    as_json: bool, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Our own bugs also end in one object or sentence, and exit code 1; the traceback follows on stderr."""
    language = chosen_language(os.environ)
    print_error("bug", sentence("bug", {"kind": kind.__name__}, language), as_json, {})
    sys.__excepthook__(kind, error, trace)
