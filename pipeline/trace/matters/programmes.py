"""What belongs to a programme: its directives, what calls them by another name, names them in its subject, guides or carries them out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date as Date
from itertools import pairwise

from models.graph import Edge, Graph, Node
from models.ledger import Hit
from models.letter import Letter
from models.matters.effect import Cited, Saying
from models.matters.programme import Belonging, Member, Programme
from models.reference import Reference
from models.skeleton import skeleton
from pipeline.trace.acting import Links, links
from pipeline.trace.chains import Way, chains
from pipeline.trace.government_level import government_level
from pipeline.trace.grounds import Programmes, names
from pipeline.trace.matters.in_force import cited

_HOW = {"amends": "changes", "replaces": "changes", "guides": "guides"}
_ABOVE = ("implements", "based_on", "guides", "amends", "replaces", "follows_up", "responds_to")
_CALLED = re.compile(r"(?:viết|gọi)(?: tắt| chung)* là:?\s+[“\"]?(?P<name>[^)”\";,.:]{3,70})")
_NEXT = re.compile(r"\d\s?/[^\s,;]*[A-ZĐ]")  # another document is cited
_SHORT = 60  # characters of another name
_OWN_WORDS = 5  # from which on a name without a figure is one programme's: "Chương trình" and "Kế hoạch tổng thể" are any's
_MARKS = str.maketrans("", "", "\ue000\ue001")  # round a search hit


def named_by(graph: Graph, typed: str) -> list[str]:
    """The documents that words mean, by their ids: those whose subject has the words, or of which citing letters say them; of a chain the
    topmost. "Chương trình 1322" is the programme that the decision of that number approves."""
    said, bare = Programmes(graph), skeleton(typed)
    cited_at = {edge.target for edge in graph.edges}
    found = [
        id for id, node in graph.nodes.items() if id in cited_at and (names(typed, node, "") or _holds(bare, said.of(id)))
    ]  # fmt: skip
    return sorted({_top(graph, said, id) for id in set(found) - _below(graph, found)})


def _below(graph: Graph, found: Sequence[str]) -> set[str]:
    """Those that carry another of them out, rest on it or change it."""
    return {edge.source for edge in graph.edges if edge.target in found and edge.source in found and edge.reference.relation in _ABOVE}


def _top(graph: Graph, said: Programmes, id: str) -> str:
    """The document that one's own subject names and that it guides or carries out, however many steps up."""
    seen = {id}
    while True:
        node = graph.nodes[id]
        up = (edge.target for edge in graph.edges if edge.source == id and edge.reference.relation in ("guides", "implements"))
        above = next((one for one in up if one not in seen and names(node.subject, graph.nodes[one], said.of(one))), None)
        if above is None:
            return id
        seen.add(above)
        id = above


def _holds(bare: str, said: str) -> bool:
    """Whether what is said of a document holds the words, side by side as they were typed. One word alone names no programme."""
    words = re.findall(r"[0-9A-Z]+", bare)
    return len(words) > 1 and all(f" {one} {other} " in f" {' '.join(re.findall(r'[0-9A-Z]+', said))} " for one, other in pairwise(words))


def programme(graph: Graph, asked: str, roots: Sequence[str], hits: Mapping[str, Sequence[Hit]], as_of: Date) -> Programme:
    """The programme of these documents. hits: the letters that words found besides, by these words."""
    known, said = links(graph, as_of), Programmes(graph)
    why: dict[str, list[Belonging]] = defaultdict(list)
    aliases: dict[str, None] = {}
    mentioned: set[str] = set()
    for root in roots:
        node = graph.nodes[root]
        own = Saying(letter=cited(node), words=node.subject, sentence=node.subject) if node.held and node.subject else None
        why[root].append(Belonging(how="directive", saying=own))
        for edge in known.cited_by.get(root, ()):
            found = _says(edge, graph)
            why[edge.source] += found
            aliases |= dict.fromkeys(one.saying.words for one in found if one.how == "alias" and one.saying)
            mentioned.add(edge.source)
        for source, way in _ways(known, root):
            first = way.references[0]
            if way.hops == 1 and first.relation in _HOW:
                continue  # told already
            about = graph.nodes[way.nodes[1]]
            why[source].append(Belonging(how="carries_out", about=about.number or about.id, saying=_saying(graph.nodes[source], first)))
        for source in mentioned:
            if names(graph.nodes[source].subject, node, said.of(root)):
                why[source].append(_in_subject(cited(graph.nodes[source]), node.number))
    members = [_member(known, graph.nodes[id], reasons) for id, reasons in why.items() if (reasons and graph.nodes[id].held) or id in roots]
    there = {copy for one in members for copy in graph.nodes[one.letter.id].copies}
    for words, found_so in hits.items():
        members += [one for one in _found(found_so, words, as_of) if one.letter.id not in there]
        there |= {one.letter.id for one in members}
    members.sort(key=lambda one: (one.letter.id not in roots, one.letter.date or Date.max, one.letter.id))
    return Programme(
        asked=asked, as_of=as_of, documents=tuple(cited(graph.nodes[id]) for id in roots), aliases=tuple(aliases), members=tuple(members),
        mentioned=len({id for id in mentioned if not why[id]}),
    )  # fmt: skip


