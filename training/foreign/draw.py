"""Foreign sheets as pages: invoices, tables, forms, contracts, papers, newspapers, maps …, each kind a text (kinds.txt) whose slots are
filled from words.tsv, set as a page would be read: words with boxes, no pixels.

How a line begins says how it stands: C centred, B the same, H a title in capitals, L left, R right, P a paragraph, D two columns, T a
table's row, 2 text in two columns, A anywhere, . a gap; "6x" before it: six such lines.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from models.page import Box, Line, Page, Word
from pipeline.layout import label

_HERE = Path(__file__).parent
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _PITCH, _CHAR = 595.0, 842.0, 60.0, 535.0, 15.0, 5.5


@cache
def kinds() -> dict[str, str]:
    """The kinds of sheet by name, each with its text."""
    parts = re.split(r"(?m)^# (\w+)\n", (_HERE / "kinds.txt").read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@cache
def _words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in (_HERE / "words.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        slot, text = row.split("\t")
        found.setdefault(slot, []).append(text)
    return found


def drawn(kind: str, seed: int) -> Page:
    """Return a sheet of a kind, labelled as the file's first page."""
    chance = random.Random(f"{kind} {seed}")
    lines: list[Line] = []
    y = 50.0
    for mark, text in _rows(kinds()[kind]):
        placed = list(_set(mark, _filled(text, chance), y, chance))
        lines += placed
        y = max([y, *(line.box.y0 for line in placed if mark != "A")]) + (0.0 if mark == "A" else _PITCH)
    lines = [line for line in lines if line.box.y1 < _HEIGHT - 30]
    lines.sort(key=lambda line: (round(line.box.y0), line.box.x0))
    sure = chance.choice([1.0, 0.95, 0.9])
    spoken = tuple(
        line.model_copy(update={"words": tuple(w.model_copy(update={"confidence": sure}) for w in line.words)}) for line in lines
    )
    (page,) = label(Page(number=1, width=_WIDTH, height=_HEIGHT, kind=chance.choice(["digital", "scan"]), lines=spoken), whole=True)
    return page


def _rows(text: str) -> Iterator[tuple[str, str]]:
    for row in text.strip().splitlines():
        many = re.match(r"(\d+)x ", row)
        mark, _, said = (row[many.end() :] if many else row).partition(" ")
        for _ in range(int(many[1]) if many else 1):
            yield mark, said


def _filled(text: str, chance: random.Random) -> str:
    """The text with its slots filled anew."""
    figures: dict[str, Callable[[], str]] = {
        "n": lambda: str(chance.randint(1, 99)),
        "n4": lambda: str(chance.randint(1000, 9999)),
        "n7": lambda: f"{chance.randint(1, 9_999_999):07d}",
        "money": lambda: f"{chance.randint(10, 9999)}.{chance.randint(100, 999)}.000",
        "d": lambda: f"{chance.randint(1, 28):02d}",
        "m": lambda: f"{chance.randint(1, 12):02d}",
        "y": lambda: str(chance.randint(2005, 2024)),
        "w": lambda: " ".join(chance.choice(_words()["vi"]).split()[: chance.randint(2, 4)]),
        "ew": lambda: " ".join(chance.choice(_words()["en"]).split()[: chance.randint(2, 4)]),
    }

    def one(found: re.Match[str]) -> str:
        slot = found[1]
        if slot in figures:
            return figures[slot]()
        if slot.endswith("p"):  # a paragraph
            return " ".join(f"{chance.choice(_words()[slot[:-1]])}." for _ in range(chance.randint(3, 6)))
        said = chance.choice(_words()[slot])
        return f"{said}." if slot in ("vi", "en", "fr") else said

    return re.sub(r"\{(\w+)\}", one, text)


def _set(mark: str, text: str, y: float, chance: random.Random) -> Iterator[Line]:
    """A row of the kind's text as lines, the first at y (points)."""
    match mark:
        case "P":
            yield from _wrapped(text, _LEFT, _RIGHT, y)
        case "D" | "T":
            cells = text.split("|")
            size = (_RIGHT - _LEFT) / len(cells)
            for at, cell in enumerate(cells):
                if cell.strip():
                    room = size * 0.96 if mark == "T" else size
                    x = _LEFT + at * size + (0.0 if mark == "T" else max(0.0, (size - _CHAR * len(cell)) / 2))
                    yield from _wrapped(cell, x, max(x + room, x + 30), y)
        case "2":
            half = (_RIGHT - _LEFT) / 2
            parts = text.split("|")
            for at, part in enumerate((parts[: (len(parts) + 1) // 2], parts[(len(parts) + 1) // 2 :])):
                yield from _wrapped(" ".join(part), _LEFT + at * (half + 6), _LEFT + at * (half + 6) + half - 6, y)
        case "A":
            yield _line(text, chance.uniform(60, 430), chance.uniform(60, 760))
        case "." | "":
            return
        case _:
            said = text.upper() if mark == "H" else text
            room = _RIGHT - _LEFT - _CHAR * len(said)
            share = {"L": 0.0, "R": 1.0}.get(mark, 0.5)
            yield from [_line(said, _LEFT + share * room, y)] if room > 0 else _wrapped(said, _LEFT, _RIGHT, y)


def _wrapped(text: str, x0: float, x1: float, y: float) -> Iterator[Line]:
    row = ""
    for word in text.split():
        if row and _CHAR * (len(row) + 1 + len(word)) > x1 - x0:
            yield _line(row, x0, y)
            row, y = "", y + _PITCH
        row = f"{row} {word}".strip()
    if row:
        yield _line(row, x0, y)


def _line(text: str, x: float, y: float) -> Line:
    words: list[Word] = []
    for part in text.split():
        words.append(Word(text=part, box=Box(x, y, x + _CHAR * len(part), y + 11)))
        x += _CHAR * (len(part) + 1)
    return Line(words=tuple(words))
