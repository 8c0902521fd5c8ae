"""A letter as the screen shows it: its fields with their evidence, its text with the citations marked, who cites it, its history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from models.letter import HEADER_FIELDS, Letter
from models.reference import Reference
from pipeline.archive import corrections
from pipeline.archive.history import Change
from pipeline.desk.words import day, say

# fields as they are put right: parts of signer and arrival each for themselves
PARTS = {"signer": ("name", "title", "capacity"), "arrival": ("number", "date")}
LISTS = ("recipients", "copies", "signer.capacity")
CHOICES = {"urgency": ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"), "secrecy": ("MẬT", "TỐI MẬT", "TUYỆT MẬT")}
NAMES = {"issuer": "issuers", "issuer_parent": "issuers", "signer.name": "signers"}  # known names are offered for these
_ALWAYS = ("issuer", "number", "doc_type", "date", "subject", "recipients", "signer.name", "signer.title", "arrival.number", "arrival.date")
LOW = 0.8  # confidence under which a reading is marked


class Field(NamedTuple):
    """A field to show. value: as a person types it; kind: line, text, list, date, choice; sure: 0 to 1; box: points on `page`."""

    name: str
    label: str
    value: str
    kind: str
    doubtful: bool
    low: bool
    sure: float | None
    page: int | None
    box: str
    raw: str
    repairs: tuple[str, ...]
    names: str
    choices: tuple[str, ...]
    shown: bool

    @property
    def id(self) -> str:
        return self.name.replace(".", "-")


def typed(field: str, value: Any) -> str:
    """A plain JSON value as a person types it."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(str(one) for one in value)
    if isinstance(value, dict):
        return " · ".join(typed("date" if key == "date" else key, one).replace("\n", " ") for key, one in value.items() if one)
    return day(str(value)) if field.split(".")[-1] == "date" else str(value)


def _kind(name: str) -> str:
    if name in LISTS:
        return "list"
    if name in CHOICES:
        return "choice"
    if name.split(".")[-1] == "date":
        return "date"
    return "text" if name == "subject" else "line"


def fields(letter: Letter, lang: str) -> list[Field]:
    """The header's fields in the order of the sheet."""
    found = []
    for head in HEADER_FIELDS:
        for part in PARTS.get(head, ("",)):
            name = f"{head}.{part}" if part else head
            stood = letter.evidence.get(name) or letter.evidence.get(head)
            value = typed(name, corrections.value_of(letter, name))
            doubtful = name in letter.review or (head in letter.review and part in ("", PARTS.get(head, ("",))[0]))
            low = bool(stood and stood.confidence < LOW and value)
            found.append(
                Field(
                    name, say(f"field.{name}", lang), value, _kind(name), doubtful, low, stood.confidence if stood else None,
                    stood.page if stood else None, _box(stood.box if stood else None), stood.raw if stood else "",
                    stood.repairs if stood else (), NAMES.get(name, ""), CHOICES.get(name, ()),
                    bool(value) or doubtful or name in _ALWAYS,
                )
            )  # fmt: skip
    return found


def clerk_fields(changes: Sequence[Change], lang: str) -> list[Field]:
    """The registers' own columns, as they were last written."""
    found = []
    for name in corrections.CLERK:
        said = [one.new for one in changes if one.field == name and not one.hidden]
        kind = "date" if name == "handed_on" else "line"
        value = typed("date" if kind == "date" else name, said[-1]) if said else ""
        found.append(Field(name, say(f"field.{name}", lang), value, kind, False, False, None, None, "", "", (), "", (), True))
    return found


def _box(box: Sequence[float] | None) -> str:
    return " ".join(f"{edge:.1f}" for edge in box) if box else ""


class Piece(NamedTuple):
    """A run of text; reference: the place of the reference that it is the wording of, null for what is none."""

    text: str
    reference: int | None


def marked(page: str, references: Sequence[tuple[int, Reference]]) -> list[Piece]:
    """A page's text with the wording of its references marked, the longest first where they overlap."""
    spans: list[tuple[int, int, int]] = []
    for position, one in sorted(references, key=lambda pair: -len(pair[1].text)):
        for wording in (one.text, one.number or ""):
            words = wording.split()
            if not words:
                continue
            hits = list(re.finditer(r"\s+".join(re.escape(word) for word in words), page))
            free = [hit for hit in hits if not any(hit.start() < end and start < hit.end() for start, end, _ in spans)]
            if free:
                spans.append((free[0].start(), free[0].end(), position))
                break
    pieces, at = [], 0
    for start, end, position in sorted(spans):
        pieces += [Piece(page[at:start], None), Piece(page[start:end], position)]
        at = end
    return [piece for piece in [*pieces, Piece(page[at:], None)] if piece.text]


def snippet(text: str) -> list[tuple[str, bool]]:
    """A search's snippet in runs, each with whether it is a hit."""
    runs = []
    for part in re.split("(\ue000[^\ue001]*\ue001)", text):
        if part:
            hit = part.startswith("\ue000")
            runs.append((part.strip("\ue000\ue001"), hit))
    return runs
