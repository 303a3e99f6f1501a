"""Generated scenes with a number plate in each, from a fixed seed: to measure by, no claim about the field.

Five conditions (day, night, rain, skew, dirt) by five kinds of plate (yellow, blue, green large, green small,
trailer in two rows). The glyphs are the app's own font squeezed to the plate's cells, not the official ones;
the trucks are boxes. What reads these well may still fail on a road, and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import msgspec
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from sync.contract.plate import PROVINCES
from sync.resources import resource

CONDITIONS = ("day", "night", "rain", "skew", "dirt")
KINDS = ("yellow", "blue", "green_large", "green_small", "trailer")
SIZE = (1920, 1080)
SEED = 20261121
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_SERIAL = _LETTERS + "0123456789" * 3
_SHARP = 4
"""Pixels a millimetre at which a plate is drawn before it is set into the scene."""


class Scene(msgspec.Struct, frozen=True):
    """A picture and what is written on its plate."""

    condition: str
    kind: str
    plate: str
    picture: Image.Image


def scenes(each: int = 10, seed: int = SEED) -> Iterator[Scene]:
    """``each`` scenes of every condition and kind, one after another."""
    for condition in CONDITIONS:
        for kind in KINDS:
            for number in range(each):
                random = Random(f"{seed} {condition} {kind} {number}")
                plate = _number(kind, random)
                yield Scene(condition, kind, plate, _scene(condition, kind, plate, random))


def _number(kind: str, random: Random) -> str:
    province = "粤" if random.random() < 0.5 else random.choice(PROVINCES)
    head = province + random.choice(_LETTERS)
    if kind == "green_large":
        return head + "".join(random.choices("0123456789", k=5)) + random.choice("DF")
    if kind == "green_small":
        serial = random.choice(_SERIAL) + "".join(random.choices("0123456789", k=4))
        return head + random.choice("DF") + serial
    if kind == "trailer":
        return head + "".join(random.choices(_SERIAL, k=4)) + "挂"
    return head + "".join(random.choices(_SERIAL, k=5))


def _glyph(character: str, width: int, height: int, ink: str) -> Image.Image:
    """One character stretched to its cell, as plates stretch theirs."""
    font = ImageFont.truetype(str(_font()), height)
    left, top, right, bottom = font.getbbox(character, stroke_width=height // 40)
    cell = Image.new("RGBA", (int(right - left), int(bottom - top)), (0, 0, 0, 0))
    ImageDraw.Draw(cell).text(
        (-left, -top), character, font=font, fill=ink, stroke_width=height // 40, stroke_fill=ink
    )
    if character in "1I":
        width = width // 3
    return cell.resize((max(1, width), height), Image.Resampling.LANCZOS)


def _font() -> object:
    return next(iter(sorted(resource("fonts").glob("*.[ot]tf"))))


def _plate(kind: str, plate: str) -> Image.Image:
    """The plate itself, flat and clean."""
    ground, ink = {
        "yellow": ("#F2B416", "#101010"),
        "trailer": ("#F2B416", "#101010"),
        "blue": ("#1C4FA8", "#FFFFFF"),
    }.get(kind, ("#3FBF6A", "#101010"))
    width, height = {"trailer": (440, 220), "green_large": (480, 140), "green_small": (480, 140)}.get(
        kind, (440, 140)
    )
    k = _SHARP
    board = Image.new("RGBA", (width * k, height * k), ground)
    if kind == "green_small":
        white = Image.new("RGBA", board.size, "#F4FAF4")
        board.paste(white, mask=Image.linear_gradient("L").resize(board.size).point(lambda v: 255 - v))
    draw = ImageDraw.Draw(board)
    if kind == "green_large":
        draw.rectangle((0, 0, 130 * k, height * k), fill="#F2C63C")
    draw.rounded_rectangle(
        (4 * k, 4 * k, (width - 4) * k, (height - 4) * k), 10 * k, outline=ink, width=2 * k
    )
    if kind == "trailer":
        cells = [(110, 15, 80, 60), (250, 15, 80, 60)]
        cells += [(27 + 80 * i, 90, 65, 110) for i in range(5)]
    elif width == 480:
        cells = [(15, 25, 45, 90), (69, 25, 43, 90)] + [(134 + 54 * i, 25, 43, 90) for i in range(6)]
    else:
        cells = [(15, 25, 45, 90), (72, 25, 45, 90)] + [(151 + 57 * i, 25, 45, 90) for i in range(5)]
    if kind != "trailer":
        dot = 122 if width == 480 else 134
        draw.ellipse(((dot - 5) * k, 65 * k, (dot + 5) * k, 75 * k), fill=ink)
    for character, (x, y, wide, high) in zip(plate, cells, strict=True):
        glyph = _glyph(character, wide * k, high * k, ink)
        board.alpha_composite(glyph, ((x * k + (wide * k - glyph.width) // 2), y * k))
    return board


def _scene(condition: str, kind: str, plate: str, random: Random) -> Image.Image:
    noise = np.random.default_rng(random.getrandbits(32))
    board = _plate(kind, plate)
    if condition == "dirt":
        board = _dirty(board, random)
    scene, (x, y) = _street(random, noise)
    wide = random.randint(180, 380)
    high = round(wide * board.height / board.width)
    reach = 0.30 if condition == "skew" else 0.06
    scene.alpha_composite(_turned(board, wide, high, reach, random), (x - wide // 2, y - high // 2))
    picture = scene.convert("RGB")
    if condition == "night":
        picture = _night(picture, (x, y), noise)
    if condition == "rain":
        picture = _rain(picture, random)
    picture = picture.filter(ImageFilter.GaussianBlur(random.uniform(0.4, 1.0)))
    grain = noise.normal(0, 9 if condition == "night" else 4, (SIZE[1], SIZE[0], 1))
    return Image.fromarray(np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8))


def _street(random: Random, noise: np.random.Generator) -> tuple[Image.Image, tuple[int, int]]:
    """A road, a sky, the back of a lorry; where its plate belongs."""
    coarse = noise.integers(90, 170, (27, 48, 3), dtype=np.uint8)
    scene = Image.fromarray(coarse).resize(SIZE, Image.Resampling.BICUBIC).convert("RGBA")
    draw = ImageDraw.Draw(scene)
    draw.rectangle((0, 760, *SIZE), fill=(88, 88, 90, 255))
    x, y = random.randint(600, 1320), random.randint(600, 800)
    body = tuple(random.randint(40, 200) for _ in range(3))
    draw.rectangle((x - 460, y - 520, x + 460, y + 60), fill=(*body, 255))
    for rib in range(-400, 401, 100):
        draw.line((x + rib, y - 500, x + rib, y - 160), fill=tuple(c * 3 // 4 for c in body), width=8)
    draw.rectangle((x - 460, y - 140, x + 460, y + 130), fill=(52, 54, 58, 255))
    for side in (-1, 1):
        draw.rectangle((x + side * 380 - 60, y - 60, x + side * 380 + 60, y + 10), fill=(170, 30, 24, 255))
    return scene, (x, y)


def _turned(board: Image.Image, wide: int, high: int, reach: float, random: Random) -> Image.Image:
    """The board in perspective, in a box of its own size and a little more."""
    margin = round(wide * reach) + 2
    size = (wide + 2 * margin, high + 2 * margin)

    def off(by: float) -> float:
        return random.uniform(-by, by)

    roll, squeeze = off(reach * 0.6), abs(off(reach))
    far = random.choice((0, 1))
    corners = []
    for cx, cy in ((0, 0), (1, 0), (1, 1), (0, 1)):
        shrink = squeeze * 0.6 if cx == far else 0.0
        px = margin + wide * (cx * (1 - squeeze * 0.5) + squeeze * 0.25)
        py = margin + high * (0.5 + (cy - 0.5) * (1 - shrink)) + (cx - 0.5) * wide * roll * 0.5
        corners.append((px, py))
    source = [(0, 0), (board.width, 0), (board.width, board.height), (0, board.height)]
    half = board.resize((wide * 2, high * 2), Image.Resampling.LANCZOS)
    source = [(0, 0), (half.width, 0), half.size, (0, half.height)]
    return half.transform(
        size, Image.Transform.PERSPECTIVE, _matrix(corners, source), Image.Resampling.BICUBIC
    )


def _matrix(corners: list[tuple[float, float]], source: list[tuple[int, int]]) -> list[float]:
    rows, right = [], []
    for (x, y), (u, v) in zip(corners, source, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return [float(value) for value in np.linalg.solve(np.array(rows), np.array(right))]


def _dirty(board: Image.Image, random: Random) -> Image.Image:
    """Mud in thin patches: the characters stay legible to a person."""
    mud = Image.new("L", board.size, 0)
    draw = ImageDraw.Draw(mud)
    for _ in range(14):
        x, y = random.randint(0, board.width), random.randint(0, board.height)
        r = random.randint(40, 200)
        draw.ellipse((x - r, y - r // 2, x + r, y + r // 2), fill=random.randint(60, 150))
    mud = mud.filter(ImageFilter.GaussianBlur(30))
    dirty = board.copy()
    dirty.paste(Image.new("RGBA", board.size, (112, 92, 66, 255)), mask=mud)
    return dirty


def _night(picture: Image.Image, at: tuple[int, int], noise: np.random.Generator) -> Image.Image:
    """Dark, with one lamp from somewhere beside the plate."""
    rows, columns = np.mgrid[0 : SIZE[1], 0 : SIZE[0]]
    lamp = at[0] + int(noise.integers(-250, 250)), at[1] + int(noise.integers(-150, 150))
    distance = np.hypot(columns - lamp[0], rows - lamp[1])
    light = 0.10 + 0.55 * np.exp(-((distance / 420) ** 2))
    lit = np.asarray(picture) * light[..., None] * np.array([1.0, 0.93, 0.78])
    return Image.fromarray(np.clip(lit, 0, 255).astype(np.uint8))


def _rain(picture: Image.Image, random: Random) -> Image.Image:
    """Streaks over a picture that has lost contrast."""
    grey = Image.blend(picture, Image.new("RGB", picture.size, (150, 155, 160)), 0.35)
    streaks = Image.new("L", picture.size, 0)
    draw = ImageDraw.Draw(streaks)
    for _ in range(900):
        x, y, long = random.randint(0, SIZE[0]), random.randint(0, SIZE[1]), random.randint(15, 50)
        draw.line(
            (x, y, x - long // 5, y + long), fill=random.randint(50, 130), width=random.choice((1, 1, 2))
        )
    grey.paste(Image.new("RGB", picture.size, (225, 230, 235)), mask=streaks)
    return grey.filter(ImageFilter.GaussianBlur(0.6))
