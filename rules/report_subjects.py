"""Whether an official letter (công văn) tells results, by its subject: from report_subjects.tsv."""

from __future__ import annotations

import re
from functools import cache

from models.skeleton import skeleton
from rules.tables import rows


@cache
def _begins() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in rows("report_subjects"))


def tells_results(subject: str | None) -> bool:
    """Whether a subject, without its lead, is that of a letter that reports; of none it is not.

    >>> tells_results("kết quả phòng cháy rừng"), tells_results("phòng cháy rừng"), tells_results(None)
    (True, False, False)
    """
    folded = skeleton(subject or "").lower()
    return any(one.match(folded) for one in _begins())
