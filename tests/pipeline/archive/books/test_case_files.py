"""Case files: the office's plan in whatever table it is kept, letters put in, and everything in the history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from pathlib import Path

import pytest
from openpyxl import Workbook

from pipeline.archive import NotHeld
from pipeline.archive.books.case_files import NoFile, SecretLetter
from pipeline.archive.books.file_plans import NotAPlan, read_plan, retention
from pipeline.archive.filing import Several
from pipeline.office import Office, open_office
from tests.pipeline.archive.invented import HA_TINH, MINISTRY, NGHE_AN, cite, hand_in, sheet, write

HEAD = ("Số và ký hiệu hồ sơ", "Tên đề mục và tiêu đề hồ sơ", "Thời hạn bảo quản", "Người lập hồ sơ", "Ghi chú")
ROWS = [
    ("", "DANH MỤC HỒ SƠ NĂM 2021", "", "", ""),
    HEAD,
    ("I", "TỔ CHỨC CÁN BỘ", "", "", ""),
    ("01.TCCB", "Hồ sơ tuyển dụng công chức", "Vĩnh viễn", "Lan", ""),
    ("02.TCCB", "Hồ sơ nâng bậc lương", "20", "Lan", "nhiều tập"),
    ("II", "KHOA HỌC", "", "", ""),
    ("01.KH", "Hồ sơ năng suất, chất lượng", "10 năm", "Minh", ""),
]


def tsv(path: Path, rows: list[tuple[str, ...]] = ROWS, sign: str = "\t", encoding: str = "utf-8") -> Path:
    path.write_text("\n".join(sign.join(row) for row in rows), encoding=encoding)
    return path


def xlsx(path: Path) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in ROWS:
        page.append([20 if cell == "20" else cell or None for cell in row])
    book.save(path)
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "archive") as desk:
        yield desk


@pytest.mark.parametrize("form", ["tsv", "csv", "csv-bom", "csv-semicolon", "utf-16", "xlsx"])
def test_a_plan_is_read_from_any_table(tmp_path: Path, form: str) -> None:
    path = tmp_path / "danh-muc"
    made = {
        "tsv": lambda: tsv(path),
        "csv": lambda: tsv(path, [tuple(f'"{cell}"' for cell in row) for row in ROWS], ","),
        "csv-bom": lambda: tsv(path, [tuple(f'"{cell}"' for cell in row) for row in ROWS], ",", "utf-8-sig"),
        "csv-semicolon": lambda: tsv(path, ROWS, ";"),
        "utf-16": lambda: tsv(path, ROWS, "\t", "utf-16"),
        "xlsx": lambda: xlsx(path),
    }
    plan = read_plan(made[form]())
    assert [(one.code, one.heading, one.retention, one.keeper) for one in plan.files] == [
        ("2021.01.TCCB", "TỔ CHỨC CÁN BỘ", "Vĩnh viễn", "Lan"), ("2021.02.TCCB", "TỔ CHỨC CÁN BỘ", "20 năm", "Lan"),
        ("2021.01.KH", "KHOA HỌC", "10 năm", "Minh"),
    ]  # fmt: skip
    assert plan.files[1].note == "nhiều tập" and plan.problems == []


def test_a_year_may_stand_in_a_column_or_be_told(tmp_path: Path) -> None:
    rows = [("Mã hồ sơ", "Tiêu đề hồ sơ", "Năm"), ("01.VT", "Một", "2020"), ("01.VT", "Hai", "2022"), ("02.VT", "Ba", "")]
    assert [one.code for one in read_plan(tsv(tmp_path / "a", rows)).files] == ["2020.01.VT", "2022.01.VT", "02.VT"]
    assert [one.code for one in read_plan(tsv(tmp_path / "a", rows), 2023).files] == ["2020.01.VT", "2022.01.VT", "2023.02.VT"]


def test_rows_that_are_no_file_are_told(tmp_path: Path) -> None:
    rows = [HEAD[:3], ("01.A", "Một", "5 năm"), ("01.A", "Lại một", "5 năm"), ("02.A", "", "5 năm"), ("", "", "")]
    plan = read_plan(tsv(tmp_path / "a", rows))
    assert [one.code for one in plan.files] == ["01.A"]
    assert [problem.row for problem in plan.problems] == [3, 4]


def test_a_bare_number_is_a_heading_only_where_files_say_how_long_they_are_kept(tmp_path: Path) -> None:
    rows = [HEAD[:3], ("1", "Tổng hợp", ""), ("1.1", "Hồ sơ họp", "5 năm"), ("Chung", "", "")]
    assert [(one.code, one.heading) for one in read_plan(tsv(tmp_path / "a", rows)).files] == [("1.1", "Tổng hợp")]
    assert [one.code for one in read_plan(tsv(tmp_path / "b", [HEAD[:2], ("1", "Tổng hợp"), ("1.1", "Hồ sơ họp")])).files] == ["1", "1.1"]


@pytest.mark.parametrize("content", [b"", b"a\tb\n1\t2", b"PK\x03\x04 no workbook", b"\xff\x00\xfe\x81\x82", "Tiêu đề hồ sơ\nx".encode()])
def test_what_is_no_plan_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(NotAPlan) as refused:
        read_plan(tmp_path / "a")
    assert refused.value.message("vi") != refused.value.message("en")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("vĩnh viễn", "Vĩnh viễn"),
        ("VV", "Vĩnh viễn"),
        ("05 năm", "5 năm"),
        ("70", "70 năm"),
        ("", None),
        ("đến khi hết hạn", "đến khi hết hạn"),
    ],
)
def test_how_long_a_file_is_kept_has_one_spelling(typed: str, kept: str | None) -> None:
    assert retention(typed) == kept


def test_a_plan_that_is_taken_over_again_changes_what_changed_and_takes_nothing_out(desk: Office, tmp_path: Path) -> None:
    first = desk.import_plan(tsv(tmp_path / "a"), who="Lan").done
    assert (len(first.added), first.changed, first.same, first.absent) == (3, [], [], [])
    assert desk.import_plan(tsv(tmp_path / "a"), who="Lan").done.same == first.added
    rows = [*ROWS[:3], ("01.TCCB", "Hồ sơ tuyển dụng", "Vĩnh viễn", "Lan", ""), ("09.TCCB", "Mới", "5 năm", "", "")]
    second = desk.import_plan(tsv(tmp_path / "a", rows), who="Minh").done
    assert (second.added, second.changed, second.absent) == (["2021.09.TCCB"], ["2021.01.TCCB"], ["2021.01.KH", "2021.02.TCCB"])
    assert len(desk.case_files()) == 4
    change = desk.history("2021.01.TCCB")[-1]
    assert (change.who, change.field, change.old, change.new) == ("Minh", "title", "Hồ sơ tuyển dụng công chức", "Hồ sơ tuyển dụng")


@pytest.fixture
def filled(desk: Office, tmp_path: Path) -> Office:
    """A ministry's letter of two pages, the province's that acts on it, another of that number, a secret one, a copy."""
    desk.office = NGHE_AN
    desk.import_plan(tsv(tmp_path / "plan"), who="Lan")
    asked = sheet("332/BKHCN-TĐC", MINISTRY, "2021-02-23", "báo cáo năng suất", recipients=[NGHE_AN, HA_TINH], body="đề nghị gửi kế hoạch")
    hand_in(
        desk.archive,
        write(tmp_path, "a.pdf", asked, "phụ lục"),
        write(tmp_path, "b.pdf", sheet("1002/UBND-VX", cites=[cite("332/BKHCN-TĐC", "2021-02-23", MINISTRY)], body="giao Sở KHCN")),
        write(tmp_path, "c.pdf", sheet("1002/UBND-VX", HA_TINH, "2021-05-05", "việc khác", body="không liên quan")),
        write(tmp_path, "d.pdf", sheet("5/UBND-NC", secrecy="MẬT")),
        write(tmp_path, "e.pdf", asked, "phụ lục", "trang trắng"),
    )
    return desk


def id_of(desk: Office, number: str, issuer: str) -> str:
    return next(one.id for one in desk.letter(number) if one.header.issuer == issuer and one.copy_of is None)


def test_letters_lie_in_one_file_in_their_order(filled: Office) -> None:
    answer = id_of(filled, "1002/UBND-VX", NGHE_AN)
    # two copies of one letter: its first record is meant
    assert filled.put("01.kh", ["332/BKHCN-TĐC", answer], who="Lan") == 2
    assert filled.put("01.KH", [answer], who="Lan") == 0
    one, letters = filled.case_file("2021.01.KH")
    assert [letter.header.number for letter in letters] == ["332/BKHCN-TĐC", "1002/UBND-VX"]
    assert (one.letters, one.begins, one.ends) == (2, Date(2021, 2, 23), Date(2021, 3, 7))
    assert one.pages == one.sheets == sum(letter.source.pages[1] for letter in letters)
    assert filled.set_file("01.KH", "sheets", "2", who="Lan").sheets == 2
    assert filled.put("02.TCCB", [answer], who="Minh") == 1
    assert [letter.file_code for letter in filled.letter(answer)] == ["2021.02.TCCB"]
    assert filled.put(None, [answer], who="Minh") == 1
    moves = [(change.who, change.old, change.new) for change in filled.history(answer) if change.field == "file_code"]
    assert moves == [("Lan", None, "2021.01.KH"), ("Minh", "2021.01.KH", "2021.02.TCCB"), ("Minh", "2021.02.TCCB", None)]
    assert filled.verify().faults == []


def test_what_cannot_be_filed_is_told_and_nothing_moves(filled: Office) -> None:
    answer, secret = id_of(filled, "1002/UBND-VX", NGHE_AN), filled.letter("5/UBND-NC")[0].id
    for typed, refused in (("1002/UBND-VX", Several), ("77/XX", NotHeld), (secret, SecretLetter)):
        with pytest.raises(refused):
            filled.put("01.KH", [answer, typed], who="Lan")
    for code in ("99.XX", "01"):
        with pytest.raises(NoFile):
            filled.put(code, [answer], who="Lan")
    filled.set_file("01.KH", "note", "x", who="Lan")
    for field, value in (("colour", "red"), ("sheets", "nhiều"), ("sheets", "-1"), ("title", "")):
        with pytest.raises(ValueError):
            filled.set_file("01.KH", field, value, who="Lan")
    assert filled.case_file("01.KH")[0].letters == 0


def test_a_notation_of_two_years_must_be_told_apart(filled: Office, tmp_path: Path) -> None:
    filled.import_plan(tsv(tmp_path / "b", [HEAD[:2], ("01.KH", "Hồ sơ năm sau")]), year=2022)
    with pytest.raises(NoFile) as several:
        filled.case_file("01.KH")
    assert "2021.01.KH" in several.value.message() and "2022.01.KH" in several.value.message("en")
    assert filled.case_file("2022.01.KH")[0].title == "Hồ sơ năm sau"


def test_register_and_records_show_the_file(filled: Office) -> None:
    number = "332/BKHCN-TĐC"
    filled.put("01.KH", [number], who="Lan")
    book = filled.register("incoming")
    (note,) = book[book["Số, ký hiệu văn bản"] == number]["Ghi chú"]
    assert "HS: 2021.01.KH" in note
    codes = {record["header"]["number"]: record["file_code"] for record in filled.records() if record["copy_of"] is None}
    assert codes[number] == "2021.01.KH" and codes["5/UBND-NC"] is None


def test_a_letter_stays_in_its_file_when_it_is_read_again(filled: Office, tmp_path: Path) -> None:
    from pipeline.ingest import Pace
    from tests.pipeline.archive.invented import STAGES

    answer = id_of(filled, "1002/UBND-VX", NGHE_AN)
    filled.put("01.KH", [answer], who="Lan")
    filled.ingest(tmp_path / "b.pdf", again=True, stages=STAGES, pace=Pace(workers=1))
    assert filled.case_file("01.KH")[1][0].id == answer


def test_a_directive_and_what_acts_on_it_is_proposed_and_nothing_changed(filled: Office) -> None:
    (one,) = filled.propose_file("332/BKHCN-TĐC")
    assert [filled.letter(id)[0].header.number for id in one.letters] == ["332/BKHCN-TĐC", "1002/UBND-VX"]
    assert all(filled.letter(id)[0].header.issuer != HA_TINH for id in one.letters)
    assert "332/BKHCN-TĐC" in one.title and "23/02/2021" in one.title and one.filed == ()
    assert filled.history() == [change for change in filled.history() if change.about != "letter"]
    filled.put("01.KH", one.letters, who="Lan")
    assert filled.propose_file("332/BKHCN-TĐC")[0].filed == ("2021.01.KH",)
    with pytest.raises(NotHeld):
        filled.propose_file("77/QĐ-XYZ")
