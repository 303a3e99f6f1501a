"""The demo city as a drawn map: land, buildings, streets and their names, as rows of picture tiles.

Everything is placed once in shares of the world (Web Mercator), then drawn strip by strip for each zoom at
twice the size and scaled down, which smooths the edges. The same seed gives the same pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

import msgspec
from PIL import Image, ImageDraw, ImageFont

from sync.central.city.draw import Weighted, stream
from sync.central.city.ground import Cell
from sync.central.city.streets import LANE, MAIN, ROAD, Street, ring_points
from sync.contract.tiles import SIDE, Tile, place_at
from sync.resources import resource

Point = tuple[float, float]
Floor = tuple[float, float, float, float]
SMOOTH = 2
COLORS_MOST = 64
AROUND = 4
"""Empty tiles around the city, as many as a screen reaches beyond its edge."""
NOWHERE = "#dde5e8"
LAND = {
    "homes": "#f4f0e7",
    "shops": "#f7eadf",
    "works": "#eae8f0",
    "park": "#d3e8c6",
    "water": "#b7d7ea",
    "open": "#eeeadf",
}
USES = Weighted(
    [("homes", 0.5), ("works", 0.2), ("shops", 0.13), ("park", 0.08), ("open", 0.06), ("water", 0.03)]
)
BUILT = {"homes": "#e5dfd2", "shops": "#ecd8c4", "works": "#d9d6e2"}
BUILT_EDGE = "#cfc7b8"
CASING, FILL = {MAIN: "#d9ae57", ROAD: "#c9c3b6"}, {MAIN: "#fbe2a3", ROAD: "#ffffff", LANE: "#ffffff"}
INK, HALO = "#5d564a", "#ffffff"
BUILDINGS_FROM, LANES_FROM, NAMES_FROM = 16, 14, 14
WIDTH_M = {MAIN: 22.0, ROAD: 14.0, LANE: 7.0}
LEAST_PX = {MAIN: 2.2, ROAD: 1.3, LANE: 0.8}
LABEL_PX = 12
LABEL_EVERY_PX = 420.0
FLOOR_PLANS: tuple[tuple[Floor, ...], ...] = (
    ((-0.72, -0.72, 0.72, -0.1), (-0.72, 0.15, 0.72, 0.72)),
    ((-0.74, -0.7, -0.1, 0.7), (0.14, -0.7, 0.74, 0.0), (0.14, 0.22, 0.74, 0.7)),
    ((-0.7, -0.7, -0.2, -0.2), (0.15, -0.7, 0.7, -0.2), (-0.7, 0.2, -0.2, 0.7), (0.15, 0.2, 0.7, 0.7)),
    ((-0.65, -0.6, 0.65, 0.6),),
)
"""Buildings on a block, in shares from its middle along and across the streets."""


class _Shape(msgspec.Struct, frozen=True):
    points: tuple[Point, ...]
    fill: str
    edge: str
    top: float
    bottom: float


class _Line(msgspec.Struct, frozen=True):
    points: tuple[Point, ...]
    kind: str
    name: str
    top: float
    bottom: float


class CityPicture:
    """``tiles`` draws one zoom after the other, the coarsest first."""

    def __init__(self, seed: int, ground: tuple[Cell, ...], streets: tuple[Street, ...]) -> None:
        rng = stream(seed, "land")
        self._land: list[_Shape] = []
        self._built: list[_Shape] = []
        for cell in ground:
            ring = tuple(place_at(*at, 0) for at in ring_points(cell))
            use = USES.at(rng.random())
            self._land.append(_shape(ring, LAND[use], ""))
            plan = rng.choice(FLOOR_PLANS)
            if use in BUILT:
                self._built += [_shape(part, BUILT[use], BUILT_EDGE) for part in _buildings(ring, plan)]
        self._lines = [_line(street) for street in streets]
        across = [x for shape in self._land for x, _ in shape.points]
        self._box = (
            min(across),
            min(s.top for s in self._land),
            max(across),
            max(s.bottom for s in self._land),
        )
        self._palette: Image.Image | None = None
        self._fonts: dict[int, ImageFont.FreeTypeFont] = {}

    def tiles(self, zooms: range) -> Iterator[tuple[Tile, Image.Image]]:
        """Every tile of these zooms that the city touches, and empty ones around it."""
        empty = self._few_colours(Image.new("RGB", (SIDE, SIDE), NOWHERE))
        for zoom in zooms:
            west, north, east, south = (floor(edge * (1 << zoom)) for edge in self._box)
            names = self._names(zoom) if zoom >= NAMES_FROM else []
            for row in range(north - AROUND, south + AROUND + 1):
                within = range(west, east + 1)
                strip = self._strip(zoom, row, within, names) if north <= row <= south else None
                for column in range(west - AROUND, east + AROUND + 1):
                    left = (column - west) * SIDE
                    inside = strip is not None and column in within
                    piece = strip.crop((left, 0, left + SIDE, SIDE)) if strip and inside else empty
                    yield Tile(zoom, column, row), piece

    def _strip(self, zoom: int, row: int, columns: range, names: list[tuple[Point, str]]) -> Image.Image:
        """One row of tiles, in few colours."""
        scale = float(SIDE * SMOOTH << zoom)
        left, top = columns[0] * SIDE * SMOOTH, row * SIDE * SMOOTH
        image = Image.new("RGB", (len(columns) * SIDE * SMOOTH, SIDE * SMOOTH), NOWHERE)
        draw = ImageDraw.Draw(image)
        low, high = (top - 60) / scale, (top + SIDE * SMOOTH + 60) / scale

        def pixels(points: tuple[Point, ...]) -> list[Point]:
            return [(x * scale - left, y * scale - top) for x, y in points]

        shapes = self._land + (self._built if zoom >= BUILDINGS_FROM else [])
        for shape in shapes:
            if shape.bottom >= low and shape.top <= high:
                draw.polygon(pixels(shape.points), fill=shape.fill, outline=shape.edge or shape.fill)
        lines = [
            (pixels(line.points), line)
            for line in self._lines
            if line.bottom >= low and line.top <= high and (line.kind != LANE or zoom >= LANES_FROM)
        ]
        metres = 40_075_017.0 / scale
        for kind in (LANE, ROAD, MAIN):
            width = max(WIDTH_M[kind] / metres, LEAST_PX[kind] * SMOOTH)
            if kind in CASING:
                for points, line in lines:
                    if line.kind == kind:
                        _stroke(draw, points, width + 1.6 * SMOOTH, CASING[kind])
            for points, line in lines:
                if line.kind == kind:
                    _stroke(draw, points, width, FILL[kind])
        font = self._font(LABEL_PX * SMOOTH)
        for (x, y), name in names:
            if low <= y / scale <= high:
                at = x - left, y - top
                draw.text(at, name, INK, font, "mm", stroke_width=2 * SMOOTH, stroke_fill=HALO)
        return self._few_colours(image.reduce(SMOOTH))

    def _names(self, zoom: int) -> list[tuple[Point, str]]:
        """Where names lie at a zoom: level, at the middle of a stretch with room for one, not too often."""
        scale = float(SIDE * SMOOTH << zoom)
        written: dict[str, list[Point]] = {}
        for line in self._lines:
            if not line.name:
                continue
            (x0, y0), (x1, y1) = line.points[0], line.points[-1]
            long = max(abs(x1 - x0), abs(y1 - y0)) * scale
            x, y = (part * scale for part in line.points[len(line.points) // 2])
            others = written.setdefault(line.name, [])
            near = any(abs(x - a) + abs(y - b) < LABEL_EVERY_PX * SMOOTH for a, b in others)
            if long > len(line.name) * LABEL_PX * SMOOTH and not near:
                others.append((x, y))
        return [(at, name) for name, places in written.items() for at in places]

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        if size not in self._fonts:
            self._fonts[size] = ImageFont.truetype(str(resource("fonts", "FieldSansSC-Medium.ttf")), size)
        return self._fonts[size]

    def _few_colours(self, image: Image.Image) -> Image.Image:
        """One palette for all: tiles weigh a third then."""
        if self._palette is None:
            self._palette = _palette()
        return image.quantize(palette=self._palette, dither=Image.Dither.NONE)


def _palette() -> Image.Image:
    """The map's colours and what lies between those that meet."""
    bases = [
        NOWHERE,
        *LAND.values(),
        *BUILT.values(),
        BUILT_EDGE,
        *CASING.values(),
        "#fbe2a3",
        "#ffffff",
        INK,
    ]
    plain = [_rgb(color) for color in bases]
    meets = [(_rgb(FILL[k]), _rgb(c)) for k in (MAIN, ROAD) for c in (CASING[MAIN], CASING[ROAD])]
    edges = ("#ffffff", CASING[MAIN], CASING[ROAD])
    meets += [(_rgb(a), _rgb(b)) for a in (*LAND.values(), NOWHERE) for b in edges]
    meets += [(_rgb(INK), _rgb("#ffffff"))] * 3
    found = list(dict.fromkeys(plain))
    for at, (one, other) in enumerate(meets):
        share = (0.5, 0.3, 0.75)[at % 3] if one == _rgb(INK) else 0.5
        found.append(tuple(round(a * share + b * (1 - share)) for a, b in zip(one, other, strict=True)))
    found = list(dict.fromkeys(found))[:COLORS_MOST]
    palette = Image.new("P", (1, 1))
    flat = [part for color in found for part in color]
    palette.putpalette(flat)
    return palette


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(int(color[at : at + 2], 16) for at in (1, 3, 5))


