"""The commands trace and close: by directive, by province, all; as a table, a workbook, JSON."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.pipeline.serve.conftest import SAMPLES, Type


@pytest.fixture
def own(congvan: Type, known: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of its own with the seed, so that a word said here is heard in no other test."""
    monkeypatch.setenv("CONGVAN_ARCHIVE", str(tmp_path / "own"))
    assert congvan("ingest", str(SAMPLES / "seed-digital.pdf")).code == 0


@pytest.mark.usefixtures("own")
def test_a_matter_is_closed_and_opened_again(congvan: Type) -> None:
    def standing(province: str) -> str:
        (one,) = json.loads(congvan("trace", "334/BKHCN-TĐC", "--province", province, "--json").out)["traces"]
        return str(one["standing"])

    assert standing("Thanh Hóa") == "ADDRESSED"
    said = congvan("close", "334 bkhcn tdc", "--province", "thanh hoa", "--by", "Lê Lan", "--date", "02/05/2021", "--note", "đã họp")
    assert said.code == 0
    assert "Thanh Hóa" in said.out and "02/05/2021" in said.out and "Lê Lan" in said.out
    assert standing("Thanh Hóa") == "CLOSED"
    shown = " ".join(congvan("trace", "334/BKHCN-TĐC", "--province", "Thanh Hóa").out.split())
    assert "Đã kết thúc" in shown and "kết thúc 02/05/2021, theo Lê Lan (đã họp)" in shown
    assert congvan("close", "334/BKHCN-TĐC", "--province", "Thanh Hóa", "--by", "Lê Lan", "--undo").code == 0
    assert standing("Thanh Hóa") == "ADDRESSED"
    assert congvan("close", "334/BKHCN-TĐC", "--province", "Thanh Hóa", "--undo").code == 53
    assert congvan("close", "334/BKHCN-TĐC", "--province", "Xứ Khác").code == 54
    assert congvan("close", "77/QĐ-XYZ", "--province", "Thanh Hóa").code == 3


def sheets(path: Path) -> dict[str, list[dict[str, object]]]:
    """Each sheet's rows by its title, cells by their column."""
    found = {}
    for sheet in openpyxl.load_workbook(path):
        head, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    return found


def test_all_as_a_workbook(congvan: Type, tmp_path: Path) -> None:
    target = tmp_path / "báo cáo.xlsx"
    assert congvan("trace", "--all", "--as-of", "01/06/2021", "--format", "xlsx", "-o", str(target)).code == 0
    book = sheets(target)
    assert list(book) == ["Theo tỉnh", "Theo chỉ đạo", "Tình trạng", "Giao việc"]
    first = book["Theo tỉnh"][0]
    assert next(iter(first)) == "Tỉnh, thành phố (tính đến 01/06/2021)"
    assert list(first)[1:] == [
        "Hoàn thành, trong hạn", "Hoàn thành, quá hạn", "Chưa thấy hoàn thành, trong hạn", "Chưa thấy hoàn thành, quá hạn", "Hết hiệu lực",
        "Số chưa thấy mà kho chưa có bằng chứng",
    ]  # fmt: skip
    lines = congvan("trace", "--all", "--as-of", "01/06/2021", "--format", "jsonl").out.splitlines()
    *rows, total = book["Theo tỉnh"]
    cells = list(first)[1:6]
    assert sum(int(str(total[cell])) for cell in cells) == len(lines)
    assert all(sum(int(str(row[cell])) for row in rows) == total[cell] for cell in cells)
    proof = [row for row in book["Tình trạng"] if row["Tỉnh, thành phố"] == "Nghệ An" and row["Văn bản chỉ đạo"] == "36/QĐ-TTg"]
    assert [row["Văn bản thực hiện"] for row in proof] == ["1002/UBND-VX"]
    assert "tại các văn bản nêu trên" in str(proof[0]["Câu làm bằng chứng"])
    assert str(proof[0]["Đường dẫn chiếu"]).split("\n")[0].endswith("332/BKHCN-TĐC")
    given = [row for row in book["Giao việc"] if row["Văn bản thực hiện"] == "1002/UBND-VX"]
    assert "Sở Khoa học và Công nghệ tỉnh Nghệ An" in {row["Giao cho"] for row in given}


