"""`congvan trace --units`: the tasks of the office's own province, as a tree, JSON, lines and a workbook."""

from __future__ import annotations

import json
from pathlib import Path

from tests.pipeline.serve.conftest import Type
from tests.pipeline.serve.test_trace_commands import sheets

SO = "Sở Khoa học và Công nghệ tỉnh Nghệ An"


def test_of_the_offices_own_province(congvan: Type, tmp_path: Path) -> None:
    said = congvan("trace", "--units", "--as-of", "01/06/2021")
    assert said.code == 0
    shown = " ".join(said.out.replace("│", " ").split())
    assert "Nghệ An: việc đã giao cho sở, ngành, huyện, xã" in shown
    assert f"{SO} chưa thấy trả lời · 1002/UBND-VX" in shown and "“Giao Sở Khoa học và Công nghệ chủ trì" in shown
    answer = json.loads(congvan("trace", "--units", "--as-of", "01/06/2021", "--json").out)
    assert answer["province"] == "Nghệ An"
    (task,) = [one for one in answer["tasks"] if one["given_by"]["number"] == "1002/UBND-VX" and one["role"] == "chủ trì"]
    assert (task["unit"], task["state"], task["due"]) == (SO, "open", None)
    lines = congvan("trace", "--units", "--as-of", "01/06/2021", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == answer["tasks"]
    target = tmp_path / "don-vi.xlsx"
    assert congvan("trace", "--units", "--format", "xlsx", "-o", str(target)).code == 0
    assert SO in {row["Đơn vị được giao"] for row in sheets(target)["Đơn vị"]}


def test_a_province_that_is_none_and_a_number_beside_it(congvan: Type) -> None:
    assert congvan("trace", "--units", "--province", "Xứ Khác").code == 54
    assert congvan("trace", "36/QĐ-TTg", "--units").code == 2
    assert "Phú Thọ" in congvan("trace", "--units", "--province", "phu tho").out
