"""What is kept of a province tells what the whole archive tells: after any writes, of any day, to whoever asks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.letter import Letter
from models.reference import EffectClause
from models.trace import Instruction
from pipeline.archive import Archive, open_archive
from pipeline.archive.graph import relinking
from pipeline.archive.people import closings
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.for_trace import standing_rows
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.link import assemble
from pipeline.trace import trace_province
from pipeline.trace.kept import province_standings
from pipeline.trace.questions import of_all, seen, standing_closings
from tests.pipeline.trace.test_graph_part import FIRST, ISSUERS, LAST, empty, letters, number_of, put, worlds

__all__ = ["empty"]
DAYS = (LAST, LAST, LAST + timedelta(days=1), FIRST + timedelta(days=9), FIRST + timedelta(days=25), date(2025, 7, 20))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.integers(0, 9), st.booleans()),
        st.tuples(st.just("put"), st.integers(0, 9), st.booleans()),
        st.tuples(st.just("drop"), st.integers(0, 9), st.just(False)),
        st.tuples(st.just("hide"), st.integers(0, 9), st.booleans()),
        st.tuples(st.just("close"), st.integers(0, 9), st.booleans()),
        st.tuples(st.just("rest"), st.just(0), st.just(False)),
        st.tuples(st.just("ask"), st.integers(0, len(DAYS) - 1), st.booleans()),
    ),
    min_size=4,
    max_size=14,
)


def apply(archive: Archive, worlds: tuple[list, list], what: str, at: int, other: bool) -> None:
    held = of(worlds[other])
    one = held[at % len(held)]
    if what in ("put", "hide"):
        put(archive, one, quarantined=what == "hide")
    elif what == "drop":
        with writing(archive.engine) as connection:
            relinking.replace(LetterStore(connection), archive.linker, one.source.sha256, [], [], row=None, quarantined=False)
    elif what == "close":
        number = number_of(worlds[other], at)
        with writing(archive.engine) as connection, suppress(closings.NotClosed):
            on = None if at % 3 == 2 else FIRST + timedelta(days=at * 3)
            closings.write(connection, Instruction(number=number), ("Gia Lai", "Nghệ An")[at % 2], who="Lan", on=on)
    elif what == "rest":
        relinking.settle_rest(archive.engine, archive.linker)


def of(world: list) -> list[Letter]:
    """The letters of a world; of those that replace another, every second does so from a later day on."""
    found = letters(world)
    return [
        one
        if at % 2 or not one.header.date
        else one.model_copy(
            update={
                "effect": tuple(
                    EffectClause(of=(r.id,), says="ends", date=one.header.date + timedelta(days=12), text="")
                    for r in one.references
                    if r.relation == "replaces" and r.id
                )
            }
        )
        for at, one in enumerate(found)
    ]


def same(archive: Archive, day: date, province: str, *, secret: bool) -> None:
    graph = assemble(seen(archive, archive.letters(lean=True), secret=secret), archive.texts)
    whole = trace_province(graph, province, day, standing_closings(archive))
    assert [str(one) for one in of_all(archive, day, province, secret=secret)] == [str(one) for one in whole]


CHAIN = [
    (ISSUERS[0], "QĐ", 0, "told", []),
    (ISSUERS[1], "CV", 2, "plain", [(0, "implements", "affirmed", True)]),
    (ISSUERS[2], "KH", 4, "plain", [(1, "implements", "affirmed", True)]),
]
CUT = [*CHAIN[:2], (ISSUERS[2], "KH", 4, "plain", [])]


@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.tuples(worlds, worlds), steps, st.sampled_from(("Gia Lai", "Nghệ An", "Bình Định")), st.sampled_from((0, 25)))
@example((CHAIN, CUT), [("put", 2, True)], "Gia Lai", 25)  # what is cut lies two steps below
@example((CUT, CHAIN), [("put", 2, True)], "Gia Lai", 25)
@example((CHAIN, CHAIN), [("ask", 2, False), ("drop", 1, False), ("ask", 3, True), ("put", 1, False), ("rest", 0, False)], "Gia Lai", 0)
@example((CHAIN, CHAIN), [("hide", 2, False), ("ask", 0, False), ("put", 2, False)], "Gia Lai", 25)
@example((CHAIN, CHAIN), [("close", 0, False), ("ask", 0, True), ("close", 2, False)], "Gia Lai", 25)
def test_the_kept_answer_is_that_of_the_whole_archive(
    empty: Path, pair: tuple[list, list], steps: list, province: str, at_once: int
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(relinking, "AT_ONCE", at_once)
        patched.setattr(province_standings, "_AT_ONCE", 2)
        shutil.copy(empty, Path(folder) / "archive.db")
        with open_archive(Path(folder)) as archive:
            for one in of(pair[0]):
                put(archive, one)
            for secret in (True, False):
                same(archive, LAST, province, secret=secret)
            for what, at, other in steps:
                if what == "ask":
                    same(archive, DAYS[at], province, secret=other)
                else:
                    apply(archive, pair, what, at, other)
            for day in DAYS[:3]:
                for secret in (True, False):
                    same(archive, day, province, secret=secret)


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Archive]:
    """An archive of `CHAIN`, of which Gia Lai was asked."""
    with open_archive(tmp_path / "a") as archive:
        for one in of(CHAIN):
            put(archive, one)
        assert [str(one.standing.name) for one in of_all(archive, LAST, "Gia Lai")][:1] == ["PLANNED"]
        yield archive


def test_only_what_may_stand_otherwise_is_found_anew(chain: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    monkeypatch.setattr(
        province_standings, "_judge", lambda archive, connection, asked, some, ways, found: looked_at.append(len(some.rows))
    )
    elsewhere = letters([*CHAIN, (ISSUERS[5], "KH", 5, "plain", []), (ISSUERS[5], "CV", 6, "plain", [(3, "implements", "affirmed", True)])])
    put(chain, elsewhere[3])
    put(chain, elsewhere[4])
    list(of_all(chain, LAST, "Gia Lai"))
    assert looked_at == []  # a committee's own letters lay nothing on anybody
    put(chain, of(CUT)[2])
    list(of_all(chain, LAST, "Gia Lai"))
    assert looked_at == [2]


def test_what_a_day_alone_changes_is_told_without_finding_anything_anew(chain: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    put(chain, of(CUT)[2])
    due = FIRST + timedelta(days=30)
    (before, *_) = of_all(chain, LAST, "Gia Lai")
    monkeypatch.setattr(province_standings, "_judge", None)
    assert (before.due, "OVERDUE" in before.flags) == (due, True)
    (after, *_) = of_all(chain, LAST + timedelta(days=1), "Gia Lai")
    assert "OVERDUE" in after.flags


def test_nothing_is_kept_of_a_letter_that_became_secret(chain: Archive) -> None:
    said = CHAIN[2][0]
    put(chain, of(CUT)[2])
    list(of_all(chain, LAST, "Gia Lai"))
    put(chain, of(CHAIN)[2])
    list(of_all(chain, LAST, "Gia Lai"))
    with reading(chain.engine) as connection:
        assert said in " ".join(connection.execute(select(standing_rows.standings.c.trace)).scalars())
    put(chain, of(CHAIN)[2], quarantined=True)
    with reading(chain.engine) as connection:
        assert connection.execute(select(standing_rows.standings.c.trace)).all() == []
        assert connection.execute(select(standing_rows.changed_letters.c.letter)).scalars().all() == [""]


def test_whoever_asks_does_not_wait_for_those_that_write(chain: Archive, tmp_path: Path) -> None:
    put(chain, of(CUT)[2])
    with open_archive(chain.root) as other, writing(other.engine):
        assert [one.standing.name for one in of_all(chain, LAST, "Gia Lai")][:1] == ["ADDRESSED"]
    assert [one.standing.name for one in of_all(chain, LAST, "Gia Lai")][:1] == ["ADDRESSED"]
