"""What is asked of an archive about directives: what hangs on a number, who acted on it, and which matters are closed."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date as Date

from models.graph import Graph
from models.letter import Letter
from models.trace import Closing, Instruction, Trace
from pipeline.archive import Archive, NotHeld
from pipeline.archive.people import closings
from pipeline.archive.search.listing import quarantined
from pipeline.archive.tables.database import reading, writing
from pipeline.link import assemble
from pipeline.trace import graph_part, trace, trace_all, tree
from pipeline.trace.kept.province_standings import of_province
from rules.places.groups import province_in


def around(archive: Archive, number_or_id: str, depth: int) -> Graph:
    """The documents up to `depth` references away from this number or letter, held or only cited, and what they say of each other."""
    typed = number_or_id.strip()
    try:
        letter = archive.letter(typed)
    except NotHeld:
        return assemble(archive.around(archive.keys(typed), depth), archive.texts)
    return assemble(archive.around_letter(letter.id, depth), archive.texts)


def whole(archive: Archive) -> Graph:
    """All documents, held or only cited, and what they say of each other."""
    return assemble(archive.letters(with_text=True))


def of_number(archive: Archive, number: str, province: str | None, as_of: Date | None, *, secret: bool = True) -> list[Trace]:
    """A trace a province and instruction of this number, on a day (today); without a province, those with more than NOT_ADDRESSED.

    secret: also of letters under quarantine. Raises NotHeld where nothing that is held bears or cites the number.
    """
    with _collecting_no_garbage():
        return _of_number(archive, number, province, as_of or Date.today(), secret)


def _of_number(archive: Archive, number: str, province: str | None, day: Date, secret: bool) -> list[Trace]:
    """The same; what it was read from is gone with it, before garbage is looked for again."""
    keys, closed = set(archive.keys(number, secret=secret)), standing_closings(archive)
    graph = graph_part.leading_to(archive, keys, secret=secret)
    if not any(node.number_key in keys for node in graph.nodes.values()):
        raise NotHeld(number)
    if province is None:
        return list(trace_all(graph, day, closed, lambda node: node.number_key in keys))
    name = province_in(province) or province.strip()
    # asked for by name, a merged province answers for what it is made of: "2 of 3"
    return [trace(graph, one, name, day, closed) for one in _meant(graph, keys)]


@contextmanager
def _collecting_no_garbage() -> Iterator[None]:
    """Thousands of records are made, and none is garbage before the answer is there: looking for any would take as long as the answer."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def below(archive: Archive, number: str, *, secret: bool = True) -> Graph:
    """The documents of this number, what they cite, and the documents from which references lead to them. Raises NotHeld."""
    keys = set(archive.keys(number, secret=secret))
    graph = leading_to(archive, keys, secret=secret)
    parts = [tree(graph, id) for id, node in graph.nodes.items() if node.number_key in keys]
    if not parts:
        raise NotHeld(number)
    edges = {(edge.source, edge.target, edge.reference): edge for part in parts for edge in part.edges}
    return Graph(nodes={id: node for part in parts for id, node in part.nodes.items()}, edges=tuple(edges.values()))


def leading_to(archive: Archive, keys: Iterable[str], *, secret: bool = True) -> Graph:
    """The documents that bear or cite one of these numbers, and those from which references lead there."""
    return assemble(seen(archive, archive.reaching(keys), secret=secret), archive.texts)


def seen(archive: Archive, letters: Iterable[Letter], *, secret: bool) -> Iterator[Letter]:
    """The letters without those under quarantine, where these are not to be seen: all of a file with a secret one are."""
    if secret:
        return iter(letters)
    with reading(archive.engine) as connection:
        kept_back = quarantined(connection)
    return (one for one in letters if one.id not in kept_back)


def of_all(archive: Archive, as_of: Date | None, province: str | None, *, secret: bool = True) -> Iterator[Trace]:
    """Every instruction and province with more than NOT_ADDRESSED, on a day (today); or those of one province, as it is on that day."""
    day, closed = as_of or Date.today(), standing_closings(archive)
    if province is not None:
        name = province_in(province) or province.strip()
        with _collecting_no_garbage():
            found = of_province(archive, name, day, closed, secret=secret)
        yield from found
        return
    # their text tells whom a decision obliges, and whether a letter instructs: it is read where the record does not say so
    graph = assemble(seen(archive, archive.letters(lean=True), secret=secret), archive.texts)
    yield from trace_all(graph, day, closed)


def close_matter(
    archive: Archive, number: str, province: str, by: str, on: Date | None, *, note: str | None, issued: Date | None
) -> Closing | None:  # fmt: skip
    """Keep a person's word that an instruction is closed in a province, or (`on` null) that it is not; what now stands.

    Raises NotHeld, NotClosed, NotAMatter, Ambiguous.
    """
    name = province_in(province)
    if name is None or not by.strip():
        raise closings.NotAMatter(f"{province}: không có tỉnh này / no such province" if name is None else "by: ai ghi? / who says so?")
    graph, keys = around(archive, number, 1), set(archive.keys(number))
    meant = [one for one in _meant(graph, keys) if issued is None or one.date == issued]
    if not meant:
        raise NotHeld(number)
    if len(meant) > 1:
        raise closings.Ambiguous(meant)
    with writing(archive.engine) as connection:
        return closings.write(connection, meant[0], name, who=by.strip(), on=on, note=(note or "").strip() or None)


def standing_closings(archive: Archive) -> list[Closing]:
    """What people say is closed, as it stands now; entries of the follow-up register included."""
    office = archive.setting("office")
    with reading(archive.engine) as connection:
        return closings.standing(connection) + closings.by_register(connection, office)


def _meant(graph: Graph, keys: set[str]) -> list[Instruction]:
    """The documents of a graph, held or only cited, whose number has one of these keys."""
    return list(
        dict.fromkeys(
            Instruction(number=node.number, date=node.date, issuer=node.issuer)
            for node in graph.nodes.values()
            if node.number and node.number_key in keys
        )
    )
