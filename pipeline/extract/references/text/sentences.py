"""Sentences of the paragraphs that matter, by underthesea, mended where it breaks inside a number, a name or an abbreviation."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.extract.references.text.body_text import BodyText, Kind

_NO_END = re.compile(
    r"(?:^|[\s(])(?:[Ss]ố|[Tt][Pp]|[Tt][Xx]|[Tt][Tt]|[Qq]|[Pp]|ThS|TS|PGS|GS|BS|CN|KS|DS|Ths|v\.v|[A-ZĐ]|\d{1,2}|[a-zđ]|"
    r"[IVX]{1,4}|[Đđ]/c|ngày|Tr|St|No|Nr|CK\s?I{1,2})\.$"
)
_ENDS = re.compile(r"[.!?…]\s+\S")


class Sentence(NamedTuple):
    """text[start:end]; paragraph: its index in the running text; first: whether it opens the paragraph."""

    start: int
    end: int
    paragraph: int
    kind: Kind
    first: bool


def sentences(body: BodyText, wanted: list[int]) -> list[Sentence]:
    """The sentences of the paragraphs that hold any offset of `wanted`, in order."""
    out: list[Sentence] = []
    marks = iter(sorted(wanted))
    mark = next(marks, None)
    for index, paragraph in enumerate(body.paragraphs):
        while mark is not None and mark < paragraph.start:
            mark = next(marks, None)
        if mark is None:
            break
        if mark >= paragraph.end:
            continue
        spans = _split(body.text[paragraph.start : paragraph.end])
        out += [Sentence(paragraph.start + a, paragraph.start + b, index, paragraph.kind, n == 0) for n, (a, b) in enumerate(spans)]
    return out


def _split(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of one paragraph."""
    if not _ENDS.search(text):
        return [(0, len(text))]
    from underthesea import sent_tokenize  # imported late: it loads its tokenizer's tables

    spans: list[tuple[int, int]] = []
    at = 0
    for piece in sent_tokenize(text):
        found = text.find(piece, at)
        if found < 0:
            return [(0, len(text))]
        at = found + len(piece)
        glued = spans and (
            _NO_END.search(text[spans[-1][0] : spans[-1][1]])
            or text[found : found + 1].islower()
            or (text[found : found + 1].isdigit() and not re.match(r"\d+\.\s", piece))
        )
        if spans and (glued or text.count("(", *spans[-1]) > text.count(")", *spans[-1])):
            spans[-1] = (spans[-1][0], at)
        else:
            spans.append((found, at))
    return spans or [(0, len(text))]
