"""A value read from a sheet, with where it stood and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from models.letter import Evidence

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class Value(Generic[T_co]):
    """value: None where the sheet has none or it could not be read; evidence: None where nothing stands on the sheet for it.

    sure: 0 to 1, the chance that `value` is right (a None too can be right).
    """

    value: T_co
    evidence: Evidence | None = None

    @property
    def sure(self) -> float:
        return self.evidence.confidence if self.evidence else 1.0
