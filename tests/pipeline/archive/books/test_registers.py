"""The registers of Decree 30/2020: who is in which book, arrival numbers, follow-up, and files that no formula gets out of."""

from __future__ import annotations

import csv
from datetime import date as Date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from pipeline.archive.books.registers import columns
from pipeline.archive.exports.spreadsheets import write_csv, write_xlsx
from pipeline.office import Office, open_office
from tests.pipeline.archive.invented import HA_TINH, MINISTRY, NGHE_AN, cite, hand_in, sheet, write


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(tmp_path / "archive")


def put(office: Office, folder: Path, *sheets: str) -> None:
    hand_in(office.archive, *(write(folder / "in", f"{n:03}-{abs(hash(text))}.pdf", text) for n, text in enumerate(sheets)))


def test_the_columns_are_those_of_the_decree() -> None:
    assert list(columns("incoming").values()) == [
        "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản",
        "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
    ]  # fmt: skip
    assert (len(columns("outgoing")), len(columns("follow-up"))) == (10, 7)


def test_what_the_office_issued_is_outgoing_all_else_incoming(office: Office, tmp_path: Path) -> None:
    put(office, tmp_path, sheet("1/UBND-VX"), sheet("2/UBND-VX", HA_TINH), sheet("3/BKHCN-TĐC", MINISTRY))
    assert (len(office.register("incoming")), len(office.register("outgoing"))) == (3, 0)
    office.office = "UBND tỉnh Nghệ An"
    assert list(office.register("outgoing")["Số, ký hiệu văn bản"]) == ["1/UBND-VX"]
    assert list(office.register("incoming")["Số, ký hiệu văn bản"]) == ["2/UBND-VX", "3/BKHCN-TĐC"]
    office.office = HA_TINH
    assert list(office.register("outgoing")["Số, ký hiệu văn bản"]) == ["2/UBND-VX"]
    assert sorted(office.register("incoming")["Số, ký hiệu văn bản"]) == ["1/UBND-VX", "3/BKHCN-TĐC"]
    with pytest.raises(ValueError):
        office.register("sổ khác")  # type: ignore[arg-type]


def test_a_clerk_corrects_an_arrival_number(office: Office, tmp_path: Path) -> None:
    put(office, tmp_path, sheet("1/UBND-VX", HA_TINH), sheet("2/UBND-VX", HA_TINH))
    id = office.letter("1")[0].id
    office.correct(id, "arrival.number", "77", "văn thư")
    office.correct(id, "handed_to", "Phòng Văn xã", "văn thư")
    office.correct(id, "note", "bản fax", "văn thư")
    line = office.register("incoming").loc[id]
    assert (line["Số đến"], line["Đơn vị hoặc người nhận"], line["Ghi chú"]) == ("77", "Phòng Văn xã", "bản fax")
    assert office.letter(id)[0].header.arrival is not None
    # a clerk's column is no field of the sheet
    assert "handed_to" not in office.letter(id)[0].record()["header"]


def test_another_copy_is_no_second_line(office: Office, tmp_path: Path) -> None:
    body = "nội dung của một công văn được quét hai lần ở hai máy khác nhau trong cùng một ngày"
    put(
        office,
        tmp_path,
        sheet("1/UBND-VX", HA_TINH, body=body),
        sheet("1/UBND-VX", HA_TINH, body=body + " vân vân"),
        sheet("2/UBND-VX", HA_TINH),
    )
    assert [letter.copy_of is None for letter in office.archive.letters()].count(False) == 1
    book = office.register("incoming")
    assert list(book["Số, ký hiệu văn bản"]) == ["1/UBND-VX", "2/UBND-VX"]


