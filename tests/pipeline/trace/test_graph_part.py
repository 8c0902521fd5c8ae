"""What is read of an archive for a trace tells what the whole tells: whatever was written and put right, in any order."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from models.graph import Graph
from models.letter import Letter
from models.reference import Deadline, Reminder
from models.trace import Trace
from pipeline.archive import Archive, NotHeld, open_archive
from pipeline.archive.graph.relinking import replace
from pipeline.archive.tables.database import writing
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.link import assemble
from pipeline.trace import trace_all, trace_province
from pipeline.trace.graph_part import leading_to
from pipeline.trace.questions import of_all, of_number, seen
from tests.pipeline.link.by_hand import cites, letter

ISSUERS = (
    "Thủ tướng Chính phủ",
    "Bộ Y tế",
    "Ủy ban nhân dân tỉnh Gia Lai",
    "Ủy ban nhân dân tỉnh Bình Định",  # merged into Gia Lai
    "Sở Y tế tỉnh Gia Lai",
    "Ủy ban nhân dân tỉnh Nghệ An",
    None,
)
RELATIONS = ("implements", "responds_to", "acknowledges", "guides", "amends", "replaces", "encloses", "mentions", "based_on")
POLARITIES = ("affirmed", "affirmed", "affirmed", "denied", "postponed", "asked")
TO = ("Ủy ban nhân dân tỉnh Gia Lai", "Ủy ban nhân dân tỉnh Nghệ An")
SUBJECT = "triển khai chương trình nâng cao năng suất chất lượng sản phẩm giai đoạn 2021-2030"
FIRST, LAST, HELD = date(2025, 6, 20), date(2026, 6, 1), 7

said = st.tuples(
    st.integers(0, HELD + 2),  # the last three are cited only: two by number, a law by its day
    st.sampled_from(RELATIONS),
    st.sampled_from(POLARITIES),
    st.booleans(),
)
written = st.tuples(
    st.sampled_from(ISSUERS),
    st.sampled_from(("CV", "KH", "BC", "QĐ")),
    st.integers(0, 20),
    st.sampled_from(("told", "keeps", "moves", "undated", "unread", "plain", "plain", "copied")),
    st.lists(said, max_size=3),
)
worlds = st.lists(written, min_size=3, max_size=HELD)


def number_of(world: list, at: int) -> str:
    return f"{at + 1}/{world[at][1]}-UBND" if at < len(world) else ("36/QĐ-TTg", "37/QĐ-BYT")[at % 2]


def letters(world: list) -> list[Letter]:
    found: list[Letter] = []
    for at, (issuer, kind, days, what, references) in enumerate(world):
        told = [cited(world, *one) for one in references if one[0] != at]
        day = FIRST + timedelta(days=days)
        one = letter(
            f"{at}",
            None if what == "unread" else number_of(world, at),
            None if what == "undated" else str(day),
            issuer,
            *told,
            doc_type=kind,
            subject=f"{SUBJECT} {at}",
            to=TO if what in ("told", "keeps", "moves") else (),
            deadlines=(Deadline(date=day + timedelta(days=30), who=(), moved="extended" if what == "moves" else None),),
            reminders=(Reminder(named=TO[:1]),) if what == "keeps" else (),
            text=f"giao các đơn vị thi hành {SUBJECT} {at}",
        )
        if what == "copied":
            again = letter(f"copy {at}", one.header.number, str(day), issuer, doc_type=kind, text=one.text[0])
            found.append(again.model_copy(update={"header": one.header}))
        found.append(one)
    return found


def cited(world: list, at: int, relation: str, polarity: str, dated: bool):
    if at == HELD + 2:
        return cites(None, "2019-11-20", "Quốc hội", relation, polarity=polarity, doc_type="Luật", text="Luật Chất lượng")
    held = at < len(world)
    day = str(FIRST + timedelta(days=world[at][2])) if held else "2021-01-11"
    number, issuer = number_of(world, at), world[at][0] if held else None
    text = f"số {number}"
    return cites(
        number, day if dated else None, issuer, relation, polarity=polarity, text=text, sentence=f"Thực hiện {text} về {SUBJECT} {at}"
    )


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive's database, made once: an archive of each example begins as a copy of it."""
    with open_archive(tmp_path_factory.mktemp("empty")) as archive:
        root = archive.root
    return root / "archive.db"


@contextmanager
def archived(empty: Path, world: list, order: list[int], hidden: Collection[int] = ()) -> Iterator[Archive]:
    """The letters of a world in an archive, in some order; the first of them come in another state before. hidden: of the letters those
    under quarantine."""
    held = letters(world)
    with TemporaryDirectory() as folder:
        shutil.copy(empty, Path(folder) / "archive.db")
        with open_archive(Path(folder)) as archive:
            mixed = sorted(held, key=lambda one: order[held.index(one) % len(order)])
            for one in mixed[:2]:
                before = one.model_copy(update={"references": one.references[:1], "reminders": ()})
                put(archive, before.model_copy(update={"header": one.header.model_copy(update={"number": "99/QĐ-UBND"})}))
            for one in mixed:
                put(archive, one, quarantined=held.index(one) in hidden)
            yield archive


