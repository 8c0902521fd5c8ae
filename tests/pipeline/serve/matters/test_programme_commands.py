"""The command programme: by number, short name and words; JSON and a workbook; and words that nothing bears."""

from __future__ import annotations

import json
from pathlib import Path

from tests.pipeline.serve.conftest import Type
from tests.pipeline.serve.test_trace_commands import sheets


def test_a_programme_by_its_short_name(congvan: Type, tmp_path: Path) -> None:
    said = congvan("programme", "Chương", "trình", "1322", "--as-of", "01/06/2021")
    assert said.code == 0
    shown = " ".join(said.out.replace("│", " ").split())
    assert "Chương trình 1322/QĐ-TTg · 31/08/2020 · Thủ tướng Chính phủ: " in shown
    assert "Tên gọi khác: Chương trình 1322" in shown
    assert "hướng dẫn thực hiện" in shown and "“Ngày 31 tháng 8 năm 2020, Thủ tướng Chính phủ đã ban hành Quyết định số" in shown
    (one,) = json.loads(congvan("programme", "1322 qd ttg", "--as-of", "01/06/2021", "--json").out)["programmes"]
    numbers = [member["letter"]["number"] for member in one["members"]]
    assert numbers[0] == "1322/QĐ-TTg" and {"334/BKHCN-TĐC", "1002/UBND-VX"} <= set(numbers)
    target = tmp_path / "chuong-trinh.xlsx"
    assert congvan("programme", "1322/QĐ-TTg", "--format", "xlsx", "-o", str(target)).code == 0
    book = sheets(target)
    assert {row["Vì sao thuộc chương trình"] for row in book["Chương trình"]} >= {"hướng dẫn thực hiện", "thực hiện"}


def test_words_that_nothing_bears(congvan: Type) -> None:
    assert congvan("programme", "chương trình không có thật").code == 3
