"""What the desktop tells a person: only what came about, how many, and nothing that is anybody's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync import notifier
from sync.language import chosen_language
from sync.notices import Notice, NoticeKind, Standing, notices
from sync.notifier import NAME, PATH, Notifier
from sync.replica.folder import DataFolder
from tests.unit.sync.played_bus import Played, has_mock, private_bus

CALM = Standing()
LEAVE_S = 60.0


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A desktop on a machine with other work may take its time to answer."""
    monkeypatch.setattr(notifier, "ASK_S", LEAVE_S)


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (CALM, CALM, ()),
        (CALM, Standing(tasks=frozenset({"a", "b"})), (Notice(NoticeKind.TASKS, 2),)),
        (Standing(tasks=frozenset({"a"})), Standing(tasks=frozenset({"b"})), (Notice(NoticeKind.TASKS, 1),)),
        (Standing(tasks=frozenset({"a"})), CALM, ()),
        (CALM, Standing(alerts=frozenset({"a"})), (Notice(NoticeKind.ALERTS, 1),)),
        (CALM, Standing(needs_you=2), (Notice(NoticeKind.REFUSED, 2),)),
        (Standing(needs_you=2), Standing(needs_you=1), ()),
        (CALM, Standing(trouble="token_expired"), (Notice(NoticeKind.TROUBLE),)),
        (Standing(trouble="token_expired"), Standing(trouble="token_expired"), ()),
        (Standing(pending=3), CALM, (Notice(NoticeKind.SENT),)),
        (Standing(pending=3), Standing(pending=1), ()),
        (Standing(pending=1), Standing(needs_you=1), (Notice(NoticeKind.REFUSED, 1),)),
    ],
)
def test_what_came_about_is_told_once(before: Standing, now: Standing, told: tuple[Notice, ...]) -> None:
    assert notices(before, now) == told


def test_language_is_the_one_chosen_in_the_app(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    assert chosen_language(folder) == "zh"
    for text, language in (
        ('{"language":"en","theme":"night"}', "en"),
        ("{", "zh"),
        ('{"language":"xx"}', "zh"),
    ):
        folder.settings.write_text(text)
        assert chosen_language(folder) == language


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """A session's bus of its own."""
    with private_bus(tmp_path) as address:
        yield address


@pytest.mark.skipif(not has_mock(), reason="needs dbus-daemon and python3-dbusmock")
def test_desktop_shows_it_in_the_chosen_language_and_replaces_the_older_of_its_kind(bus: str) -> None:
    desktop = Played(bus, "notification_daemon", NAME, PATH)
    try:
        notifier = Notifier(lambda: "en", bus=bus)
        for notice in (
            Notice(NoticeKind.TASKS, 1),
            Notice(NoticeKind.REFUSED, 2),
            Notice(NoticeKind.TASKS, 3),
        ):
            notifier.show(notice)
        notifier.close(LEAVE_S)
        shown = desktop.calls("Notify")
    finally:
        desktop.stop()
    assert [call[4] for call in shown] == [
        "New tasks: 1.",
        "Records that need you: 2. Open the app to see them.",
        "New tasks: 3.",
    ]
    assert [call[1] for call in shown] == [0, 0, 1]
    assert {(call[0], call[2], call[3]) for call in shown} == {("fieldapp", "fieldapp", "City Field App")}
    hints = [dict(call[6]) for call in shown]
    assert [hint["urgency"][1] for hint in hints] == [1, 2, 1]
    assert {hint["desktop-entry"][1] for hint in hints} == {"fieldapp"}


@pytest.mark.skipif(not has_mock(), reason="needs dbus-daemon")
def test_nobody_there_to_show_it_is_no_trouble(bus: str) -> None:
    notifier = Notifier(lambda: "zh", bus=bus)
    notifier.show(Notice(NoticeKind.SENT))
    notifier.close(LEAVE_S)
    assert notifier._thread is not None
    assert not notifier._thread.is_alive()


@pytest.mark.parametrize("bus", ["unix:path=/nowhere/bus", "nonsense"])
def test_no_bus_is_no_trouble(bus: str) -> None:
    notifier = Notifier(lambda: "zh", bus=bus)
    notifier.show(Notice(NoticeKind.TROUBLE))
    notifier.close(LEAVE_S)
    assert notifier._thread is not None
    assert not notifier._thread.is_alive()
