"""What a page tells of where letters begin and end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.page import Line, Page
from models.skeleton import nfc, skeleton
from rules import cues
from rules.issuers.catalogue import kind_of
from rules.likeness import likeness

# the parts of the page (of its height) where a head and a page number stand
HEAD, TOP = 0.42, 0.09


@dataclass(frozen=True)
class Signs:
    """motto, numbered, placed, issuer: parts of a header in the page's upper part; signed: copies or a filing line stand on it.

    annex: it begins as an annex does; template: its header is a form's; copy: it begins with a copy block; open: its text runs on;
    sent: it has a salutation, or the label of a number; titled: it names a type of document; page_number: the figure at its top, or 0.
    """

    number: int
    blank: bool = False
    motto: bool = False
    numbered: bool = False
    placed: bool = False
    issuer: bool = False
    annex: bool = False
    template: bool = False
    copy: bool = False
    sent: bool = False
    titled: bool = False
    signed: bool = False
    open: bool = False
    page_number: int = 0


def _bare(line: Line) -> str:
    return skeleton(" ".join(nfc(line.text).split()))


def _motto(line: Line) -> bool:
    """Whether a line is the motto or holds it, the head's columns on one line; a sentence that names the state is none."""
    bare = _bare(line)
    letters = [char for char in line.text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters) > 0.6 * len(letters)
    if not capitals and len(bare) >= 34:
        return "DOCLAPTUDOHANHPHUC" in re.sub(r"[^A-Z]", "", bare)
    if cues.motto(bare):
        return True
    return capitals and any(part in re.sub(r"[^A-Z]", "", bare) for part in ("CONGHOAXAHOICHUNGHIA", "DANGCONGSANVIETNAM"))


def _numbered(bare: str) -> bool:
    """A line "Số: 12/KH-UBND": with a figure before the stroke; a blank one is a form's or a stamp's."""
    if not re.match(r"^\W{0,2}(?:(?:BO )?LUAT |NGHI QUYET |PHAP LENH |LENH )?[S5§$][O06Q3]\W{0,4}(?:[\d/|]|\S{1,6}\s?[/|])", bare):
        return False
    return bool(re.search(r"\d\S*\s?(?:-\s?[A-Z]{1,4}\s?)?[/|\\]\s?\S*[A-Z]{2}|[/|\\]\s?[A-Z]{2,}\s?-", bare)) and len(bare) < 60


def signs(page: Page) -> Signs:
    """Look at one page."""
    lines = [line for line in page.lines if sum(char.isalnum() for char in line.text) >= 1]
    lines.sort(key=lambda line: line.box.y0)
    letters = sum(sum(char.isalnum() for char in line.text) for line in lines if line.confidence > 0.3 or len(line.text) > 20)
    if page.kind == "blank" or letters < 15:
        return Signs(page.number, blank=True)
    figure = 0
    first = lines[0]
    if re.fullmatch(r"\W{0,3}\d{1,3}\W{0,3}", first.text.strip()) and first.box.y0 < TOP * page.height:
        figure = int(re.sub(r"\D", "", first.text))
        lines = lines[1:]
    head = [line for line in lines if line.box.y0 < HEAD * page.height]
    bares = [_bare(line) for line in head]
    mottos = [i for i, line in enumerate(head) if _motto(line)]
    early = bares[: mottos[0]] if mottos else bares[:4]
    annex = any(cues.match("annex", bare) or cues.match("annex_carrier", bare) for bare in early[:4])
    carried = any(cues.match("annex_carrier", bare) for bare in bares)
    left = [_bare(line) for line in head if line.box.middle[0] < 0.55 * page.width]
    numbered = any(_numbered(bare) for bare in left)
    placed = any((found := cues.match("date", bare)) and found.start() <= 32 and len(bare) < 60 and not carried for bare in bares)
    annex = annex or (carried and not numbered)
    template = any(cues.match("template", bare) for bare in bares[:8]) or (
        bool(mottos) and not numbered and _dotted([line.text for line in head])
    )
    issuer = any(
        kind_of(line.text) and line.text.upper() == line.text and line.box.x0 < 0.45 * page.width and line.box.width < 0.5 * page.width
        for line in head[:6]
    )
    titled = any(line.text.upper() == line.text and bool(cues.title(_bare(line))) for line in head[len(early) :] if 2 < len(line.text) < 40)
    feet = [_bare(line) for line in lines if line.box.x0 < 0.45 * page.width and len(line.text) < 60]
    signed = any(cues.match("copies", bare) and len(bare) < 24 for bare in feet) or _filed(feet)
    last = _bare(lines[-1]) if lines else ""
    return Signs(
        page.number,
        motto=bool(mottos),
        numbered=numbered,
        placed=placed,
        issuer=issuer,
        annex=annex,
        template=template,
        copy=any(cues.match("copy_block", bare) for bare in bares[:3]) and not (_own_before_copy(bares) or (mottos and titled)),
        titled=titled,
        sent=any(cues.match("to", bare) for bare in bares) or any(re.match(r"\W?SO\s?:", bare) for bare in left),
        signed=signed,
        open=bool(last) and not cues.match("end", last),
        page_number=figure,
    )


def _own_before_copy(bares: list[str]) -> bool:
    """Whether a letter's own number stands over the words "SAO Y": then they are a mark on a letter's first page, no copy block."""
    at = next((i for i, bare in enumerate(bares) if cues.match("copy_block", bare)), len(bares))
    return any(_numbered(bare) for bare in bares[:at])


def _filed(feet: list[str]) -> bool:
    """Whether a line "Lưu: VT, …" stands among dashes."""
    return any(re.match(r"^\W{1,3}LUU\b\W{0,3}\s?(?:VT|VAN THU|VP)", bare) or likeness(bare, "- LUU: VT") > 0.85 for bare in feet)


def _dotted(texts: list[str]) -> bool:
    """Whether the header's blanks are dots to fill in: "Số: …/…", "…, ngày … tháng … năm …"."""
    return any(re.search(r"(?i)(?:số|ngày|tháng)\s*:?\s*(?:\.{2,}|…|_{2,})", text) for text in texts)
