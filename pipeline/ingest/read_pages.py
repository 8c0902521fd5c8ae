"""Stages 2 and 3 on one file, a page at a time: recognized, then labelled."""

from __future__ import annotations

from collections.abc import Iterator

from models.intake import Intake
from models.page import Page
from pipeline.layout import relabel
from pipeline.recognize import Engine, read


def read_pages(intake: Intake, *, engine: Engine | None = None) -> Iterator[Page]:
    """Yield the file's pages in order, each line with its role, one page in memory at a time. engine: as `recognize.read` takes it.

    Raises a Refusal or EngineMissing, at the page where it shows.
    """
    for page in read(intake, engine=engine):
        yield relabel(page)
