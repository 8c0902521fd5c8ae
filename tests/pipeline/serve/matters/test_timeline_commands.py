"""The command timeline: by day, with roles and sentences; JSON and a workbook."""

from __future__ import annotations

import json
from pathlib import Path

from tests.pipeline.serve.conftest import Type
from tests.pipeline.serve.test_trace_commands import sheets


def test_the_course_of_a_directive_that_is_only_cited(congvan: Type, tmp_path: Path) -> None:
    said = congvan("timeline", "36 qd ttg", "--as-of", "01/06/2021")
    assert said.code == 0
    shown = " ".join(said.out.replace("│", " ").split())
    assert "11/01/2021 văn bản chỉ đạo · 36/QĐ-TTg" in shown
    assert "12/04/2021 kế hoạch, quyết định thực hiện · 95/KH-UBND" in shown and "“Thực hiện Quyết định số 36/QĐ-TTg" in shown
    (one,) = json.loads(congvan("timeline", "36/QĐ-TTg", "--as-of", "01/06/2021", "--json").out)["timelines"]
    days = [step["letter"]["date"] for step in one["steps"]]
    assert days == sorted(days) and one["steps"][0]["role"] == "directive"
    by_number = {step["letter"]["number"]: step for step in one["steps"]}
    assert by_number["1002/UBND-VX"]["role"] == "assignment" and by_number["1002/UBND-VX"]["about"] == "332/BKHCN-TĐC"
    target = tmp_path / "dien-bien.xlsx"
    assert congvan("timeline", "36/QĐ-TTg", "--format", "xlsx", "-o", str(target)).code == 0
    book = sheets(target)
    assert list(book) == ["Diễn biến", "Trả lời đôn đốc"]
    assert {row["Số, ký hiệu"]: row["Vai trò"] for row in book["Diễn biến"]}["95/KH-UBND"] == "kế hoạch, quyết định thực hiện"


def test_a_number_that_nobody_knows(congvan: Type) -> None:
    assert congvan("timeline", "99/QĐ-XYZ").code == 3
