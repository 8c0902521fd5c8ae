"""What a write leaves to be settled later: till then links are missing and none is wrong; in the end it is as if all came at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from models.letter import Letter
from pipeline.archive import Archive, open_archive
from pipeline.archive.graph import deferred, relinking
from pipeline.archive.graph.relinking import replace, settle_rest
from pipeline.archive.safety.verification import Cause, Fault, verify
from pipeline.archive.tables import schema
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.letter_store import LetterStore, citations
from tests.pipeline.link.by_hand import cites, letter

PM, NGHE_AN = "Thủ tướng Chính phủ", "Ủy ban nhân dân tỉnh Nghệ An"
DIRECTIVE = letter("directive", "36/QĐ-TTg", "2021-01-11", PM, doc_type="QĐ", subject="ban hành Kế hoạch tổng thể", text="ban hành")
CITERS = [
    letter(f"{n}", f"{n}/UBND-VX", "2021-03-07", NGHE_AN, cites("36/QĐ-TTg", "2021-01-11", PM, "implements"), text=f"thực hiện {n}")
    for n in range(1, 9)
]


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deferred, "IN_TURN", 3)
    monkeypatch.setattr(relinking, "AT_ONCE", 3)


def put(archive: Archive, *letters: Letter) -> None:
    for one in letters:
        with writing(archive.engine) as connection:
            replace(LetterStore(connection), archive.linker, one.source.sha256, [one], [one], row=None, quarantined=False)


def meant(archive: Archive) -> set[str | None]:
    """What the citing letters say that they mean; the table of citations says the same."""
    with reading(archive.engine) as connection:
        there = set(connection.execute(select(citations.c.target)).scalars())
    said = {reference.target for one in archive.letters() for reference in one.references}
    assert said == there
    return said


def wrong(archive: Archive) -> list[Fault]:
    """What is wrong with the records; these letters have no originals."""
    return [fault for fault in verify(archive.engine, archive.root).faults if fault.cause is Cause.RECORD]


def test_links_to_what_changed_are_missing_until_they_are_settled_and_never_wrong(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive") as archive:
        put(archive, *CITERS, DIRECTIVE)
        assert meant(archive) == {None}
        settle_rest(archive.engine, archive.linker)
        assert meant(archive) == {DIRECTIVE.id}
        other = DIRECTIVE.model_copy(update={"header": DIRECTIVE.header.model_copy(update={"number": "37/QĐ-TTg"})})
        put(archive, other)
        assert meant(archive) == {None} == {reference.target for one in archive.letters(lean=True) for reference in one.references}
        assert archive.citing([DIRECTIVE.id]) == []
        assert wrong(archive) == []
        put(archive, DIRECTIVE)
        settle_rest(archive.engine, archive.linker)
        assert meant(archive) == {DIRECTIVE.id}
        assert wrong(archive) == []


def test_what_a_stop_cut_off_is_settled_when_the_archive_is_tidied(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive") as archive:
        put(archive, *CITERS, DIRECTIVE)
    with open_archive(tmp_path / "archive") as archive:
        assert meant(archive) == {None}
        archive.tidy()
        assert meant(archive) == {DIRECTIVE.id}


def test_a_correction_settles_all_that_cites_what_it_changed(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive") as archive:
        put(archive, *CITERS, DIRECTIVE)
        archive.correct(DIRECTIVE.id, "number", "37/QĐ-TTg", "A")
        assert meant(archive) == {None}
        archive.correct(DIRECTIVE.id, "number", "36/QĐ-TTg", "A")
        assert meant(archive) == {DIRECTIVE.id}


def test_a_persons_word_of_what_is_meant_outlives_the_settling(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive") as archive:
        put(archive, *CITERS, DIRECTIVE)
        settle_rest(archive.engine, archive.linker)
        one = archive.letter(CITERS[0].id)
        archive.correct(one.id, "reference:36/QĐ-TTg:target", DIRECTIVE.id, "A")
        archive.correct(DIRECTIVE.id, "number", "37/QĐ-TTg", "A")
        assert meant(archive) == {None, DIRECTIVE.id}
        assert archive.letter(one.id).references[0].target == DIRECTIVE.id


def test_no_transaction_settles_more_than_it_may_and_a_letter_stored_as_it_was_settles_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[int] = []
    resolved = relinking._resolve

    def counted(letter_store: LetterStore, rows: set[int], *more: object, **said: object) -> None:
        settled.append(len(rows))
        resolved(letter_store, rows, *more, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(relinking, "_resolve", counted)
    with open_archive(tmp_path / "archive") as archive:
        put(archive, *CITERS, DIRECTIVE)
        settle_rest(archive.engine, archive.linker)
        assert max(settled) <= 4 and sum(settled) >= 2 * len(CITERS)
        settled.clear()
        put(archive, DIRECTIVE)
        assert settled == [1]


def test_a_letter_waits_for_what_it_may_mean_and_not_for_all_that_came_with_it(tmp_path: Path) -> None:
    others = [letter(f"other {n}", f"{n}/BC-SYT", "2019-05-06", "Sở Y tế tỉnh Nghệ An", text=f"báo cáo {n}") for n in range(5)]
    post = [one.model_copy(update={"source": DIRECTIVE.source}) for one in (DIRECTIVE, *others)]
    with open_archive(tmp_path / "archive") as archive:
        put(archive, *CITERS)
        with writing(archive.engine) as connection:
            replace(LetterStore(connection), archive.linker, DIRECTIVE.source.sha256, post, post, row=None, quarantined=False)
            waiting = connection.execute(select(schema.unsettled.c.about)).scalars().all()
        assert waiting == [DIRECTIVE.id] * len(CITERS)
        settle_rest(archive.engine, archive.linker)
        assert meant(archive) == {DIRECTIVE.id}
