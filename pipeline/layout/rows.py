"""A page's lines as rows: each with its text, its skeleton, its place on the sheet and, once it was labelled, its role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from models.page import Box, Line, Page, Role, Stamp, Word
from models.skeleton import nfc, skeleton
from rules import cues

_CLEAR = 0.9  # how sure words are that specks beside them do not make doubtful
_FLAT = 0.25  # of a usual row's height: letters are taller


@dataclass(frozen=True)
class Row:
    """A line. page: its number in the file. text: NFC, single blanks; bare: its skeleton, of the same length wherever Unicode lets it
    be; box: points; left: where its page begins on its sheet."""

    page: int
    line: Line
    left: float = 0.0

    @property
    def words(self) -> tuple[Word, ...]:
        return self.line.words

    @property
    def role(self) -> Role:
        return self.line.role

    @cached_property
    def text(self) -> str:
        return " ".join(nfc(" ".join(word.text.strip("_") for word in self.words)).split())

    @cached_property
    def bare(self) -> str:
        return skeleton(self.text)

    @property
    def value(self) -> str:
        """The text after the role's own words ("Số:", "V/v", "Kính gửi:")."""
        return self.text[self.line.lead :]

    @cached_property
    def box(self) -> Box:
        return self.line.box

    @cached_property
    def confidence(self) -> float:
        """The mean over the characters."""
        return self.line.confidence

    @property
    def middle(self) -> float:
        return (self.box.x0 + self.box.x1) / 2

    @cached_property
    def upper(self) -> float:
        """The share of capitals among the letters."""
        letters = [char for char in self.text if char.isalpha()]
        return sum(char.isupper() for char in letters) / len(letters) if letters else 0.0

    def at(self, place: int) -> int:
        """The place in the text of a place found in the skeleton."""
        return place if len(self.text) == len(self.bare) else max(0, len(self.text) - len(self.bare) + place)

    def after(self, place: int) -> str:
        """The text from a place found in the skeleton on."""
        return self.text[self.at(place) :]

    def split(self, x: float) -> tuple[Row | None, Row | None]:
        """The words left and right of `x` (points), each as a row."""
        left = tuple(word for word in self.words if word.box.middle[0] < x)
        right = tuple(word for word in self.words if word.box.middle[0] >= x)
        return self._with(left), self._with(right)

    def _with(self, words: tuple[Word, ...]) -> Row | None:
        return replace(self, line=self.line.model_copy(update={"words": words})) if words else None


def readable(item: Row) -> bool:
    """Tell whether a row holds writing: two letters or digits at least, read with some trust. Rules, strokes and paraphs are none."""
    signs = sum(char.isalnum() for char in item.text)
    if signs < 1 or (signs == 1 and item.confidence < 0.5):
        return False
    if re.match(r"\W?S\w?\W{0,3}.{0,8}/\s?[A-Z]{2}", item.bare):
        return True  # the number's line, however badly its serial by hand was read
    if cues.match("to", item.bare) and item.text.rstrip().endswith(":"):
        return True
    if sum(word.confidence > _CLEAR and sum(char.isalpha() for char in word.text) > 1 for word in item.words) > 1:
        return True  # words among specks
    return not (item.confidence < 0.25 and signs < 12) and signs * 2 >= len(item.text.replace(" ", ""))


@dataclass(frozen=True)
class Grid:
    """A page's readable rows, top to bottom. left, right: where body text begins and ends (points); on_sheet: where the
    page begins on its sheet."""

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
    stamps: tuple[Stamp, ...] = ()
    kind: str = "scan"
    left: float = field(default=0.0)
    right: float = field(default=0.0)
    on_sheet: float = 0.0

    @property
    def centre(self) -> float:
        """The middle of the text area."""
        return (self.left + self.right) / 2

    @cached_property
    def line_height(self) -> float:
        """A usual line's height, in points."""
        heights = sorted(item.box.height for item in self.rows) or [12.0]
        return max(8.0, min(heights[len(heights) // 2], 18.0))

    def of(self, *roles: Role) -> list[Row]:
        """The rows of these roles, top to bottom."""
        return [item for item in self.rows if item.role in roles]

    def row(self, line: Line) -> Row:
        """A line of the page, or of a stamp on it, as a row."""
        return Row(self.number, line, self.on_sheet)

    def with_rows(self, rows: Iterable[Row]) -> Grid:
        return replace(self, rows=tuple(rows))


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


def grid_of(page: Page) -> Grid:
    """Return the page's readable rows; what a digital signature prints over the header is none of them, nor what is flat as a stroke."""
    own = [item for item in (Row(page.number, line, page.left) for line in page.lines if line.words) if _own(item)]
    heights = sorted(item.box.height for item in own)
    least = _FLAT * heights[len(heights) // 2] if heights else 0.0
    rows = in_order(item for item in own if item.box.height >= least)
    wide = [item for item in rows if item.box.width > 0.55 * page.width]
    edges = wide or rows
    left = sorted(item.box.x0 for item in edges)
    right = sorted(item.box.x1 for item in edges)
    ends = (left[len(left) // 5], right[-1 - len(right) // 5]) if edges else (0.12 * page.width, 0.94 * page.width)
    return Grid(page.number, page.width, page.height, tuple(rows), page.stamps, page.kind, *ends, page.left)


def _own(item: Row) -> bool:
    signature = item.role is Role.STAMP and not item.line.opens  # one that opens is an arrival stamp's whose frame was not found
    return readable(item) and not signature and not cues.match("signature_text", item.bare)


def text_of(rows: Sequence[Row]) -> str:
    return " ".join(item.text for item in rows)
