"""A case file (hồ sơ): letters on one matter, as the office's file plan (danh mục hồ sơ) names it. Decree 30/2020, appendix V."""

from __future__ import annotations

from datetime import date as Date

from pydantic import BaseModel, ConfigDict


class CaseFile(BaseModel):
    """One case file.

    code: the year and the plan's notation ("2021.01.TCCB"), or the notation alone where the plan names no year; heading: the plan's
    over it; retention: "Vĩnh viễn" or a number of years ("20 năm"); keeper: who makes it up; letters: how many lie in it; pages: of
    these, as scanned; sheets: counted by a person, else the pages; begins, ends: first and last day of its letters.
    """

    model_config = ConfigDict(frozen=True)

    code: str
    notation: str
    title: str
    year: int | None = None
    heading: str | None = None
    retention: str | None = None
    keeper: str | None = None
    note: str | None = None
    letters: int = 0
    pages: int = 0
    sheets: int = 0
    begins: Date | None = None
    ends: Date | None = None


class Proposal(BaseModel):
    """A case file that might be made: only proposed. letters: ids, by day; filed: code of the files that some of them lie in already."""

    model_config = ConfigDict(frozen=True)

    title: str
    begins: Date | None = None
    ends: Date | None = None
    pages: int = 0
    letters: tuple[str, ...] = ()
    filed: tuple[str, ...] = ()