def put(archive: Archive, one: Letter, *, quarantined: bool = False) -> None:
    with writing(archive.engine) as connection:
        replace(LetterStore(connection), archive.linker, one.source.sha256, [one], [one], row=None, quarantined=quarantined)


def by_number(found: list[Trace]) -> dict[str, list[str]]:
    lines: dict[str, list[str]] = {}
    for one in found:
        if one.instruction.number:
            lines.setdefault(one.instruction.number, []).append(str(one))
    return lines


ORDERS = st.lists(st.integers(0, 99), min_size=1, max_size=HELD)


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(worlds, ORDERS, st.sampled_from((LAST, FIRST + timedelta(days=9))))
@example([("Bộ Y tế", "QĐ", 0, "told", []), (ISSUERS[2], "KH", 3, "plain", [(0, "based_on", "affirmed", False)])], [0], LAST)
def test_a_number_is_traced_from_a_part_as_from_all(empty: Path, world: list, order: list[int], day: date) -> None:
    with archived(empty, world, order) as archive:
        whole = by_number(list(trace_all(assemble(archive.letters(lean=True), archive.texts), day)))
        cited_or_held = {number for one in letters(world) for number in (one.header.number, *(r.number for r in one.references)) if number}
        asked = {number: by_number(of_number(archive, number, None, day)) for number in sorted(cited_or_held)}
        assert {number: lines.get(number, []) for number, lines in asked.items()} == {n: whole.get(n, []) for n in asked}


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(worlds, ORDERS, st.sampled_from((LAST, FIRST + timedelta(days=9))), st.sampled_from(("Gia Lai", "Nghệ An", "Bình Định")))
def test_a_province_is_traced_from_a_part_as_from_all(empty: Path, world: list, order: list[int], day: date, province: str) -> None:
    with archived(empty, world, order) as archive:
        whole = trace_province(assemble(archive.letters(lean=True), archive.texts), province, day)
        assert [str(one) for one in of_all(archive, day, province)] == [str(one) for one in whole]


# the third letter acts for the province, and cites one of unread number whose copies are looked for
HIDDEN = [
    (ISSUERS[3], "KH", 8, "undated", [(9, "replaces", "affirmed", True), (7, "mentions", "asked", True)]),
    (ISSUERS[3], "CV", 17, "unread", [(3, "acknowledges", "asked", False), (8, "responds_to", "affirmed", False)]),
    (ISSUERS[2], "QĐ", 8, "undated", [(6, "implements", "affirmed", True), (0, "mentions", "affirmed", True)]),
    (ISSUERS[4], "KH", 17, "copied", [(1, "guides", "denied", True)]),
    (ISSUERS[3], "CV", 17, "plain", []),
]


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(worlds, ORDERS, st.sets(st.integers(0, HELD - 1), max_size=3), st.sampled_from(("Gia Lai", "Nghệ An", "Bình Định")))
@example(HIDDEN, [55, 31, 29], {2, 3, 4}, "Gia Lai")
def test_an_uncleared_user_is_told_nothing_of_what_is_under_quarantine(
    empty: Path, world: list, order: list[int], hidden: set[int], province: str
) -> None:
    with archived(empty, world, order, hidden) as archive:

        def graph() -> Graph:
            return assemble(seen(archive, archive.letters(lean=True), secret=False), archive.texts)

        whole = [str(one) for one in trace_province(graph(), province, LAST)]
        assert [str(one) for one in of_all(archive, LAST, province, secret=False)] == whole
        of_each = by_number(list(trace_all(graph(), LAST)))
        for number in {number for one in letters(world) for number in (one.header.number, *(r.number for r in one.references)) if number}:
            try:
                lines = by_number(of_number(archive, number, None, LAST, secret=False))
            except NotHeld:
                lines = {}
            assert lines.get(number, []) == of_each.get(number, [])


def test_what_merely_cites_a_document_is_not_read(empty: Path) -> None:
    """A law rests under thousands: none of them is read for those that act on it."""
    world = [
        ("Thủ tướng Chính phủ", "QĐ", 0, "told", []),
        *((ISSUERS[2], "CV", 5, "plain", [(0, relation, "affirmed", True)]) for relation in ("implements", "mentions", "encloses")),
        ("Bộ Y tế", "CV", 6, "plain", [(2, "implements", "affirmed", True)]),
        (ISSUERS[5], "CV", 7, "plain", [(1, "implements", "affirmed", True)]),
    ]
    with archived(empty, world, [0]) as archive:
        read = leading_to(archive, archive.keys(number_of(world, 0)))
    # what it encloses proves receipt; another province's letter leads by none of Gia Lai's
    assert {node.number for node in read.nodes.values()} == {number_of(world, at) for at in (0, 1, 3)}
