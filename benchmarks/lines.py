"""How well our line reader reads lines cut from real letters, with tesseract beside it: characters wrong, by kind, and milliseconds a line.

    python -m benchmarks.lines TRUTH [--weights FILE] [--show] [--write]

TRUTH is a TSV of file (a picture of one line, as `line_cut.strip` cuts it), kind, text (as printed) and, where the line was read with its
page, page (what tesseract read there; else it reads the picture). It stays out of the repository, as its pictures do. Dashes of all lengths
are one.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from benchmarks.pages import ROOT
from models.skeleton import nfc
from pipeline.recognize.image.background import clear, sized, without_red
from pipeline.recognize.ocr.engine import ROW, default_engine
from pipeline.recognize.ocr.line_cut import Cut
from pipeline.recognize.ocr.line_image import line_image
from pipeline.recognize.ocr.line_reader import WEIGHTS, Network

TABLE = ROOT / "benchmarks" / "tables" / "lines.md"
_POINTS = 14.0  # how high a line is taken to be, for tesseract, which wants a resolution
_DPI = 250


def plain(text: str) -> str:
    """A reading as it is compared: dashes of one length, blanks single, none beside a slash."""
    return re.sub(r"\s*/\s*", "/", re.sub(r"\s+", " ", re.sub("[–—−‐]", "-", nfc(text)))).strip()


def by_tesseract(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> str:
    """What tesseract reads on a picture of one line, made ready as the second looks make it."""
    gray = clear(without_red(picture))
    gray, dpi = sized(gray, round(gray.shape[0] / _POINTS * 72), _DPI)
    gray = cv2.copyMakeBorder(gray, 12, 12, 12, 12, cv2.BORDER_CONSTANT, value=255)
    return " ".join(word.text for word in default_engine().recognize(gray, dpi, ROW))


def table(kinds: Sequence[str], wrong: dict[tuple[str, str], int], size: dict[str, int], lines: dict[str, list[tuple[bool, bool]]]) -> str:
    """The figures by kind, as Markdown."""
    rows = [
        "| kind | lines | characters | line reader, CER % | tesseract, CER % | both wrong, % of lines | alike and wrong, % |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for kind in kinds:
        seen = lines[kind]
        both = [100 * sum(flag[i] for flag in seen) / len(seen) for i in range(2)]
        ours, theirs = (100 * wrong[who, kind] / size[kind] for who in ("ours", "tesseract"))
        rows.append(f"| {kind} | {len(seen)} | {size[kind]} | {ours:.2f} | {theirs:.2f} | {both[0]:.1f} | {both[1]:.1f} |")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--show", action="store_true", help="tell each line that the line reader misreads")
    parser.add_argument("--write", action="store_true", help=f"keep the table as {TABLE.relative_to(ROOT)}")
    given = parser.parse_args()
    if not given.weights.is_file():
        print("no weights: skipped")
        return
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with given.truth.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    pictures = [np.asarray(cv2.imread(row["file"], cv2.IMREAD_UNCHANGED), np.uint8) for row in rows]
    network = Network(given.weights)
    begun = time.process_time()
    read = network.read([Cut(line_image(without_red(picture)), 0.0, 1.0) for picture in pictures])
    ours_took = time.process_time() - begun
    begun = time.process_time()
    theirs = [plain(row.get("page") or by_tesseract(picture)) for row, picture in zip(rows, pictures, strict=True)]
    theirs_took = time.process_time() - begun
    wrong: dict[tuple[str, str], int] = defaultdict(int)
    size: dict[str, int] = defaultdict(int)
    lines: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for row, words, other in zip(rows, read, theirs, strict=True):
        true, ours = plain(row["text"]), plain(" ".join(word.text for word in words))
        if given.show and ours != true:
            print(f"{Path(row['file']).name}\t{row['kind']}\ttrue {true}\n\t\tours {ours}\n\t\ttess {other}")
        for kind in (row["kind"], "all"):
            size[kind] += len(true)
            wrong["ours", kind] += Levenshtein.distance(ours, true)
            wrong["tesseract", kind] += Levenshtein.distance(other, true)
            lines[kind].append((ours != true and other != true, ours == other != true))
    said = table([*sorted(set(size) - {"all"}), "all"], wrong, size, lines)
    said += f"\n\n{1000 * ours_took / len(rows):.1f} ms of CPU a line of ours"
    said += ".\n" if "page" in rows[0] else f", {1000 * theirs_took / len(rows):.1f} of tesseract's.\n"
    print(said)
    if given.write:
        head = "## Lines of real letters\n\n`python -m benchmarks.lines` on lines transcribed by eye (kept outside the repository).\n\n"
        TABLE.write_text(head + said, encoding="utf-8")


if __name__ == "__main__":
    main()
