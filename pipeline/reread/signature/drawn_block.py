"""A signature block that is only drawn on a page with a good text layer: the signed block pasted in as a picture.

The text layer ends with the head of the copies, or with the office, and names nobody; the seal and the name are pixels beside it.
"""

from __future__ import annotations

from models.page import Box, Page, Role
from pipeline.layout.zones import copies_zone, signature_zone
from pipeline.reread.looks import inside

_MARGIN = 4.0  # points


def drawn_block(page: Page) -> Box | None:
    """Where the pictures stand that lie in the signature block for the most part, as one box.

    None where there are none, or where a line was read in the block that is no office.
    """
    block = signature_zone(page.lines, page.width, page.height, copies_zone(page.lines, page.width, page.height))
    if block is None:
        return None
    beside = [line for line in page.lines if inside(line.box, block) and line.box.x0 > block.x0 - _MARGIN]
    if any(line.role is not Role.CAPACITY for line in beside):
        return None
    found = [box for box in page.pictures if inside(box, block) and not any(inside(line.box, box) for line in beside)]
    if not found:
        return None
    whole = found[0]
    for box in found[1:]:
        whole = whole.union(box)
    return Box(max(0.0, whole.x0 - _MARGIN), max(0.0, whole.y0 - _MARGIN), whole.x1 + _MARGIN, whole.y1 + _MARGIN)
