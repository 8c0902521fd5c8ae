"""Tone marks of a scan that no word bears in its place, days in figures and Roman ones: mended in issuer, subject, lists, and named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from models.page import Role
from models.repair import Doubt, DoubtKind, Repair, RepairKind
from pipeline.extract.header.evidence import doubted
from pipeline.extract.header.values import Value
from pipeline.layout import Grid, Row
from rules.thresholds import threshold
from rules.words.days import days
from rules.words.mending import Mended, Pair, Witness, mended, own_pairs, witness
from rules.words.romans import romans

T = TypeVar("T")


def body_pairs(grids: Sequence[Grid]) -> Mapping[Pair, int]:
    """Which words follow one another in the body of a letter, each with how often: they bear witness for those of its head."""
    subject = [item.text for grid in grids for item in grid.of(Role.SUBJECT)]
    return own_pairs((item.text for grid in grids for item in grid.of(Role.BODY, Role.GROUNDS, Role.DECIDING)), subject)


def mend_line(field: str, value: Value[str | None], own: Mapping[Pair, int], rows: Sequence[Row] = ()) -> Value[str | None]:
    """Return a field of one text with its marks mended; doubted where another word may stand there as well. rows: where it stands."""
    if not value.value:
        return value
    text, strokes = _figures(value.value)
    told = mended(text, own, _looks(rows))
    return _noted(field, value, told.text, [told], strokes)


def mend_list(field: str, value: Value[tuple[str, ...]], own: Mapping[Pair, int], rows: Sequence[Row] = ()) -> Value[tuple[str, ...]]:
    """The same for a field of several."""
    seen = _looks(rows)
    printed = [_figures(text) for text in value.value]
    told = [mended(text, own, seen) for text, _ in printed]
    return _noted(field, value, tuple(one.text for one in told), told, [item for _, strokes in printed for item in strokes])


def _figures(text: str) -> tuple[str, tuple[Repair, ...]]:
    text, strokes = romans(text)
    text, torn = days(text)
    return text, (*strokes, *torn)


def _looks(rows: Sequence[Row]) -> Witness:
    """What the looks at these rows read; a row that two readers read alike was read so twice."""
    lines = [item.line for item in rows]
    return witness([line.text] * 2 if line.agreed == 1.0 else [text for text in line.readings if text] or [line.text] for line in lines)


def _noted(field: str, value: Value[T], new: T, told: Sequence[Mended], strokes: Sequence[Repair]) -> Value[T]:
    seen = value.evidence
    repairs = [*map(str, strokes)] + [str(Repair(RepairKind.MARKS, mend.raw, mend.value)) for one in told for mend in one.mends]
    open_ones = [mend for one in told for mend in one.open]
    if seen is None or not (repairs or open_ones):
        return value
    seen = seen.model_copy(update={"repairs": (*seen.repairs, *repairs)})
    doubts = [Doubt(DoubtKind.OTHER_WORD, field, f"{mend.raw} → {mend.value}") for mend in open_ones]
    return replace(value, value=new, evidence=doubted(seen, threshold("mark_doubt"), *doubts) if doubts else seen)
