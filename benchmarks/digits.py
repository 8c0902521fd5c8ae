"""How well serials and days written by hand are read, on crops whose truth was read by eye; and whether the confidence is calibrated.

    python -m benchmarks.digits [--truth .work/digits-eye.tsv] [--show] [--weights FILE FILE]

The truth stays out of the repository: a TSV of file, field (serial, day, month), true, how (hand, stamped, print), about files of the
bench's dev/real and dev/unlabelled. Skipped where absent. Pages come from benchmarks.pages, pixels from the files.

The letters are cut in two by a hash of the file's name: whoever improves the training looks at the misses of the half "seen" alone
(--show lists no others), and what holds for the half "unseen" is what can be expected of other hands.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import defaultdict
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from benchmarks.pages import BENCH, ROOT, cached
from models.page import Page
from pipeline.layout import gaps
from pipeline.recognize.digits import read
from pipeline.recognize.pdf.pixels import Sheet, of_pdf, of_picture, scan_of
from pipeline.recognize.scans import turned
from pipeline.reread.print_size import print_scale, resized

BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.001)


def half(name: str) -> str:
    """Which half a file is of: "seen" or "unseen"."""
    return "unseen" if sha256(f"congvan{name}".encode()).digest()[0] % 2 else "seen"


def first_sheet(path: Path) -> Sheet:
    """The pixels of a file's first page, as they lie."""
    if path.suffix.lower() != ".pdf":
        with Image.open(path) as image:
            return of_picture(image, path, 1)
    document = pdfium.PdfDocument(path)
    document.init_forms()
    page = document[0]
    return of_pdf(page, path, 1, scan_of(page), drawn=pdfium_c.FPDFPage_GetAnnotCount(page) > 0)


def edits(a: str, b: str) -> int:
    """The least number of characters changed, put in or left out to make one string the other."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def same(read_as: str, true: str, field: str) -> bool:
    """A serial is compared as printed, but for the case of its letter; a day and a month as numbers."""
    if field == "serial":
        return read_as.upper() == true.upper()
    return read_as.isdigit() and int(read_as) == int(true)


def pairs(path: Path, page: Page) -> tuple[dict[str, read.DigitReading | None], float]:
    """What is read on a first page, by field, and the seconds it took."""
    sheet = first_sheet(path)
    image = turned(sheet.image, page.rotation // 90)
    dpi = image.shape[1] * 72 / page.width
    begun = time.perf_counter()
    scale = print_scale(page)
    page, dpi = (page, dpi) if scale == 1 else (resized(page, 1 / scale), dpi * scale)
    place, when = gaps.serial_place(page), gaps.date_place(page)
    found = read.serial_at(image, dpi, place.x0, place.x1, place.base) if place else None
    serial = found.serial if found else None
    date = read.date_at(image, dpi, when.x0, when.x1, when.base) if when else None
    return {"serial": serial, "day": date.day if date else None, "month": date.month if date else None}, time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--truth", type=Path, default=ROOT / ".work" / "digits-eye.tsv")
    parser.add_argument("--weights", type=Path, nargs=2, default=None)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    if not given.truth.is_file() or not BENCH.is_dir():
        print("no truth: skipped")
        return
    if given.weights:
        read.WEIGHTS = tuple(given.weights)
    with given.truth.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    files = {p.stem: p for name in ("real", "unlabelled") for p in (BENCH / name / "files").iterdir()}
    byfile: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        byfile[row["file"]].append(row)
    digits: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])  # digits, right ones, strings, right ones
    sure: list[tuple[float, bool]] = []
    seconds = 0.0
    for name, wanted in byfile.items():
        page = cached(files[name])[0]
        got, took = pairs(files[name], page)
        seconds += took
        for row in wanted:
            true, reading = row["true"], got[row["field"]]
            said = reading.text if reading else ""
            right = same(said, true, row["field"])
            wrong = 0 if right else min(len(true), edits(said.upper(), true.upper()))
            for part in ("all", half(name)):
                count = digits[part, row["field"], row["how"]]
                for i, more in enumerate((len(true), len(true) - wrong, 1, int(right))):
                    count[i] += more
            if row["how"] != "print":
                sure.append((reading.confidence if reading else 0.0, right))
            if given.show and not right and half(name) == "seen":
                rest = f"{reading.confidence:.2f} {reading.others}" if reading else ""
                print(f"{name} {row['field']:6} {row['how']:7} true {true:6} read {said:6} {rest}")
    print(f"{'half':8}{'field':8}{'how':9}{'digits':>7}{'right %':>9}{'strings':>9}{'right %':>9}")
    for (part, field, how), (d, dr, s, sr) in sorted(digits.items()):
        print(f"{part:8}{field:8}{how:9}{d:7}{100 * dr / d:9.1f}{s:9}{100 * sr / s:9.1f}")
    print(f"\nconfidence of what is by hand{'':4}strings  said  right")
    for low, high in pairwise(BINS):
        inside = [(c, r) for c, r in sure if low <= c < high]
        if inside:
            means = np.mean([c for c, _ in inside]), np.mean([r for _, r in inside])
            print(f"  {low:.2f} to {min(high, 1):.2f}{'':16}{len(inside):7}  {means[0]:.2f}  {means[1]:.2f}")
    print(f"\n{1000 * seconds / max(1, len(byfile)):.1f} ms a page, one thread")


if __name__ == "__main__":
    main()
