"""A directive's tree as a picture: layers by rank, centre on top, departments at the foot; DOT, and SVG through Graphviz."""

from __future__ import annotations

import html
import itertools
import math
import textwrap
from collections.abc import Iterator, Mapping
from typing import Literal

from models.graph import Edge, Graph, Node
from pipeline.exit_codes import ExitCode
from pipeline.launcher.environment import find
from pipeline.launcher.process import Leave, program
from pipeline.launcher.sandbox import Bounds
from pipeline.trace.government_level import RANKS, government_level
from pipeline.trace.wording import word
from rules.relations import relation_name

_ACTS = {"implements", "responds_to", "acknowledges", "follows_up", "guides"}
_FILL = {
    "centre": "#f9e2d2",
    "ministry": "#fdf3cf",
    "party": "#f6d9d9",
    "council": "#e6e0f3",
    "committee": "#d9ead9",
    "department": "#dbe8f4",
}
_SECONDS = 120
_MEMORY = 1024 * 1024 * 1024  # bytes that `dot` may take
_LARGEST = 256 * 1024 * 1024  # bytes of a picture
_IN_A_ROW = 6  # boxes side by side
# up to here a picture is drawn with all its words; beyond it subjects and the arrows' names are left out, and rows are longer
_WORDY_BOXES, _WORDY_ARROWS = 48, 90
_STRAIGHT = 400  # arrows beyond which they are broken lines: curves take minutes
_BRIEF = "nslimit=1, nslimit1=1, mclimit=0.3, "  # how long `dot` looks for a better order


