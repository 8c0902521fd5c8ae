"""BodyText text made from page lines: the letter's own words as paragraphs, without its header, foot and page numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from models.letter import Header
from models.page import Box, Line, Page
from models.reference import PageBox
from models.skeleton import nfc
from pipeline.extract.references.text.folding import fold

Kind = Literal["subject", "body", "annex"]

_MOTTO = re.compile(r"cong h.{1,3} xa h.i chu nghia|doc lap.{0,4}tu do|dang cong san viet nam")
_NUMBER = re.compile(r"^\W{0,2}(?:luat |nghi quyet |phap lenh )?s[o0]\W{0,4}[\d\W]{0,12}(?:[/-]|$)|^\W{0,2}s[o0]\s?:")
_PLACE_DAY = re.compile(r"^[\w .\-]{2,32},\s*ngay\b.*\b(?:thang|nam)\b")
_COPIES = re.compile(r"^\W{0,3}n?[o0]i\s?nh[ao]n\b\W{0,3}(?:$|[-_.:])|^\W{0,3}noi nhan\b")
_CAPACITY = re.compile(r"^\W{0,2}(?:TM|KT|TL|TUQ|T/M|K/T|T/L|Q)\s?[.,]\s?[A-ZĐÂĂÊÔƠƯÁÀẢÃẠẤẦẬẨẪỨỪỬỮỰỦÙÚŨỤỐỒỔỖỘỚỜỞỠỢÒÓỎÕỌ]{2}")
_SALUTE = re.compile(r"^\W{0,3}kinh\s?(?:gui|moi|trinh)\b")
_PAGE_NUMBER = re.compile(r"^\W{0,3}\d{1,3}\W{0,3}$")
_LEAD = re.compile(
    r"^(?:[-+•*–]\s|\W{0,2}(?:dieu|chuong|muc|phan)\s[\divx]+\b|[ivx]{1,5}\s?[.)]\s|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)]\s?\D|[a-z]\s?\)\s|"
    r"\W{0,2}can cu\b|theo de nghi|xet de nghi|noi nhan|kinh (?:gui|moi)|quyet dinh\s?:)"
)
_BODY_LEAD = re.compile(
    r"\W{0,2}(?:thuc hien|trien khai|can cu|ngay \d+|tiep theo|phuc dap|tra loi|theo (?:de nghi|quy dinh|chi dao|cong van|"
    r"ke hoach)|de (?:trien|thuc|bao|dam|chuan|tiep|nang)|"
    r"nham|xet|sau khi|vua qua|trong thoi gian|.{2,60} (?:da )?nhan duoc)\b"
)
_ITEM = re.compile(r"^(?:[-+•*–]\s|[ivx]{1,5}\s?[.)]\s|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)]|[a-z]\s?\)\s)")
_LABEL = re.compile(r"^\W*(?:v/v|ve viec)\b")
_AHEAD = 6  # words of the sheet that may stand between two of the subject


class Paragraph(NamedTuple):
    """text[start:end] of the running text; kind: where it stands."""

    start: int
    end: int
    kind: Kind


class Printed(NamedTuple):
    """A word of the sheet, text[start:end] of the running text. page: in the file, from 1; line: counted through; box: in points."""

    start: int
    end: int
    page: int
    line: int
    box: Box


class BodyText(NamedTuple):
    """A letter's running text.

    paragraphs cover it, a line break between two; marks and pages: from offset marks[i] on the text is of page pages[i]; words: where
    each stands on the sheet, in order (none of a plain text).
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    marks: tuple[int, ...]
    pages: tuple[int, ...]
    words: tuple[Printed, ...] = ()

    def page_at(self, offset: int) -> int:
        """The page, in the file, from 1, that holds the character at `offset`."""
        return self.pages[max(0, bisect_right(self.marks, offset) - 1)] if self.pages else 1

    def boxes(self, start: int, end: int) -> tuple[PageBox, ...]:
        """Where text[start:end] stands: a box for each line of the sheet that it runs over, to a tenth of a point."""
        lines: dict[tuple[int, int], Box] = {}
        for word in self.words[bisect_right(self.words, start, key=lambda word: word.end) :]:
            if word.start >= end:
                break
            at = (word.page, word.line)
            lines[at] = lines[at].union(word.box) if at in lines else word.box
        return tuple(PageBox(page=page, box=Box(*(round(side, 1) for side in box))) for (page, _), box in lines.items())


