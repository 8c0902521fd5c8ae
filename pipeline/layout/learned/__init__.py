"""A second opinion on roles: what lines are by place, form, cue and neighbours, learned from labelled letters (weights.md)"""

from __future__ import annotations

from pipeline.layout.learned.chain import LABELS, chances
from pipeline.layout.learned.line_features import line_features
from pipeline.layout.rows import Grid

__all__ = ["LABELS", "Opinions", "line_features", "opinions"]

Opinions = dict[int, dict[str, float]]


def opinions(grid: Grid, *, first: bool) -> Opinions:
    """Return by the id of each of the page's lines the chance, 0 to 1, of each of LABELS. first: a letter begins on the page."""
    found = chances(line_features(grid, first=first))
    return {id(item.line): dict(zip(LABELS, map(float, row), strict=True)) for item, row in zip(grid.rows, found, strict=True)}
