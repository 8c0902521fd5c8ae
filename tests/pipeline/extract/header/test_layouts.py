"""Whole invented first pages, one for each layout that offices use: what the header is."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from pipeline.extract.header import read_header
from tests.pipeline.extract.header.build import BODY, FOOT, head, page
from tests.pipeline.extract.header.rarer_layouts import OTHERS

CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "official letter of a province": (
        head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "1002/UBND-VX", "07/3/2021")
        + """
L V/v triển khai Chương trình nâng cao
L năng suất, giai đoạn 2021 - 2025
.
K Kính gửi:
I - Sở Khoa học và Công nghệ;
I - Sở Kế hoạch và Đầu tư;
I tỉnh Gia Lai.
"""
        + BODY
        + FOOT,
        {
            "issuer": "Ủy ban nhân dân tỉnh Gia Lai",
            "issuer_parent": None,
            "number": "1002/UBND-VX",
            "doc_type": "CV",
            "place": "Gia Lai",
            "date": datetime.date(2021, 3, 7),
            "subject": "triển khai Chương trình nâng cao năng suất, giai đoạn 2021 - 2025",
            "recipients": ("Sở Khoa học và Công nghệ tỉnh Gia Lai", "Sở Kế hoạch và Đầu tư tỉnh Gia Lai"),
            "copies": ("Như trên", "Thường trực Tỉnh ủy (để b/c)", "Lưu: VT, KGVX"),
            "signer.name": "Trần Văn Bình",
            "signer.title": "Phó Chủ tịch",
            "signer.capacity": ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        },
    ),
    "official letter of a department": (
        head("UBND TỈNH KON TUM", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "126/SGDĐT-VP", "05/10/2022", "Kon Tum")
        + """
L Về việc góp ý dự thảo Quy chế
.
K Kính gửi: Các phòng giáo dục và đào tạo.
"""
        + BODY
        + """
N Nơi nhận: | KT.GIÁM ĐỐC
N - Như trên; | PHÓ GIÁM ĐỐC
N - Lưu: VT, VP.
.
N  | ThS. Nguyễn Thị Hoa
""",
        {
            "issuer": "Sở Giáo dục và Đào tạo tỉnh Kon Tum",
            "issuer_parent": "Ủy ban nhân dân tỉnh Kon Tum",
            "number": "126/SGDĐT-VP",
            "doc_type": "CV",
            "subject": "góp ý dự thảo Quy chế",
            "recipients": ("Các phòng giáo dục và đào tạo",),
            "signer.name": "Nguyễn Thị Hoa",
            "signer.capacity": ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        },
    ),
    "decision of a chairman, signed by order of the council": (
        head("ỦY BAN NHÂN DÂN", "THÀNH PHỐ CẦN THƠ", "15/2023/QĐ-UBND", "24/7/2023", "Cần Thơ")
        + """
.
C QUYẾT ĐỊNH
C Ban hành Quy định quản lý chất thải rắn
C trên địa bàn thành phố Cần Thơ
.
C ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ
.
P Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
C QUYẾT ĐỊNH:
P Điều 1. Ban hành kèm theo Quyết định này Quy định quản lý chất thải rắn trên địa bàn.
.
N Nơi nhận: | TM. ỦY BAN NHÂN DÂN
N - Như Điều 3; | CHỦ TỊCH
N - Lưu: VT, KT.
.
N  | Lê Minh Đạt
""",
        {
            "issuer": "Ủy ban nhân dân thành phố Cần Thơ",
            "number": "15/2023/QĐ-UBND",
            "doc_type": "QĐ",
            "subject": "Ban hành Quy định quản lý chất thải rắn trên địa bàn thành phố Cần Thơ",
            "recipients": (),
            "copies": ("Như Điều 3", "Lưu: VT, KT"),
            "signer.capacity": ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
            "signer.title": "Chủ tịch",
        },
    ),
    "sheet of the Party's Central Committee: the body that signs": (
        """
LR BAN CHẤP HÀNH TRUNG ƯƠNG | ĐẢNG CỘNG SẢN VIỆT NAM
L *
LR Số 24-CV/TW | Hà Nội, ngày 06 tháng 02 năm 2024
L V/v dạy bơi cho trẻ em
.
K Kính gửi:
I - Các tỉnh ủy, thành ủy.
"""
        + BODY
        + """
N Nơi nhận: | T/M BAN BÍ THƯ
N - Như trên, | THƯỜNG TRỰC BAN BÍ THƯ
N - Lưu Văn phòng Trung ương Đảng.
.
N  | Nguyễn Văn Mạnh
""",
        {"issuer": "Ban Bí thư", "issuer_parent": "Ban Chấp hành Trung ương", "number": "24-CV/TW", "doc_type": "CV"},
    ),
    "sheet of the Central Committee itself": (
        """
