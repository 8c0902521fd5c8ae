"""When a ground (căn cứ) is more than one: the citing letter's own subject names the programme that is cited."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date as Date
from functools import cache, lru_cache
from itertools import pairwise

from models.graph import Edge, Graph, Node
from models.reference import Reference
from models.skeleton import skeleton
from pipeline.link.programme_words import LONG_ENOUGH, said_of_programme
from rules.document_types import type_names
from rules.tables import rows

_LEGAL = re.compile(r"^(HIEN PHAP|BO LUAT|LUAT|PHAP LENH|LENH|NGHI DINH|THONG TU|THONG TU LIEN TICH|ND|TT|TTLT|PL)$")
# Words that every subject uses: what is left is the programme.
_FORMULA = re.compile(
    r"\b(V/V|VE VIEC|TRIEN KHAI|TO CHUC|THUC HIEN|BAN HANH|PHE DUYET|KEM THEO|TREN DIA BAN|TINH|THANH PHO|GIAO NHIEM VU|KET QUA|BAO CAO|"
    r"TANG CUONG|HUONG DAN|DON DOC|QUYET DINH|THEO CHI DAO|CUA|VE|VA|CAC|CHO|TAI|SO|NGAY|THANG|NAM)\b"
)
# What is called by the number of the decision that approves it.
_PROGRAMMES = ("CHUONG TRINH", "KE HOACH", "DE AN", "DU AN", "PHONG TRAO", "CHIEN LUOC")


def is_legal(node: Node, reference: Reference | None = None) -> bool:
    """Whether a document is a law, decree or circular: as a mere ground it is never acted on."""
    kinds = [node.doc_type, reference.doc_type if reference else None]
    number = node.document
    normative = number is not None and number.year is not None and not number.symbol.startswith(("QĐ", "NQ-HĐND", "CT"))
    return normative or any(_LEGAL.match(skeleton(kind)) for kind in kinds if kind)


class Programmes:
    """What is known of each document's programme, as a skeleton: its subject, and what citing letters say right after its number.

    Put together only where it is asked for: of those that are cited as a ground.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._citing: dict[str, list[Edge]] | None = None
        self._known: dict[str, str] = {}

    def of(self, id: str) -> str:
        if id not in self._known:
            self._known[id] = self._put_together(id)
        return self._known[id]

    def _put_together(self, id: str) -> str:
        nodes = self._graph.nodes
        if id in self._graph.said:
            return told(nodes[id].subject, self._graph.said[id])
        if self._citing is None:
            self._citing = defaultdict(list)
            for edge in self._graph.edges:
                self._citing[edge.target].append(edge)
        said = {(nodes[e.source].date or Date.max, e.source, said_of_programme(e.reference)) for e in self._citing.get(id, ())}
        return told(nodes[id].subject, [words for _, _, words in sorted(said)])


def told(subject: str | None, said: Iterable[str]) -> str:
    """What is known of a programme, as a skeleton: a document's subject, and what those that cite it say of it, the first ones first."""
    known = skeleton(subject or "")
    for words in dict.fromkeys(said):
        if long_enough(known):
            break
        known = f"{known} | {words}"
    return known


def long_enough(known: str) -> bool:
    """Whether no more is asked of what citing letters say of a programme."""
    return len(known) >= LONG_ENOUGH


def names(subject: str | None, target: Node, said: str) -> bool:
    """Whether a citing letter's subject names the cited programme: by its words, or by its number ("Chương trình 1322").

    Years that both name must share one: a plan of 2021-2030 is not that of 2011-2020.
    """
    bare = skeleton(subject or "")
    if _numbered(bare, target):
        return True
    pairs, own = _pairs(bare), _pairs(skeleton(target.subject or ""))
    shared, whole = len(pairs & _pairs(said)), len(pairs & own)
    # half of what the letter is about is the programme, or all of the programme's own subject is in the letter's
    if (shared < 3 or shared < 0.5 * len(pairs)) and (whole < 4 or whole < 0.8 * len(own)):
        return False
    mine, theirs = set(re.findall(r"\b20\d\d\b", bare)), set(re.findall(r"\b20\d\d\b", said))
    return not mine or not theirs or bool(mine & theirs)


def _numbered(subject: str, target: Node) -> bool:
    """Whether a subject, as a skeleton, names a document by type and serial; a programme bears the serial of what approves it."""
    serial = target.document.serial_code if target.document else ""
    if not serial.isdigit():
        return False
    kind = skeleton(type_names().get(target.doc_type or "", target.doc_type or ""))
    for found in _numbered_types().finditer(subject):
        if found[2] != serial:
            continue
        if found[1] in _PROGRAMMES:
            if len(serial) > 1:
                return True
        elif kind in ("", _names_of()[found[1]]):
            return True
    return False


@cache
def _names_of() -> dict[str, str]:
    """What a document's type is called or abbreviated, to its name: all as skeletons."""
    names = {skeleton(row["phrase"]): skeleton(row["doc_type"]) for row in rows("cited_types") if row["doc_type"]}
    return names | {skeleton(abbr): skeleton(name) for abbr, name in type_names().items()} | {name: name for name in _PROGRAMMES}


@cache
def _numbered_types() -> re.Pattern[str]:
    types = "|".join(re.escape(name) for name in sorted(_names_of(), key=len, reverse=True))
    return re.compile(rf"\b({types})(?: PHOI HOP| HANH DONG)? (?:SO )?0*(\d+)\b(?!\s*[-/]\s*\d)")


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    """The pairs of words that stand side by side, formulas left out."""
    return frozenset(pairwise(re.findall(r"[0-9A-Z]+", _FORMULA.sub(" ", text))))
