"""Steps are frozen once they have landed, and a small archive of every form that a step ever made opens, answers and is whole."""

from __future__ import annotations

import ast
import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

import pipeline
from models.letter import Letter
from models.reference import Polarity, Relation
from models.trace import Standing
from pipeline.archive.safety.verification import verify
from pipeline.archive.tables import migrations, schema
from pipeline.archive.tables.database import HEAD, open_database, reading
from pipeline.archive.tables.letter_rows import weight
from tests.pipeline.archive.invented import NGHE_AN
from tests.pipeline.archive.tables.dumps import STEPS, laid_out

VERSIONS = Path(migrations.__file__).parent / "versions"
# SHA-256 of every step that has landed. A new step adds its line here and its archive to steps/; no line is ever changed.
LANDED = {
    "0001_first_tables.py": "68b2284a6297c6041458afdcf6e654ade75c02261ae5abd1dea13adff674b7a7",
    "0002_numbers_by_day.py": "6dad8dc53eb93894ddc53742031bd61e02505d58d140ca36186183a6d59e2df8",
    "0003_history_and_case_files.py": "9da289a61f3aa6906856606e6be2929648033dbeb04a331e98fd8ddb13e8c586",
    "0004_what_a_screen_asks.py": "5e7db3681ecfa1a33bdfcf97e152e884893b575eee4202998068dce55874ad75",
    "0005_one_form.py": "6e991e00c7cbc5b1fc5f3ba7ee6f2353a5efcebbd93529335e869ba12379641a",
    "0006_inferred_numbers.py": "f339f07dbaa5060ec60b58c4e1363e014cf9179195c732888619596b33dc9209",
    "0007_readings_and_checks.py": "af5ec238df14ec2a7aaef0695b93174147ed7c5be9ac24d3ad12f75c1b42681a",
    "0008_known.py": "7981559311a85e511254bca3e0dbd608efac6a079f497a41f576cddff9d7e36c",
    "0009_files_told_apart.py": "fe63b964244dec8ec614b6dc7b4c049ee3781fa5a15f87ad04d033df33192153",
    "0010_citations_asked.py": "ab677d39c46efec75c5cdef36035928403698eb7a13131ebd4fcd17688d611c1",
    "0011_numbers_by_clerks.py": "8540b122cc6798dc2d279b7887f5086f67bbff27dc5da2c79a8dc59f976be434",
    "0012_as_it_grows.py": "a89b668dc8b9280977db7ab33b67ad45f8fc97bc1da99b1a8b2385071e54c719",
    "0013_what_a_trace_asks.py": "df42cd28f641f9fcb075bad96043639a1bbf7d7c0059eabf8cf250b2cbf08e6e",
    "0014_kept_answers.py": "1a08dce9ae5e74fe4c5f5044011b49820f101ac0cead92b6039d5aa2d251e9b3",
}
ARCHIVES = sorted(path.stem for path in STEPS.glob("*.sql"))
DAY = date(2022, 1, 1)


def test_no_step_is_changed_after_it_has_landed() -> None:
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VERSIONS.glob("0*.py")}
    assert there == LANDED


@pytest.mark.parametrize("step", sorted(LANDED))
def test_a_step_knows_nothing_of_ours_that_may_change(step: str) -> None:
    found = ast.walk(ast.parse((VERSIONS / step).read_text(encoding="utf-8")))
    named = {node.module or "" for node in found if isinstance(node, ast.ImportFrom)}
    named |= {one.name for node in found if isinstance(node, ast.Import) for one in node.names}
    assert {name.split(".")[0] for name in named} & {"models", "rules", "pipeline"} == set()


def test_there_is_an_archive_of_each_step_and_none_is_large() -> None:
    steps = {script.revision for script in ScriptDirectory(str(VERSIONS.parent)).walk_revisions()}
    assert steps == {name[:4] for name in ARCHIVES} and HEAD in steps
    assert all((STEPS / f"{name}.sql").stat().st_size <= 50_000 for name in ARCHIVES)


