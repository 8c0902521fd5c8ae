"""Text with runs of it marked: a page's citations, a search's hits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from models.reference import Reference


class TextPiece(NamedTuple):
    """A run of text; reference: the place of the reference that it is the wording of, null for what is none."""

    text: str
    reference: int | None


def marked(page: str, references: Sequence[tuple[int, Reference]], number: int = 1) -> list[TextPiece]:
    """A page's text with its references marked where they stand, and where their wording stands again: the closest of each document.
    number: of the page in the file; of a reference that only goes on here, its end is marked.

    A longer one that holds another (a letter enclosed, a law that amends a law) is marked up to where that begins.
    """
    spans: list[tuple[int, int, int]] = []
    for position, one in sorted(references, key=lambda pair: len(pair[1].text)):
        hits = sorted({*_stands(page, one, number), *(_said(page, one.text) if one.page == number else ())})
        if not hits and one.page == number:
            hits = _said(page, one.number or "")
        for start, end in hits:
            inside = [span for span in spans if span[0] < end and start < span[1]]
            if inside:
                end = min(span[0] for span in inside)
            serial = re.match(r"\d*", one.number or "")
            # a part of it, or one that is marked already for another relation, must name the document
            if start < end and (not inside or (serial and serial[0] and re.search(rf"\b{serial[0]}\b", page[start:end]))):
                spans.append((start, start + len(page[start:end].rstrip(" ;,\n")), position))
    pieces, at = [], 0
    for start, end, position in sorted(spans):
        pieces += [TextPiece(page[at:start], None), TextPiece(page[start:end], position)]
        at = end
    return [piece for piece in [*pieces, TextPiece(page[at:], None)] if piece.text]


def _stands(page: str, reference: Reference, number: int) -> list[tuple[int, int]]:
    """Where a reference itself stands in a page's text, lines that follow one another as one run."""
    runs: list[tuple[int, int]] = []
    for run in reference.boxes:
        if run.page != number or run.start is None or run.end is None or run.end > len(page):
            continue
        if runs and page[runs[-1][1] : run.start].isspace():
            runs[-1] = (runs[-1][0], run.end)
        else:
            runs.append((run.start, run.end))
    return runs


def _said(page: str, wording: str) -> list[tuple[int, int]]:
    """Where a wording stands in a page, over line ends too."""
    words = wording.split()
    return [hit.span() for hit in re.finditer(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", page)] if words else []


def snippet(text: str) -> list[tuple[str, bool]]:
    """A search's snippet in runs, each with whether it is a hit."""
    runs = []
    for part in re.split("(\ue000[^\ue001]*\ue001)", text):
        if part:
            hit = part.startswith("\ue000")
            runs.append((part.strip("\ue000\ue001"), hit))
    return runs
