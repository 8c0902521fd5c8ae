"""A signature block that is only drawn on a page with a good text layer: the signed block pasted in as a picture.

The text layer ends with "Nơi nhận" and names nobody; the office, the seal and the name are pixels beside it.
"""

from __future__ import annotations

from typing import Any

import pypdfium2.raw as pdfium_c

from models.page import Box, Page
from pipeline.recognize.copies import list_of
from pipeline.recognize.ocr.engine import Engine, default_engine
from pipeline.recognize.pdf.pixels import as_seen
from pipeline.recognize.signing import block_of, read_again
from pipeline.recognize.zones import inside

_LEAST = 90.0, 45.0  # points: a block with an office, a seal and a name is no smaller
_MOST = 4000  # objects that are looked at on a page
_MARGIN = 4.0  # points


def with_drawn_signing(page: Any, read: Page, engine: Engine | None) -> Page:
    """Return the page with the lines of a signature block that is a picture on it, where there is one. page: PDFium's."""
    copies = list_of(read.lines, read.width, read.height)
    block = block_of(read.lines, read.width, read.height, copies)
    if block is None or any(inside(line.box, block) and line.box.x0 > block.x0 - _MARGIN for line in read.lines):
        return read
    picture = _picture(page, read.height, block)
    if picture is None:
        return read
    pixels, scale = as_seen(page, read.width, read.height)
    lines = read_again(pixels, round(72 * scale), read.lines, picture, 1 / scale, engine or default_engine())
    return read.model_copy(update={"lines": tuple(lines)})


def _picture(page: Any, height: float, block: Box) -> Box | None:
    """Where the pictures stand that lie in the block for the most part, as one box; points from the page's top left."""
    found: list[Box] = []
    for count, thing in enumerate(page.get_objects(max_depth=3)):
        if count > _MOST:
            return None
        if thing.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            box = Box(left, height - top, right, height - bottom)
            if box.width >= _LEAST[0] and box.height >= _LEAST[1] and inside(box, block):
                found.append(box)
    if not found:
        return None
    whole = found[0]
    for box in found[1:]:
        whole = whole.union(box)
    return Box(max(0.0, whole.x0 - _MARGIN), max(0.0, whole.y0 - _MARGIN), whole.x1 + _MARGIN, whole.y1 + _MARGIN)
