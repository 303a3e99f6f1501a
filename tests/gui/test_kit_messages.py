"""Toasts, dialogs, banners, lists and rails say what they should and give the way back."""

from collections.abc import Iterator

import pytest
from kit_stage import Stage, heard, items_under, stage
from PySide6.QtCore import QMetaObject, QObject, QPointF, Qt
from pytestqt.qtbot import QtBot


@pytest.fixture
def shown(qapp: object) -> Iterator[Stage]:
    with stage() as made:
        yield made


def texts(shown: Stage) -> list[str]:
    found = [item.property("text") for item in items_under(shown.window.contentItem()) if item.isVisible()]
    return [text for text in found if text]


def toast(shown: Stage, seconds: int) -> QObject:
    root = shown.show(
        "Item { width: 1280; height: 800; "
        f'function say(): void {{ toast.show("已保存", "撤销", {seconds}, "") }} '
        'FaToast { id: toast; objectName: "toast" } }'
    )
    QMetaObject.invokeMethod(root, "say")
    return shown.find("toast")


def test_toast_offers_undo_and_says_when_it_was_pressed(shown: Stage) -> None:
    message = toast(shown, 10)
    action, expired = heard(message, "action()"), heard(message, "expired()")
    assert {"已保存", "撤销", "10"} <= set(texts(shown))
    shown.click("toast.action")
    assert (action.count(), expired.count(), message.property("showing")) == (1, 0, False)


def test_toast_that_nobody_presses_expires(shown: Stage, qtbot: QtBot) -> None:
    message = toast(shown, 1)
    action, expired = heard(message, "action()"), heard(message, "expired()")
    qtbot.waitUntil(lambda: expired.count() == 1)
    assert (action.count(), message.property("showing")) == (0, False)


def test_closed_toast_counts_as_not_undone(shown: Stage) -> None:
    message = toast(shown, 10)
    action, expired = heard(message, "action()"), heard(message, "expired()")
    shown.click("toast.close")
    assert (action.count(), expired.count(), message.property("showing")) == (0, 1, False)


def dialog(shown: Stage, more: str = "") -> QObject:
    root = shown.show(
        'Item { width: 1280; height: 800; FaDialog { objectName: "ask"; '
        f'title: "删除草稿？"; text: "删除后无法找回"; {more} }} }}'
    )
    found = root.findChild(QObject, "ask")
    assert found is not None
    QMetaObject.invokeMethod(found, "open")
    return found


def test_dialog_tells_the_answer_and_closes(shown: Stage, qtbot: QtBot) -> None:
    question = dialog(shown)
    accepted, rejected = heard(question, "accepted()"), heard(question, "rejected()")
    shown.click("ask.accept")
    assert (accepted.count(), rejected.count()) == (1, 0)
    qtbot.waitUntil(lambda: not question.property("visible"))


def test_escape_is_the_safe_answer(shown: Stage) -> None:
    question = dialog(shown)
    rejected = heard(question, "rejected()")
    shown.press(Qt.Key.Key_Escape)
    assert rejected.count() == 1


def test_dialog_that_waits_for_work_stays_open_until_told(shown: Stage) -> None:
    question = dialog(shown, "closeOnAccept: false")
    asked, accepted = heard(question, "asked()"), heard(question, "accepted()")
    shown.click("ask.accept")
    assert (asked.count(), accepted.count(), question.property("visible")) == (1, 0, True)


def test_dialog_with_more_text_than_screen_scrolls_and_keeps_its_buttons_in_sight(shown: Stage) -> None:
    question = dialog(shown, 'FaText { text: "很长的说明。".repeat(600); Layout.fillWidth: true }')
    assert question.property("height") <= 800
    assert shown.find("ask.accept").mapToScene(QPointF(0, 64)).y() <= 800


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("draft", "草稿"),
        ("waiting", "等待发送"),
        ("sending", "正在发送"),
        ("sent", "已送达"),
        ("needs_you", "需要处理"),
    ],
)
def test_every_state_has_its_own_word_and_shape(shown: Stage, status: str, word: str) -> None:
    pill = shown.show(f'FaStatePill {{ status: "{status}" }}')
    assert pill.property("word") == word
    assert pill.property("shape") in {"draft": "edit", "waiting": "clock", "sending": "upload"}.get(
        status, {"sent": "check-circle", "needs_you": "warning"}.get(status, "")
    )


def test_rail_tells_the_chosen_place_and_shows_counts(shown: Stage) -> None:
    rail = shown.show(
        'FaNavRail { objectName: "rail"; height: 800; current: "tasks"; '
        'FaNavItem { key: "tasks"; text: "任务"; iconName: "task"; badge: 120 } '
        'FaNavItem { key: "map"; text: "地图"; iconName: "map" } }'
    )
    chosen = heard(rail, "chosen(QString)")
    shown.click("rail.item.map")
    assert chosen.at(0) == ["map"]
    assert "99+" in texts(shown)