def _ways(known: Links, root: str) -> Iterator[tuple[str, Way]]:
    leading = chains(known, root)
    for source in sorted(leading.of):
        if source != root:
            yield source, leading.way(source)


def _says(edge: Edge, graph: Graph) -> list[Belonging]:
    """What one reference to a programme's document tells: that it changes or guides it, or calls it by another name."""
    reference, target = edge.reference, graph.nodes[edge.target]
    saying = _saying(graph.nodes[edge.source], reference)
    found = []
    if reference.relation in _HOW and reference.polarity == "affirmed" and reference.agent == "self":
        found.append(Belonging(how=_HOW[reference.relation], about=target.number or target.id, saying=saying))
    for name in _aliases(reference, target):
        found.append(Belonging(how="alias", about=target.number or target.id, saying=saying.model_copy(update={"words": name})))
    return found


def _aliases(reference: Reference, target: Node) -> Iterator[str]:
    """What a citation calls a document besides its number: "Chương trình 1322", "(sau đây gọi tắt là Kế hoạch tổng thể)"."""
    number = target.document
    serial = number.serial if number is not None and len(reference.text) <= _SHORT and not re.search(r"\d\s?/", reference.text) else ""
    if serial and re.search(rf"(?<!\d)0*{serial}(?!\s*[-/\d])", reference.text):
        yield " ".join(reference.text.split())
    place = reference.place_in_sentence
    own = re.compile(rf"(?<!\d)0*{number.serial}\s?/\S+").search(reference.sentence, place[0] if place else 0) if number else None
    named = _CALLED.search(reference.sentence, own.end()) if own else None
    if own and named and not _NEXT.search(reference.sentence, own.end(), named.start()):
        yield named["name"].strip()


def _saying(node: Node, reference: Reference) -> Saying:
    return Saying(letter=cited(node), words=reference.text, sentence=reference.sentence or reference.text, page=reference.page)


def _in_subject(letter: Cited, about: str | None) -> Belonging:
    return Belonging(how="names_it", about=about, saying=Saying(letter=letter, words=letter.subject or "", sentence=letter.subject or ""))


def _member(known: Links, node: Node, reasons: Sequence[Belonging]) -> Member:
    kept = {one.how: one for one in reversed(reasons)}
    return Member(letter=cited(node), rank=known.levels[node.id].kind, why=tuple(one for one in kept.values())[::-1])


def _found(hits: Iterable[Hit], asked: str, as_of: Date) -> Iterator[Member]:
    """Letters that words found: those whose subject has them, and those whose text calls the programme by a name of its own."""
    words = skeleton(asked)
    for hit in hits:
        letter, head = hit.letter, hit.letter.header
        if letter.copy_of or (head.date and head.date > as_of):
            continue
        document = of_letter(letter)
        if _holds(words, skeleton(head.subject or "")):
            yield Member(letter=document, rank=_rank(letter), why=(_in_subject(document, None),))
        elif is_of_one(asked):
            sentence = " ".join(hit.snippet.translate(_MARKS).split())
            yield Member(
                letter=document,
                rank="unknown",
                why=(Belonging(how="alias", saying=Saying(letter=document, words=asked, sentence=sentence)),),
            )


def is_of_one(name: str) -> bool:
    """Whether a name is one programme's wherever it stands: it has a figure, or words enough of its own."""
    return bool(re.search(r"\d", name)) or len(name.split()) >= _OWN_WORDS


def _rank(letter: Letter) -> str:
    head = letter.header
    return government_level(Node(id=letter.id, number=head.number, date=head.date, issuer=head.issuer, letter=letter)).kind


def of_letter(letter: Letter) -> Cited:
    """A held letter as answers name it."""
    head = letter.header
    return Cited(
        id=letter.id, number=head.number, date=head.date, issuer=head.issuer, doc_type=head.doc_type, subject=head.subject, held=True
    )
