"""Who may end, replace or change a document: its issuer, that one's successor, or a body over it (Law 80/2015/QH13, Art. 164-169)."""

from __future__ import annotations

import re
from datetime import date as Date
from functools import cache, lru_cache

from models.graph import Node
from models.skeleton import plain_words
from pipeline.link.organizations import body, implied, organs
from pipeline.trace.government_level import GovernmentLevel, government_level
from rules.places.groups import MERGED, named_on, successor
from rules.tables import parts, rows


def may_end(source: Node, target: Node) -> bool | None:
    """Whether the issuer of `source` may end, replace or change `target`. Null where an issuer is not known: then nobody can say."""
    mine, theirs = _bodies(source), _bodies(target)
    if mine and not theirs and organs(target.document) == organs(source.document) != ():
        return True  # "thay thế Quyết định số 12/QĐ-UBND" of a committee that names no other
    if not mine or not theirs:
        return None
    day = source.date
    heirs = {heir for one in theirs for heir in heirs_of(one)}
    if mine & heirs or {body(parent) for parent in _parents(target)} & mine:
        return True
    if any(_above(one, other) for one in mine for other in theirs):
        return True
    upper, lower = government_level(source), government_level(target)
    if upper.kind == lower.kind and upper.kind in ("committee", "council", "party"):
        # the head of the body, its office by order, and the province that it became are the same body here
        return _one_place(upper, lower, day)
    ranks = {rank for one in mine if (rank := _rung(one))}
    kinds = {line for line, _ in ranks} or {upper.kind}
    return any(
        row["upper"] in kinds and row["lower"] == lower.kind and (row["place"] == "any" or _one_place(upper, lower, day))
        for row in rows("authority")
    )


def speaks_for_issuer(source: Node, target: Node) -> bool:
    """Whether a letter speaks on a document for its issuer: it may end it, or is of the issuer's office, which passes on what that says."""
    return may_end(source, target) is True or body(source.issuer) == f"VAN PHONG {body(target.issuer).removeprefix('THU TUONG ')}"


def _bodies(node: Node) -> set[str]:
    """The bodies that a document is of, in their comparable form: its issuer, and whose order it carries."""
    names = [node.issuer or implied(node.document, node.date)]
    if node.letter is not None and (ordered := node.letter.header.directing_authority):
        names += [row["name"] for row in rows("agencies") if row["name"] in ordered]
    return {body(name) for name in names if name}


def _parents(node: Node) -> list[str]:
    found = node.letter.header.issuer_parent if node.letter is not None else None
    return [found] if found else []


@cache
def _became() -> dict[str, tuple[str, ...]]:
    """By a body's comparable form those that took its place."""
    return {
        body(name): tuple(body(heir) for heir in parts(row["successor_name"]))
        for row in rows("agencies")
        if row["successor_name"]
        for name in row["name"].split(" / ")
    }


@lru_cache(maxsize=4096)
def heirs_of(name: str) -> frozenset[str]:
    """A body, in its comparable form, and all that took its place, over any number of steps."""
    found, front = {name}, {name}
    while front:
        front = {heir for one in front for heir in _became().get(one, ())} - found
        found |= front
    return frozenset(found)


@cache
def _central() -> tuple[tuple[re.Pattern[str], str, int], ...]:
    return tuple((re.compile(row["pattern"]), row["line"], int(row["rung"])) for row in rows("central_order"))


@lru_cache(maxsize=4096)
def _rung(name: str) -> tuple[str, int] | None:
    plain = plain_words(name)
    return next(((line, rung) for pattern, line, rung in _central() if pattern.search(plain)), None)


def _above(one: str, other: str) -> bool:
    """Whether one central body stands over another."""
    mine, theirs = _rung(one), _rung(other)
    return mine is not None and theirs is not None and mine[0] == theirs[0] and mine[1] < theirs[1]


def _one_place(upper: GovernmentLevel, lower: GovernmentLevel, day: Date | None) -> bool:
    """Whether both are of one province; from the mergers on a province is over what it is made of."""
    if upper.province is None or lower.province is None:
        return False
    if day is not None and day >= MERGED:
        return successor(upper.province, day) == successor(lower.province, day)
    return named_on(upper.province, None) == named_on(lower.province, None)
