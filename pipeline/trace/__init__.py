"""Stage 9, trace: the question is answered: who was told, who acted, by which letter, in time or late.

What is kept of an answer is found anew where a letter changed that it may hang on (`kept`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date as Date

from models.graph import Graph, Node
from models.trace import Closing, Instruction, Trace
from pipeline.trace.acting import links
from pipeline.trace.formats.exporting import as_graphml, as_json, tree
from pipeline.trace.formats.graphviz import NoGraphviz, as_dot, as_svg
from pipeline.trace.formats.jsonld import as_jsonld
from pipeline.trace.reporting import cell, report
from pipeline.trace.standing import find, trace_each, trace_one
from pipeline.trace.wording import seat_word, word

__all__ = [
    "NoGraphviz",
    "UnknownInstruction",
    "as_dot",
    "as_graphml",
    "as_json",
    "as_jsonld",
    "as_svg",
    "cell",
    "matching",
    "report",
    "seat_word",
    "trace",
    "trace_all",
    "trace_province",
    "tree",
    "word",
]


class UnknownInstruction(LookupError):
    """No document of the graph, held or cited, has the number asked for."""


def matching(graph: Graph, text: str, day: Date | None = None) -> tuple[str, ...]:
    """The ids of the documents, held or cited, that a number in any careless form means; the newest first."""
    return find(links(graph), text, day)


def trace(
    graph: Graph, instruction: Instruction | str, province: str, as_of: Date | None = None, closings: Sequence[Closing] = ()
) -> Trace:
    """Return the standing of an instruction in a province on a day (null: of all that is held).

    instruction: its number in any careless form, a node's id, or an Instruction (its day and issuer then decide
    between equal numbers). closings: what people say is closed.
    Raises UnknownInstruction where the graph holds no such document, cited or held.
    """
    known = links(graph, as_of, closings)
    if isinstance(instruction, str):
        found = find(known, instruction)
    else:
        asked = (instruction.number, instruction.date, instruction.issuer)
        same = tuple(id for id, node in graph.nodes.items() if (node.number, node.date, node.issuer) == asked)
        found = same or find(known, instruction.number or "", instruction.date)
    if not found:
        raise UnknownInstruction(instruction if isinstance(instruction, str) else instruction.number)
    return trace_one(known, found[0], province, as_of)


def trace_province(graph: Graph, province: str, as_of: Date | None = None, closings: Sequence[Closing] = ()) -> Iterator[Trace]:
    """Yield the standing of every instruction in one province of that day; a merged one answers for all that it is made of."""
    yield from (found for _, found in trace_each(links(graph, as_of, closings), as_of, province))


def trace_all(
    graph: Graph, as_of: Date | None = None, closings: Sequence[Closing] = (), wanted: Callable[[Node], bool] | None = None
) -> Iterator[Trace]:  # fmt: skip
    """Yield the standing of every (instruction, province) that has more than NOT_ADDRESSED on a day.

    closings: what people say is closed; wanted: which instructions, all where it is null.
    """
    yield from (found for _, found in trace_each(links(graph, as_of, closings), as_of, wanted=wanted))
