"""How much of a document a letter ends or changes: the whole, a part that it names, or single words."""

from __future__ import annotations

import re
from functools import cache

from models.reference import Relation, Scope
from models.skeleton import skeleton
from pipeline.extract.references.find.citation import Citation, Setting, Stated
from pipeline.extract.references.relate.phrases import Phrase, Phrases
from rules.tables import rows

_PARTLY = re.compile(r"\b(MOT PHAN|MOT SO|KHOAN \d|DIEM [A-Z]|DIEU \d+ (CUA )?(QUYET DINH|CHI THI|KE HOACH|NGHI QUYET))\b")
_ITEMIZED = re.compile(r"\s*[:(]\s*(?:tai )?(?=[a-z])")  # "…: Mục III"
_SHARED = 16  # characters between two numbers that share their head, "số 12 và số 13"
ENDING: tuple[Relation, ...] = ("replaces", "amends")


def scope_of(setting: Setting, phrases: Phrases, edge: Stated, citation: Citation, before: Citation | None = None) -> Scope:
    """The scope of what a verb does to a citation, by the words between: "thay thế cụm từ …", "Phụ lục II …"; of what neither ends nor
    changes it the whole, unless it is done "một phần". before: the citation before it that the verb is said of too."""
    start = edge.start
    if before is not None and len(setting.folded[before.end : citation.start]) >= _SHARED:
        # a title stands between: its words are not of this one
        start = max(before.end, *(setting.folded.rfind(mark, before.end, citation.start) for mark in (";", ",", " va ")))
    found = phrases.within(start, citation.start)
    told = [one for one in found if one.group == "scope"]
    if edge.relation not in ENDING:
        return "part" if any(setting.folded[one.start : one.end] == "mot phan" for one in told) else "whole"
    for reads in ("words", "whole"):
        if any(one.reads == reads for one in told):
            return "words" if reads == "words" else "whole"
    listed = _ITEMIZED.match(setting.folded, citation.end) if edge.relation == "replaces" else None
    told += [one for one in phrases.within(listed.end(), listed.end() + 1) if one.reads == "part"] if listed else []
    return "part" if told or citation.pinpoint else edge.scope


def in_part(folded: str, lapse: Phrase) -> bool:
    """Whether what is said to have ended has so in part alone: "hết hiệu lực một phần"."""
    return folded.endswith("mot phan", lapse.start, lapse.end) or folded.startswith(" mot phan", lapse.end)


def done_in_part(setting: Setting) -> bool:
    """Whether a report says that what it reports on was done in part: what it says so of need not be named again ("mới thực hiện được một
    phần nội dung nêu trên"). A part of the money, or of what the report found, is none."""
    return any(cue.search(setting.folded) for cue in _partial())


@cache
def _partial() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in rows("partial_deeds"))


def scope_of_text(relation: Relation, text: str, pinpoint: str | None) -> Scope:
    """The same of a record that keeps no more than the citation's words and its pinpoint."""
    if relation not in ENDING:
        return "whole"
    return "part" if pinpoint or _PARTLY.search(skeleton(text)) else "whole"