def test_one_directive_and_one_province_as_a_workbook(congvan: Type, tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    assert congvan("trace", "36/QĐ-TTg", "--format", "xlsx", "-o", str(target)).code == 0
    assert {row["Văn bản chỉ đạo"] for row in sheets(target)["Tình trạng"]} == {"36/QĐ-TTg"}
    assert congvan("trace", "--province", "Quảng Ngãi", "--format", "xlsx", "-o", str(target), "--lang", "en").code == 0
    book = sheets(target)
    assert list(book) == ["By province", "By instruction", "Standings", "Assignments"]
    assert {row["Province"] for row in book["Standings"]} == {"Quảng Ngãi"}


def test_the_report_is_in_the_json_and_on_the_screen(congvan: Type) -> None:
    said = json.loads(congvan("trace", "--all", "--format", "json").out)
    for rows, names in (
        (said["by_province"], {one["province"] for one in said["traces"]}),
        (said["by_instruction"], {one["instruction"]["number"] for one in said["traces"]}),
    ):
        assert {row["name"].split(" (")[0] for row in rows[:-1]} == names
        cells = ("done_in_time", "done_late", "open_in_time", "open_late", "void")
        assert sum(rows[-1][cell] for cell in cells) == len(said["traces"])
    shown = " ".join(congvan("trace", "--all").out.split())
    assert "Tổng hợp theo chỉ đạo" in shown and "Tổng hợp theo tỉnh" in shown
    assert "kho chưa có bằng chứng" in shown
    assert "chưa thực hiện" not in shown.lower()


def test_what_is_written_to_a_file_is_not_shown(congvan: Type, tmp_path: Path) -> None:
    target = tmp_path / "a.jsonl"
    said = congvan("trace", "--all", "--format", "jsonl", "-o", str(target))
    assert said.out == ""
    assert all(json.loads(line)["standing"] for line in target.read_text(encoding="utf-8").splitlines())


@pytest.mark.usefixtures("own")
def test_a_departments_letter_is_shown_apart_and_does_not_count(congvan: Type, tmp_path: Path) -> None:
    assert congvan("ingest", str(SAMPLES / "invented-department-turned.pdf")).code == 0
    (one,) = json.loads(congvan("trace", "1002/UBND-VX", "--province", "Nghệ An", "--json").out)["traces"]
    assert [action["number"] for action in one["departments"]] == ["415/SKHCN-TĐC"]
    assert "415/SKHCN-TĐC" not in {action["number"] for action in one["actions"]}
    shown = " ".join(congvan("trace", "332/BKHCN-TĐC", "--province", "Nghệ An").out.split())
    assert "Sở Khoa học và Công nghệ tỉnh Nghệ An (sở, ngành: không tính cho tỉnh)" in shown
    target = tmp_path / "a.xlsx"
    assert congvan("trace", "332/BKHCN-TĐC", "--province", "Nghệ An", "--format", "xlsx", "-o", str(target)).code == 0
    counts = {row["Văn bản thực hiện"]: row["Tính cho tỉnh"] for row in sheets(target)["Tình trạng"]}
    assert counts == {"1002/UBND-VX": "có", "415/SKHCN-TĐC": "không (sở, ngành)"}


@pytest.mark.usefixtures("known")
def test_a_province_without_its_committees_letter_has_not_acted_by_its_department(congvan: Type, tmp_path: Path) -> None:
    """The department's letter alone: its committee's is not held here."""
    alone = str(tmp_path / "alone")
    assert congvan("ingest", str(SAMPLES / "invented-department-turned.pdf"), "--archive", alone).code == 0
    for line in congvan("trace", "--all", "--format", "jsonl", "--archive", alone).out.splitlines():
        assert not json.loads(line)["acted"]


NEVER = ("chưa thực hiện", "không thực hiện", "not acted", "has not")


@pytest.mark.parametrize("asked", [["36/QĐ-TTg"], ["--province", "Thanh Hóa"], ["--all"]])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_evidence_is_never_called_not_acting_in_any_form(congvan: Type, tmp_path: Path, asked: list[str], lang: str) -> None:
    target = tmp_path / "a.xlsx"
    assert congvan("trace", *asked, "--format", "xlsx", "-o", str(target), "--lang", lang).code == 0
    cells = [str(cell) for rows in sheets(target).values() for row in rows for cell in (*row, *row.values())]
    shown = congvan("trace", *asked, "--lang", lang).out
    said = " ".join([*cells, *shown.split(), congvan("trace", *asked, "--format", "json", "--lang", lang).out]).lower()
    assert [words for words in NEVER if words in said] == []
    told = "kho chưa có bằng chứng" if lang == "vi" else "no evidence"
    assert told in " ".join(cells).lower()