class _Piece(NamedTuple):
    text: str
    page: int
    kind: Kind
    opens: bool
    words: tuple[tuple[int, int, int, Box], ...] = ()  # of each word its place in `text`, the line (0, further ones below) and the box


def of_text(text: str, page: int = 1) -> BodyText:
    """A running text of plain text whose line breaks part paragraphs: for notebooks and tests."""
    text = nfc(text)
    paragraphs, at = [], 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(at, at + len(line), "body"))
        at += len(line) + 1
    return BodyText(text, tuple(paragraphs), (0,), (page,))


def body_text(pages: Sequence[Page], header: Header, annex: tuple[int, int] | None) -> BodyText:
    """Lay the pages of one letter out as running text. annex: first and last page, in the file, of its annex."""
    pieces: list[_Piece] = []
    footed = False
    if header.subject and pages:
        pieces.append(_subject(header.subject, pages[0]))
    for index, page in enumerate(pages):
        if page.kind == "blank":
            continue
        in_annex = footed or (annex is not None and annex[0] <= page.number <= annex[1])
        lines = [line for line in page.lines if not _edge_number(line, page)]
        if index == 0:
            lines = _without_header(lines, page, header)
        if not in_annex:
            foot = _foot(lines, page)
            if foot is not None:
                lines, footed = [line for line in lines if line.box.y0 < foot], True
        goes_on = bool(pieces) and pieces[-1].text.rstrip()[-1:] not in (".", ";", ":", "/", "!", "?")
        pieces += _pieces(lines, page, "annex" if in_annex else "body", goes_on=goes_on)
    return _join(pieces)


def _edge_number(line: Line, page: Page) -> bool:
    """Whether a line is a page's own number at its head or foot."""
    middle = line.box.middle[1]
    return bool(_PAGE_NUMBER.match(line.text)) and not page.height * 0.12 < middle < page.height * 0.92


def _without_header(lines: list[Line], page: Page, header: Header) -> list[Line]:
    """The first page's lines without the issuer's block, the motto, the number, the day and the subject that is kept apart."""
    bottom, top_half, numbered = 0.0, page.height * 0.5, False
    for line in lines:
        if line.box.y0 > top_half:
            continue
        folded = fold(line.text)
        if _SALUTE.match(folded):
            break
        # a body line may begin with "số 12/…" too: the number's own comes first, with a capital, on the left
        near_number = (
            not numbered
            and _NUMBER.match(folded)
            and not line.text.lstrip(" .").startswith("s")
            and line.box.x0 < page.width * 0.45
            and line.box.y0 < page.height * 0.33
        )
        numbered = numbered or bool(near_number)
        if _MOTTO.search(folded) or near_number or (_PLACE_DAY.match(folded) and line.box.y0 < page.height * 0.35):
            bottom = max(bottom, line.box.middle[1] + 1)
    subject = _letters(header.subject or "")
    kept: list[Line] = []
    above = bool(subject)
    for line in lines:
        folded = fold(line.text)
        if line.box.middle[1] <= bottom and not folded.startswith(("v/v", "ve viec")):
            continue
        words = _letters(_LABEL.sub("", folded))
        if above and len(words) > 3 and line.box.y0 < page.height * 0.5 and words in subject:
            continue
        # past the salutation or the first line of running text, words of the subject are the body's
        above = above and not _SALUTE.match(folded) and (len(words) < 40 or line.text.isupper())
        kept.append(line)
    return kept


def _foot(lines: list[Line], page: Page) -> float | None:
    """Where the foot of the letter begins (points from the top): its Nơi nhận or the capacity lines beside; None where it has none here."""
    tops = [line.box.y0 for line in lines if _COPIES.match(fold(line.text)) and line.box.x0 < page.width * 0.5]
    signs = [line.box.y0 for line in lines if _CAPACITY.match(line.text) and line.box.middle[0] > page.width * 0.45]
    if tops:
        beside = [y for y in signs if abs(y - tops[-1]) < 90]
        return min([tops[-1], *beside]) - 1
    return min(signs) - 1 if signs else None


