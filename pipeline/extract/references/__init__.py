"""References, deadlines, assignments and days of effect of one letter, found in its pages.

read_pages(pages, header, annex) -> Findings
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from models.letter import Header
from models.page import Page
from models.reference import Assignment, Deadline, EffectClause, Reference, Reminder
from pipeline.extract.references.duties.assignments import assignments
from pipeline.extract.references.duties.deadlines import deadlines
from pipeline.extract.references.duties.reminders import reminders
from pipeline.extract.references.effect_clauses import effect_clauses
from pipeline.extract.references.find.citation import Setting
from pipeline.extract.references.text.blocks import blocks
from pipeline.extract.references.text.body_text import BodyText, body_text
from pipeline.extract.references.text.folding import fold
from rules.places.groups import province_in

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["Findings", "read_pages", "read_text", "reader"]


class Findings(BaseModel):
    """What one letter says of others, by when something is owed, who was given what, and when it is in force; each in the text's order."""

    model_config = ConfigDict(frozen=True)

    references: tuple[Reference, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    effect: tuple[EffectClause, ...] = ()


def reader() -> Language:
    """The spaCy pipeline that finds citations in a text, built once a process."""
    # spaCy takes a second to load: not for who opens an archive
    from pipeline.extract.references import components

    return components.reader()


def read_pages(pages: Sequence[Page], header: Header, annex: tuple[int, int] | None = None) -> Findings:
    """Find all that a letter's pages cite, set as due and assign.

    pages: the letter's own, in order; header: as it was read (the letter's own number is never a reference; "UBND tỉnh" takes its
    province); annex: first and last annex page in the file, from 1.
    """
    return read_text(body_text(pages, header, annex), header)


def read_text(text: BodyText, header: Header) -> Findings:
    """The same, of text that is laid out already."""
    if not text.text.strip():
        return Findings()
    setting, references = _related(text, header)
    terms = deadlines(setting, references)
    return Findings(
        references=references, deadlines=tuple(terms.values()), assignments=assignments(setting, terms),
        reminders=reminders(setting, references), effect=effect_clauses(setting, references),
    )  # fmt: skip


def references_of(text: BodyText, header: Header) -> tuple[Reference, ...]:
    """The references of such a text alone, for less than all of it costs."""
    return _related(text, header)[1] if text.text.strip() else ()


def _related(text: BodyText, header: Header) -> tuple[Setting, tuple[Reference, ...]]:
    from pipeline.extract.references.components import doc_of

    text = blocks(text)
    nlp = reader()
    doc = doc_of(nlp.vocab, text.text)
    doc._.setting = setting = Setting(text, header, header.document, _province(header), fold(text.text))
    return setting, nlp(doc)._.references


def _province(header: Header) -> str | None:
    """The province that the letter comes from; None for a central body."""
    for field in (header.issuer, header.issuer_parent):
        found = province_in(field) if field else None
        if found:
            return found
    central = (header.issuer or "").startswith(
        ("Bộ ", "Thủ tướng", "Chính phủ", "Văn phòng Chính phủ", "Tổng cục", "Thanh tra Chính phủ", "Ngân hàng Nhà nước")
    )
    return province_in(header.place) if header.place and not central else None
