"""The directive graph: documents and what they say of each other."""

from __future__ import annotations

from datetime import date as Date

from pydantic import BaseModel, ConfigDict, Field

from models.letter import Letter
from models.number import Numbered
from models.reference import Reference


class Node(Numbered):
    """One document, however many copies of it are held. id: that of its first copy's record, or "doc:…" where none is held.

    letter: the record where one is held, without its text; copies: ids of all its records; obliged: the addressees it lays
    something on, as phrases of its sheet (Kính gửi; else the deciding articles; else Nơi nhận); instructs: it assigns or
    instructs others.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    number: str | None
    date: Date | None = None
    issuer: str | None = None
    doc_type: str | None = None
    subject: str | None = None
    letter: Letter | None = None
    copies: tuple[str, ...] = ()
    obliged: tuple[str, ...] = ()
    instructs: bool = False

    @property
    def held(self) -> bool:
        return self.letter is not None


class Edge(BaseModel):
    """A reference between two nodes, from the citing to the cited one."""

    model_config = ConfigDict(frozen=True)

    source: str
    target: str
    reference: Reference


class Graph(BaseModel):
    """Nodes by id, and edges in the order of the citing letters' dates.

    said: of a part of a greater graph, by a node's id what all that cite it say of its programme (link.programme_words), the first ones
    first, where not all are here.
    """

    model_config = ConfigDict(frozen=True)

    nodes: dict[str, Node] = {}
    edges: tuple[Edge, ...] = ()
    said: dict[str, tuple[str, ...]] = Field(default={}, exclude=True, repr=False)
