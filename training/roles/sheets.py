"""Pages to learn roles from: each line's features, the role that the rules give it, and, of labelled letters, the one that it has."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.pages import cached
from models.page import Page, Role
from pipeline.acquire import Refusal, take, walk
from pipeline.extract import own_pages
from pipeline.layout import Grid, grid_of, relabel
from pipeline.layout.learned import line_features
from pipeline.layout.learned.chain import OTHER, ROLES
from pipeline.segment import split
from training.doubt.verdicts import aside, files, offices, truth
from training.roles.align import aligned


class Sheet(NamedTuple):
    """A page of a letter, a value a line: ruled, gold: labels of chain.LABELS, by the rules and by the truth (None: not told)."""

    file: str
    office: str
    page: int
    features: list[list[str]]
    ruled: list[str]
    gold: list[str | None]


def label(role: Role | None) -> str | None:
    """The label that a role has."""
    return None if role is None else role.value if role in ROLES else OTHER


def labelled(name: str, kept: Sequence[Path]) -> list[Sheet]:
    """Return the sheets of a set with truth ("real", "synthetic"), those set aside left out. kept: folders with pages read before."""
    office, found = offices(name), []
    letters = {row["file"]: row["letters"] for row in truth(name)}
    for file, pages in _files(name, kept):
        for letter in letters.get(file, ()):
            first, last = letter["pages"]
            grids = [grid_of(page) for page in pages if first <= page.number <= last]
            if grids and letter.get("issuer"):
                gold = aligned([grid.rows for grid in grids], [(grid.width, grid.height) for grid in grids], letter)
                found += [
                    _sheet(file, office[file], grid, at == 0, roles) for at, (grid, roles) in enumerate(zip(grids, gold, strict=True))
                ]
    return [sheet for sheet in found if sheet.features]


def unlabelled(kept: Sequence[Path]) -> list[Sheet]:
    """Return the sheets of dev/unlabelled, no gold, as segment parts them."""
    found = []
    for file, pages in _files("unlabelled", kept):
        for span in split(pages):
            grids = [grid_of(page) for page in own_pages(pages, span)]
            found += [_sheet(file, file, grid, at == 0, {}) for at, grid in enumerate(grids)]
    return [sheet for sheet in found if sheet.features]


def _sheet(file: str, office: str, grid: Grid, first: bool, gold: Mapping[int, Role | None]) -> Sheet:
    ruled = [label(item.role) or OTHER for item in grid.rows]
    return Sheet(file, office, grid.number, line_features(grid, first=first), ruled, [label(gold.get(i)) for i in range(len(grid.rows))])


def _files(name: str, kept: Sequence[Path]) -> Iterator[tuple[str, list[Page]]]:
    for path in sorted(item for item in walk([files(name)]) if isinstance(item, Path) and item.name not in aside()):
        try:
            yield path.name, [relabel(page) for page in _pages(path, kept)]
        except Refusal:
            continue


def _pages(path: Path, kept: Sequence[Path]) -> list[Page]:
    digest = take(path).sha256
    for folder in kept:
        store = folder / f"{digest}.json.gz"
        if store.is_file():
            return [Page.model_validate(page) for page in json.loads(gzip.decompress(store.read_bytes()))]
    return cached(path)
