"""A page as it was read: words and lines with boxes, in points from the top left of the upright page."""

from __future__ import annotations

from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

StampKind = Literal["arrival", "urgency", "secrecy", "copy", "digital_signature", "seal", "other"]


class Box(NamedTuple):
    """A rectangle in points (1/72 inch) from the top left of the upright page: x0 < x1, y0 < y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


class Word(BaseModel):
    """A run of characters without a blank. confidence: 0 to 1 (a text layer that was trusted: 1)."""

    model_config = ConfigDict(frozen=True)

    text: str
    box: Box
    confidence: float = 1.0
    bold: bool = False
    italic: bool = False


class Line(BaseModel):
    """Words on one base line and in one column: never both columns of a header or a foot.

    note: how the line was read where not by the page's one pass ("header zone", "widget", "digits"); "" else.
    """

    model_config = ConfigDict(frozen=True)

    words: tuple[Word, ...]
    note: str = ""

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def box(self) -> Box:
        box = self.words[0].box
        for word in self.words[1:]:
            box = box.union(word.box)
        return box

    @property
    def confidence(self) -> float:
        """The mean over the line's characters."""
        size = sum(len(w.text) for w in self.words) or 1
        return sum(w.confidence * len(w.text) for w in self.words) / size


class Stamp(BaseModel):
    """Ink that is not the letter's own text: an arrival stamp (dấu ĐẾN), an urgency or secrecy mark, a copy block (SAO Y),
    the text box of a digital signature, a seal. Its lines are not among the page's lines."""

    model_config = ConfigDict(frozen=True)

    kind: StampKind
    box: Box
    lines: tuple[Line, ...] = ()
    confidence: float = 0.0

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


class Page(BaseModel):
    """One page, upright.

    number: in the file, from 1; width, height: points of the upright page; kind: how its text was got; rotation: degrees
    clockwise that made it upright; lines: top to bottom, left before right; repairs: what was mended on the whole page
    ("TCVN3 decoded"); quality: 0 to 1, how far the reading is to be trusted.
    """

    model_config = ConfigDict(frozen=True)

    number: int
    width: float
    height: float
    kind: Literal["digital", "scan", "blank"]
    rotation: int = 0
    lines: tuple[Line, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    repairs: tuple[str, ...] = ()
    quality: float = 1.0

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)
