"""The shipped font draws the names people have; what no font draws is shown by its code."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontInfo, QRawFont

from fieldapp.ui import fonts
from sync.resources import resources_root

ROOT = Path(__file__).resolve().parents[2]
FOLDER = resources_root() / "fonts"
RARE = "镕喆堃昇珺玥"
SIGNS = "→←↑↓°±×≤≥㎡‰…—“”‘’①⑩Ⅲ￥ＡＢ１２・·、。（）"
PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"


@pytest.mark.parametrize("file", fonts.FILES)
def test_every_weight_draws_the_whole_character_table_and_the_signs_of_forms(qapp: object, file: str) -> None:
    font = QRawFont(str(FOLDER / file), 18)
    table = "".join((ROOT / "build" / "tools" / "tongyong8105.txt").read_text(encoding="utf-8").split())
    assert len(table) == len(set(table)) == 8105
    wanted = table + RARE + SIGNS + PROVINCES + "挂学警港澳⟨⟩"
    assert [char for char in wanted if not font.supportsCharacter(ord(char))] == []


def test_shipped_family_is_loaded_in_both_weights(qapp: object) -> None:
    assert fonts.load_fonts() == fonts.FAMILY
    font = fonts.application_font()
    for weight in (QFont.Weight.Normal, QFont.Weight.Medium):
        font.setWeight(weight)
        assert (QFontInfo(font).family(), QFontInfo(font).weight()) == (fonts.FAMILY, weight)


def test_missing_font_files_leave_the_system_font(qapp: object, tmp_path: Path) -> None:
    family = fonts.load_fonts(tmp_path)
    assert family
    assert family != fonts.FAMILY


def test_broken_font_file_leaves_the_system_font(qapp: object, tmp_path: Path) -> None:
    (tmp_path / fonts.FILES[0]).write_bytes(b"no font at all")
    assert fonts.load_fonts(tmp_path) != fonts.FAMILY


def test_printable_keeps_what_can_be_drawn(qapp: object) -> None:
    text = f"粤B·8K215，{RARE}\n第二行\té ㎡"
    assert fonts.printable(text) == text


def test_printable_shows_a_character_in_no_font_by_its_code(qapp: object) -> None:
    assert fonts.printable("王\U0003134a") == "王⟨U+3134A⟩"


def test_printable_shows_a_lone_surrogate_by_its_code(qapp: object) -> None:
    assert fonts.printable("a\ud800b") == "a⟨U+D800⟩b"


def test_printable_leaves_joiners_and_selectors_to_the_text_engine(qapp: object) -> None:
    assert fonts.printable("中\u200d\ufe0f\u0301文") == "中\u200d\ufe0f\u0301文"


def test_font_licence_travels_with_the_font() -> None:
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text(encoding="utf-8").upper()
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 12 * 2**20
