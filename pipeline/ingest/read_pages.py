"""Stages 2 to 4 on one file, a page at a time: recognized, labelled, and read again where layout names what reading doubts."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from models.intake import Intake
from models.page import Page, Role
from pipeline.layout import label, unexplained
from pipeline.recognize import Engine, PageReading, by_pixels, default_engine, read
from pipeline.reread import reread
from pipeline.reread.drawn_head import drawn_head, with_drawn_head
from pipeline.reread.layer_witness import contradicted, lost_letters, told_of

log = logging.getLogger(__name__)


def read_pages(intake: Intake, *, engine: Engine | None = None) -> Iterator[Page]:
    """Yield the file's pages in order, each line with its role, one page in memory at a time. engine: as `recognize.read` takes it.

    Raises a Refusal or EngineMissing, at the page where it shows.
    """
    lying = False
    for found in read(intake, engine=engine):
        # a layer that lies on one page lies on those that follow; one under the picture of a head does not lie
        for page in finished(by_pixels(found, engine) if lying and found.part else found, engine=engine):
            lying = lying or (found.page.kind == "digital" and page.kind != "digital" and not page.pictures)
            yield page


def finished(found: PageReading, *, engine: Engine | None = None, whole: bool = False) -> Iterator[Page]:
    """Yield a page that was recognized as the later stages take it, two where its sheet holds two and not `whole` is asked for.

    Raises EngineMissing.
    """
    pages = label(found.page, whole=whole)
    layer = _layer(found, pages, engine)
    if layer or (found.part and any(map(lost_letters, pages))):
        found = by_pixels(found, engine)
        pages = label(found.page, whole=whole)
    elif found.part and (box := drawn_head(pages[0], found.part, engine or default_engine())):
        found = with_drawn_head(found, box, engine or default_engine())
        pages = label(found.page, whole=whole)
    for page in pages:
        read = reread(page, found.pixels, engine=engine)
        if layer:
            read = read.model_copy(update={"lines": told_of(read.lines, layer)})
        if loose := unexplained(read):
            log.info("page %d: %d lines of its head or foot have no role", read.number, len(loose))  # never what they say
        yield read


def _layer(found: PageReading, pages: Sequence[Page], engine: Engine | None) -> dict[Role, str]:
    """What the text layer says in number and day where the pixels say otherwise; empty for most pages."""
    if found.part is None:
        return {}
    return next((said for page in pages if (said := contradicted(page, found.part, engine or default_engine()))), {})
