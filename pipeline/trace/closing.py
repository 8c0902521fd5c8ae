"""CLOSED: no letter says that a matter is closed; a person does. Which of these words are of an instruction, and of a province."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Date

from models.graph import Node
from models.trace import Closing
from pipeline.link.organizations import body
from rules.places.groups import MERGED, named_on


def of_instruction(closings: Iterable[Closing], node: Node, as_of: Date | None) -> tuple[Closing, ...]:
    """The words that an instruction is closed, said of a day up to `as_of` (null: of any day)."""
    key = node.number_key
    return tuple(one for one in closings if one.number_key == key and _same(one, node) and (as_of is None or one.on <= as_of))


def _same(closing: Closing, node: Node) -> bool:
    if closing.issued and node.date and closing.issued != node.date:
        return False
    return not closing.issuer or not node.issuer or body(closing.issuer) == body(node.issuer)


def in_province(closings: Iterable[Closing], province: str, *, merged: bool) -> Closing | None:
    """The word that closes it in one province; null where nobody said so.

    merged: the province is meant with all that it was made of: what was said of its namesake before the mergers is not of it.
    """
    said = [one for one in closings if named_on(one.province, None) == named_on(province, None) and not (merged and one.on < MERGED)]
    return max(said, key=lambda one: (one.on, one.at), default=None)