def _pieces(lines: list[Line], page: Page, kind: Kind, *, goes_on: bool) -> Iterator[_Piece]:
    """Each line with whether it opens a paragraph, by indent, by a short line before it, and by its first words."""
    long_lines = [line for line in lines if len(line.text) > 40] or lines
    left = sorted(line.box.x0 for line in long_lines)[len(long_lines) // 4] if long_lines else 0.0
    right = sorted(line.box.x1 for line in long_lines)[-1 - len(long_lines) // 4] if long_lines else page.width
    before: Line | None = None
    saluting = False
    for line in lines:
        folded = fold(line.text)
        if (
            saluting
            and before is not None
            and (_BODY_LEAD.match(folded) or (before.box.x0 - line.box.x0 > 24 and line.box.x1 - line.box.x0 > 0.5 * (right - left)))
        ):
            saluting = False
            yield _piece(line, page, kind, opens=True)
            before = line
            continue
        saluting = saluting or bool(_SALUTE.match(folded))
        yield _piece(line, page, kind, opens=_opens(line, before, left, right, goes_on))
        before = line


def _piece(line: Line, page: Page, kind: Kind, *, opens: bool) -> _Piece:
    texts = [nfc(word.text).replace("\x02", "-") for word in line.words]
    offsets = accumulate((len(text) + 1 for text in texts), initial=0)
    words = tuple((at, at + len(text), 0, word.box) for at, text, word in zip(offsets, texts, line.words, strict=False))
    return _Piece(" ".join(texts), page.number, kind, opens, words)


def _subject(subject: str, page: Page) -> _Piece:
    """The subject, with the boxes of those of its words that are found in the lines of the first page that hold parts of it."""
    text, whole = nfc(subject), _letters(subject)
    upper = [line for line in page.lines if line.box.y0 < page.height * 0.5]
    lines = [line for line in upper if (part := _letters(_LABEL.sub("", fold(line.text)))) and part in whole]
    there = [(_letters(word.text), -row, word.box) for row, line in enumerate(lines) for word in line.words]
    words: list[tuple[int, int, int, Box]] = []
    at = seen = 0
    for word in text.split(" "):
        wanted = _letters(word)
        found = next((n for n in range(seen, min(seen + _AHEAD, len(there))) if wanted and there[n][0] == wanted), None)
        if found is not None:
            words.append((at, at + len(word), *there[found][1:]))
            seen = found + 1
        at += len(word) + 1
    return _Piece(text, page.number, "subject", True, tuple(words))


def _letters(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


def _opens(line: Line, before: Line | None, left: float, right: float, goes_on: bool) -> bool:
    """Whether a line opens a paragraph. goes_on: the page before ended in the middle of a sentence."""
    folded = fold(line.text)
    if before is None:
        # a sentence goes on over the page's end unless this line is indented or marked
        return line.box.x0 > left + 14 or bool(_LEAD.match(folded)) or not (line.text[:1].islower() or goes_on)
    width = max(right - left, 1.0)
    ended = before.text.rstrip()[-1:]
    indented = line.box.x0 > left + 14 and before.box.x0 < line.box.x0 - 10
    short = before.box.x1 < right - 0.16 * width
    gap = line.box.y0 - before.box.y1 > 0.9 * (before.box.y1 - before.box.y0)
    starts_low = line.text[:1].islower()
    if _LEAD.match(folded) and (ended in ".;:,/" or short or indented):
        return True
    if starts_low:
        return False
    if ended in ".;:/" and (indented or short or gap):
        return True
    return (indented and short) or (gap and short) or (line.text.isupper() != before.text.isupper() and short)


def _join(pieces: list[_Piece]) -> BodyText:
    parts: list[str] = []
    paragraphs: list[Paragraph] = []
    marks: list[int] = []
    pages: list[int] = []
    words: list[Printed] = []
    at = start = 0
    kind: Kind = "body"
    for index, piece in enumerate(pieces):
        opens = piece.opens or piece.kind != kind or (index == 1 and pieces[0].kind == "subject")
        if index:
            if opens:
                paragraphs.append(Paragraph(start, at, kind))
                start = at + 1
            parts.append("\n" if opens else " ")
            at += 1
        kind = piece.kind
        if not pages or pages[-1] != piece.page:
            marks.append(at)
            pages.append(piece.page)
        parts.append(piece.text)
        words += [Printed(at + first, at + last, piece.page, index + line, box) for first, last, line, box in piece.words]
        at += len(piece.text)
    if pieces:
        paragraphs.append(Paragraph(start, at, kind))
    return BodyText("".join(parts), tuple(paragraphs), tuple(marks), tuple(pages), tuple(words))


def is_item(text: str) -> bool:
    """Whether a paragraph is an item of a list ("- …", "1. …", "a) …")."""
    return bool(_ITEM.match(fold(text)))
