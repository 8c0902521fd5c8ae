"""Zones of a letter that the rules found nowhere, where the labeller is sure of their lines."""

from __future__ import annotations

from collections.abc import Sequence

from models.page import Role
from pipeline.layout.body import Labels
from pipeline.layout.learned.chain import LABELS, chances
from pipeline.layout.learned.line_features import line_features
from pipeline.layout.rows import Grid, Row
from rules import cues
from rules.thresholds import threshold

_PROPOSED = 0.8  # of its chance a line filled in has: a proposal, about which a person is asked
_ONE = (Role.PLACE_DAY, Role.SIGNER)  # zones of one line
_LEADS = {Role.SUBJECT: "subject_lead", Role.ADDRESSEES: "to"}


def fill_lost(grid: Grid, labels: Labels, *, first: bool) -> None:
    """Give lines without a role theirs where their zone was found nowhere: subject, day and addressees of a page on which a letter begins,
    the foot that no head or capacity tells but its filing line. first: a letter begins on the page."""
    had = {labels.role(item) for item in grid.rows}
    lost: set[Role] = set()
    if first and had & {Role.NUMBER, Role.MOTTO}:
        lost |= {Role.SUBJECT, Role.PLACE_DAY} - had
        lost |= set() if had & {Role.ADDRESSEES, Role.TYPE} else {Role.ADDRESSEES}
    titled = any(labels.role(item) is Role.COPIES and cues.match("copies", item.bare) for item in grid.rows)
    if not titled and Role.CAPACITY not in had and any(cues.match("filing", item.bare) for item in grid.rows):
        lost |= {Role.COPIES, Role.SIGNER} - had
    if not lost:
        return
    said = chances(line_features(grid, first=first))
    for role in lost:
        sure = [(float(row[LABELS.index(role)]), item) for row, item in zip(said, grid.rows, strict=True) if item not in labels]
        sure = [(chance, item) for chance, item in sure if chance >= threshold("role_learned")]
        if role in _ONE:
            sure = [max(sure, key=lambda one: one[0])] if sure else []
        _put(role, sure, labels)


def _put(role: Role, rows: Sequence[tuple[float, Row]], labels: Labels) -> None:
    for at, (chance, item) in enumerate(rows):
        found = cues.match(_LEADS[role], item.bare) if role in _LEADS and at == 0 else None
        opens = role is not Role.COPIES and (at == 0 or (role is Role.ADDRESSEES and cues.dash(item.text) is not None))
        labels.put(item, role, _PROPOSED * chance, opens=opens, lead=item.at(found.end()) if found else 0)
