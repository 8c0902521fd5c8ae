"""What a check came to: how many sure fields were wrong, by field and in all, each with the interval in which the truth lies."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime as Datetime

from sqlalchemy import Connection, func, select

from pipeline.archive.spot_checks.outcomes import Outcome, SpotResult, SpotShare
from pipeline.archive.tables import schema

checks, items = schema.spot_checks, schema.spot_check_items
_RIGHT = (Outcome.RIGHT, Outcome.MISTYPED)


def wilson(share: float, count: float, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval of a share of `count` trials, of which there may be a fraction (`pooled`); z: 1.96 for 95 %."""
    spread = z * z / count
    middle, half = share + spread / 2, z * math.sqrt(share * (1 - share) / count + spread / (4 * count))
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def shares(outcomes: Mapping[tuple[str, str], int], sure: Mapping[str, int]) -> list[SpotShare]:
    """By field. outcomes: how many of each (field, outcome); sure: how often the archive holds each field sure."""
    found = []
    for field, weight in sure.items():
        wrong = outcomes.get((field, Outcome.WRONG), 0)
        read = wrong + sum(outcomes.get((field, one), 0) for one in _RIGHT)
        low, high = wilson(wrong / read, read) if read else (0.0, 1.0)
        share = wrong / read if read else None
        found.append(SpotShare(field=field, sure=weight, read=read, wrong=wrong, share=share, low=low, high=high))
    return found


def pooled(fields: Sequence[SpotShare]) -> tuple[float | None, float, float]:
    """The share of all fields, each weighing as often as the archive holds it sure, and its interval.

    Equal numbers were read of fields that are not equally frequent, which tells less than as many drawn from all: the interval is that of
    Kish's effective number of trials (Survey Sampling, 1965, 11.7). Fields of which none was read are left out.
    """
    known = [one for one in fields if one.share is not None]
    whole = sum(one.sure for one in known)
    if not whole:
        return None, 0.0, 1.0
    share = sum(one.sure / whole * (one.share or 0.0) for one in known)
    low, high = wilson(share, 1 / sum((one.sure / whole) ** 2 / one.read for one in known))
    return share, low, high


def result(connection: Connection, id: int) -> SpotResult:
    """What a check has come to so far."""
    row = connection.execute(select(checks).where(checks.c.id == id)).one()
    query = select(items.c.field, items.c.outcome, func.count()).where(items.c.spot_check == id).group_by(items.c.field, items.c.outcome)
    counted = {(field, outcome): many for field, outcome, many in connection.execute(query)}
    total = Counter[str | None]()
    for (_, outcome), many in counted.items():
        total[outcome] += many
    fields = shares(counted, json.loads(row.shares))
    share, low, high = pooled(fields)
    ended = Datetime.fromisoformat(row.ended) if row.ended else None
    return SpotResult(
        id=id, who=row.who, at=Datetime.fromisoformat(row.at), ended=ended, seed=row.seed, size=sum(total.values()),
        read=sum(one.read for one in fields), wrong=total[Outcome.WRONG], mistyped=total[Outcome.MISTYPED],
        unreadable=total[Outcome.UNREADABLE], gone=total[Outcome.GONE], share=share, low=low, high=high, fields=tuple(fields),
    )  # fmt: skip


def through(connection: Connection, limit: int = 20) -> list[SpotResult]:
    """The checks that are through, newest first."""
    query = select(checks.c.id).where(checks.c.ended.isnot(None)).order_by(checks.c.id.desc()).limit(limit)
    return [result(connection, id) for id in connection.execute(query).scalars().all()]
