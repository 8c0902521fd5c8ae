"""The command graph: a directive's tree as a picture, or for other programs."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.archive import NotHeld
from pipeline.serve.messages import language, say
from pipeline.serve.session import Session, command
from pipeline.trace import as_dot, as_graphml, as_json, as_svg, matching, tree


class Format(StrEnum):
    """How a graph is written."""

    json = "json"
    graphml = "graphml"
    dot = "dot"
    svg = "svg"


@command("graph")
def graph(
    session: Session,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="graph.number")],
    format: Annotated[Format, typer.Option("--format", help="graph.format")] = Format.json,
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="option.output")] = None,
    depth: Annotated[int, typer.Option("--depth", min=1, max=8, help="graph.depth")] = 4,
) -> None:
    """All that hangs on a document, and what it cites."""
    whole = session.office.graph(number, depth)
    found = matching(whole, number)
    if not found:
        raise NotHeld(number)
    part = tree(whole, found[0], depth)
    if format is Format.svg:
        text = as_svg(part, language(), found[0])
    elif format is Format.dot:
        text = as_dot(part, language(), found[0])
    elif format is Format.graphml:
        text = as_graphml(part)
    else:
        text = json.dumps(as_json(part), ensure_ascii=False, indent=2) + "\n"
    if out is None:
        sys.stdout.write(text)
        return
    out.write_text(text, encoding="utf-8")
    session.answer({"file": str(out), "nodes": len(part.nodes), "edges": len(part.edges)}, say("written", file=out))
