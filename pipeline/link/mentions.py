"""Documents that are cited and not held: their mentions come together in one node a document."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Date
from typing import NamedTuple

from models.graph import Node
from models.letter import Letter
from models.number import number_key
from models.reference import Reference
from models.skeleton import code
from pipeline.link.organizations import body, home, implied, is_local, organs
from pipeline.link.similarity import distance
from rules.issuers.catalogue import department_of
from rules.places.groups import provinces_in
from rules.thresholds import threshold


class Mention(NamedTuple):
    """A citation of a document that is not held. source: the citing node; issuer: named, implied or of the citing letter's place."""

    source: str
    reference: Reference
    issuer: str | None
    cited_on: Date | None

    @classmethod
    def of(cls, letter: Letter, reference: Reference, source: str) -> Mention:
        return cls(source, reference, issuer_of(reference, letter), letter.header.date)


def issuer_of(reference: Reference, letter: Letter) -> str | None:
    """The issuer of a cited document: its symbol's, the named one, or the body of that symbol in the citing letter's province."""
    by_symbol = implied(reference.document, reference.date or letter.header.date)
    if by_symbol:
        return by_symbol
    place = home(letter)
    if reference.issuer:
        vague = re.search(r"(?i)\b(tỉnh|thành phố|sở [\w ,-]+)$", reference.issuer) and not provinces_in(reference.issuer)
        return f"{reference.issuer} {place}" if vague and place and is_local(reference.document) else reference.issuer
    if place and is_local(reference.document):
        first = organs(reference.document)[0]
        if first in ("UBND", "UB"):
            return f"Ủy ban nhân dân tỉnh {place}"
        department = department_of(first)
        if department and department.startswith("Sở"):
            return f"{department} tỉnh {place}"
    return None


def stubs(mentions: Iterable[Mention]) -> Iterator[tuple[Node, tuple[Mention, ...]]]:
    """Bring mentions together: one number, one day, one issuer; a dateless one joins the only dated that fits it.

    Laws cited by name and day come together by kind and day. One with neither number nor day makes no node.
    """
    order = sorted(mentions, key=_order)
    clusters: list[_Cluster] = []
    dated: dict[tuple[str, Date], list[_Cluster]] = defaultdict(list)
    bare: dict[str, list[_Cluster]] = defaultdict(list)
    # those that say more come first, so that the vague ones find them
    for mention in sorted((m for m in order if m.reference.date), key=lambda m: m.issuer is None):
        day = mention.reference.date
        assert day is not None
        place = dated[_handle(mention), day]
        fits = [c for c in place if _same_number(c[0], mention) and _one_issuer(c, mention)]
        _join(fits, mention, place, clusters)
    known: dict[str, list[_Cluster]] = defaultdict(list)
    for (handle, _), place in sorted(dated.items(), key=lambda item: item[0]):
        known[handle] += place
    for mention in sorted((m for m in order if not m.reference.date), key=lambda m: m.issuer is None):
        handle = _handle(mention)
        if not mention.reference.number_key:
            continue
        fits = [c for c in known[handle] if _same_number(c[0], mention) and _one_issuer(c, mention) and _before(c, mention)]
        if len(fits) == 1:
            fits[0].append(mention)
            continue
        _join([c for c in bare[handle] if _same_number(c[0], mention) and _one_issuer(c, mention)], mention, bare[handle], clusters)
    for cluster in clusters:
        yield _stub(cluster), tuple(cluster)


def _order(m: Mention) -> tuple[str, str, str, str, int, str]:
    r = m.reference
    return (r.number or "", str(r.date or ""), m.source, r.relation, r.page, r.text)


class _Cluster(list[Mention]):
    """Mentions of one document. issuers: the bodies that they name."""

    def __init__(self) -> None:
        super().__init__()
        self.issuers: set[str] = set()

    def append(self, mention: Mention) -> None:
        super().append(mention)
        if mention.issuer:
            self.issuers.add(body(mention.issuer))


def _join(fits: Sequence[_Cluster], mention: Mention, place: list[_Cluster], clusters: list[_Cluster]) -> None:
    if len(fits) == 1:
        fits[0].append(mention)
        return
    fresh = _Cluster()
    fresh.append(mention)
    place.append(fresh)
    clusters.append(fresh)


def _handle(m: Mention) -> str:
    """What mentions of one document surely share: the serial and year, or a law's kind."""
    key = m.reference.number_key
    return "|".join(key.split("|")[:2]) if key else f"law {code(m.reference.doc_type or '')}"


def _notation(reference: Reference) -> str:
    return reference.document.notation_code if reference.document else ""


def _same_number(one: Mention, other: Mention) -> bool:
    first, second = (_notation(m.reference) for m in (one, other))
    if first == second:
        return True
    # a typist's BKHHCN for BKHCN: only where the day and the issuer say the same
    same = one.reference.date is not None and one.reference.date == other.reference.date and body(one.issuer) == body(other.issuer) != ""
    return same and distance(first, second) <= threshold("symbol_near")


def _one_issuer(cluster: _Cluster, mention: Mention) -> bool:
    return not mention.issuer or not cluster.issuers or body(mention.issuer) in cluster.issuers


def _before(cluster: Sequence[Mention], mention: Mention) -> bool:
    day = cluster[0].reference.date
    return day is None or mention.cited_on is None or day <= mention.cited_on


def _most(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def _stub(cluster: Sequence[Mention]) -> Node:
    number, issuer = _most(m.reference.number for m in cluster), _most(m.issuer for m in cluster)
    day = next((m.reference.date for m in cluster if m.reference.date), None)
    kind = _most(m.reference.doc_type for m in cluster)
    name = number_key(number) or code(kind or "")
    return Node(id=f"doc:{name}@{day or ''}@{code(body(issuer))}", number=number, date=day, issuer=issuer, doc_type=kind)
