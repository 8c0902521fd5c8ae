"""The numbers that an issuer gave twice in a year stand in a table that says what all letters say, after whatever was written."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import delete

from models.letter import Letter
from pipeline.archive import Archive, open_archive
from pipeline.archive.books.same_number import same_numbers
from pipeline.archive.graph import given_twice
from pipeline.archive.graph.relinking import FILL_ALL, replace
from pipeline.archive.tables import schema
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.letter_store import LetterStore
from tests.pipeline.link.by_hand import letter

NGHE_AN, HA_TINH = "Ủy ban nhân dân tỉnh Nghệ An", "Ủy ban nhân dân tỉnh Hà Tĩnh"


def decision(name: str, day: str, issuer: str = NGHE_AN) -> Letter:
    return letter(name, "87/QĐ-UBND", day, issuer, doc_type="QĐ", subject=f"về việc {name}", text=f"Điều 1. Nay quyết định {name}.")


def put(archive: Archive, *letters: Letter, of: Letter | None = None) -> None:
    for one in letters or (of,):
        assert one is not None
        with writing(archive.engine) as connection:
            replace(LetterStore(connection), archive.linker, one.source.sha256, letters, letters, row=None, quarantined=False)


def told(archive: Archive) -> list[set[str]]:
    with reading(archive.engine) as connection:
        return sorted((set(one.letters) for one in same_numbers(connection)), key=sorted)


def test_each_write_tells_anew_of_the_numbers_that_it_touches(tmp_path: Path) -> None:
    road, school, other = decision("đường", "2021-03-07"), decision("trường", "2021-11-30"), decision("chợ", "2021-05-05", HA_TINH)
    with open_archive(tmp_path / "a") as archive:
        archive.tidy()
        assert archive.setting(FILL_ALL) is None  # from here on the table alone is asked
        for one in (road, other):
            put(archive, one)
        assert told(archive) == []
        put(archive, school)
        assert told(archive) == [{road.id, school.id}]
        moved = school.model_copy(update={"header": school.header.model_copy(update={"issuer": HA_TINH})})
        put(archive, moved)
        assert told(archive) == [{other.id, school.id}]
        put(archive, of=other)  # its file holds no letter any more
        assert told(archive) == []
        put(archive, school)
        assert told(archive) == [{road.id, school.id}]


def test_an_archive_of_before_is_asked_itself_until_its_table_is_filled(tmp_path: Path) -> None:
    road, school = decision("đường", "2021-03-07"), decision("trường", "2021-11-30")
    with open_archive(tmp_path / "a") as archive:
        put(archive, road)
        put(archive, school)
        with writing(archive.engine) as connection:
            connection.execute(delete(schema.same_numbers))
        archive.set(FILL_ALL, "1")
        assert told(archive) == [{road.id, school.id}]
        archive.tidy()
        assert archive.setting(FILL_ALL) is None and told(archive) == [{road.id, school.id}]
        given_twice.fill(archive.engine)
        assert told(archive) == [{road.id, school.id}]
