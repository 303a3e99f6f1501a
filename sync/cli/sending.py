"""``settings``, ``pause``, ``resume``, ``send-now``: what may be sent when, by the daemon where one runs."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from functools import partial
from typing import Any

import msgspec

from sync.cli.frame import Result, chosen_language
from sync.cli.usage import whole_number
from sync.cli.words import named, word
from sync.contract.errors import RetryLater
from sync.control import ControlClient
from sync.replica.folder import DataFolder
from sync.sending import KEEP_DAYS_MAX, DataSaver, FullSize
from sync.sending_file import SendingFile

LABEL_WIDTH = 24
NAMES = ("originals", "data_saver", "battery_below", "keep_days")


def add_commands(commands: Any) -> None:
    """The arguments of these commands."""
    settings = commands.add_parser("settings", help="what may be sent when; changes what is given")
    settings.add_argument(
        "--originals",
        choices=[choice.value for choice in FullSize],
        help="photos in full size: on any link, an unmetered one, or Wi-Fi and cable only",
    )
    settings.add_argument(
        "--data-saver",
        choices=[choice.value for choice in DataSaver],
        help="on a metered link: no saving, thumbnails and records only, or records alone",
    )
    settings.add_argument(
        "--battery-below",
        type=partial(whole_number, 0, 100),
        metavar="PERCENT",
        help="below it, not on mains: no full size (0: off)",
    )
    settings.add_argument(
        "--keep-days",
        type=partial(whole_number, 1, KEEP_DAYS_MAX),
        metavar="DAYS",
        help="how long photos stay here after the server's receipt",
    )
    commands.add_parser("pause", help="send nothing until resumed")
    commands.add_parser("resume", help="send again")
    commands.add_parser("send-now", help="send what waits now, whatever the settings, once")


def do_settings(arguments: argparse.Namespace) -> Result:
    """Change what was given, and tell the rules in force."""
    given = {name: getattr(arguments, name) for name in NAMES}
    return _change(arguments, {name: value for name, value in given.items() if value is not None})


def do_pause(arguments: argparse.Namespace) -> Result:
    """Send nothing until resumed."""
    return _change(arguments, {"paused": True})


def do_resume(arguments: argparse.Namespace) -> Result:
    """Send again."""
    return _change(arguments, {"paused": False})


def do_send_now(arguments: argparse.Namespace) -> Result:
    """Lift all rules, once, for what is pending."""
    with ControlClient(DataFolder(arguments.data)) as client:
        client.ask("send_now")
    return {"asked": True}


def _change(arguments: argparse.Namespace, change: Mapping[str, Any]) -> Result:
    folder = DataFolder(arguments.data)
    try:
        with ControlClient(folder) as client:
            settings = client.ask("settings", change=change)["settings"]
    except RetryLater as error:
        if error.code != "daemon_not_running":
            raise
        file = SendingFile(folder)
        settings = msgspec.to_builtins(file.change(change) if change else file.rules)
    return {"settings": settings}


def show_settings(result: Result) -> str:
    """The rules, one a line."""
    language = chosen_language(os.environ)
    return "\n".join(
        named(name, word(name, value, language), language, LABEL_WIDTH)
        for name, value in result["settings"].items()
    )
