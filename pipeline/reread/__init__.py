"""Stage 4, reread: what layout names and reading doubts is looked at again in pixels and mended: number, day, signature block, copies.

Where our line reader is installed, what a header is made of is read by it too, and said as both readers say it.

It never lowers what was read surely; every line tells how it was read, and what each look read.
"""

from __future__ import annotations

from collections.abc import Callable

from models.page import Line, Page
from pipeline.layout import relabel
from pipeline.layout.zones import copies_zone, lost_head_lines, signature_zone
from pipeline.recognize import Engine, default_engine
from pipeline.recognize.image.background import Pixels
from pipeline.recognize.ocr.line_engine import LineEngine
from pipeline.recognize.ocr.line_reader import LineReader, line_reader, stamp_reader
from pipeline.recognize.pdf.pixels import Sheet
from pipeline.reread.copies_list import is_doubtful, read_list
from pipeline.reread.digit_lines import with_digits
from pipeline.reread.head_lines import read_torn
from pipeline.reread.second_reader import with_engine, with_second_reader
from pipeline.reread.signature.drawn_block import drawn_block
from pipeline.reread.signature.sealed_name import with_sealed_name
from pipeline.reread.signature.signature_block import is_sure, read_again
from pipeline.reread.signature.stamped_name import with_stamped_name
from pipeline.reread.signature.stamped_office import with_stamped_office
from pipeline.reread.stamp_digits import mend_stamp
from pipeline.reread.whole_letterhead import with_whole_letterhead

__all__ = ["reread"]


def reread(page: Page, pixels: Callable[[], Sheet], *, engine: Engine | None = None, second: LineReader | None = None) -> Page:
    """Return a labelled page with its doubtful zones read again. pixels: the upright sheet, asked for only where it is looked at.

    engine: as `recognize.read` takes it; second: what reads lines beside it and stamped names, by default ours. Raises EngineMissing.
    """
    if page.kind == "scan":
        return _scan(page, pixels(), engine or default_engine(), second or line_reader(), second or stamp_reader())
    if page.kind == "digital" and any(stamp.kind == "arrival" for stamp in page.stamps):
        image, dpi, _ = _own_pixels(page, pixels())
        page = page.model_copy(update={"stamps": tuple(mend_stamp(stamp, image, dpi) for stamp in page.stamps)})
    if page.kind == "digital" and page.pictures and (block := drawn_block(page)):
        image, dpi, unit = _own_pixels(page, pixels())
        lines = read_again(image, dpi, page.lines, block, unit, engine or default_engine())
        return _with_lines(page, lines)
    return page


def _scan(page: Page, sheet: Sheet, engine: Engine, second: LineReader | None, stamps: LineReader | None) -> Page:
    image, dpi, unit = _own_pixels(page, sheet)
    if isinstance(engine, LineEngine):
        page = with_engine(page, image, unit, engine)
    lines = with_whole_letterhead(page, image, dpi, unit, engine)
    for part in lost_head_lines(page):
        lines = read_torn(image, dpi, lines, part, unit, engine)
    copies = copies_zone(lines, page.width, page.height)
    if copies and is_doubtful(lines, copies):
        lines = read_list(image, dpi, lines, copies, unit, engine)
    block = signature_zone(lines, page.width, page.height, copies)
    if block and not is_sure(lines, block):
        lines = read_again(image, dpi, lines, block, unit, engine)
    if block:
        lines = with_stamped_office(image, dpi, lines, block, unit, engine, second)
        named = with_sealed_name(image, lines, block, unit, second) if second else lines  # one reader's word twice is no second support
        lines = with_stamped_name(image, dpi, lines, block, unit, stamps) if stamps and named == lines else named
    page = _with_lines(page, lines)
    mended = with_digits(page, image, dpi)
    page = page if mended is page else relabel(mended)
    return with_second_reader(page, image, unit, second) if second else page  # after the looks: they know doubt best


def _own_pixels(page: Page, sheet: Sheet) -> tuple[Pixels, int, float]:
    """The page's own part of its sheet, its dpi, and points a pixel of it."""
    unit = sheet.width / sheet.image.shape[1]
    image = sheet.image[:, round(page.left / unit) : round((page.left + page.width) / unit)] if page.part else sheet.image
    return image, sheet.dpi, unit


def _with_lines(page: Page, lines: list[Line]) -> Page:
    """The page with these lines, its roles told anew where one of them is new."""
    same = len(lines) == len(page.lines) and all(one is other for one, other in zip(lines, page.lines, strict=True))
    return page if same else relabel(page.model_copy(update={"lines": tuple(lines)}))