LR BAN CHẤP HÀNH TRUNG ƯƠNG | ĐẢNG CỘNG SẢN VIỆT NAM
L *
LR Số 25-CV/TW | Hà Nội, ngày 06 tháng 02 năm 2024
L V/v dạy bơi cho trẻ em
.
K Kính gửi:
I - Các tỉnh ủy, thành ủy.
"""
        + BODY
        + """
N Nơi nhận: | T/M BAN CHẤP HÀNH TRUNG ƯƠNG
N - Như trên, | TỔNG BÍ THƯ
N - Lưu Văn phòng Trung ương Đảng.
.
N  | Nguyễn Văn Mạnh
""",
        {"issuer": "Ban Chấp hành Trung ương", "issuer_parent": None, "number": "25-CV/TW"},
    ),
    "Party letter: no colon, no V/v": (
        """
LR TỈNH ỦY GIA LAI | ĐẢNG CỘNG SẢN VIỆT NAM
L *
LR Số 127-CV/TU | Pleiku, ngày 12 tháng 5 năm 2022
L V/v tăng cường công tác lưu trữ
.
K Kính gửi:
I - Các huyện ủy, thị ủy, thành ủy,
I - Đảng ủy Công an tỉnh.
"""
        + BODY
        + """
N Nơi nhận: | T/L BAN THƯỜNG VỤ
N - Như trên, | CHÁNH VĂN PHÒNG
N - Lưu Văn phòng Tỉnh ủy.
.
N  | Rơ Châm Lan
""",
        {
            "issuer": "Tỉnh ủy Gia Lai",
            "number": "127-CV/TU",
            "doc_type": "CV",
            "place": "Pleiku",
            "date": datetime.date(2022, 5, 12),
            "subject": "tăng cường công tác lưu trữ",
            "recipients": ("Các huyện ủy, thị ủy, thành ủy", "Đảng ủy Công an tỉnh"),
            "copies": ("Như trên", "Lưu Văn phòng Tỉnh ủy"),
            "signer.capacity": ("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"),
        },
    ),
    "law": (
        """
LR QUỐC HỘI | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
R Độc lập - Tự do - Hạnh phúc
LR Luật số: 33/2024/QH15 | Hà Nội, ngày 21 tháng 6 năm 2024
.
C LUẬT
C LƯU TRỮ
.
P Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
P Quốc hội ban hành Luật Lưu trữ.
.
N  | CHỦ TỊCH QUỐC HỘI
.
.
N  | Trần Thanh An
""",
        {
            "issuer": "Quốc hội",
            "number": "33/2024/QH15",
            "doc_type": "Luật",
            "subject": "LƯU TRỮ",
            "signer.name": "Trần Thanh An",
            "signer.capacity": ("CHỦ TỊCH QUỐC HỘI",),
        },
    ),
    "resolution of a people's council": (
        head("HỘI ĐỒNG NHÂN DÂN", "TỈNH HÀ TĨNH", "05/NQ-HĐND", "10/7/2021", "Hà Tĩnh")
        + """
.
C NGHỊ QUYẾT
C Về việc thông qua danh mục công trình
.
C HỘI ĐỒNG NHÂN DÂN TỈNH HÀ TĨNH
C KHÓA XVIII, KỲ HỌP THỨ 2
.
P Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
.
N Nơi nhận: | CHỦ TỊCH
N - Ủy ban Thường vụ Quốc hội;
N - Lưu: VT.
.
N  | Hoàng Trung Kiên
""",
        {
            "issuer": "Hội đồng nhân dân tỉnh Hà Tĩnh",
            "number": "05/NQ-HĐND",
            "doc_type": "NQ",
            "subject": "thông qua danh mục công trình",
            "copies": ("Ủy ban Thường vụ Quốc hội", "Lưu: VT"),
            "signer.name": "Hoàng Trung Kiên",
        },
    ),
    **OTHERS,
}


def value(header: Any, field: str) -> Any:
    for part in field.split("."):
        header = getattr(header, part)
    return header


@pytest.mark.parametrize("name", CASES)
def test_header_of_each_layout(name: str) -> None:
    spec, expected = CASES[name]
    header = read_header([page(spec)]).header
    said = {field: value(header, field) for field in expected}
    folded = {k: v.casefold() if k.startswith("issuer") and isinstance(v, str) else v for k, v in said.items()}
    wanted = {k: v.casefold() if k.startswith("issuer") and isinstance(v, str) else v for k, v in expected.items()}
    assert folded == wanted
