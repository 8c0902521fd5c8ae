"""Running text made from page lines: the letter's own words as paragraphs, without its header, foot and page numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from models.letter import Header
from models.page import Box, Line, Page, Role, Word
from models.reference import PageBox
from models.skeleton import nfc
from pipeline.extract.references.text.folding import fold

Kind = Literal["subject", "body", "annex"]

_LEAD = re.compile(
    r"^(?:[-+•*–]\s|\W{0,2}(?:dieu|chuong|muc|phan)\s[\divx]+\b(?!\s?,|\s(?:va|cua)\b)|[ivx]{1,5}\s?[.)]\s|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)]\s?\D|[a-z]\s?\)\s|"
    r"\W{0,2}can cu\b|theo de nghi|xet de nghi|tren co so xem xet|xet to trinh)"
)
_ITEM = re.compile(r"^(?:[-+•*–]\s|[ivx]{1,5}\s?[.)]\s|\d{1,2}(?:\.\d{1,2}){0,3}\s?[.)]|[a-z]\s?\)\s)")
_HEAD = frozenset({Role.MOTTO, Role.NUMBER, Role.PLACE_DAY})
_NO_TEXT = frozenset({Role.FURNITURE, Role.PEN})
_LISTS = frozenset({Role.ADDRESSEES, Role.COPIES})
_BESIDE = 90.0  # points: how far over the copies the signature may begin
_AHEAD = 6  # words of the sheet that may stand between two of the subject


class Paragraph(NamedTuple):
    """text[start:end] of the running text; kind: where it stands."""

    start: int
    end: int
    kind: Kind


class PageWord(NamedTuple):
    """A word on its page: its box, and its place in the page's text."""

    box: Box
    start: int
    end: int

    def joined(self, other: PageWord) -> PageWord:
        return PageWord(self.box.union(other.box), min(self.start, other.start), max(self.end, other.end))


class Printed(NamedTuple):
    """A word of the sheet, text[start:end] of the running text. page: in the file, from 1; line: counted through."""

    start: int
    end: int
    page: int
    line: int
    word: PageWord


class BodyText(NamedTuple):
    """A letter's running text.

    paragraphs cover it, a line break between two; marks and pages: from offset marks[i] on the text is of page pages[i]; words: where
    each stands on the sheet, in order (none of a plain text); scanned: read off pixels, where letters are lost that a typed text has.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    marks: tuple[int, ...]
    pages: tuple[int, ...]
    words: tuple[Printed, ...] = ()
    scanned: bool = False

    def page_at(self, offset: int) -> int:
        """The page, in the file, from 1, that holds the character at `offset`."""
        return self.pages[max(0, bisect_right(self.marks, offset) - 1)] if self.pages else 1

    def boxes(self, start: int, end: int) -> tuple[PageBox, ...]:
        """Where text[start:end] stands: a box for each line of the sheet that it runs over, to a tenth of a point; none of a subject
        that the sheet does not have in these words."""
        lines: dict[tuple[int, int], PageWord] = {}
        found = 0
        for one in self.words[bisect_right(self.words, start, key=lambda one: one.end) :]:
            if one.start >= end:
                break
            found += 1
            at, word = (one.page, one.line), one.word
            lines[at] = lines[at].joined(word) if at in lines else word
        in_subject = start < self.paragraphs[0].end and self.paragraphs[0].kind == "subject"
        if in_subject and found < sum(bool(_letters(word)) for word in self.text[start:end].split()):
            return ()
        return tuple(
            PageBox(page=page, box=Box(*(round(side, 1) for side in line.box)), start=line.start, end=line.end)
            for (page, _), line in lines.items()
        )


class _Piece(NamedTuple):
    text: str
    page: int
    kind: Kind
    opens: bool
    words: tuple[tuple[int, int, int, PageWord], ...] = ()  # of each word its place in `text`, and its line (0, further ones below)


def of_text(text: str, subject: str | None = None) -> BodyText:
    """A running text of plain text whose line breaks part paragraphs, its letter's subject before it where one is given."""
    lines: list[tuple[str, Kind]] = [(line, "body") for line in nfc(text).split("\n")]
    if subject:
        lines.insert(0, (" ".join(nfc(subject).split()), "subject"))
    paragraphs, at = [], 0
    for line, kind in lines:
        paragraphs.append(Paragraph(at, at + len(line), kind))
        at += len(line) + 1
    return BodyText("\n".join(line for line, _ in lines), tuple(paragraphs), (0,), (1,))


def body_text(pages: Sequence[Page], header: Header, annex: tuple[int, int] | None) -> BodyText:
    """Lay the pages of one letter out as running text. annex: first and last page, in the file, of its annex."""
    pages = [_on_sheet(page) for page in pages]
    pieces: list[_Piece] = []
    footed = False
    if header.subject and pages:
        pieces.append(_subject(header.subject, pages[0]))
    foot = _foot_page(pages, annex)
    for index, page in enumerate(pages):
        if page.kind == "blank":
            continue
        in_annex = footed or (annex is not None and annex[0] <= page.number <= annex[1])
        lines = [line for line in page.lines if line.role not in _NO_TEXT]
        if index == 0:
            lines = _without_header(lines, header)
        if page is foot:
            top = _foot_top(page)
            lines, footed = [line for line in lines if line.box.y0 < top], True
        goes_on = bool(pieces) and pieces[-1].text.rstrip()[-1:] not in (".", ";", ":", "/", "!", "?")
        pieces += _pieces(lines, page, "annex" if in_annex else "body", goes_on=goes_on)
    return _join(pieces)._replace(scanned=any(page.kind == "scan" for page in pages))


