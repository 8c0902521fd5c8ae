"""What is gathered of one citation on its way down the pipeline."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Date
from typing import Literal

from models.letter import Header
from models.number import DocumentNumber, PrintedNumber
from models.reference import Polarity, Relation, Scope
from models.repair import Repair
from pipeline.extract.references.text.body_text import BodyText

Form = Literal["number", "law", "alias", "bare", "anaphora"]


@dataclass(slots=True)
class Stated:
    """A relation that a citation states. start, end: of the words that state it; strength: a cue's (1), a rule's (below 1);
    polarity, agent, scope: as in the record."""

    relation: Relation
    start: int
    end: int
    strength: float = 1.0
    polarity: Polarity = "affirmed"
    agent: Literal["self", "other"] = "self"
    scope: Scope = "whole"


@dataclass(slots=True)
class Citation:
    """One place where a document is cited, in offsets of the running text.

    start: of the type's name or the number; tail: after the number; end: after day and issuer. number: null for a law cited by
    its day. printed_type: whether the type's name stands before it; nested: it stands inside another document's title;
    signed: its issuer is the subject of the verb before it ("… đã ban hành");
    stands_for: what an alias, a bare number or an anaphora means (several for "các văn bản nêu trên").
    """

    start: int
    tail: int
    end: int
    form: Form
    number: DocumentNumber | None = None
    date: Date | None = None
    issuer: str | None = None
    doc_type: str | None = None
    printed_type: bool = False
    pinpoint: str | None = None
    repairs: tuple[Repair, ...] = ()
    nested: bool = False
    signed: bool = False
    parent: Citation | None = None
    stands_for: tuple[Citation, ...] = ()
    edges: list[Stated] = field(default_factory=list)

    @property
    def identity(self) -> tuple[str, str]:
        """What two citations of one document share: the number's key, or a law's kind and day."""
        return (self.number.key, "") if self.number else (self.doc_type or "", self.date.isoformat() if self.date else "")


@dataclass(slots=True)
class Setting:
    """What the components know of the letter whose text they read."""

    body: BodyText
    header: Header
    own: PrintedNumber | None = None
    province: str | None = None
    folded: str = ""
    aliases: dict[str, Citation] = field(default_factory=dict)
