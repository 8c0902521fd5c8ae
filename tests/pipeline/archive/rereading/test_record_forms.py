"""Records of before are written anew once: then nothing is filled in at reading, and what was altered is not sealed again."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, update

from models.letter import Letter
from pipeline.archive import Archive, open_archive
from pipeline.archive.rereading import record_forms
from pipeline.archive.safety.verification import Cause, verify
from pipeline.archive.tables import schema, seals
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.letter_rows import as_json, seal
from pipeline.extract.older_records import lacked
from tests.pipeline.archive.invented import cite, hand_in, sheet, write
from tests.pipeline.archive.tables.dumps import STEPS, laid_out

ARCHIVES = sorted(path.stem for path in STEPS.glob("*.sql"))
table = schema.letters


def kept(archive: Archive) -> list[Letter]:
    """Every record and reading as its row has it, with nothing filled in."""
    with reading(archive.engine) as connection:
        rows = connection.execute(select(table.c.record, table.c.parsed)).all()
    return [Letter.model_validate_json(one) for row in rows for one in row]


def lacking(archive: Archive) -> int:
    """How many of them lack what today's have; a letter without text is told of no more."""
    with reading(archive.engine) as connection:
        told = set(connection.execute(select(table.c.id).join(schema.texts, schema.texts.c.no == table.c.no)).scalars())
    return sum(bool((one.id in told and lacked(one)) or any(map(lacked, one.references))) for one in kept(archive))


@pytest.mark.parametrize("step", ARCHIVES)
def test_tidy_writes_every_record_of_an_earlier_form_anew_and_all_else_stays(step: str, tmp_path: Path) -> None:
    laid_out(step, tmp_path / "a")
    with open_archive(tmp_path / "a") as archive:
        archive.tidy()
        before = {letter.id: letter for letter in archive.letters(with_text=True)}
        assert lacking(archive) == 0
        with reading(archive.engine) as connection:
            assert record_forms.older(connection) == 0
        assert {letter.id: letter for letter in archive.letters(with_text=True)} == before
        assert verify(archive.engine, archive.root).faults == []


def as_of_before(archive: Archive) -> None:
    """Take out of every record what those of before do not have."""
    with writing(archive.engine) as connection:
        for row in connection.execute(select(table, schema.texts.c.pages).outerjoin(schema.texts, schema.texts.c.no == table.c.no)).all():
            older = {}
            for name in ("parsed", "record"):
                letter = Letter.model_validate_json(getattr(row, name))
                bare = tuple(one.model_copy(update={"id": "", "within": None}) for one in letter.references)
                older[name] = as_json(letter.model_copy(update={"references": bare, "obligations": None, "instructs": None}))
            values = {**older, "form": 0, "seal": seal(older["parsed"], row.pages)}
            connection.execute(update(table).where(table.c.no == row.no).values(**values))
            seals.chain(connection, row.id, seals.Sealed(str(values["seal"]), row.came_on, row.stored_at, None))


@pytest.fixture
def older(tmp_path: Path) -> Archive:
    """Three letters as an earlier version left them."""
    archive = open_archive(tmp_path / "archive")
    body = "Điều 2. Sở Y tế chịu trách nhiệm thi hành Quyết định này."
    hand_in(archive, *(write(tmp_path / "in", f"{n}.pdf", sheet(f"{n}/QĐ-UBND", cites=[cite("9/QĐ-TTg")], body=body)) for n in (1, 2, 3)))
    as_of_before(archive)
    return archive


def test_a_stop_between_two_transactions_loses_nothing(older: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_forms, "_BATCH", 1)
    made, today = [], record_forms._today

    def stopped(row: object) -> object:
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(row)
        return today(row)

    with monkeypatch.context() as patch:
        patch.setattr(record_forms, "_today", stopped)
        with pytest.raises(KeyboardInterrupt):
            record_forms.bring_up(older.engine)
    assert lacking(older) == 2  # the third letter's record and reading
    assert verify(older.engine, older.root).faults == []
    assert record_forms.bring_up(older.engine) == 1
    assert lacking(older) == 0 and verify(older.engine, older.root).faults == []


def test_what_was_altered_is_not_sealed_anew(older: Archive) -> None:
    first = older.find("1/QĐ-UBND")[0].id
    with writing(older.engine) as connection:
        row = connection.execute(select(table.c.no, table.c.parsed).where(table.c.id == first)).one()
        forged = row.parsed.replace("1/QĐ-UBND", "7/QĐ-UBND")
        connection.execute(update(table).where(table.c.no == row.no).values(parsed=forged))
    assert record_forms.bring_up(older.engine) == 2
    found = verify(older.engine, older.root).faults
    assert {(one.cause, one.what) for one in found} == {(Cause.RECORD, first)}


def test_what_is_written_today_is_of_todays_form(older: Archive) -> None:
    older.correct(older.find("1/QĐ-UBND")[0].id, "subject", "kế hoạch", "Lan")
    with reading(older.engine) as connection:
        assert record_forms.older(connection) == 2
    assert lacking(older) == 4
