"""Every text in every theme can be read: contrast after WCAG 2.2, 7:1 in sunlight, 4.5:1 elsewhere."""

from itertools import pairwise

import pytest
from kit_stage import Stage, stage
from PySide6.QtGui import QColor

TONES = ("primary", "success", "warning", "danger", "info")
PAGES = ("background", "surface", "surfaceRaised")
PAIRS = [
    *((ink, page) for ink in ("text", "textMuted", *TONES) for page in PAGES),
    *((f"{tone}Ink", tone) for tone in TONES),
    *((f"{tone}SoftInk", f"{tone}Soft") for tone in TONES),
    ("text", "surfaceSunken"),
    ("textMuted", "surfaceSunken"),
    ("text", "primarySoft"),
    ("primary", "primarySoft"),
    ("primaryInk", "primaryPressed"),
    ("dangerInk", "dangerPressed"),
    ("surface", "textMuted"),
    ("railInk", "rail"),
    ("railMuted", "rail"),
    ("railSelectedInk", "railSelected"),
    ("toastInk", "toast"),
    ("toastAction", "toast"),
]
EDGES = [("outlineStrong", page) for page in PAGES] + [("focus", page) for page in PAGES]


def luminance(color: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(part) for part in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_weak(shown: Stage, pairs: list[tuple[str, str]], least: float) -> list[str]:
    theme = shown.theme
    found = [(ink, page, contrast(theme.property(ink), theme.property(page))) for ink, page in pairs]
    return [f"{ink} on {page}: {ratio:.2f}" for ink, page, ratio in found if ratio < least]


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)


@pytest.mark.parametrize(("name", "least"), [("day", 4.5), ("sunlight", 7.0), ("night", 4.5)])
def test_every_text_pair_of_the_theme_reaches_its_contrast(qtbot: object, name: str, least: float) -> None:
    with stage() as shown:
        shown.theme.setProperty("name", name)
        assert too_weak(shown, PAIRS, least) == []


@pytest.mark.parametrize("name", ["day", "sunlight", "night"])
def test_every_edge_of_a_control_and_the_focus_ring_stand_out(qtbot: object, name: str) -> None:
    with stage() as shown:
        shown.theme.setProperty("name", name)
        assert too_weak(shown, EDGES, 3.0) == []


def test_disabled_text_stays_readable_in_sunlight(qtbot: object) -> None:
    with stage() as shown:
        shown.theme.setProperty("name", "sunlight")
        assert too_weak(shown, [("textDisabled", "surface"), ("textDisabled", "surfaceSunken")], 4.5) == []


def test_unknown_theme_name_shows_day(qtbot: object) -> None:
    with stage() as shown:
        day = shown.theme.property("background")
        shown.theme.setProperty("name", "sepia")
        assert shown.theme.property("background") == day


def test_type_sizes_follow_the_text_scale(qtbot: object) -> None:
    sizes = ("fontCaption", "fontLabel", "fontBody", "fontHeading", "fontTitle", "fontDisplay")
    with stage() as shown:
        plain = [shown.theme.property(size) for size in sizes]
        assert all(smaller < larger for smaller, larger in pairwise(plain))
        shown.theme.setProperty("textScale", 2.0)
        assert [shown.theme.property(size) for size in sizes] == [2 * size for size in plain]
