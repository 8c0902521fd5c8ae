"""A signature block that is only drawn on a page with a good text layer: the signed block pasted in as a picture.

The text layer ends with the head of the copies and names nobody; the office, the seal and the name are pixels beside it.
"""

from __future__ import annotations

from models.page import Box, Page
from pipeline.layout.zones import copies_zone, signature_zone
from pipeline.reread.looks import inside

_MARGIN = 4.0  # points


def drawn_block(page: Page) -> Box | None:
    """Where the pictures stand that lie in the signature block for the most part, as one box, where no line was read in it; else None."""
    block = signature_zone(page.lines, page.width, page.height, copies_zone(page.lines, page.width, page.height))
    if block is None or any(inside(line.box, block) and line.box.x0 > block.x0 - _MARGIN for line in page.lines):
        return None
    found = [box for box in page.pictures if inside(box, block)]
    if not found:
        return None
    whole = found[0]
    for box in found[1:]:
        whole = whole.union(box)
    return Box(max(0.0, whole.x0 - _MARGIN), max(0.0, whole.y0 - _MARGIN), whole.x1 + _MARGIN, whole.y1 + _MARGIN)
