"""A page as it was read: words and lines with boxes, in points from the top left of the upright page."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

Column = Literal["left", "right", "full"]
StampKind = Literal["arrival", "urgency", "secrecy", "copy", "digital_signature", "seal", "other"]


class Role(StrEnum):
    """What a line is for on its sheet (Decree 30/2020, app. I; the box's number beside it)."""

    LETTERHEAD = "letterhead"  # 2: who issues, and the body over it
    MOTTO = "motto"  # 1: Quốc hiệu, tiêu ngữ; the Party's name
    NUMBER = "number"  # 3
    PLACE_DAY = "place_day"  # 4
    TYPE = "type"  # 5a: the type's name over the subject
    SUBJECT = "subject"  # 5a, 5b
    ADDRESSEES = "addressees"  # 9a
    GROUNDS = "grounds"  # 6: căn cứ
    BODY = "body"  # 6
    DECIDING = "deciding"  # 6: the body that decides, "QUYẾT ĐỊNH:"
    CAPACITY = "capacity"  # 7a: the lines over the signature
    SIGNER = "signer"  # 7b: what stands under them
    COPIES = "copies"  # 9b
    ANNEX_HEAD = "annex_head"
    COPY_BLOCK = "copy_block"  # SAO Y, SAO LỤC: another's number, day and name follow
    FORM = "form"  # a head to be filled in
    FURNITURE = "furniture"  # page numbers; 13: the sender's address
    STAMP = "stamp"  # what a stamp left among the lines
    MARK = "mark"  # 10a, 10b, 11, printed alone on a line
    PEN = "pen"  # a handwritten note
    NONE = "none"


class Reading(StrEnum):
    """How a line was read."""

    PAGE = "page"  # by the page's one pass, or its text layer
    WIDGET = "widget"  # by a signature widget that lies over the page
    HEAD = "head"  # the number's or the day's line, read again
    COPIES = "copies"  # the list Nơi nhận, read again
    SIGNATURE = "signature"  # the signature block, read again
    LINES = "lines"  # as the engine and our line reader say it together
    NAME_VOTE = "name_vote"  # the signer's name, as several readings agree on it
    OFFICE = "office"  # a deputy's office that was stamped into the line over it
    DIGITS = "digits"  # by the recognizer of digit strings: the digits' confidence is the chance that all are right
    STAMP = "stamp"  # inside a stamp
    AGAINST_LAYER = "against_layer"  # by the pixels of a digital page, whose text layer says otherwise there


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
    """Words on one base line and, once it was labelled, in one column: never both columns of a header or a foot.

    reading: how it was read; readings: what each look read where several did ("" for none), best first; base: the y of the line it
    stands on, points, the sheet's skew taken out (None: the foot of its words); agreed: 0 to 1, the share of its characters on which two
    readers that err differently agree (None where only one read it).

    Of `layout`: role; role_confidence: 0 to 1, how sure it is; column; opens: it begins a zone's item ("Kính gửi", a dash, "Số:");
    lead: how many characters of its text (`layout.Row.text`) are the role's own words, before the value: "Số:", "V/v", "Kính gửi:".
    """

    model_config = ConfigDict(frozen=True)

    words: tuple[Word, ...]
    reading: Reading = Reading.PAGE
    readings: tuple[str, ...] = ()
    base: float | None = None
    agreed: float | None = None
    role: Role = Role.NONE
    role_confidence: float = 0.0
    column: Column = "full"
    opens: bool = False
    lead: int = 0

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def box(self) -> Box:
        x0, y0, x1, y1 = zip(*(word.box for word in self.words), strict=True)
        return Box(min(x0), min(y0), max(x1), max(y1))

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

    number: in the file, from 1; width, height: points of the upright page; kind: how its text was got; rotation: degrees clockwise that
    made it upright; lines: top to bottom, left before right; repairs: what was mended on the whole page ("TCVN3 decoded"); damaged: a
    part of its picture is lost; quality: 0 to 1, how far the reading is to be trusted; regime: whose motto stands over the head
    ("state", "party", "youth"), None where none was found; pictures: of a digital page, where those stand that may be a signature
    block.
    left, part: of a page that shares its sheet with another: where it begins on the sheet (points; its boxes are its own), and its order
    there from 1; 0 and 0 where the sheet is one page.
    """

    model_config = ConfigDict(frozen=True)

    number: int
    width: float
    height: float
    kind: Literal["digital", "scan", "blank"]
    rotation: int = 0
    lines: tuple[Line, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    pictures: tuple[Box, ...] = ()
    repairs: tuple[str, ...] = ()
    damaged: bool = False
    quality: float = 1.0
    regime: str | None = None
    left: float = 0.0
    part: int = 0

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)
