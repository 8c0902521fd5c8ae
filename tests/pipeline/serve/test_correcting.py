"""`congvan correct`: what a person put right is kept with who did it, and taken back whole, a mark of secrecy too."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.pipeline.serve.conftest import SAMPLES, Type


@pytest.mark.usefixtures("empty")
def test_a_correction_is_kept_with_who_made_it(congvan: Type) -> None:
    assert congvan("ingest", str(SAMPLES / "invented-telegram.pdf")).code == 0
    (hit,) = json.loads(congvan("search", "907", "--json").out)
    id = hit["letter"]["id"]
    assert congvan("correct", id, "place", "Huế", "--who", "Lan").code == 0
    assert congvan("correct", id, "copies", '["Như trên", "Lưu: VT"]', "--who", "Lan").code == 0
    header = json.loads(congvan("show", id, "--json").out)["header"]
    assert (header["place"], header["copies"]) == ("Huế", ["Như trên", "Lưu: VT"])
    assert congvan("correct", id, "place", "--undo", "--who", "Lan").code == 0
    assert json.loads(congvan("show", id, "--json").out)["header"]["place"] != "Huế"
    assert congvan("correct", id, "place", "--undo").code == 62
    assert congvan("correct", id, "place").code == congvan("correct", id, "place", "Vinh", "--undo").code == 2
    assert congvan("correct", id, "colour", "red").code == 58


@pytest.mark.usefixtures("empty")
def test_a_mark_of_secrecy_set_by_a_slip_is_taken_back_whole(congvan: Type, tmp_path: Path) -> None:
    assert congvan("ingest", str(SAMPLES / "invented-telegram.pdf")).code == 0
    (hit,) = json.loads(congvan("search", "907", "--json").out)
    id, subject = hit["letter"]["id"], hit["letter"]["header"]["subject"]
    assert congvan("backup", str(tmp_path / "hom-qua.tar")).code == 0
    with closing(sqlite3.connect(tmp_path / "own" / "archive.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM letters").fetchone()
        said = congvan("correct", id, "secrecy", "MẬT", "--who", "Lan")
        assert said.code == 0 and "Chưa xóa hết" in said.out and "hom-qua.tar" in said.out
        assert congvan("verify").code == 44
    assert json.loads(congvan("show", id, "--json").out)["header"]["subject"] is None
    assert "đọc lại" in congvan("correct", id, "secrecy", "--undo", "--who", "Lan").out
    assert json.loads(congvan("show", id, "--json").out)["header"]["subject"] == subject