def test_follow_up_shows_deadline_progress_and_answer(office: Office, tmp_path: Path) -> None:
    office.office = NGHE_AN
    asks: dict[str, Any] = {"deadlines": [{"date": "2021-04-15", "what": "gửi kế hoạch"}]}
    put(
        office, tmp_path,
        sheet("332/BKHCN-TĐC", MINISTRY, "2021-02-23", **asks), sheet("333/BKHCN-TĐC", MINISTRY, "2021-02-24", **asks),
        sheet("334/BKHCN-TĐC", MINISTRY, "2021-02-25", **asks), sheet("335/BKHCN-TĐC", MINISTRY, "2021-02-26"),
        sheet("1002/UBND-VX", cites=[cite("332/BKHCN-TĐC", "2021-02-23", MINISTRY)],
              assignments=[{"to": "Sở Khoa học và Công nghệ", "role": "chủ trì"}, {"to": "Sở Tài chính", "role": "phối hợp"}]),
        sheet("50/BC-UBND", NGHE_AN, "2021-05-03", doc_type="BC", cites=[cite("333/BKHCN-TĐC", "2021-02-24", MINISTRY, "responds_to")]),
        sheet("9/UBND-VX", HA_TINH, cites=[cite("334/BKHCN-TĐC", "2021-02-25", MINISTRY, "responds_to")]),
    )  # fmt: skip
    book = office.register("follow-up", today=Date(2021, 4, 20))
    lines = {line.iloc[1].split()[3]: line for _, line in book.iterrows()}
    first, second, third, fourth = (lines[f"{n}/BKHCN-TĐC"] for n in (332, 333, 334, 335))
    assert first["Đơn vị hoặc người nhận"] == "Sở Khoa học và Công nghệ"
    assert first["Thời hạn giải quyết"] == Date(2021, 4, 15)
    assert first["Tiến độ giải quyết"] == "Đang giải quyết: 1002/UBND-VX ngày 07/3/2021; quá hạn từ 15/4/2021"
    assert (second["Số, ký hiệu văn bản trả lời"], second["Tiến độ giải quyết"]) == ("50/BC-UBND", "Đã trả lời ngày 03/5/2021 (sau hạn)")
    assert third["Tiến độ giải quyết"] == "Chưa thấy văn bản giải quyết trong kho; quá hạn từ 15/4/2021"
    assert (fourth["Thời hạn giải quyết"], fourth["Tiến độ giải quyết"]) == ("", "Chưa thấy văn bản giải quyết trong kho")
    office.correct(book.index[0], "progress", "Đã xong", "văn thư")
    assert office.register("follow-up")["Tiến độ giải quyết"].iloc[0] == "Đã xong"


def test_outgoing_lines(office: Office, tmp_path: Path) -> None:
    office.office = NGHE_AN
    put(
        office, tmp_path,
        sheet("12/QĐ-UBND", day="2021-02-01", subject="ban hành Quy chế", doc_type="QĐ", signer={"name": "Lê Văn Hai"},
              copies=["Như trên", "Bộ KHCN", "Lưu: VT-UB"], recipients=[]),
        sheet("2/UBND-VX", day="2021-02-01", recipients=["Sở Y tế"], copies=["Như trên"]),
    )  # fmt: skip
    first, second = office.register("outgoing", since=Date(2021, 1, 1), until=Date(2021, 12, 31)).to_dict("records")
    assert (first["Số, ký hiệu văn bản"], first["Nơi nhận văn bản"]) == ("2/UBND-VX", "Sở Y tế")
    assert second["Tên loại và trích yếu nội dung văn bản"] == "Quyết định ban hành Quy chế"
    assert (second["Người ký"], second["Nơi nhận văn bản"], second["Đơn vị, người nhận bản lưu"]) == ("Lê Văn Hai", "Bộ KHCN", "VT-UB")


FORMULAS = ['=HYPERLINK("http://x","y")', "+1+1", "-2", "@SUM(A1)", "\t=1", " =1+1", "=cmd|' /C calc'!A0"]


def test_no_formula_gets_into_a_workbook(tmp_path: Path) -> None:
    frame = pd.DataFrame({"=a": [*FORMULAS, "bình thường\x0b", Date(2021, 3, 7), ""]})
    write_xlsx(frame, tmp_path / "a.xlsx", "Sổ/đến [2021]")
    cells = [row[0] for row in openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows()]
    assert [cell.data_type for cell in cells[:9]] == ["s"] * 9
    assert [cell.value for cell in cells[1:8]] == FORMULAS
    assert cells[8].value == "bình thường"
    assert cells[9].is_date


def test_no_formula_gets_into_a_csv(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("w", newline="", encoding="utf-8-sig") as out:
        write_csv(pd.DataFrame({"a": [*FORMULAS, "thường", Date(2021, 3, 7)]}), out)
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8-sig") as file:
        found = [row[0] for row in csv.reader(file)][1:]
    assert found == ["'" + formula.replace("\t", " ") for formula in FORMULAS] + ["thường", "07/03/2021"]