def _stroke(draw: ImageDraw.ImageDraw, points: list[Point], width: float, color: str) -> None:
    draw.line(points, fill=color, width=max(1, round(width)), joint="curve")
    reach = width / 2
    if reach > 1.5:
        for x, y in (points[0], points[-1]):
            draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=color)


def _buildings(ring: tuple[Point, ...], plan: tuple[Floor, ...]) -> Iterator[tuple[Point, ...]]:
    """A floor plan laid into a block: its four outermost corners carry it."""
    corners = (
        min(ring, key=lambda p: p[0] + p[1]),
        max(ring, key=lambda p: p[0] - p[1]),
        max(ring, key=lambda p: p[0] + p[1]),
        min(ring, key=lambda p: p[0] - p[1]),
    )

    def at(u: float, v: float) -> Point:
        s, t = (u + 1) / 2, (v + 1) / 2
        weights = ((1 - s) * (1 - t), s * (1 - t), s * t, (1 - s) * t)
        return (
            sum(w * c[0] for w, c in zip(weights, corners, strict=True)),
            sum(w * c[1] for w, c in zip(weights, corners, strict=True)),
        )

    for u0, v0, u1, v1 in plan:
        yield at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)


def _shape(points: tuple[Point, ...], fill: str, edge: str) -> _Shape:
    down = [y for _, y in points]
    return _Shape(points, fill, edge, min(down), max(down))


def _line(street: Street) -> _Line:
    points = tuple(place_at(*at, 0) for at in street.points)
    down = [y for _, y in points]
    return _Line(points, street.kind, street.name, min(down), max(down))
