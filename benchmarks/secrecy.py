"""How often a mark of secrecy is seen on a scan: askew, faint, grey, without a frame, on page two; and how often where there is none.

    python -m benchmarks.secrecy [--sheets N] [--show] [--false-alarms SET …]

Draws invented scans (the samples' sheets with the stamps of Decree 30/2020, app. I, box 10a: 20, 30 and 40 mm by 8 mm, multiplied on the
sheet and scanned), reads them and counts. `--false-alarms` reads the kept pages of sets (`benchmarks.pages`) and counts marks there.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from models.page import Page
from pipeline.ingest.read_pages import finished
from pipeline.recognize.ocr.engine import default_engine
from pipeline.recognize.pdf.pixels import Sheet
from pipeline.recognize.scans import read_sheet

ROOT = Path(__file__).resolve().parent.parent
DPI = 200
MARKS = {"MẬT": 20, "TỐI MẬT": 30, "TUYỆT MẬT": 40}  # millimetres wide
INKS = {
    "red": (200, 30, 45),
    "faint red": (236, 150, 156),
    "pale red": (244, 190, 194),
    "grey": (110, 110, 110),
    "faint grey": (175, 175, 175),
}
BASES = ("invented-government-office", "invented-quang-ngai-plan", "invented-telegram", "invented-ministry-reminder", "seed-digital")
_FONTS = ("Tinos-Bold", "Arimo-Bold")


class Case(NamedTuple):
    """A stamp to be drawn. angle: degrees; x, y: millimetres of its upper left corner; over: it may stand on print (a clerk looks for
    a free spot); grey: the scanner knew no colour."""

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


def cases(count: int, seed: int = 5) -> list[Case]:
    """As many cases, the same on every run: each mark and ink by turns, the rest drawn by lot."""
    lot = random.Random(seed)
    found = []
    for at in range(count):
        zone = lot.choices(((22, 150, 46, 100), (22, 62, 52, 84), (95, 110, 3, 8)), (5, 4, 1))[0]
        spots = [(lot.uniform(zone[0], zone[1]), lot.uniform(zone[2], zone[3])) for _ in range(60)]
        base, over, mark, angle = lot.choice(BASES), lot.random() < 0.2, list(MARKS)[at % 3], lot.uniform(-20, 20)
        x, y = spots[0] if over else min(spots, key=lambda spot: _ink_under(base, *spot, MARKS[mark]))
        ink, framed = list(INKS)[at % len(INKS)], lot.random() < 0.8
        over = _ink_under(base, x, y, MARKS[mark]) > 0.01
        found.append(Case(mark, ink, angle, framed, x, y, base, 0, lot.choice(_FONTS), lot.random() < 0.3, over))
    return found


def _ink_under(base: str, x: float, y: float, wide: float) -> float:
    """The share of a spot (millimetres) that is printed on."""
    left, top, right, bottom = (round(v / 25.4 * DPI) for v in (x, y - 3, x + wide + 6, y + 17))
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


def scanned(case: Case, lot: np.random.Generator) -> Image.Image:
    """The sheet with its stamp as a scanner delivers it."""
    paper = np.asarray(_base(case.base, case.page), np.uint16).copy()
    ink = np.asarray(stamp(case), np.uint16)
    left, top = round(case.x / 25.4 * DPI), round(case.y / 25.4 * DPI)
    height, width = min(ink.shape[0], paper.shape[0] - top), min(ink.shape[1], paper.shape[1] - left)
    paper[top : top + height, left : left + width] = paper[top : top + height, left : left + width] * ink[:height, :width] // 255
    pixels = paper.astype(np.float32) * 0.96 + 5 + lot.normal(0, 4, paper.shape[:2])[..., None]
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))
    return image.convert("L") if case.grey else image


def read(image: Image.Image) -> Page:
    """The sheet as the reader reads it."""
    pixels = np.asarray(image, np.uint8)
    return next(finished(read_sheet(Sheet(pixels, DPI, pixels.shape[1] / DPI * 72, pixels.shape[0] / DPI * 72), 1, default_engine())))


def seen(page: Page) -> str | None:
    """The mark of secrecy that was read, or None."""
    return next((stamp.text for stamp in page.stamps if stamp.kind == "secrecy"), None)


def measure(count: int, show: bool) -> dict[str, list[int]]:
    """Read the drawn sheets. Return by ink, angle and frame: [found, found as the mark it is, drawn]."""
    lot = np.random.default_rng(7)
    table: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for case in cases(count):
        said = seen(read(scanned(case, lot)))
        tilt = "to 10°" if abs(case.angle) <= 10 else "10° to 20°"
        frame, colour, where = (
            ("no frame", "framed")[case.framed],
            ("colour scan", "grey scan")[case.grey],
            ("free spot", "over print")[case.over],
        )
        for key in ("all", case.ink, tilt, frame, colour, where, case.mark):
            row = table[key]
            row[0] += said is not None
            row[1] += said == case.mark
            row[2] += 1
        if show and said != case.mark:
            print("missed" if said is None else f"read {said}", case)
    return table


def false_alarms(names: list[str]) -> int:
    """Count the marks of secrecy read on the kept pages of these sets; say where."""
    from benchmarks.pages import cached, files
    from pipeline.acquire import Refusal

    count = 0
    for name in names:
        for path in files(name):
            try:
                pages = cached(path)
            except Refusal:
                continue
            for page in pages:
                if seen(page):
                    count += 1
                    print(f"{name}/{path.name} page {page.number}: {seen(page)}")
    return count


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=60)
    parser.add_argument("--show", action="store_true", help="name what was missed")
    parser.add_argument("--false-alarms", nargs="*", default=[], metavar="SET")
    asked = parser.parse_args()
    if asked.false_alarms:
        print(f"marks: {false_alarms(asked.false_alarms)}")
        return
    print(f"{'':14}{'drawn':>7}{'found':>7}{'level right':>13}")
    for key, (found, right, drawn) in measure(asked.sheets, asked.show).items():
        print(f"{key:14}{drawn:>7}{found:>7}{right:>13}")


if __name__ == "__main__":
    main()