@pytest.mark.parametrize("step", ARCHIVES)
def test_an_archive_of_any_form_opens_with_all_that_it_held(step: str, tmp_path: Path) -> None:
    laid_out(step, tmp_path / "a")
    with pipeline.open(tmp_path / "a") as office:
        with reading(office.archive.engine) as connection:
            seen = MigrationContext.configure(
                connection, opts={"include_name": lambda name, kind, _: kind != "table" or not name.startswith("words")}
            )
            assert compare_metadata(seen, schema.metadata) == []
        assert verify(office.archive.engine, office.where).faults == []
        # a secret letter's file kept its name until the last step
        letters = {"06.pdf" if one.header.secrecy else one.source.file: one for one in office.archive.letters(with_text=True)}
        assert sorted(letters) == [f"0{n}.pdf" for n in range(1, 8)]

        best = office.search("36 qd ttg")[0]
        assert (best.exact, best.letter.id) == (True, letters["01.pdf"].id)
        assert {hit.letter.source.file for hit in office.search("chat luong san pham")} == {"02.pdf", "07.pdf"}
        assert office.search("điều không được giữ") == []

        (plan,) = office.letter(letters["02.pdf"].id)
        assert "Hoà Bình" in plan.text[0] and plan.references[0].target == letters["01.pdf"].id
        assert {letters["02.pdf"].copy_of, letters["07.pdf"].copy_of} & {letters["02.pdf"].id, letters["07.pdf"].id}
        assert office.archive.original(plan.id).read_text(encoding="utf-8").startswith("{")  # type: ignore[union-attr]
        assert (letters["06.pdf"].header.subject, office.archive.original(letters["06.pdf"].id)) == (None, None)

        said = {(one.letter, one.field, one.new, one.who) for one in office.corrections()}
        assert said == {
            (letters["04.pdf"].id, "subject", "báo cáo kết quả thực hiện nhiệm vụ", "Lan"),
            (letters["01.pdf"].id, "progress", "Đã kết thúc ngày 30/06/2021", "Lan"),
        }
        assert letters["04.pdf"].header.subject == "báo cáo kết quả thực hiện nhiệm vụ"

        assert office.office == NGHE_AN
        assert set(office.register("incoming").index) == {letters["01.pdf"].id, letters["03.pdf"].id}
        assert len(office.register("outgoing")) == 4  # the plan once, though there are two copies
        assert list(office.register("secret").index) == [letters["06.pdf"].id]

        (answer,) = office.trace("36/QĐ-TTg", "Nghệ An", DAY)
        assert (answer.standing, answer.closed and answer.closed.on) == (Standing.CLOSED, date(2021, 6, 30))
        assert answer.letters in ((letters["02.pdf"].id,), (letters["07.pdf"].id,))


@pytest.mark.parametrize("step", ARCHIVES)
def test_before_the_next_ingest_link_settles_what_a_step_could_not(step: str, tmp_path: Path) -> None:
    """The first form of step 0001 did not keep what citing letters tell of an unread number."""
    laid_out(step, tmp_path / "a")
    with pipeline.open(tmp_path / "a") as office:
        office.archive.tidy()
        unread = next(letter.id for letter in office.archive.letters() if letter.source.file == "03.pdf")
        assert [hit.letter.id for hit in office.search("332/BKHCN-TĐC") if hit.exact] == [unread]
        (answer,) = office.trace("332/BKHCN-TĐC", "Nghệ An", DAY)
        assert answer.standing is Standing.REPORTED and len(answer.letters) == 2
        assert office.archive.setting("settle.all") is None
        assert verify(office.archive.engine, office.where).faults == []


def test_step_0010_finds_the_citations_that_a_person_must_say_of(tmp_path: Path) -> None:
    laid_out("0009", tmp_path / "a")
    with closing(sqlite3.connect(tmp_path / "a" / "archive.db")) as connection:
        rows = dict(connection.execute('SELECT id, record FROM letters WHERE record LIKE \'%"target":"%\'').fetchall())
        for said, (id, record) in enumerate(sorted(rows.items())):  # the first one is settled, the others are open
            held = json.loads(record)
            one = held["references"][0]
            one |= {"candidates": [one["target"]], "target": None, "settled": said == 0}
            connection.execute("UPDATE letters SET record = ? WHERE id = ?", (json.dumps(held, separators=(",", ":")), id))
        connection.commit()
    engine = open_database(tmp_path / "a")
    with reading(engine) as connection:
        asked = select(schema.letters.c.id, schema.citations.c.position).join_from(schema.letters, schema.citations)
        found = connection.execute(asked.where(schema.citations.c.asked)).all()
    assert len(rows) > 2 and sorted(found) == [(id, 0) for id in sorted(rows)[1:]]


def test_step_0013_weighs_citations_as_they_are_weighed_today(tmp_path: Path) -> None:
    laid_out("0012", tmp_path / "a")
    said = [
        {"relation": relation, "polarity": polarity, "agent": agent}
        for relation in get_args(Relation)
        for polarity in get_args(Polarity)
        for agent in ("self", "other")
    ]
    told = [
        {},
        {"instructs": True},
        {"instructs": False},
        {"reminders": [{"named": ["Sở Y tế"]}]},
        {"deadlines": [{"moved": "extended", "date": None}]},
    ]
    with closing(sqlite3.connect(tmp_path / "a" / "archive.db")) as connection:
        rows = dict(connection.execute("SELECT no, record FROM letters LIMIT ?", (len(told),)).fetchall())
        for (no, record), more in zip(rows.items(), told, strict=True):
            held = {**json.loads(record), "instructs": None, **more}
            held["references"] = [{"number": "1/QĐ-TTg", "id": f"r{at + 1}", **one} for at, one in enumerate(said)]
            connection.execute("UPDATE letters SET record = ? WHERE no = ?", (json.dumps(held), no))
            connection.execute("DELETE FROM citations WHERE no = ?", (no,))
            some = [(no, at, one["relation"]) for at, one in enumerate(said)]
            connection.executemany("INSERT INTO citations (no, position, relation) VALUES (?, ?, ?)", some)
        connection.commit()
    engine = open_database(tmp_path / "a")
    with reading(engine) as connection:
        for no in rows:
            record = connection.execute(select(schema.letters.c.record).where(schema.letters.c.no == no)).scalar_one()
            query = select(schema.citations.c.weight).where(schema.citations.c.no == no).order_by(schema.citations.c.position)
            letter = Letter.model_validate_json(record)
            assert list(connection.execute(query).scalars()) == [weight(letter, one) for one in letter.references]
