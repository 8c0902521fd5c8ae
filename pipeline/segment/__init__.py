"""Stage 5, segment: pages become letters, each with its annexes and blank backs."""

from __future__ import annotations

from collections.abc import Sequence

from models.intake import Span
from models.page import Page
from pipeline.segment.signs import Signs, signs

__all__ = ["split"]


def split(pages: Sequence[Page]) -> list[Span]:
    """Return the spans of the letters on a file's pages, in order; together they cover every page.

    A letter begins on the first page, and wherever a page bears a header of its own: national motto or Party header or issuer,
    with a number or a place line, in its upper part. An annex stays with its letter, also where it holds a form with a header
    to fill in; so do blank pages, copy blocks and pages that a page number tells to go on.
    """
    read = sorted((signs(page) for page in pages), key=lambda item: (item.number, item.part))  # a page at a time: a file may have thousands
    if not read:
        return []
    starts = [0]
    for at in range(1, len(read)):
        if _begins(read[at], read[starts[-1] : at]):
            starts.append(at)
    out: list[Span] = []
    for start, end in zip(starts, [*starts[1:], len(read)], strict=True):
        part = read[start:end]
        order = 1 + sum(span.first == part[0].number for span in out)
        out.append(
            Span(
                first=part[0].number,
                last=part[-1].number,
                annex=_annex(part),
                first_part=part[0].part,
                last_part=part[-1].part,
                order=order,
            )
        )
    return out


def _begins(page: Signs, before: Sequence[Signs]) -> bool:
    """Whether a letter begins on `page`; before: the pages since the last letter began."""
    if page.blank or page.template or page.copy or page.annex:
        return False
    signed = any(item.signed for item in before)
    if page.motto and page.numbered and page.placed:
        return not (page.page_number and not signed and page.page_number == len(before) + 1)
    if page.motto and page.numbered:
        return signed or not page.page_number
    if page.motto and page.placed and signed:
        # a list or a form may bear motto and date: a letter has a number, or is sent to someone
        return page.sent or page.titled
    if page.motto and page.issuer and page.titled and page.decides:
        return not page.page_number  # a draft enclosed for signature: number and day are still blank
    if page.numbered and page.placed and page.issuer:
        return signed or not page.page_number
    return False


def _annex(part: Sequence[Signs]) -> tuple[int, int] | None:
    """The annex pages of one letter: from the first that begins an annex, or follows the signature, to the last that is not blank."""
    signed = next((i for i, item in enumerate(part) if item.signed), None)
    named = next((i for i, item in enumerate(part) if i and item.annex and (signed is None or i > signed or not part[i - 1].open)), None)
    first = None
    if signed is not None:
        first = next((i for i in range(signed + 1, len(part)) if not part[i].blank and not part[i].copy), None)
    if named is not None:
        first = named if first is None else min(first, named)
    if first is None:
        return None
    filled = [i for i in range(first, len(part)) if not part[i].blank]
    return (part[first].number, part[filled[-1]].number) if filled else None
