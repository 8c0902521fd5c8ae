"""What standings, flags and ranks are called, Vietnamese first, and relations by vbpl.vn: from tables in rules/."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from models.reference import Reference
from models.skeleton import skeleton
from models.trace import Action, Standing
from rules.tables import rows

_SAID_OF_IT = 24  # characters


@cache
def _names(lang: str) -> dict[str, str]:
    return {row["code"]: row["name_en" if lang == "en" else "name_vi"] for row in rows("standings")}


def word(code: str | Standing, lang: str = "vi") -> str:
    """The name of a standing, flag, rank or cell of the report; the code itself where the table lacks it.

    ADDRESSED is "no evidence of more is held", never "not acted".
    """
    name = code.name if isinstance(code, Standing) else code
    return _names(lang).get(name, name)


def seat_word(action: Action, lang: str = "vi") -> str:
    """Whose a letter is that stands beside and does not count for the province; an answer of before names departments alone."""
    name = f"by_{action.seat or 'department'}"
    return _names(lang).get(name) or _names(lang)["by_unknown"]


class VbplHeadings(NamedTuple):
    """The headings of vbpl.vn's diagram (lược đồ) under which one document stands on the page of the other.

    on_citing: the cited one on the citing one's page; on_cited: the citing one on the cited one's; before: as they were before the
    site was made new in 2025. "" where the site has none: it holds legal documents, no official letters. deed: what is done to the cited
    document ("replaced", "repealed", "suspended" …), "" where its being in force is not touched.
    """

    on_citing: str
    on_cited: str
    on_citing_before: str
    on_cited_before: str
    deed: str


def vbpl(reference: Reference) -> VbplHeadings:
    """The headings of a reference: by its relation, and where several share one by the last cue before the citation; where none stands
    there by the first behind it ("… bị đình chỉ thi hành")."""
    place = reference.place_in_sentence
    before = skeleton(reference.sentence[: place[0]] if place else reference.sentence)
    # what is said of it behind ("được thay thế bằng") may be the last of its words
    after = skeleton(reference.sentence[max(place[0], place[1] - _SAID_OF_IT) :]).split(";")[0] if place else ""
    same = [row for row in rows("vbpl_relations") if row["relation"] == reference.relation]
    told = [row for row in same if row["pattern"]]
    found = [(-max(m.end() for m in cues), row) for row in told if (cues := list(re.finditer(row["pattern"], before)))]
    heir = re.search(r"\b(?:DUOC|BI) THAY THE (?:BANG|BOI)\b", after)  # "… hết hiệu lực … và được thay thế bởi Kế hoạch này"
    begin = heir.start() if heir and not found else 0
    found = found or [(cue.start(), row) for row in told if (cue := re.search(row["pattern"], after[begin:]))]
    row = min(found, key=lambda one: one[0])[1] if found else next((one for one in same if not one["pattern"]), None)
    if row is None:
        return VbplHeadings("", "", "", "", "")
    return VbplHeadings(row["on_citing"], row["on_cited"], row["on_citing_before_2025"], row["on_cited_before_2025"], row["deed"])
