"""The zones of a letter, as its pages' rows tell them by their roles: the head of its first page, its foot wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.page import Page, Role, Stamp
from pipeline.extract.header.number import type_token
from pipeline.layout import Grid, Row, grid_of
from rules import cues
from rules.issuers.catalogue import kind_of


@dataclass(frozen=True)
class HeadZones:
    """A first page. regime: "state", "party", "youth" or None; the tuples hold rows, top to bottom."""

    grid: Grid
    regime: str | None
    letterhead: tuple[Row, ...]
    number: Row | None
    place_day: Row | None
    title: Row | None
    subject: tuple[Row, ...]
    addressees: tuple[Row, ...]

    @property
    def title_type(self) -> tuple[str, str, float] | None:
        """The type's name as the table has it, its abbreviation, and how like it the title is; the number's type where no table has it."""
        if self.title is None:
            return None
        token = type_token(self.number)
        return cues.title(self.title.bare) or ((self.title.text, token, self.title.line.role_confidence) if token else None)


@dataclass(frozen=True)
class FootZones:
    """head: whether "Nơi nhận" was read; page: the one that the foot stands on; the tuples hold rows, top to bottom."""

    grid: Grid | None
    head: Row | None
    copies: tuple[Row, ...]
    capacity: tuple[Row, ...]
    names: tuple[Row, ...]

    @property
    def stamps(self) -> tuple[Stamp, ...]:
        return self.grid.stamps if self.grid else ()


def zones(page: Page) -> HeadZones:
    """The zones of a letter's first page, by its lines' roles."""
    grid = grid_of(page)

    def first(role: Role) -> Row | None:
        return next(iter(grid.of(role)), None)

    return HeadZones(
        grid=grid,
        regime=page.regime,
        letterhead=_by_body(grid.of(Role.LETTERHEAD)),
        number=_number(grid.of(Role.NUMBER)),
        place_day=first(Role.PLACE_DAY),
        title=first(Role.TYPE),
        subject=tuple(grid.of(Role.SUBJECT)),
        addressees=tuple(grid.of(Role.ADDRESSEES)),
    )


def _number(rows: Sequence[Row]) -> Row | None:
    """The number's row, with the one that its symbol goes on in."""
    if len(rows) < 2 or rows[1].line.opens or not re.search(r"[-/]$", rows[0].text):
        return next(iter(rows), None)
    return replace(rows[0], line=rows[0].line.model_copy(update={"words": (*rows[0].words, *rows[1].words)}))


def _by_body(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of a letterhead, body by body: two or three that issue together may stand side by side, each over some lines."""
    level = [row for row in rows if abs(row.box.middle[1] - rows[0].box.middle[1]) < 0.5 * rows[0].box.height]
    level.sort(key=lambda row: row.box.x0)
    if len(level) < 2 or not all(kind_of(row.text) for row in level):
        return tuple(rows)
    middles = [row.middle for row in level]
    column = {id(row): min(range(len(middles)), key=lambda at: abs(middles[at] - row.middle)) for row in rows}
    if any(sum(row.box.x0 < middle < row.box.x1 for middle in middles) != 1 for row in rows):
        return tuple(rows)  # a row under both is of neither
    return tuple(sorted(rows, key=lambda row: column[id(row)]))


def foot(grids: Sequence[Grid]) -> FootZones:
    """The foot on a letter's own pages (annexes left out): on the first that has "Nơi nhận" beyond doubt, else on the first that has it at
    all; a signature that does not stand beside it is the last one before."""
    heads = [(grid, item) for grid in grids for item in grid.of(Role.COPIES) if item.line.opens]
    sure = [pair for pair in heads if pair[1].line.role_confidence > 0.9]
    page, head = next(iter(sure or heads), (None, None))
    before = [grid for grid in grids if page is None or grid.number <= page.number]
    signed = [grid for grid in before if grid.of(Role.CAPACITY)] or [grid for grid in before if grid.of(Role.SIGNER)]
    at = signed[-1] if signed else None
    if page is not None and page.of(Role.CAPACITY, Role.SIGNER):
        at = page
    listed = page or at
    copies = [item for item in listed.of(Role.COPIES) if item is not head] if listed else []
    return FootZones(
        grid=listed,
        head=head,
        copies=tuple(copies),
        capacity=_downwards(at, Role.CAPACITY),
        names=_downwards(at, Role.SIGNER),
    )


def _downwards(grid: Grid | None, role: Role) -> tuple[Row, ...]:
    """The rows of a role by where they begin: beside a seal what stands a little lower is the next line, though it begins further left."""
    return tuple(sorted(grid.of(role), key=lambda item: item.box.y0)) if grid else ()