def _without_header(lines: list[Line], header: Header) -> list[Line]:
    """The first page's lines without its head and the subject that is kept apart."""
    bottom = max((line.box.middle[1] + 1 for line in lines if line.role in _HEAD), default=0.0)
    subject = _letters(header.subject or "")
    return [line for line in lines if (line.box.middle[1] > bottom or line.role is Role.TYPE) and not _is_subject(line, subject)]


def _is_subject(line: Line, subject: str) -> bool:
    """Whether a line is of the subject, by its role; a type's line only where the subject begins with its words."""
    if line.role is Role.SUBJECT:
        return bool(subject)
    return line.role is Role.TYPE and bool(subject) and _letters(line.text) in subject


def _foot_page(pages: Sequence[Page], annex: tuple[int, int] | None) -> Page | None:
    """The page on which the letter's foot begins: the first that bears the head of the copies, beyond doubt or at all; else the last that
    is signed."""
    own = [page for page in pages if not (annex and annex[0] <= page.number <= annex[1])]
    heads = [(page, line.role_confidence) for page in own for line in page.lines if line.role is Role.COPIES and line.opens]
    for least in (0.9, 0.0):
        if found := next((page for page, confidence in heads if confidence > least), None):
            return found
    return next((page for page in reversed(own) if any(line.role is Role.CAPACITY for line in page.lines)), None)


def _foot_top(page: Page) -> float:
    """Where the foot begins, points from the top: its copies, or the capacity lines beside."""
    tops = [line.box.y0 for line in page.lines if line.role is Role.COPIES and line.opens]
    signs = [line.box.y0 for line in page.lines if line.role is Role.CAPACITY]
    return min([tops[0], *(y for y in signs if abs(y - tops[0]) < _BESIDE)] if tops else signs) - 1


def _pieces(lines: list[Line], page: Page, kind: Kind, *, goes_on: bool) -> Iterator[_Piece]:
    """Each line with whether it opens a paragraph, by indent, by a short line before it, and by its first words."""
    long_lines = [line for line in lines if len(line.text) > 40] or lines
    left = sorted(line.box.x0 for line in long_lines)[len(long_lines) // 4] if long_lines else 0.0
    right = sorted(line.box.x1 for line in long_lines)[-1 - len(long_lines) // 4] if long_lines else page.width
    before: Line | None = None
    begins = _begins(page)
    for line in lines:
        addressed = before is not None and before.role is Role.ADDRESSEES and line.role is not Role.ADDRESSEES
        opens = addressed or _opens(line, before, left, right, goes_on)
        yield _piece(line, begins[id(line)], page.number, kind, opens)
        before = line


def _piece(line: Line, begin: int, page: int, kind: Kind, opens: bool) -> _Piece:
    """One line. begin: where it begins in the page's text."""
    texts = [nfc(word.text).replace("\x02", "-") for word in line.words]
    offsets = accumulate((len(text) + 1 for text in texts), initial=0)
    words = tuple((at, at + len(text), 0, word) for at, text, word in zip(offsets, texts, _words(line, begin), strict=False))
    return _Piece(" ".join(texts), page, kind, opens, words)


def _begins(page: Page) -> dict[int, int]:
    """Where each line begins in the page's text, by the line's identity."""
    return dict(zip(map(id, page.lines), accumulate((len(line.text) + 1 for line in page.lines), initial=0), strict=False))


def _words(line: Line, at: int) -> Iterator[PageWord]:
    for word in line.words:
        yield PageWord(word.box, at, at + len(word.text))
        at += len(word.text) + 1


def _on_sheet(page: Page) -> Page:
    """A page that shares its sheet with its boxes on the sheet."""
    if not page.left:
        return page
    lines = tuple(line.model_copy(update={"words": tuple(_shifted(word, page.left) for word in line.words)}) for line in page.lines)
    return page.model_copy(update={"lines": lines})


def _shifted(word: Word, by: float) -> Word:
    return word.model_copy(update={"box": word.box._replace(x0=word.box.x0 + by, x1=word.box.x1 + by)})


def _subject(subject: str, page: Page) -> _Piece:
    """The subject, with the boxes of those of its words that are found in the lines of the first page that hold parts of it."""
    text, whole = nfc(subject), _letters(subject)
    lines = [line for line in page.lines if line.role in (Role.SUBJECT, Role.TYPE) and _letters(line.text[line.lead :]) in whole]
    begins = _begins(page)
    pairs = [
        (row, one, word) for row, line in enumerate(lines) for one, word in zip(line.words, _words(line, begins[id(line)]), strict=True)
    ]
    there = [(_letters(one.text), -row, word) for row, one, word in pairs]
    words: list[tuple[int, int, int, PageWord]] = []
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
    if (_LEAD.match(folded) or (line.opens and line.role in _LISTS) or line.role is Role.DECIDING) and (
        ended in ".;:,/" or short or indented
    ):
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
        words += [Printed(at + first, at + last, piece.page, index + line, word) for first, last, line, word in piece.words]
        at += len(piece.text)
    if pieces:
        paragraphs.append(Paragraph(start, at, kind))
    return BodyText("".join(parts), tuple(paragraphs), tuple(marks), tuple(pages), tuple(words))


def is_item(text: str) -> bool:
    """Whether a paragraph is an item of a list ("- …", "1. …", "a) …")."""
    return bool(_ITEM.match(fold(text)))
