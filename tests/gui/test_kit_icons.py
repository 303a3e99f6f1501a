"""Icons are drawn in the asked colour and size, and every name that QML asks for exists."""

import re

import pytest
from kit_stage import UI, stage
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from fieldapp.ui.icons import IconProvider, icon_names
from sync.resources import resources_root

ASKED = re.compile(r"(?:\b(?:name|iconName|addIcon|extraIcon|shape|icons)\b|\biconOf\b)[^\n]*")
WORD = re.compile(r'"([a-z][a-z0-9-]*)"')
VALUES = {  # values the same lines compare with: statuses, kinds, tones
    *("draft", "waiting", "sending", "sent", "needs_you", "info", "offline", "warning", "danger", "success"),
    *("ok", "unknown", "fresh", "primary", "imported", "captured", "day", "sunlight", "night"),
}


def drawn(image: QImage) -> set[QColor]:
    side = range(image.width())
    return {
        image.pixelColor(x, y).name() for x in side for y in side if image.pixelColor(x, y).alpha() == 255
    }


def test_icon_is_drawn_in_the_asked_colour_only(qapp: object) -> None:
    image = IconProvider().draw("truck", QColor("#0B5C6B"), QSize(96, 96))
    assert drawn(image) == {"#0b5c6b"}


@pytest.mark.parametrize("name", icon_names())
def test_every_icon_draws_something_within_its_box(qapp: object, name: str) -> None:
    image = IconProvider().draw(name, QColor("black"), QSize(48, 48))
    assert drawn(image) == {"#000000"}


def test_unknown_name_and_wrong_colour_draw_nothing(qapp: object) -> None:
    provider = IconProvider()
    for name, color in (("nothing-like-it", "#000000"), ("../secret", "#000000"), ("truck", "nocolour")):
        assert drawn(provider.draw(name, QColor(color), QSize(24, 24))) == set()


def test_asked_size_is_honoured_and_grid_size_is_the_default(qapp: object) -> None:
    provider, size = IconProvider(), QSize()
    assert provider.requestImage("camera/121c20", size, QSize(60, 60)).width() == 60
    assert provider.requestImage("camera/121c20", size, QSize(-1, -1)).width() == 24
    assert size == QSize(24, 24)


UNSEEN = """
    Item {
        id: page
        property int size: 24
        property bool open: false
        FaIcon { objectName: "seen"; name: "truck"; size: page.size; scales: false }
        Item {
            visible: page.open
            FaIcon { objectName: "unseen"; name: "truck"; size: page.size; scales: false }
        }
    }
"""


def test_icon_of_a_page_that_is_not_seen_is_drawn_anew_only_when_it_is(qapp: object) -> None:
    with stage() as here:
        page = here.show(UNSEEN)
        seen, unseen = here.find("seen"), here.find("unseen")
        assert (seen.property("drawn"), unseen.property("drawn")) == (24, 0)
        page.setProperty("size", 40)
        assert (seen.property("drawn"), unseen.property("drawn")) == (40, 0)
        assert unseen.width() == 40
        page.setProperty("open", True)
        assert unseen.property("drawn") == 40
        page.setProperty("open", False)
        page.setProperty("size", 24)
        assert (seen.property("drawn"), unseen.property("drawn")) == (24, 40)


def test_every_icon_that_the_kit_asks_for_exists() -> None:
    known = set(icon_names())
    missing = {
        (path.name, word)
        for path in sorted(UI.glob("components/*.qml"))
        for line in ASKED.findall(path.read_text(encoding="utf-8"))
        for word in WORD.findall(line)
        if word not in known | VALUES
    }
    assert missing == set()


def test_app_icon_is_there_as_drawing_and_as_256_pixel_picture(qapp: object) -> None:
    folder = resources_root() / "icons"
    assert (folder / "fieldapp.svg").is_file()
    assert QImage(str(folder / "fieldapp.png")).size() == QSize(256, 256)
