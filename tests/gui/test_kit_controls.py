"""Buttons, fields, switches and choices do what a finger, a keyboard and an input method ask of them."""

from collections.abc import Iterator

import pytest
from kit_stage import Stage, heard, items_under, stage
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtQuick import QQuickItem


@pytest.fixture
def shown(qapp: object) -> Iterator[Stage]:
    with stage() as made:
        yield made


def compose(field: QQuickItem, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(field, event)


def test_button_is_clicked_by_finger_and_by_space(shown: Stage) -> None:
    button = shown.show('FaButton { objectName: "go"; text: "提交" }')
    clicked = heard(button, "clicked()")
    shown.click("go")
    button.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    shown.press(Qt.Key.Key_Space)
    assert clicked.count() == 2


def test_busy_button_takes_neither_click_nor_key(shown: Stage) -> None:
    button = shown.show('FaButton { objectName: "go"; text: "提交"; busy: true }')
    clicked = heard(button, "clicked()")
    shown.click("go")
    button.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    shown.press(Qt.Key.Key_Space)
    assert clicked.count() == 0


def test_long_label_wraps_and_the_button_grows_instead_of_cutting_it(shown: Stage) -> None:
    shown.theme.setProperty("textScale", 2.0)
    button = shown.show(
        'Item { FaButton { objectName: "go"; width: 240; text: "保存并立即发送给值班长核实" } }'
    )
    button = shown.find("go")
    label = next(item for item in items_under(button) if item.property("truncated") is not None)
    assert not label.property("truncated")
    assert label.height() <= button.height()
    assert label.width() <= button.width()


def test_keyboard_focus_shows_a_ring(shown: Stage) -> None:
    button = shown.show('FaButton { objectName: "go"; text: "提交" }')
    ring = next(
        item for item in items_under(button) if item.metaObject().className().startswith("FaFocusRing")
    )
    assert not ring.isVisible()
    button.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()


def test_typing_in_a_field_tells_the_text_and_clear_empties_it(shown: Stage) -> None:
    field = shown.show('FaTextField { objectName: "code"; width: 400; label: "登记码" }')
    edited, cleared = heard(field, "edited(QString)"), heard(field, "cleared()")
    shown.click("code.input")
    shown.type("7kq")
    assert field.property("text") == "7kq"
    assert edited.at(edited.count() - 1) == ["7kq"]
    shown.click("code.clear")
    assert field.property("text") == ""
    assert edited.at(edited.count() - 1) == [""]
    assert cleared.count() == 1


def test_text_too_long_for_its_field_shows_its_beginning_until_it_is_typed_in(shown: Stage) -> None:
    address = "新安街道海裕社区创业一路与宝民路交叉口东南侧人行道靠近公交站台第二根灯杆处"
    place = f'FaTextField {{ objectName: "place"; width: 300; value: "{address}" }}'
    shown.show(f'Column {{ {place} FaTextField {{ objectName: "next"; width: 300 }} }}')
    field = shown.find("place.input")

    def begins() -> bool:
        QCoreApplication.processEvents()
        shown.window.grabWindow()
        return bool(field.positionToRectangle(0).x() >= 0)

    assert begins()
    field.forceActiveFocus()
    shown.type("x")
    assert not begins()
    assert field.property("text") == f"{address}x"
    shown.find("next.input").forceActiveFocus()
    assert begins()


@pytest.mark.parametrize("kind", ["FaTextField", "FaTextArea", "FaSearchField"])
def test_uncommitted_input_method_text_is_told_too(shown: Stage, kind: str) -> None:
    field = shown.show(f'{kind} {{ objectName: "note"; width: 400; text: "车厢" }}')
    edited = heard(field, "edited(QString)")
    shown.click("note.input")
    inner = shown.find("note.input")
    inner.setProperty("cursorPosition", 2)
    compose(inner, "wei")
    assert edited.at(edited.count() - 1) == ["车厢wei"]
    assert field.property("text") == "车厢"
    compose(inner, "", "未")
    assert edited.at(edited.count() - 1) == ["车厢未"]
    assert field.property("text") == "车厢未"


@pytest.mark.parametrize("kind", ["FaTextField", "FaTextArea"])
def test_value_that_echoes_what_is_being_composed_does_not_disturb_the_input_method(
    shown: Stage, kind: str
) -> None:
    root = shown.show(
        f'Item {{ id: page; property string kept: "车"; {kind} {{ objectName: "note"; width: 400; '
        "value: page.kept; onEdited: text => page.kept = text } }"
    )
    inner = shown.find("note.input")
    shown.click("note.input")
    inner.setProperty("cursorPosition", 1)
    compose(inner, "xiang")
    assert (root.property("kept"), inner.property("preeditText")) == ("车xiang", "xiang")
    compose(inner, "", "厢")
    assert (root.property("kept"), inner.property("text")) == ("车厢", "车厢")
    root.setProperty("kept", "换了一份草稿")
    assert inner.property("text") == "换了一份草稿"


def test_phrase_goes_in_at_the_cursor(shown: Stage) -> None:
    area = shown.show(
        'FaTextArea { objectName: "note"; width: 500; text: "沿途"; phrases: ["撒漏", "未冲洗"] }'
    )
    shown.find("note.input").setProperty("cursorPosition", 2)
    edited = heard(area, "edited(QString)")
    shown.click("note.0")
    assert area.property("text") == "沿途撒漏"
    assert edited.at(edited.count() - 1) == ["沿途撒漏"]


def test_text_past_the_count_is_kept_not_cut(shown: Stage) -> None:
    area = shown.show('FaTextArea { objectName: "note"; width: 500; countLimit: 5 }')
    area.setProperty("text", "这段说明超过了五个字")
    assert area.property("text") == "这段说明超过了五个字"
    assert area.property("note") == "10 / 5 字"
    area.setProperty("text", "三个字")
    assert area.property("note") == "", "the count is noise while there is room"


def test_error_takes_the_hints_place_and_is_spoken(shown: Stage) -> None:
    field = shown.show('FaTextField { objectName: "code"; width: 400; label: "登记码"; hint: "16 位" }')
    field.setProperty("error", "登记码不完整")
    texts = [item.property("text") for item in items_under(field) if item.isVisible()]
    assert "登记码不完整" in texts
    assert "16 位" not in texts


def test_segment_tells_which_one_was_chosen(shown: Stage) -> None:
    choice = shown.show(
        'FaSegmented { objectName: "theme"; width: 480; '
        'labels: ["日间", "强光", "夜间"]; icons: ["day", "sun"] }'
    )
    activated = heard(choice, "activated(int)")
    shown.click("theme.2")
    assert activated.at(0) == [2]


def test_whole_switch_row_is_the_target(shown: Stage) -> None:
    switch = shown.show('FaSwitch { objectName: "sound"; width: 600; text: "提示音" }')
    shown.click("sound")
    assert switch.property("checked") is True


def test_plate_keypad_leads_from_province_to_letter_to_serial(shown: Stage) -> None:
    pad = shown.show(
        'FaPlateKeypad { objectName: "pad"; width: 620; height: 400; onKey: text => plate += text; '
        "onBackspace: plate = plate.slice(0, -1) }"
    )
    done = heard(pad, "done()")
    assert pad.property("page") == "province"
    shown.click("pad.key.粤")
    assert pad.property("page") == "letter"
    assert not shown.find("pad.key.8").isEnabled()
    for key in "B8K215":
        shown.click(f"pad.key.{key}")
    assert pad.property("plate") == "粤B8K215"
    shown.click("pad.done")
    assert done.count() == 1
    shown.click("pad.backspace")
    shown.click("pad.key.挂")
    assert pad.property("plate") == "粤B8K21挂"


def test_plate_keypad_has_every_province_and_neither_i_nor_o(shown: Stage) -> None:
    pad = shown.show('FaPlateKeypad { objectName: "pad"; width: 620; height: 400 }')

    def keys() -> set[str]:
        names = [item.objectName() for item in items_under(pad)]
        return {name.removeprefix("pad.key.") for name in names if name.startswith("pad.key.")}

    assert len(keys() - set("挂学警港澳")) == 31
    pad.setProperty("plate", "粤B")
    assert keys() == set("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ挂学警港澳")


def test_pin_keypad_tells_digits_and_backspace(shown: Stage) -> None:
    pad = shown.show('FaKeypad { objectName: "pin"; width: 400 }')
    key, backspace = heard(pad, "key(QString)"), heard(pad, "backspace()")
    for digit in "0972":
        shown.click(f"pin.key.{digit}")
    shown.click("pin.backspace")
    assert [key.at(nth)[0] for nth in range(key.count())] == list("0972")
    assert backspace.count() == 1


TARGETS = {
    'FaButton { text: "a" }': 64,
    'FaButton { kind: "secondary"; text: "a" }': 48,
    'FaButton { kind: "quiet"; text: "a" }': 48,
    'FaIconButton { iconName: "check"; text: "a" }': 48,
    'FaIconButton { iconName: "camera"; text: "a"; kind: "primary" }': 64,
    'FaChip { text: "a" }': 48,
    'FaSwitch { text: "a" }': 48,
    'FaCheckRow { text: "a" }': 48,
    'FaListRow { title: "a" }': 64,
    'FaTextField { objectName: "a" }': 48,
    'FaPlateField { plate: "粤B" }': 64,
}


@pytest.mark.parametrize("qml", TARGETS)
def test_target_is_large_enough_for_a_glove(shown: Stage, qml: str) -> None:
    item = shown.show(qml)
    assert item.implicitHeight() >= TARGETS[qml]
    assert item.implicitWidth() >= 48


@pytest.mark.parametrize("pad", ["FaKeypad { width: 320 }", "FaPlateKeypad { width: 600; height: 400 }"])
def test_keys_are_large_enough_for_a_glove(shown: Stage, pad: str) -> None:
    root = shown.show(pad)
    keys = [item for item in items_under(root) if item.metaObject().className().startswith("FaKey_")]
    assert keys
    assert all(key.height() >= 64 and key.width() >= 48 for key in keys if key.isVisible())


def test_chip_with_more_words_than_room_wraps_instead_of_growing_out_of_its_card(shown: Stage) -> None:
    shown.show(
        'Flow { width: 240; FaChip { objectName: "short"; text: "现场" } '
        'FaChip { objectName: "long"; text: "已当场劝导并要求立即清理，两小时后再来复查一次" } }'
    )
    shown.window.grabWindow()
    long = shown.find("long")

    assert long.width() == 240
    assert long.height() > shown.find("short").height()
    assert shown.find("short").width() < 240