def test_place_one_is_at_stays_wholly_in_sight_when_the_text_grows(shown: Stage) -> None:
    places = " ".join(f'FaNavItem {{ key: "k{n}"; text: "place {n}"; iconName: "map" }}' for n in range(9))
    foot = 'footerItems: FaNavItem { key: "settings"; text: "settings"; iconName: "settings" }'
    shown.show(f'FaNavRail {{ objectName: "rail"; height: 800; current: "k7"; {places} {foot} }}')
    shown.theme.setProperty("textScale", 2.0)
    shown.window.grabWindow()
    place = shown.find("rail.item.k7")
    sight = next(item for item in items_under(shown.root) if item.inherits("QQuickFlickable"))
    top = place.mapToItem(sight, QPointF(0, 0)).y()

    assert top >= 0
    assert top + place.height() <= sight.height()


def test_cascade_tells_what_was_picked_in_each_column(shown: Stage) -> None:
    cascade = shown.show(
        'FaCascade { id: root; objectName: "classes"; width: 700; height: 400; '
        "firstModel: one; secondModel: two; "
        'property ListModel one: ListModel { ListElement { code: "03"; label: "市容环境"; note: "事件" } } '
        'property ListModel two: ListModel { ListElement { code: "03-11"; label: "未密闭"; note: "" } } }'
    )
    first, second = (
        heard(cascade, "firstChosen(QString)"),
        heard(cascade, "secondChosen(QString)"),
    )
    shown.click("classes.first.03")
    shown.click("classes.second.03-11")
    assert (first.at(0), second.at(0)) == (["03"], ["03-11"])


@pytest.mark.parametrize("chosen", ["40", "2"])
def test_cascade_brings_the_chosen_row_into_sight(shown: Stage, qtbot: QtBot, chosen: str) -> None:
    shown.show(
        'Item { id: root; width: 700; height: 400; property string code: "1"; '
        "property ListModel rows: ListModel {} "
        "Component.onCompleted: { for (let n = 1; n < 60; n++) "
        'rows.append({ code: "" + n, label: "类", note: "" }) } '
        'FaCascade { objectName: "classes"; anchors.fill: parent; firstCode: root.code; '
        "firstModel: root.rows; secondModel: root.rows } }"
    )
    rows = shown.find("classes.first.list")

    shown.root.setProperty("code", chosen)

    def seen() -> bool:
        found = [item for item in items_under(rows) if item.objectName() == f"classes.first.{chosen}"]
        top = found[0].mapToItem(rows, QPointF(0, 0)).y() if found else -1
        return 0 <= top <= rows.height() - found[0].height() if found else False

    qtbot.waitUntil(seen)


def test_photo_strip_adds_opens_and_removes_by_id(shown: Stage) -> None:
    strip = shown.show(
        'FaPhotoStrip { objectName: "strip"; width: 900; model: ListModel { '
        'ListElement { photoId: "p1"; source: ""; status: "sent"; origin: "captured" } '
        'ListElement { photoId: "p2"; source: ""; status: "draft"; origin: "imported" } } }'
    )
    spies = {name: heard(strip, name) for name in ("addAsked()", "opened(QString)", "removed(QString)")}
    shown.click("strip.add")
    shown.click("strip.0")
    shown.click("strip.1.remove")
    assert spies["addAsked()"].count() == 1
    assert spies["opened(QString)"].at(0) == ["p1"]
    assert spies["removed(QString)"].at(0) == ["p2"]


@pytest.mark.parametrize(("width", "both"), [(1100, True), (700, False)])
def test_split_stacks_its_panes_when_there_is_no_room(shown: Stage, width: int, both: bool) -> None:
    split = shown.show(
        f"FaSplit {{ width: {width}; height: 500; "
        'first: FaText { text: "甲" } second: FaText { text: "乙" } }'
    )
    assert texts(shown) == (["甲", "乙"] if both else ["甲"])
    split.setProperty("showSecond", True)
    assert texts(shown) == (["甲", "乙"] if both else ["乙"])


def test_banner_offers_its_action_and_can_be_closed(shown: Stage) -> None:
    banner = shown.show(
        'FaBanner { objectName: "net"; width: 900; kind: "offline"; title: "离线"; text: "稍后自动发送"; '
        'actionText: "查看"; closable: true }'
    )
    action, closed = heard(banner, "action()"), heard(banner, "closed()")
    shown.click("net.action")
    shown.click("net.close")
    assert (action.count(), closed.count()) == (1, 1)
