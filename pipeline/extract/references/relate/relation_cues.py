"""The cue words of rules/relations.tsv: which relation the words before or after a citation state."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, cast

from models.reference import Relation
from rules.tables import rows

_WEAK = {"mentions"}
_UNDER = re.compile(r"\b(?:theo|thuc hien|trien khai)\b(?=[^;.\n]{0,20}\b(?:chi dao|giao|yeu cau|ket luan|phan cong))")


class Cue(NamedTuple):
    """A cue at text[start:end]; row: the relation's finer name in the table."""

    start: int
    end: int
    relation: Relation
    row: str

    @property
    def weak(self) -> bool:
        """Whether it only says that the document is named ("quy định tại")."""
        return self.relation in _WEAK


@cache
def _before() -> tuple[re.Pattern[str], tuple[tuple[str, Relation], ...]]:
    """All patterns that stand before a citation as one, leftmost first, a group a row; the rows in order."""
    # rows that only say that a document is named come last: of two cues that begin together the telling one counts
    table = sorted(
        (r for r in rows("relations") if r["pattern"]), key=lambda r: (r["record_relation"] in _WEAK, r["relation"] != "assigns_under")
    )
    joined = "|".join(f"(?P<r{n}>{r['pattern']})" for n, r in enumerate(table))
    return re.compile(joined), tuple((r["relation"], cast(Relation, r["record_relation"])) for r in table)


@cache
def _after() -> dict[str, tuple[re.Pattern[str], Relation]]:
    return {
        r["relation"]: (re.compile(r["pattern_after"]), cast(Relation, r["record_relation"]))
        for r in rows("relations")
        if r["pattern_after"]
    }


def before(folded: str, start: int, end: int) -> list[Cue]:
    """The cues that may govern what follows them, in order."""
    pattern, table = _before()
    out = []
    for match in pattern.finditer(folded, start, end):
        row, relation = table[int((match.lastgroup or "r0")[1:])]
        begin = match.start()
        if row == "assigns_under" and (last := list(_UNDER.finditer(folded, begin + 1, match.end()))):
            begin = last[-1].start()
        out.append(Cue(begin, match.end(), relation, row))
    return out


def after(row: str, folded: str, start: int, end: int) -> list[Cue]:
    """The cues of one row that state something of what stands before them."""
    found = _after().get(row)
    if not found:
        return []
    return [Cue(m.start(), m.end(), found[1], row) for m in found[0].finditer(folded, start, end)]
