"""Copies as the archive tells them, one letter after another, are those that link tells of all at once, and cost no comparison too many."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.letter import Letter
from pipeline.archive import Archive, open_archive
from pipeline.archive.graph import copy_groups
from pipeline.archive.graph.relinking import Linker, replace
from pipeline.archive.tables.database import writing
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.link import MemoryIndex, copy_of, resolve
from pipeline.link.candidates import Candidates
from tests.pipeline.link.by_hand import cites, letter

NGHE_AN = "Ủy ban nhân dân tỉnh Nghệ An"
WORDS = [f"{one}{two}" for one in "bcdghklmnpqrstvx" for two in ("ang", "inh", "uong", "oa")]


def text(first: int, last: int) -> str:
    return " ".join(WORDS[first:last])


# one and two share no more than a third; the third has most of either: it makes them one document
PARTS = {"one": text(0, 24), "two": text(16, 40), "joins them": text(8, 32), "another": text(40, 64)}
GROUP = {
    **{name: letter(name, "87/QĐ-UBND", "2021-05-05", NGHE_AN, doc_type="QĐ", text=part) for name, part in PARTS.items()},
    "one, of another day": letter("one, of another day", "87/QĐ-UBND", "2021-05-06", NGHE_AN, doc_type="QĐ", text=PARTS["one"]),
    "one, of another office": letter("one, of another office", "87/QĐ-UBND", "2021-05-05", "Bộ Y tế", doc_type="QĐ", text=PARTS["one"]),
}


def put(archive: Archive, *letters: Letter) -> None:
    for one in letters:
        with writing(archive.engine) as connection:
            store = LetterStore(connection)
            replace(store, archive.linker, one.source.sha256, [one], [one], row=None, quarantined=not any(one.text))


def take_out(archive: Archive, one: Letter) -> None:
    with writing(archive.engine) as connection:
        replace(LetterStore(connection), archive.linker, one.source.sha256, [], [], row=None, quarantined=False)


def told(archive: Archive) -> dict[str, str | None]:
    return {one.id: one.copy_of for one in archive.letters()}


def by_link(letters: list[Letter]) -> dict[str, str | None]:
    shelf = MemoryIndex(letters)
    return {one.id: copy_of(one, shelf) for one in letters}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.permutations(list(GROUP)), st.sampled_from(list(GROUP)))
def test_copies_are_those_of_all_at_once_whatever_came_and_went(
    tmp_path_factory: pytest.TempPathFactory, order: list[str], gone: str
) -> None:
    with open_archive(tmp_path_factory.mktemp("a") / "archive") as archive:
        put(archive, *(GROUP[name] for name in order))
        every = list(GROUP.values())
        assert told(archive) == by_link(every)
        assert len({first for first in told(archive).values() if first}) == 1
        take_out(archive, GROUP[gone])
        left = [one for name, one in GROUP.items() if name != gone]
        assert told(archive) == by_link(left)
        put(archive, GROUP[gone])
        assert told(archive) == by_link(every)


def test_a_letter_without_its_text_joins_by_its_subject_and_parts_when_it_goes(tmp_path: Path) -> None:
    about = "phân bổ kinh phí hỗ trợ các xã"
    one, two = (letter(name, "9/QĐ-UBND", "2021-05-05", NGHE_AN, subject=about, text=PARTS[name]) for name in ("one", "another"))
    secret = letter("secret", "9/QĐ-UBND", "2021-05-05", NGHE_AN, subject=about).model_copy(update={"text": ()})
    with open_archive(tmp_path / "archive") as archive:
        put(archive, one, two)
        assert set(told(archive).values()) == {None}
        put(archive, secret)
        first = min(one.id, two.id, secret.id)
        assert {id for id, of in told(archive).items() if of == first} == {one.id, two.id} - {first}
        take_out(archive, secret)
        assert set(told(archive).values()) == {None}


def test_letters_of_one_number_that_differ_are_told_apart_without_reading_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    monkeypatch.setattr(copy_groups, "near_texts", lambda one, other: compared.append((one, other)))
    alike = [letter(f"{n}", "87/QĐ-UBND", "2021-05-05", NGHE_AN, text=" ".join(f"{word}{n}" for word in WORDS)) for n in range(12)]
    with open_archive(tmp_path / "archive") as archive:
        put(archive, *alike)
        assert compared == [] and set(told(archive).values()) == {None}


def test_an_arrival_is_compared_with_one_of_each_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def near(one: str, other: str) -> bool:
        compared.append(one)
        return True

    monkeypatch.setattr(copy_groups, "near_texts", near)
    copies = [letter(f"{n}", "87/QĐ-UBND", "2021-05-05", NGHE_AN, text=f"{PARTS['one']} {n}") for n in range(8)]
    with open_archive(tmp_path / "archive") as archive:
        put(archive, *sorted(copies, key=lambda one: one.id))
        assert len(compared) == 7
        assert set(told(archive).values()) == {None, min(one.id for one in copies)}


def test_only_those_are_resolved_again_whose_citations_may_mean_the_arrival(tmp_path: Path) -> None:
    asked: list[str] = []

    def counted(one: Letter, candidates: Candidates) -> Letter:
        asked.append(one.id)
        return resolve(one, candidates)

    day, numbers = "2021-05-05", [f"{n}/UBND-VX" for n in range(40, 60)]
    made = [
        letter(number, number, day, NGHE_AN, *(cites(numbers[(at + n) % 20], day, NGHE_AN) for n in (3, 8)))
        for at, number in enumerate(numbers)
    ]
    with open_archive(tmp_path / "archive", Linker(counted)) as archive:
        put(archive, *made)
        assert all(reference.target for one in archive.letters() for reference in one.references)
    # itself, the two that cite it, and those that wait for a number that looks like its own: not all of that day
    assert len(asked) < 6 * len(made)


def test_no_hash_of_a_text_outlives_it(tmp_path: Path) -> None:
    from sqlalchemy import func, select

    from pipeline.archive.tables import schema
    from pipeline.archive.tables.database import reading

    one, two = GROUP["one"], GROUP["two"]
    with open_archive(tmp_path / "archive") as archive:
        put(archive, one, two)
        put(archive, *(each.model_copy(update={"text": ()}) for each in (one, two)))
        with reading(archive.engine) as connection:
            assert connection.execute(select(func.count()).select_from(schema.word_pairs)).scalar_one() == 0


@pytest.mark.parametrize(("reads", "reads_now"), [("one", "another"), ("another", "one")])
def test_whoever_cites_them_is_asked_anew_where_a_new_reading_parts_or_joins_two(tmp_path: Path, reads: str, reads_now: str) -> None:
    about, day = "phân bổ kinh phí", "2021-05-05"
    first, second = sorted(
        (letter(name, "87/QĐ-UBND", day, NGHE_AN, subject=about, text=PARTS["one"]) for name in "ab"), key=lambda one: one.id
    )
    citing = letter("citing", "9/UBND-VX", "2021-06-06", "Bộ Y tế", cites("87/QĐ-UBND", day, NGHE_AN))
    for stays, moves in ((first, second), (second, first)):
        before, now = (moves.model_copy(update={"text": (PARTS[part],)}) for part in (reads, reads_now))
        with open_archive(tmp_path / moves.id / "anew") as anew, open_archive(tmp_path / moves.id / "at once") as at_once:
            put(anew, stays, before, citing, now)
            put(at_once, stays, now, citing)
            assert anew.letter(citing.id).references == at_once.letter(citing.id).references
