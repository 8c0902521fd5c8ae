"""Commands about citations: graph, a directive's tree as a picture or for other programs, and cite, what passages cite."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, ValidationError
from rich.text import Text

import pipeline
from models.graph import Graph, Node
from models.letter import Header
from pipeline.exit_codes import ExitCode
from pipeline.messages import language, say
from pipeline.office import NotHeld
from pipeline.serve import screen
from pipeline.serve.invocation import Invocation, command
from pipeline.trace import as_dot, as_graphml, as_json, as_jsonld, as_svg, matching, tree


class GraphFormat(StrEnum):
    """How a graph is written."""

    json = "json"
    jsonld = "jsonld"
    graphml = "graphml"
    dot = "dot"
    svg = "svg"


@command("graph")
def graph(
    call: Invocation,
    number: Annotated[str, typer.Argument(metavar="NUMBER|ID", help="graph.number")],
    format: Annotated[GraphFormat, typer.Option("--format", help="graph.format")] = GraphFormat.json,
    out: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="option.output")] = None,
    depth: Annotated[int, typer.Option("--depth", min=1, max=8, help="graph.depth")] = 4,
) -> None:
    """All that hangs on a document, and what it cites."""
    whole = call.office.graph(number, depth)
    found = _meant(whole, number)
    if not found:
        raise NotHeld(number)
    if len(found) > 1:
        names = "; ".join(" · ".join(part for part in (screen.day(one.date), one.issuer, one.id) if part) for one in found)
        screen.console(errors=True).print(Text(say("graph.several", count=len(found), number=number, names=names)))
    write_graph(call, tree(whole, found[0].id, depth), format.value, out, found[0].id)


def _meant(whole: Graph, typed: str) -> list[Node]:
    """The documents that are meant: that of an id (any copy's), else those of the number, the newest first."""
    copies = [node for node in whole.nodes.values() if typed.strip() in (node.id, *node.copies)]
    return copies or [whole.nodes[id] for id in matching(whole, typed)]


def write_graph(call: Invocation, part: Graph, format: str, out: Path | None, centre: str | None = None) -> None:
    """Write a graph in one of the formats to a file, or to standard output. centre: the id of the document to mark in a picture."""
    if format == GraphFormat.svg:
        text = as_svg(part, language(), centre)
    elif format == GraphFormat.dot:
        text = as_dot(part, language(), centre)
    elif format == GraphFormat.graphml:
        text = as_graphml(part)
    else:
        made = as_jsonld(part) if format == GraphFormat.jsonld else as_json(part)
        text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    if out is None:
        sys.stdout.write(text)
        return
    out.write_text(text, encoding="utf-8")
    call.answer({"file": str(out), "nodes": len(part.nodes), "edges": len(part.edges)}, say("written", file=out))


class Passage(BaseModel):
    """A line handed in. citing: what is known of the letter that the text is of; keys that are not known are passed over."""

    id: str
    text: str
    citing: Header = Header()


class NotAPassage(ValueError):
    """A line is no passage: no JSON, no text, or a value of another kind than the record's."""

    exit_code = ExitCode.NOT_A_PASSAGE

    def __init__(self, file: Path, line: int) -> None:
        super().__init__(f"{file}:{line}")
        self.file, self.line = file, line

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do."""
        form = '{"id": "…", "text": "…", "citing": {…}}'
        if lang == "en":
            return f"Line {self.line} of {self.file} is no passage; each line is one: {form}"
        return f"Dòng {self.line} của {self.file} không phải một đoạn văn; mỗi dòng phải là: {form}"


@command("cite")
def cite(
    call: Invocation,
    file: Annotated[Path, typer.Argument(metavar="IN.jsonl", exists=True, dir_okay=False, help="cite.file")],
) -> None:
    """Write {"id", "references"} a line for each passage; a bad line ends it, after the answers to those before."""
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                passage = Passage.model_validate_json(line)
            except ValidationError as error:
                raise NotAPassage(file, number) from error
            found = [one.model_dump(mode="json") for one in pipeline.cite(passage.text, passage.citing)]
            sys.stdout.write(json.dumps({"id": passage.id, "references": found}, ensure_ascii=False) + "\n")
