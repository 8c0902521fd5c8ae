"""Sheets that are no letter have no fields, whatever they share with one; a letter of which a part is lost has those that are left."""

from __future__ import annotations

import pytest

from models.letter import Header
from pipeline.extract.header import read_header
from tests.pipeline.extract.header.build import BODY, FOOT, head, page
from training.foreign.draw import drawn, kinds

UNSEEN = 101, 102  # no drawings of these seeds were fitted on
HEAD = head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "417/UBND-KGVX", "18/5/2021")
BARE = "L ỦY BAN NHÂN DÂN\nL TỈNH GIA LAI\nLR Số: 417/UBND-KGVX | Gia Lai, ngày 18 tháng 5 năm 2021\n"
TO = "L V/v kiểm tra hồ chứa nước\n.\nK Kính gửi: Sở Công Thương.\n"


def test_foreign_sheets_of_all_kinds_have_no_fields() -> None:
    wrong: dict[str, Header] = {}
    for kind in kinds():
        for seed in UNSEEN:
            read = read_header([drawn(kind, seed)])
            if read.header != Header() or read.review != ("doc_type",):
                wrong[f"{kind} {seed}"] = read.header
    assert wrong == {}


@pytest.mark.parametrize(
    ("spec", "field", "value"),
    [
        (HEAD, "number", "417/UBND-KGVX"),
        (BODY + FOOT, "signer.name", "Trần Văn Bình"),
        (TO + BODY + FOOT, "subject", "kiểm tra hồ chứa nước"),
        (BARE + TO, "number", "417/UBND-KGVX"),
    ],
    ids=["the head alone", "the foot alone", "without a head", "without a motto"],
)
def test_a_part_of_a_letter_is_read(spec: str, field: str, value: str) -> None:
    header: object = read_header([page(spec, kind="scan", confidence=0.95)]).header
    for name in field.split("."):
        header = getattr(header, name)
    assert header == value


def test_a_sheet_that_may_be_a_letter_has_its_type_asked() -> None:
    read = read_header([page("L Số: 417/STL-KH\n.\nC THÔNG BÁO\nC Về việc kiểm tra hồ chứa nước\n" + BODY)])
    assert read.header.doc_type == "TB" and "doc_type" in read.review


DOTS = "." * 40
INVITING = f"""
LR ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
LR XÃ {DOTS[:12]} | Độc lập - Tự do - Hạnh phúc
LR Số: {{serial}}/GM-UBND | Gia Lai, ngày {{day}} tháng {{day}} năm {{year}}
.
C GIẤY MỜI
C Về việc {DOTS[:20]}
.
P Ủy ban nhân dân xã trân trọng kính mời: {DOTS}
P Thời gian: {DOTS}
P Địa điểm: {DOTS}
.
N Nơi nhận: | CHỦ TỊCH
N - Như trên;
N - Lưu: VT. | (Ký tên, đóng dấu)
.
N  | Nguyễn Văn A
"""


@pytest.mark.parametrize("kind", ["digital", "scan"])
def test_a_form_that_nobody_has_filled_in_is_no_letter(kind: str) -> None:
    seen = read_header([page(INVITING.format(serial="......", day=".....", year="....."), kind=kind)])
    assert (seen.header, seen.review) == (Header(), ("doc_type",))
    filled = read_header([page(INVITING.format(serial="12", day="03", year="2021"), kind=kind)])
    assert filled.header.number == "12/GM-UBND"
    by_pen = read_header([page(INVITING.format(serial="......", day=".....", year="2021"), kind=kind)])
    assert by_pen.header.doc_type == "GM" and "number" in by_pen.review
