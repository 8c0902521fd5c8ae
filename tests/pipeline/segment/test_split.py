"""Where letters begin and end in a file, on small invented pages."""

from __future__ import annotations

import pytest

from models.intake import Span
from models.page import Page
from pipeline.segment import split
from tests.pipeline.extract.header.build import BODY, FOOT, blank, head, page

FIRST = head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "45/KH-UBND", "18/5/2021") + "\n.\nC KẾ HOẠCH\nC Triển khai Chương trình\n" + BODY
OTHER = head("BỘ KHOA HỌC", "VÀ CÔNG NGHỆ", "332/BKHCN-TĐC", "23/02/2021", "Hà Nội") + "\nL V/v triển khai\n.\nK Kính gửi: Các Bộ.\n" + BODY
RUNNING = "C 2\nP Các sở, ban, ngành, địa phương căn cứ Kế hoạch này tổ chức thực hiện, định kỳ báo cáo\nT về Ủy ban nhân dân tỉnh.\n"
END = "P Trong quá trình thực hiện nếu có vướng mắc, đề nghị phản ánh về Ủy ban nhân dân tỉnh./.\n" + FOOT
ANNEX = (
    "C PHỤ LỤC\nC (Kèm theo Kế hoạch số 45/KH-UBND ngày 18/5/2021 của UBND tỉnh Gia Lai)\n.\nP 1. Rà soát cơ chế, chính sách: năm 2022.\n"
)
FORM = """
C Mẫu số 01
LR TÊN CƠ QUAN CHỦ QUẢN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
LR TÊN CƠ QUAN, ĐƠN VỊ | Độc lập - Tự do - Hạnh phúc
LR Số: …/BC-… | …, ngày … tháng … năm …
C BÁO CÁO
P Kết quả thực hiện nhiệm vụ được giao trong kỳ báo cáo của đơn vị
"""
LISTED = """
LR UBND TỈNH GIA LAI | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
LR SỞ Y TẾ | Độc lập - Tự do - Hạnh phúc
C DANH SÁCH THÀNH VIÊN HỘI ĐỒNG
C (Kèm theo Quyết định số 15/QĐ-SYT ngày 18/5/2021 của Giám đốc Sở Y tế)
P STT Họ và tên Chức vụ Ghi chú
"""
ENROLLED = """
LR SỞ Y TẾ GIA LAI | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
LR BVĐK/TTYT……………… | Độc lập - Tự do - Hạnh phúc
R Gia Lai, ngày 25 tháng 5 năm 2021
.
C DANH SÁCH ĐẠI BIỂU ĐĂNG KÝ THAM DỰ HỘI NGHỊ
.
LR HỌ VÀ TÊN | SỐ ĐT DĐ. GHI CHÚ
P Người lập biểu
"""
COPY = """
LR ỦY BAN NHÂN DÂN | SAO Y
L HUYỆN CHƯ SÊ
LR Số: 12/SY-UBND | Chư Sê, ngày 20 tháng 5 năm 2021
N Nơi nhận: | CHÁNH VĂN PHÒNG
N - Lưu: VT. | Siu Hằng
"""
DRAFT = """
LR ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
LR TỈNH GIA LAI | Độc lập - Tự do - Hạnh phúc
L Sẽ:
.
C QUYẾT ĐỊNH
C Về việc thành lập Hội đồng xét duyệt
.
C CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH GIA LAI
P Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 02 năm 2025;
"""
NO_MOTTO = (
    """
LR ỦY BAN NHÂN DÂN | Pleiku, ngày 01 tháng 6 năm 2021
L TỈNH GIA LAI
L Số: 77/UBND-NC
K Kính gửi: Sở Tư pháp.
"""
    + BODY
    + FOOT
)

CASES: dict[str, tuple[list[str], list[tuple[int, int, tuple[int, int] | None]]]] = {
    "one letter on one page": ([FIRST + FOOT], [(1, 1, None)]),
    "a letter that runs on": ([FIRST, RUNNING, END], [(1, 3, None)]),
    "an annex stays": ([FIRST + FOOT, ANNEX], [(1, 2, (2, 2))]),
    "a blank back belongs to the letter before it": ([FIRST + FOOT, "", OTHER + FOOT], [(1, 2, None), (3, 3, None)]),
    "two letters": ([FIRST, END, OTHER + FOOT], [(1, 2, None), (3, 3, None)]),
    "a draft whose number and day are blank is a letter of its own": ([OTHER, DRAFT], [(1, 1, None), (2, 2, None)]),
    "so is one that bears a month": (
        [OTHER, DRAFT.replace("L Sẽ:", "LR Sẽ: | Gia Lai, ngày tháng 11 năm 2025")],
        [(1, 1, None), (2, 2, None)],
    ),
    "a form in an annex begins no letter": ([FIRST + FOOT, ANNEX, FORM], [(1, 3, (2, 3))]),
    "a list with a motto begins no letter": ([FIRST + FOOT, LISTED], [(1, 2, (2, 2))]),
    "a list to fill in, with motto and day and a column of telephone numbers, begins no letter": (
        [FIRST + FOOT, ENROLLED],
        [(1, 2, (2, 2))],
    ),
    "a copy block begins no letter and is no annex": ([FIRST + FOOT, COPY], [(1, 2, None)]),
    "a header without its motto begins a letter after a signature": ([FIRST + FOOT, NO_MOTTO], [(1, 1, None), (2, 2, None)]),
    "an enclosed decision after an annex is its own letter": ([FIRST + FOOT, ANNEX, OTHER + FOOT], [(1, 2, (2, 2)), (3, 3, None)]),
    "a page after the signature without a head is annex": ([FIRST + FOOT, "C ĐỀ CƯƠNG\n" + RUNNING, RUNNING], [(1, 3, (2, 3))]),
    "the annex ends with its last written page": ([FIRST + FOOT, ANNEX, ""], [(1, 3, (2, 2))]),
}


def pages(specs: list[str]) -> list[Page]:
    return [page(spec, number=i) if spec else blank(i) for i, spec in enumerate(specs, 1)]


@pytest.mark.parametrize("name", CASES)
def test_spans(name: str) -> None:
    specs, expected = CASES[name]
    assert split(pages(specs)) == [Span(first=a, last=b, annex=annex) for a, b, annex in expected]


def test_no_pages_no_letters() -> None:
    assert split([]) == []


def test_blank_file_is_one_span() -> None:
    assert split([blank(1), blank(2)]) == [Span(first=1, last=2)]


def test_pages_out_of_order() -> None:
    ordered = pages([FIRST, END, OTHER + FOOT])
    assert split(ordered[::-1]) == split(ordered)
