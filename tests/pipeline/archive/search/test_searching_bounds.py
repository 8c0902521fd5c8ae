"""Words that too many letters hold are not ranked: the newest stored come first."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from pipeline.archive import open_archive
from pipeline.archive.search import searching, word_index
from pipeline.archive.tables.database import reading, writing
from tests.pipeline.archive.invented import NGHE_AN, hand_in, sheet, write


def test_words_that_more_letters_hold_than_are_ranked_give_the_newest_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bodies = ["năng suất năng suất năng suất", "năng suất chất lượng", "một việc khác, có năng suất và nhiều lời hơn thế nữa"]
    files = [write(tmp_path / "in", f"{n}.txt", sheet(f"{n}/UBND-VX", NGHE_AN, subject="x", body=body)) for n, body in enumerate(bodies, 1)]
    with open_archive(tmp_path / "archive") as archive:
        hand_in(archive, *files)
        ranked = [hit.letter.header.number for hit in archive.search("năng suất")]
        assert ranked[0] == "1/UBND-VX" and len(ranked) == 3
        monkeypatch.setattr(searching, "RANKED", 2)
        newest = archive.search("năng suất")
        assert [(hit.letter.header.number, hit.score) for hit in newest] == [(f"{n}/UBND-VX", 0.0) for n in (3, 2, 1)]
        # two letters hold these words: they are ranked
        assert archive.search("chất lượng")[0].score > 0


def test_the_index_is_checked_some_words_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [write(tmp_path / "in", f"{n}.txt", sheet(f"{n}/UBND-VX", NGHE_AN, body=f"việc thứ {n} và chất lượng")) for n in range(1, 6)]
    with open_archive(tmp_path / "archive") as archive:
        hand_in(archive, *files)
        monkeypatch.setattr(word_index, "_AT_ONCE", 7)
        with reading(archive.engine) as connection:
            stretches = list(word_index._stretches(_looked_at(connection)))
            assert len(stretches) > 5 and stretches == sorted(stretches) and all(first <= last for first, last in stretches)
            assert list(word_index.differences(connection)) == []
        with writing(archive.engine) as connection:
            connection.execute(text("UPDATE words SET folded = 'khac' WHERE rowid = 2"))
        with reading(archive.engine) as connection:
            assert len(list(word_index.differences(connection))) == 1


def _looked_at(connection: Connection) -> Connection:
    word_index._sums(connection)
    return connection
