"""Stage 6, extract: a letter gets its header and its references, each value with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from models.intake import Intake, Span
from models.letter import Letter, Source, letter_id
from models.page import Page

__all__ = ["own_pages", "parse"]


def _kind(pages: Sequence[Page]) -> Literal["scan", "digital", "mixed"]:
    """How the text of the pages was got; blank ones do not count."""
    kinds = {page.kind for page in pages} - {"blank"}
    if len(kinds) > 1:
        return "mixed"
    return "digital" if kinds == {"digital"} else "scan"


def _annexed(page: Page, span: Span) -> bool:
    return span.annex is not None and span.annex[0] <= page.number <= span.annex[1]


def own_pages(pages: Sequence[Page], span: Span) -> list[Page]:
    """Return the pages of the letter on `span`, in order, the one on which it begins labelled as such."""
    from pipeline.layout import as_first

    own = sorted((page for page in pages if span.holds(page)), key=lambda page: (page.number, page.part))
    opening = next((page for page in own if page.kind != "blank" and not _annexed(page, span)), None)
    return [as_first(page) if page is opening else page for page in own]


def parse(intake: Intake, pages: Sequence[Page], span: Span) -> Letter:
    """Return the letter that stands on `span` of the file; of `pages` those of the span are taken, by their number."""
    # loaded when a letter is read: link and archive ask this package for what costs nothing to load
    from pipeline.extract.certified_signer import with_certified_signer
    from pipeline.extract.contradictions import asked_whom, held_against, signed_later
    from pipeline.extract.header import read_header
    from pipeline.extract.references import read_pages
    from pipeline.extract.references.duties.obligations import instructs, obligations
    from pipeline.extract.secret_names import marked_by_name
    from pipeline.extract.unsound_pages import doubted_where_unsound

    own = own_pages(pages, span)
    reading = read_header(own, span.annex)
    reading = signed_later(reading, own)
    found = read_pages(own, reading.header, span.annex)
    reading = with_certified_signer(held_against(reading, found.references), intake.signatures)
    reading = doubted_where_unsound(reading, [page for page in own if not _annexed(page, span)])
    if (span.first, span.order) == (1, 1):
        reading = marked_by_name(reading, intake.name, span.first)
    text = tuple(page.text for page in own)
    obliged = obligations(text)
    reading = asked_whom(reading, obliged, span.first)
    return Letter(
        id=letter_id(intake.sha256, span.first, span.order),
        source=Source(
            file=intake.name,
            sha256=intake.sha256,
            pages=(span.first, span.last),
            kind=_kind(own),
            annex_pages=span.annex,
            carries=intake.carries,
            turned=tuple((page.number, page.rotation) for page in own if page.rotation),
        ),
        header=reading.header,
        evidence=reading.evidence,
        review=reading.review,
        references=tuple(found.references),
        deadlines=tuple(found.deadlines),
        assignments=tuple(found.assignments),
        reminders=found.reminders,
        obligations=obliged,
        instructs=bool(found.assignments) or instructs(text),
        effect=found.effect,
        signatures=intake.signatures,
        text=text,
    )
