"""Stages 2 to 4 on one file, a page at a time: recognized, labelled, and read again where layout names what reading doubts."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from models.intake import Intake
from models.page import Page
from pipeline.layout import label, unexplained
from pipeline.recognize import Engine, PageReading, read
from pipeline.reread import reread

log = logging.getLogger(__name__)


def read_pages(intake: Intake, *, engine: Engine | None = None) -> Iterator[Page]:
    """Yield the file's pages in order, each line with its role, one page in memory at a time. engine: as `recognize.read` takes it.

    Raises a Refusal or EngineMissing, at the page where it shows.
    """
    for found in read(intake, engine=engine):
        yield from finished(found, engine=engine)


def finished(found: PageReading, *, engine: Engine | None = None, whole: bool = False) -> Iterator[Page]:
    """Yield a page that was recognized as the later stages take it, two where its sheet holds two and not `whole` is asked for.

    Raises EngineMissing.
    """
    for page in label(found.page, whole=whole):
        read = reread(page, found.pixels, engine=engine)
        if loose := unexplained(read):
            log.info("page %d: %d lines of its head or foot have no role", read.number, len(loose))  # never what they say
        yield read
