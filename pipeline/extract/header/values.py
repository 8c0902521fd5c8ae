"""A value read from a sheet, with where it stood and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from models.letter import Evidence

T = TypeVar("T")


@dataclass(frozen=True)
class Value(Generic[T]):
    """value: None where the sheet has none or it could not be read; evidence: None where nothing stands on the sheet for it.

    sure: 0 to 1, the chance that `value` is right (a None too can be right).
    """

    value: T
    evidence: Evidence | None = None

    @property
    def sure(self) -> float:
        return self.evidence.confidence if self.evidence else 1.0
