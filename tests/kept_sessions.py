"""Sessions that tests leave in the kernel's memory are taken out again when their test is over.

The kernel keeps a session until sign-out or reboot, and for anybody but root no more than about eighty of
them: without this some later test, or a later run, would find that its session is not kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from sync.contract.errors import FieldError
from sync.replica.folder import DataFolder
from sync.vault import kernel_keys, session

LARGE = {"objects", "uploads", "files", "derived", "journal", "copies", "reference", "logs"}
"""Folders of tablets and of central that hold no data folder."""


def forget_below(top: Path) -> None:
    """Forget the sessions of all data folders at or below a place."""
    for path, folders, files in os.walk(top):
        folders[:] = [name for name in folders if name not in LARGE]
        if "keys.json" in files:
            with suppress(FieldError):  # it may not be ours to open any more
                session.forget(DataFolder(Path(path)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """After everything else was taken down, programs included."""
    top = getattr(item, "funcargs", {}).get("tmp_path")
    yield
    if isinstance(top, Path) and kernel_keys.works():
        forget_below(top)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What lies in folders that several tests share."""
    factory: pytest.TempPathFactory | None = getattr(session.config, "_tmp_path_factory", None)
    if factory is not None and kernel_keys.works():
        forget_below(factory.getbasetemp())
