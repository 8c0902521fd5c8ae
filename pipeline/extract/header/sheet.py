"""A letter's pages as rows: each line with its text, its skeleton and its place on the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from models.letter import Evidence
from models.page import Box, Line, Page, Stamp, Word
from models.skeleton import nfc, skeleton
from rules import cues


@dataclass(frozen=True)
class Row:
    """A line. text: NFC, single blanks; bare: its skeleton, of the same length wherever Unicode lets it be; box: points."""

    page: int
    words: tuple[Word, ...]
    note: str = ""

    @cached_property
    def text(self) -> str:
        return " ".join(nfc(" ".join(word.text.strip("_") for word in self.words)).split())

    @cached_property
    def bare(self) -> str:
        return skeleton(self.text)

    @cached_property
    def box(self) -> Box:
        box = self.words[0].box
        for word in self.words[1:]:
            box = box.union(word.box)
        return box

    @cached_property
    def confidence(self) -> float:
        """The mean over the characters."""
        size = sum(len(word.text) for word in self.words) or 1
        return sum(word.confidence * len(word.text) for word in self.words) / size

    @property
    def middle(self) -> float:
        return (self.box.x0 + self.box.x1) / 2

    @cached_property
    def upper(self) -> float:
        """The share of capitals among the letters."""
        letters = [char for char in self.text if char.isalpha()]
        return sum(char.isupper() for char in letters) / len(letters) if letters else 0.0

    @cached_property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    def after(self, at: int) -> str:
        """The text from character `at` on, by a place found in the skeleton."""
        return self.text[at:] if len(self.text) == len(self.bare) else self.text[max(0, len(self.text) - len(self.bare) + at) :]

    def split(self, x: float) -> tuple[Row | None, Row | None]:
        """The words left and right of `x` (points), each as a row."""
        left = tuple(word for word in self.words if word.box.middle[0] < x)
        right = tuple(word for word in self.words if word.box.middle[0] >= x)
        return (Row(self.page, left, self.note) if left else None, Row(self.page, right, self.note) if right else None)


def row(page: int, line: Line) -> Row:
    return Row(page, line.words, line.note)


def readable(item: Row) -> bool:
    """Whether a row holds writing: two letters or digits at least, read with some trust. Rules, strokes and paraphs are none."""
    signs = sum(char.isalnum() for char in item.text)
    if signs < 1 or (signs == 1 and item.confidence < 0.5):
        return False
    if re.match(r"\W?S\w?\W{0,3}.{0,8}/\s?[A-Z]{2}", item.bare):
        return True  # the number's line, however badly its serial by hand was read
    if cues.match("to", item.bare) and item.text.rstrip().endswith(":"):
        return True
    return not (item.confidence < 0.25 and signs < 12) and signs * 2 >= len(item.text.replace(" ", ""))


@dataclass(frozen=True)
class Sheet:
    """A page as the header's readers see it. left, right: where body text begins and ends (points)."""

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
    stamps: tuple[Stamp, ...] = ()
    kind: str = "scan"
    left: float = field(default=0.0)
    right: float = field(default=0.0)

    @property
    def centre(self) -> float:
        """The middle of the text area."""
        return (self.left + self.right) / 2


def in_order(rows: Iterable[Row]) -> list[Row]:
    """The rows line by line, those of one line from left to right: a base line that rises or falls a little makes no new line."""
    out: list[Row] = []
    run: list[Row] = []
    for item in sorted(rows, key=lambda r: r.box.middle[1]):
        if run and item.box.middle[1] - run[0].box.middle[1] > 0.45 * min(item.box.height, run[0].box.height):
            out += sorted(run, key=lambda r: r.box.x0)
            run = []
        run.append(item)
    return out + sorted(run, key=lambda r: r.box.x0)


def holes(rows: Sequence[Row]) -> bool:
    """Whether words seem to be missing inside the lines of a running text: a blank wider than three usual ones."""
    for item in rows:
        beside = [o for o in rows if abs(o.box.middle[1] - item.box.middle[1]) < 0.45 * item.box.height and o.box.x0 >= item.box.x1]
        gaps = [b.box.x0 - a.box.x1 for a, b in zip(item.words, item.words[1:], strict=False)]
        gaps += [o.box.x0 - item.box.x1 for o in beside]
        if any(gap > max(12.0, 1.1 * item.box.height) for gap in gaps):
            return True
    return False


def sheet(page: Page) -> Sheet:
    """Return the page's readable rows, top to bottom, what a digital signature prints over the header set aside."""
    rows = [row(page.number, line) for line in page.lines if line.words]
    rows = [item for item in rows if readable(item) and not cues.match("signature_text", item.bare)]
    rows = in_order(rows)
    wide = [item for item in rows if item.box.width > 0.55 * page.width]
    edges = wide or rows
    left = sorted(item.box.x0 for item in edges)
    right = sorted(item.box.x1 for item in edges)
    ends = (left[len(left) // 5], right[-1 - len(right) // 5]) if edges else (0.12 * page.width, 0.94 * page.width)
    return Sheet(page.number, page.width, page.height, tuple(rows), page.stamps, page.kind, *ends)


def union(rows: Iterable[Row]) -> Box | None:
    box: Box | None = None
    for item in rows:
        box = item.box if box is None else box.union(item.box)
    return box


def evidence(rows: Sequence[Row], confidence: float, repairs: Sequence[str] = (), *, raw: str | None = None, page: int = 1) -> Evidence:
    """The evidence of a value read from `rows`; `page` where there are none."""
    text = " ".join(item.text for item in rows) if raw is None else raw
    number = rows[0].page if rows else page
    same = [item for item in rows if item.page == number]
    return Evidence(page=number, box=union(same), raw=text, confidence=round(max(0.0, min(1.0, confidence)), 3), repairs=tuple(repairs))


def trust(rows: Sequence[Row]) -> float:
    """The mean confidence of the rows' characters; 0 for none."""
    size = sum(len(item.text) for item in rows)
    return sum(item.confidence * len(item.text) for item in rows) / size if size else 0.0


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)