class NoGraphviz(RuntimeError):
    """Graphviz's program `dot` is not on this machine, or it failed."""

    exit_code = ExitCode.NO_GRAPHVIZ

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do."""
        if lang == "en":
            return f"The picture needs Graphviz's program `dot`: apt-get install graphviz. {self}"
        return f"Vẽ sơ đồ cần chương trình `dot` của Graphviz: apt-get install graphviz. {self}"


def as_dot(graph: Graph, lang: str = "vi", centre: str | None = None, left: Mapping[str, int] | None = None) -> str:
    """The graph in Graphviz's DOT. An arrow runs from the citing to the cited document; a dashed box is cited, not held.

    centre: the id of the document to mark; left: by document, how many more that hang on it are not drawn. A large graph is drawn
    with fewer words.
    """
    pairs = _pairs(graph)
    brief = len(graph.nodes) > _WORDY_BOXES or len(pairs) > _WORDY_ARROWS
    tuned = (_BRIEF + ("splines=polyline, " if len(pairs) > _STRAIGHT else "")) if brief else ""
    ranks: dict[str, list[Node]] = {}
    for node in graph.nodes.values():
        ranks.setdefault(government_level(node).kind, []).append(node)
    there = [rank for rank in RANKS if rank in ranks]
    lines = [
        "digraph congvan {",
        f'  graph [{tuned}rankdir=TB, nodesep=0.3, ranksep=0.75, pad=0.2, fontname="Arial", fontsize=9, fontcolor="#777777", '
        f'bgcolor="white", newrank=true, labelloc=b, label={_quoted(word("picture", lang))}];',
        '  node [shape=box, style="filled,rounded", fontname="Arial", fontsize=10, color="#666666", margin="0.12,0.07"];',
        '  edge [fontname="Arial", fontsize=8, color="#555555", arrowsize=0.7];',
    ]
    firsts: list[str] = []  # of each row, what holds the rows in their order
    level: dict[str, int] = {}
    for rank in there:
        lines.append(f'  "rank {rank}" [shape=plaintext, style="", fontsize=11, fontcolor="#777777", label={_quoted(word(rank, lang))}];')
        members = sorted(ranks[rank], key=lambda n: (str(n.date or "9999"), n.number or "", n.id))
        more = left or {}
        lines += [f"  {_quoted(node.id)} [{_box(node, rank, node.id == centre, lang, brief, more.get(node.id, 0))}];" for node in members]
        for row in _rows(members, graph, max(_IN_A_ROW, math.ceil(1.5 * math.sqrt(len(graph.nodes)))) if brief else _IN_A_ROW):
            names = [_quoted(node.id) for node in row]
            if row[0] is members[0]:
                names.insert(0, f'"rank {rank}"')
            else:
                # a row of its own under the rank's first: a point at its head keeps its place
                names.insert(0, f'"row {len(firsts)}"')
                lines.append(f"  {names[0]} [shape=point, style=invis, width=0.01];")
            level |= {node.id: len(firsts) for node in row}
            firsts.append(names[0])
            lines.append("  { rank=same; " + "; ".join(names) + "; }")
    lines += [f"  {upper} -> {lower} [style=invis];" for upper, lower in itertools.pairwise(firsts)]
    lines += [f"  {_arrow(pair, edges, lang, level, brief)}" for pair, edges in pairs.items()]
    return "\n".join([*lines, "}", ""])


def _rows(members: list[Node], graph: Graph, wide: int) -> Iterator[tuple[Node, ...]]:
    """The boxes of a rank, oldest first, in rows: what is cited over what cites it, and no more side by side than can be read."""
    cited: dict[str, set[str]] = {}
    for edge in graph.edges:
        cited.setdefault(edge.source, set()).add(edge.target)
    depth: dict[str, int] = {}
    for node in members:
        depth[node.id] = max((depth[id] + 1 for id in cited.get(node.id, ()) if id in depth), default=0)
    for below in sorted(set(depth.values())):
        row = [node for node in members if depth[node.id] == below]
        for start in range(0, len(row), wide):
            yield tuple(row[start : start + wide])


def as_svg(graph: Graph, lang: str = "vi", centre: str | None = None) -> str:
    """The picture as SVG. Raises NoGraphviz where `dot` is missing, fails, or takes more than two minutes."""
    return drawn(as_dot(graph, lang, centre)).decode()


def drawn(dot: str, kind: Literal["svg", "png"] = "svg", *, seconds: float = _SECONDS, memory: int = _MEMORY) -> bytes:
    """The picture of a graph in DOT, laid out by a process that ends after so many seconds, or beyond so many bytes of memory.

    Raises NoGraphviz where `dot` is missing, fails, or was ended.
    """
    path = find("dot")
    if path is None:
        raise NoGraphviz("")
    leave = Leave(Bounds(memory, math.ceil(seconds), _LARGEST))
    try:
        with program(path, f"-T{kind}", leave=leave, given=dot.encode()) as child:
            if code := child.wait(seconds):
                raise NoGraphviz(f"dot: {code}")
            return child.output()
    except OSError as gone:
        raise NoGraphviz(str(gone)) from gone


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _plain(text: str) -> str:
    """Text for a label that Graphviz reads as XML: escaped, and without the characters that XML forbids."""
    return html.escape("".join(c for c in text if c.isprintable())).strip()


def _box(node: Node, rank: str, marked: bool, lang: str, brief: bool, more: int) -> str:
    day = f"{node.date.day:02d}/{node.date.month:02d}/{node.date.year}" if node.date else ("no date" if lang == "en" else "không rõ ngày")
    number = _plain(node.number or "") or _plain(node.doc_type or "") or ("no number" if lang == "en" else "không số")
    rows = [f"<B>{number}</B>", day, *(_plain(line) for line in textwrap.wrap(node.issuer or "", 34))]
    if not brief:
        subject = textwrap.shorten(node.subject or "", 105, placeholder=" …")
        rows += [f"<I>{plain}</I>" for line in textwrap.wrap(subject, 36) if (plain := _plain(line))]
    if more:
        rows.append(f'<FONT COLOR="#0b5a54"><B>+ {more}</B></FONT>')
    style = '"filled,rounded"' if node.held else '"filled,rounded,dashed"'
    fill = _FILL.get(rank, "#eeeeee") if node.held else "#ffffff"
    mark = ', penwidth=2.5, color="#a02020"' if marked else ""
    return f'label=<{"<BR/>".join(rows)}>, style={style}, fillcolor="{fill}"{mark}'


def _pairs(graph: Graph) -> dict[tuple[str, str], list[Edge]]:
    pairs: dict[tuple[str, str], list[Edge]] = {}
    for edge in graph.edges:
        pairs.setdefault((edge.source, edge.target), []).append(edge)
    return pairs


def _arrow(pair: tuple[str, str], edges: list[Edge], lang: str, level: dict[str, int], brief: bool) -> str:
    relations = list(dict.fromkeys(edge.reference.relation for edge in edges))
    if len(relations) > 1 and "mentions" in relations:
        relations.remove("mentions")
    names = [relation_name(relation, lang) for relation in relations]
    acts = any(relation in _ACTS for relation in relations)
    style = 'color="#2d6a4f", penwidth=1.4' if acts else 'color="#aaaaaa", style=dashed'
    if brief:
        # hundreds of dashed lines are slow to draw, and not told apart
        names, style = [], 'color="#2d6a4f"' if acts else 'color="#bbbbbb", penwidth=0.7'
    # a line a relation, with room round it: beside the arrow, not on it
    rows = "".join(f'<TR><TD ALIGN="LEFT">{html.escape(name)}</TD></TR>' for name in names)
    label = (
        f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1"><TR><TD ROWSPAN="{len(names) + 1}">  </TD></TR>{rows}</TABLE>>'
    )
    told = f"label={label}, " if names else ""
    # written from the cited to the citing one and turned round, so that what is cited stands above
    free = ", constraint=false" if level[pair[1]] >= level[pair[0]] else ""
    return f"{_quoted(pair[1])} -> {_quoted(pair[0])} [dir=back, {told}{style}{free}];"
