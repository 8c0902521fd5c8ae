"""The command cite: passages in, references out, a line each."""

from __future__ import annotations

import json
from pathlib import Path

from tests.pipeline.serve.conftest import Type

PASSAGE = {
    "id": "p1",
    "text": "Căn cứ Quyết định số 12/QĐ-UBND ngày 05 tháng 02 năm 2020 của UBND tỉnh;",
    "citing": {"issuer": "Ủy ban nhân dân tỉnh Nghệ An", "doc_type": "QĐ", "date": "2021-03-07", "colour": "red"},
    "origin": "invented",
}


def test_a_line_of_references_for_each_passage(congvan: Type, tmp_path: Path) -> None:
    lines = tmp_path / "in.jsonl"
    lines.write_text(json.dumps(PASSAGE, ensure_ascii=False) + "\n\n" + json.dumps({"id": "p2", "text": "Không có gì."}) + "\n", "utf-8")
    said = congvan("cite", str(lines))
    first, second = (json.loads(line) for line in said.out.splitlines())
    assert said.code == 0
    assert second == {"id": "p2", "references": []}
    (one,) = first["references"]
    assert first["id"] == "p1"
    assert (one["number"], one["date"], one["issuer"]) == ("12/QĐ-UBND", "2020-02-05", "Ủy ban nhân dân tỉnh Nghệ An")
    assert str(PASSAGE["text"])[one["start"] : one["end"]] == one["text"]


def test_a_line_that_is_no_passage_is_named(congvan: Type, tmp_path: Path) -> None:
    lines = tmp_path / "in.jsonl"
    lines.write_text(json.dumps({"id": "p2", "text": "Không."}) + '\n{"id": "p3"}\n', "utf-8")
    said = congvan("cite", str(lines))
    assert said.code == 61
    assert "Dòng 2" in said.err
