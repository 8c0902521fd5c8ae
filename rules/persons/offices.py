"""The offices of those who sign, and their deputies' (offices_held.tsv)."""

from __future__ import annotations

from functools import cache

from models.skeleton import skeleton
from rules.likeness import likeness
from rules.tables import rows
from rules.thresholds import threshold


@cache
def offices() -> tuple[str, ...]:
    """Return the skeletons of all offices, the longest first."""
    names = dict.fromkeys(skeleton(row[side]) for row in rows("offices_held") for side in ("head", "deputy") if row[side])
    return tuple(sorted(names, key=len, reverse=True))


@cache
def deputies() -> dict[str, str]:
    """Return the skeleton of a head's office to his deputy's, as it is printed."""
    return {skeleton(row["head"]): row["deputy"] for row in rows("offices_held") if row["deputy"]}


def misread_deputy(bare: str, head: str) -> str | None:
    """Return the deputy's office, as it is printed, of a head's that ends a line: its first word was misread ("THO GIAM DOC"), and is no
    mark that a pen set before the head's. bare, head: skeletons.

    >>> misread_deputy("THO GIAM DOC", "GIAM DOC"), misread_deputy("KT GIAM DOC", "GIAM DOC")
    ('PHÓ GIÁM ĐỐC', None)
    """
    deputy = deputies().get(head)
    return deputy if deputy and bare != head and likeness(bare, skeleton(deputy)) >= threshold("deputy_misread") else None


@cache
def office_spellings() -> dict[str, tuple[str, ...]]:
    """Return the skeleton of an office to its spellings, a deputy's first: THỨ TRƯỞNG and THỦ TRƯỞNG have one skeleton."""
    found: dict[str, tuple[str, ...]] = {}
    for name in (row[side] for side in ("deputy", "head") for row in rows("offices_held") if row[side]):
        found[skeleton(name)] = tuple(dict.fromkeys((*found.get(skeleton(name), ()), name)))
    return found
