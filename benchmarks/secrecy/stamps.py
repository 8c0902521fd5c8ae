"""The stamps of Decree 30/2020, app. I, box 10a (20, 30 and 40 mm by 8 mm), drawn on the samples' sheets and scanned.

What is drawn is drawn by lot, the same on every run.
"""

from __future__ import annotations

import random
from functools import cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter, ImageFont

ROOT = Path(__file__).resolve().parents[2]
DPI = 200
SEED = 5
MARKS = {"MẬT": 20, "TỐI MẬT": 30, "TUYỆT MẬT": 40}  # millimetres wide
INKS = {
    "red": (200, 30, 45),
    "faint red": (236, 150, 156),
    "pale red": (244, 190, 194),
    "grey": (110, 110, 110),
    "faint grey": (175, 175, 175),
    "black": (30, 30, 34),
    "blue": (40, 60, 170),
}
PLACES = ("free", "print", "seal", "turned", "cut")
SOURCES = ("scan", "picture", "outline", "form", "rotated", "negative", "strips", "tiles")
BASES = ("invented-government-office", "invented-quang-ngai-plan", "invented-telegram", "invented-ministry-reminder", "seed-digital")
_DRAWN = ("red", "black", "blue", "faint red", "faint grey")  # by turns in `cases`
_WIDE, _HIGH = 210, 297  # millimetres
_FONTS = ("Tinos-Bold", "Arimo-Bold")


class Case(NamedTuple):
    """A stamp to be drawn. angle: degrees; x, y: millimetres of its upper left corner; over: it stands on print; grey: the scanner knew
    no colour; place, source: one of PLACES and SOURCES."""

    mark: str
    ink: str
    angle: float
    framed: bool
    x: float
    y: float
    base: str
    page: int
    font: str
    grey: bool
    over: bool
    place: str = "free"
    source: str = "scan"


def cases(seed: int = SEED) -> list[Case]:
    """One of each mark, ink, place and source, in an order drawn by lot: as many of the first as one likes are a fair sample."""
    lot = random.Random(seed)
    found = [_case(lot, *kind) for kind in product(MARKS, _DRAWN, PLACES, SOURCES)]
    lot.shuffle(found)
    return found


def _case(lot: random.Random, mark: str, ink: str, place: str, source: str) -> Case:
    """The spot that a clerk would take for free paper; for print the one with most of it."""
    base, wide = lot.choice(BASES), MARKS[mark]
    spots = [(lot.uniform(22, 165 - wide), lot.uniform(46, 100)) for _ in range(60)]
    x, y = (max if place == "print" else min)(spots, key=lambda spot: _ink_under(base, *spot, wide))
    angle = lot.uniform(-10, 10)
    if place == "turned":
        angle = lot.choice((-1, 1)) * lot.uniform(14, 24)
    if place == "cut":
        x, y = lot.choice(((x, lot.uniform(-5.6, -4.4)), (_WIDE - 3 - wide * lot.uniform(0.82, 0.92), lot.uniform(3, 8))))
        angle = lot.uniform(-3, 3)
    over = _ink_under(base, x, y, wide) > 0.01
    framed, grey = lot.random() < 0.8, source in ("scan", "strips", "tiles") and lot.random() < 0.3
    return Case(mark, ink, angle, framed, x, y, base, 0, lot.choice(_FONTS), grey, over, place, source)


def _ink_under(base: str, x: float, y: float, wide: float) -> float:
    """The share of a spot (millimetres) that is printed on."""
    left, top, right, bottom = (max(0, round(v / 25.4 * DPI)) for v in (x, y - 3, x + wide + 6, y + 17))
    return float(_print_on(base)[top:bottom, left:right].mean())


@cache
def _print_on(base: str) -> np.ndarray:
    return np.asarray(_base(base, 0).convert("L")) < 160


@cache
def _base(name: str, page: int) -> Image.Image:
    document = pdfium.PdfDocument(ROOT / "samples" / "letters" / f"{name}.pdf")
    return document[page].render(scale=DPI / 72).to_pil().convert("RGB")  # type: ignore[no-any-return]


def stamp(case: Case) -> Image.Image:
    """The stamp on white, turned."""
    four = 4
    mm = DPI / 25.4 * four
    width, height = MARKS[case.mark] * mm, 8 * mm
    pad = int(3 * mm)
    image = Image.new("RGB", (int(width) + 2 * pad, int(height) + 2 * pad), "white")
    draw = ImageDraw.Draw(image)
    ink = INKS[case.ink]
    if case.framed:
        draw.rectangle((pad, pad, pad + width, pad + height), outline=ink, width=int(0.5 * mm))
    font = ImageFont.truetype(f"/usr/share/fonts/truetype/croscore/{case.font}.ttf", int(4.9 * mm))
    draw.text((image.width / 2, image.height / 2), case.mark, font=font, fill=ink, anchor="mm")
    image = image.rotate(case.angle, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    return image.resize((image.width // four, image.height // four), Image.Resampling.LANCZOS)


def seal() -> Image.Image:
    """A round seal on white: two rings, words along them, a star in the middle."""
    size = round(34 / 25.4 * DPI)
    image = Image.new("RGB", (size * 2, size * 2), "white")
    draw, red = ImageDraw.Draw(image), (205, 45, 60)
    for inset, width in ((4, 12), (size * 2 // 5, 5)):
        draw.ellipse((inset, inset, size * 2 - inset, size * 2 - inset), outline=red, width=width)
    font = ImageFont.truetype("/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf", size // 5)
    for at, letter in enumerate("ỦY BAN NHÂN DÂN TỈNH ĐẠI HÒA "):
        glyph = Image.new("RGB", (size // 3, size // 3), "white")
        ImageDraw.Draw(glyph).text((size // 6, size // 6), letter, font=font, fill=red, anchor="mm")
        turn = 2 * np.pi * at / 29
        x, y = size + 0.8 * size * np.sin(turn), size - 0.8 * size * np.cos(turn)
        mask = Image.eval(glyph.convert("L"), lambda v: 255 - v).rotate(-np.degrees(turn))
        image.paste(red, (round(x) - size // 6, round(y) - size // 6), mask)
    draw.regular_polygon((size, size, size // 5), 5, fill=red)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def seal_at(case: Case) -> tuple[float, float]:
    """Where a seal stands that the stamp lies half across, millimetres."""
    return case.x + 0.4 * MARKS[case.mark], case.y - 12


def multiply(paper: np.ndarray, image: Image.Image, x: float, y: float) -> None:
    """Lay what is drawn on white on paper (16 bits a channel, at DPI), its upper left at x, y millimetres; what lies off it is lost."""
    ink = np.asarray(image, np.uint16)
    left, top = round(x / 25.4 * DPI), round(y / 25.4 * DPI)
    ink = ink[max(0, -top) :, max(0, -left) :]
    left, top = max(0, left), max(0, top)
    height, width = max(0, min(ink.shape[0], paper.shape[0] - top)), max(0, min(ink.shape[1], paper.shape[1] - left))
    paper[top : top + height, left : left + width] = paper[top : top + height, left : left + width] * ink[:height, :width] // 255


def scanned(case: Case, lot: np.random.Generator) -> Image.Image:
    """The sheet with its stamp as a scanner delivers it."""
    paper = np.asarray(_base(case.base, case.page), np.uint16).copy()
    if case.place == "seal":
        multiply(paper, seal(), *seal_at(case))
    multiply(paper, stamp(case), case.x, case.y)
    pixels = paper.astype(np.float32) * 0.96 + 5 + lot.normal(0, 4, paper.shape[:2])[..., None]
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))
    return image.convert("L") if case.grey else image
