"""What letters say of a document's programme is a column: the same as their references say, filled also where a step added it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import update

from pipeline.archive import Archive, open_archive
from pipeline.archive.graph import words_of_programmes
from pipeline.archive.graph.relinking import replace
from pipeline.archive.graph.words_of_programmes import said_of
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.letter_store import LetterStore, citations
from tests.pipeline.link.by_hand import cites, letter

PM, NGHE_AN = "Thủ tướng Chính phủ", "Ủy ban nhân dân tỉnh Nghệ An"
PLAN = letter("plan", "1322/QĐ-TTg", "2020-08-31", PM, doc_type="QĐ")


def citing(name: str, day: str, words: str):
    text = "Quyết định số 1322/QĐ-TTg ngày 31/8/2020"
    return letter(
        name, f"{name}/UBND-VX", day, NGHE_AN, cites("1322/QĐ-TTg", "2020-08-31", PM, text=text, sentence=f"Căn cứ {text} {words}")
    )


def asked(archive: Archive) -> tuple[str, ...]:
    with reading(archive.engine) as connection:
        return said_of(connection, {PLAN.id: [PLAN.id]}, secret=True)[PLAN.id]


def test_the_words_come_by_the_letters_days_and_are_filled_where_they_lack(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a") as archive:
        for one in (citing("2", "2021-05-01", "về năng suất"), PLAN, citing("1", "2021-03-01", "về chất lượng; Căn cứ Luật")):
            with writing(archive.engine) as connection:
                replace(LetterStore(connection), archive.linker, one.source.sha256, [one], [one], row=None, quarantined=False)
        kept = asked(archive)
        assert [words.split("|")[1].strip() for words in kept] == ["VE CHAT LUONG", "VE NANG SUAT"]
        with writing(archive.engine) as connection:
            connection.execute(update(citations).values(said=None))
        assert asked(archive) == kept  # read where the column lacks it
        words_of_programmes.fill(archive.engine)
        with reading(archive.engine) as connection:
            assert None not in set(connection.execute(citations.select().with_only_columns(citations.c.said)).scalars())
        assert asked(archive) == kept
