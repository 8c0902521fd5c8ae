"""Letterheads of bodies that issue together, side by side over their lines; legal texts without any; names that the text misspells."""

from __future__ import annotations

import pytest

from models.page import Page
from pipeline.extract.header import read_header
from pipeline.layout import relabel
from tests.pipeline.extract.header.build import BODY, FOOT, head, line, page

BELOW = """
C THÔNG TƯ LIÊN TỊCH
C Hướng dẫn chế độ phụ cấp
.
P Căn cứ Nghị định số 12/2012/NĐ-CP ngày 07/3/2012 của Chính phủ;
"""


def joint(*bodies: str) -> Page:
    """A first page under bodies side by side, each with its lines (parted by "/")."""
    width = 232 / len(bodies)
    block = [
        line(text, 28 + at * width, 60 + 15 * row, x1=28 + (at + 1) * width - 14)
        for at, body in enumerate(bodies)
        for row, text in enumerate(body.split("/"))
    ]
    head = [line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 60), line("Độc lập - Tự do - Hạnh phúc", 330, 75)]
    head += [line("Số: 12/2014/TTLT-BNNPTNT-BKHĐT", 60, 105), line("Hà Nội, ngày 07 tháng 3 năm 2014", 330, 105)]
    return relabel(page(BELOW, top=130).model_copy(update={"lines": (*block, *head, *page(BELOW, top=130).lines)}))


@pytest.mark.parametrize(
    ("bodies", "name"),
    [
        (("BỘ NÔNG NGHIỆP/VÀ PTNT", "BỘ KẾ HOẠCH/VÀ ĐẦU TƯ"), "Bộ Nông nghiệp và Phát triển nông thôn - Bộ Kế hoạch và Đầu tư"),
        (("BỘ Y TẾ", "BỘ KẾ HOẠCH/VÀ ĐẦU TƯ", "BỘ NỘI VỤ"), "Bộ Y tế - Bộ Kế hoạch và Đầu tư - Bộ Nội vụ"),
    ],
)
def test_bodies_side_by_side_are_each_read_downwards(bodies: tuple[str, ...], name: str) -> None:
    assert read_header([joint(*bodies)]).header.issuer == name


@pytest.mark.parametrize(
    ("text", "issuer", "subject"),
    [
        ("L Số: 12/2021/TT-BYT\n.\nC THÔNG TƯ\nC Quy định về quản lý thuốc\n.\nP Căn cứ Luật Dược ngày 06 tháng 4 năm 2016;\n",
         "Bộ Y tế", "Quy định về quản lý thuốc"),
        ("L Số: 12/QĐ-UBND\n.\nC QUYẾT ĐỊNH\nC Về việc giao đất cho Hội Nông dân\n.\nC CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH GIA LAI\n"
         "P Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024;\nC QUYẾT ĐỊNH:\n",
         "Ủy ban nhân dân tỉnh Gia Lai", "giao đất cho Hội Nông dân"),
    ],
    ids=["by its number", "by who decides"],
)  # fmt: skip
def test_a_text_without_a_letterhead_has_its_issuer_all_the_same(text: str, issuer: str, subject: str) -> None:
    seen = read_header([page(text + BODY + FOOT)])
    assert (seen.header.issuer, seen.header.subject) == (issuer, subject)


def test_a_name_is_not_spelled_as_the_text_misspells_it() -> None:
    spec = head("TRƯỜNG ĐẠI HỌC SÔNG BA", "KHOA HỆ SINH THÁI BIỂN", "01/TB-HST", "03/1/2014") + "\n.\nC THÔNG BÁO\nC Kế hoạch thực tập\n.\n"
    spec += "P Khoa Hiệ sinh thái biển thông báo; Khoa Hiệ sinh thái biển đề nghị:\n" + BODY + FOOT
    issuer = read_header([page(spec, kind="scan", confidence=0.97)]).header.issuer or ""
    assert issuer.lower().startswith("khoa hệ sinh thái biển")


def test_a_place_that_the_tables_name_is_not_respelled_by_a_torn_line_of_the_text() -> None:
    torn = "P Thực hiện kế hoạch của Trường Cao đẳng Đường thủy Thành phố Hồ Chí Mi\nT Căn cứ nội dung sau đây, các đơn vị thực hiện.\n"
    plan = head("BỘ CÔNG THƯƠNG", "TRƯỜNG CAO ĐẲNG ĐƯỜNG THỦY TP. HỒ CHÍ MINH", "12/TB-CĐĐT", "05/10/2022")
    said = read_header([page(plan + "\n.\nC THÔNG BÁO\nC Về việc tập huấn quý I\n.\n" + torn + BODY + FOOT, kind="scan", confidence=0.9)])
    assert (said.header.issuer or "").lower() == "trường cao đẳng đường thủy thành phố hồ chí minh"
