"""A head that is only drawn on a page with a good text layer: a scanned letterhead pasted in as a picture, the text typed under it."""

from __future__ import annotations

from models.page import Box, Page, Role
from models.skeleton import skeleton
from pipeline.recognize import Engine, PageReading, by_pixels
from pipeline.recognize.ocr.engine import BLOCK, Gray
from pipeline.recognize.page_reading import Part
from pipeline.reread.looks import inside
from rules import cues

_UPPER, _WIDE = 0.3, 0.35  # of the page's height and width: where such a picture begins, how wide it is at least
_DPI = 150


def drawn_head(page: Page, part: Part, engine: Engine) -> Box | None:
    """Where the picture of a head lies on a labelled digital page: one that shows a motto, where the layer has none and no line.

    part: draws a box of the page; as `PageReading` has it.
    """
    if page.kind != "digital" or page.part or any(line.role in (Role.MOTTO, Role.NUMBER) for line in page.lines):
        return None
    for box in page.pictures:
        upper = box.y0 < _UPPER * page.height and box.width > _WIDE * page.width
        if upper and not any(inside(line.box, box) for line in page.lines) and _shows_motto(part(box, _DPI), engine):
            return box
    return None


def _shows_motto(image: Gray, engine: Engine) -> bool:
    rows: dict[int, list[str]] = {}
    for word in engine.recognize(image, _DPI, BLOCK):
        rows.setdefault(word.line, []).append(word.text)
    return any(cues.motto(skeleton(" ".join(words[at:]))) for words in rows.values() for at in range(len(words)))


def with_drawn_head(found: PageReading, box: Box, engine: Engine) -> PageReading:
    """The reading of a digital page, what lies in the picture of its head read of the pixels; its pictures tell that the rest is typed."""
    seen = by_pixels(found, engine)
    drawn = [line for line in seen.page.lines if inside(line.box, box)]
    typed = [line for line in found.page.lines if not inside(line.box, box)]
    lines = tuple(sorted((*drawn, *typed), key=lambda line: (line.box.y0, line.box.x0) if line.words else (0.0, 0.0)))
    stamps = (*found.page.stamps, *(stamp for stamp in seen.page.stamps if inside(stamp.box, box)))
    told = {"lines": lines, "stamps": stamps, "pictures": found.page.pictures, "repairs": found.page.repairs}
    return PageReading(seen.page.model_copy(update=told), seen.pixels)
