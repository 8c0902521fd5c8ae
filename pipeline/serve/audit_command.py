"""`congvan audit`: sure fields drawn by lot for a person to read, where their check stands, and what checks came to."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import RenderableType

from pipeline.messages import say
from pipeline.office import SpotCheck, SpotResult
from pipeline.serve import screen
from pipeline.serve.invocation import Invocation, command
from pipeline.serve.reread_answers import field_name


@command("audit")
def audit(
    call: Invocation,
    sample: Annotated[int | None, typer.Option("--sample", min=1, max=5000, metavar="N", help="audit.sample")] = None,
    seed: Annotated[str | None, typer.Option("--seed", help="audit.seed")] = None,
    end: Annotated[bool, typer.Option("--end", help="audit.end")] = False,
    who: Annotated[str | None, typer.Option("--who", "--by", help="audit.who")] = None,
) -> None:
    """Draw sure fields by lot, or tell where the check stands and what the last one came to."""
    if (seed and sample is None) or (end and sample is not None):
        raise typer.BadParameter(say("audit.usage"))
    office = call.office
    ended = office.end_spot_check(who=who) if end else None
    before = office.spot_check(who=who)
    check = office.begin_spot_check(sample, who=who, seed=seed) if sample is not None else before
    results = office.spot_results()
    shown: list[RenderableType] = []
    if end and ended is None:
        shown.append(say("audit.none_open"))
    if check is not None:
        shown += _standing(check, begun=before is None)
    elif sample is not None:
        shown.append(say("audit.nothing_sure"))
    elif not results and not end:
        shown.append(say("audit.none"))
    if results:
        shown += _came_to(results[0])
    call.answer({"open": check, "results": results}, *shown)


def _standing(check: SpotCheck, *, begun: bool) -> list[RenderableType]:
    told = {"at": screen.day(check.at), "who": check.who, "seed": check.seed, "size": check.size, "done": check.done}
    return [say("audit.drawn", **told) if begun else say("audit.stands", **told), say("audit.where")]


def _came_to(found: SpotResult) -> list[RenderableType]:
    columns = (say("col.field"), say("spot.sure"), say("spot.read"), say("spot.wrong"), say("spot.share"), say("spot.interval"))
    rows = [
        (field_name(one.field), one.sure, one.read, one.wrong, screen.percent(one.share), _interval(one.low, one.high) if one.read else "")
        for one in found.fields
        if one.sure
    ]
    whole = sum(one.sure for one in found.fields)
    rows.append((say("spot.all"), whole, found.read, found.wrong, screen.percent(found.share), _interval(found.low, found.high)))
    title = say("audit.result", at=screen.day(found.ended or found.at), who=found.who, seed=found.seed)
    counts = {"size": found.size, "mistyped": found.mistyped, "unreadable": found.unreadable, "gone": found.gone, "left": found.left}
    return [screen.grid(title, columns, rows, right=range(1, len(columns))), say("audit.counts", **counts), say("spot.weighed")]


def _interval(low: float, high: float) -> str:
    return f"{screen.percent(low)} – {screen.percent(high)}"
