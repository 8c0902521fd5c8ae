"""Invented letters that a later version reads otherwise, and the stages of that version.

A first page's "anew" says what is read then: fields of its header, what is asked, or that it is no letter's first page ("joined"); a page
that begins with "~" is a first page for the later version alone.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.intake import Intake, Span
from models.letter import Letter, letter_id
from models.page import Page
from models.rereading import Chosen, RereadReport
from pipeline.archive import Archive
from pipeline.ingest import Stages
from pipeline.ingest.rereading import reread
from tests.pipeline.archive.invented import look, parse, read
from tests.pipeline.ingest.taking import ONE, ROOT


def otherwise(page: str, *, joined: bool = False, review: Sequence[str] | None = None, **header: Any) -> str:
    """A first page that is read otherwise by the later version."""
    return json.dumps({**json.loads(page), "anew": {"joined": joined, "review": review, "header": header}}, ensure_ascii=False)


def _said(page: Page) -> dict[str, Any] | None:
    text = page.text.removeprefix("~")
    return json.loads(text) if text.startswith("{") else None


def split_anew(pages: Sequence[Page]) -> list[Span]:
    """Stage 5 of the later version."""
    begins = [page.number for page in pages if (said := _said(page)) and not said.get("anew", {}).get("joined")]
    ends = [*(begin - 1 for begin in begins[1:]), len(pages)]
    return [Span(first=first, last=last) for first, last in zip(begins, ends, strict=True)]


def parse_anew(intake: Intake, pages: Sequence[Page], span: Span) -> Letter:
    """Stage 6 of the later version."""
    said = _said(pages[0])
    assert said is not None
    change = said.get("anew", {})
    if pages[0].text.startswith("~"):
        line = pages[0].lines[0]
        word = line.words[0].model_copy(update={"text": line.words[0].text.removeprefix("~")})
        pages = [pages[0].model_copy(update={"lines": (line.model_copy(update={"words": (word,)}),)}), *pages[1:]]
    letter = parse(intake, pages, span)
    assert letter.id == letter_id(intake.sha256, span.first)
    update: dict[str, Any] = {"header": type(letter.header).model_validate({**letter.header.model_dump(), **change.get("header", {})})}
    if change.get("review") is not None:
        update["review"] = tuple(change["review"])
    return letter.model_copy(update=update)


ANEW = Stages(look, read, split_anew, parse_anew)


def read_anew(archive: Archive, chosen: Chosen = Chosen(), stages: Stages = ANEW) -> RereadReport:  # noqa: B008 (immutable)
    """Read the archive's originals as the later version does."""
    return reread(archive, chosen, "Lan", pace=ONE, stages=stages)


SCRIPT = """
import sys
from models.rereading import Chosen
from pipeline.archive import open_archive
from pipeline.ingest import Pace
from pipeline.ingest.rereading import reread
from tests.pipeline.ingest.anew import ANEW
print(reread(open_archive(sys.argv[1]), Chosen(), "Lan", stages=ANEW, pace=Pace(workers=1)).model_dump_json())
"""


def started(archive: Archive) -> subprocess.Popen[str]:
    """The same in a process of its own, which may be killed."""
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(archive.root)], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def changed(report: RereadReport) -> set[tuple[str, str, int]]:
    """What a report counts: field, kind, how many."""
    return {(one.field, one.kind.value, one.count) for one in report.counts}


def pages_of(archive: Archive, file: str) -> list[tuple[int, int]]:
    """The pages of the letters of a file."""
    return sorted(letter.source.pages for letter in archive.letters() if letter.source.file == Path(file).name)


def split_before(pages: Sequence[Page]) -> list[Span]:
    """Stage 5 of a version of before, of six pages: two letters taken for one, and one torn in two."""
    return [Span(first=1, last=2), Span(first=3, last=4), Span(first=5, last=len(pages))]


def parse_before(intake: Intake, pages: Sequence[Page], span: Span) -> Letter:
    """Stage 6 of that version: the product's own, but that it is sure of a place that is not the sheet's."""
    letter = Stages.real().parse(intake, pages, span)
    header = letter.header.model_copy(update={"place": "Vinh Hà"})
    return letter.model_copy(update={"header": header, "review": tuple(field for field in letter.review if field != "place")})
