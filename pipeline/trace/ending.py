"""Whether a letter's words end another document as a whole, and whether they put something in its place."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from models.graph import Node
from models.reference import Reference
from models.skeleton import skeleton
from pipeline.trace.authority import may_end
from rules.tables import rows


class Ending(Enum):
    """How a document ends. REPLACED: what ends it stands for what it stood for; SUSPENDED: for a time only."""

    REPLACED = "replaced"
    REPEALED = "repealed"
    SUSPENDED = "suspended"


# By the heading of vbpl.vn's diagram under which the citing document stands.
_HEADINGS = {
    "Văn bản thay thế": Ending.REPLACED,
    "Văn bản bãi bỏ": Ending.REPEALED,
    "Văn bản đình chỉ thi hành": Ending.SUSPENDED,
    "Văn bản tạm ngưng hiệu lực": Ending.SUSPENDED,
}


def ending(reference: Reference, source: Node, target: Node) -> Ending | None:
    """How `source` ends `target`; null where it does not: words or a part alone, not done, told of another, or not its to end."""
    if reference.relation != "replaces" or reference.scope != "whole" or (reference.polarity, reference.agent) != ("affirmed", "self"):
        return None
    return in_words(reference) if may_end(source, target) else None


def in_words(reference: Reference) -> Ending:
    """What the sentence says: by the last cue before the citation, else the first after it. Without a cue (an item of a list, whose
    article has the verb) nothing says that another takes the place of what ends."""
    place = reference.place_in_sentence
    before = skeleton(reference.sentence[: place[0]] if place else reference.sentence)
    after = skeleton(reference.sentence[place[1] :]) if place else ""
    found = [(cue.end(), how) for pattern, how in _cues() for cue in pattern.finditer(before)]
    if found:
        return max(found, key=lambda one: one[0])[1]
    later = [(cue.start(), how) for pattern, how in _cues() for cue in pattern.finditer(after)]
    return min(later, key=lambda one: one[0])[1] if later else Ending.REPEALED


@cache
def _cues() -> tuple[tuple[re.Pattern[str], Ending], ...]:
    return tuple(
        (re.compile(row["pattern"]), _HEADINGS[row["on_cited"]])
        for row in rows("vbpl_relations")
        if row["relation"] == "replaces" and row["pattern"]
    )
