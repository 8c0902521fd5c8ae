"""Which rows of a head are the letterhead (Decree 30/2020, appendix I, box 2): who issues, and the body over it."""

from __future__ import annotations

from pipeline.layout.head import Head
from pipeline.layout.rows import Row
from rules import cues
from rules.issuers.catalogue import kind_of, without_debris


def letterhead(head: Head) -> list[Row]:
    """The rows of box 2: printed in capitals, or known by how they begin."""
    block = head.block or _centred(head)
    rows = [item for item in block if not cues.match("page_number", item.bare) and not cues.match("arrival", item.bare)]
    rows = [item for item in rows if item.upper > 0.7 or (kind_of(item.text) and item.upper > 0.15)]
    if head.title:
        rows = [item for item in rows if item.box.y1 < head.title.box.y0 + 2]
    heads = [i for i, item in enumerate(rows) if kind_of(without_debris(item.text))]
    return rows[heads[0] :] if heads and heads[0] <= 2 and all(item.confidence < 0.75 for item in rows[: heads[0]]) else rows


def _centred(head: Head) -> list[Row]:
    """The rows of a letterhead over the whole width, as companies set theirs: over the number, from the first that begins a body's name."""
    if head.number is None or not head.motto:
        return []
    known = {id(item) for item in (*head.motto, head.date) if item}
    rows = [item for item in head.grid.rows if item.box.y1 < head.number.box.y0 + 2 and id(item) not in known and item.upper > 0.8]
    first = next((at for at, item in enumerate(rows) if kind_of(item.text)), len(rows))
    return rows[first:]
