"""Whole invented first pages, one for each layout that offices use: what the header is."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from pipeline.extract.header import read_header
from tests.pipeline.extract.header.build import BODY, FOOT, head, page

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
    "telegram": (
        head("ỦY BAN NHÂN DÂN", "TỈNH PHÚ YÊN", "07/CĐ-UBND", "18/11/2024", "Phú Yên")
        + """
.
C CÔNG ĐIỆN
C Về việc chủ động ứng phó với bão số 9
.
C CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH PHÚ YÊN điện:
.
I - Chủ tịch Ủy ban nhân dân các huyện, thị xã, thành phố;
I - Giám đốc các sở, ban, ngành.
"""
        + BODY
        + FOOT,
        {
            "doc_type": "CĐ",
            "subject": "chủ động ứng phó với bão số 9",
            "recipients": ("Chủ tịch Ủy ban nhân dân các huyện, thị xã, thành phố", "Giám đốc các sở, ban, ngành"),
        },
    ),
    "invitation": (
        head("ỦY BAN NHÂN DÂN", "HUYỆN CHƯ SÊ", "41/GM-UBND", "02/02/2024", "Chư Sê")
        + """
.
C GIẤY MỜI
C Dự Hội nghị tổng kết công tác năm 2023
.
K Kính mời:
I - Thường trực Huyện ủy;
I - Chủ tịch UBND các xã, thị trấn.
"""
        + BODY
        + """
N Nơi nhận: | TL. CHỦ TỊCH
N - Như trên; | KT. CHÁNH VĂN PHÒNG
N - Lưu: VT. | PHÓ CHÁNH VĂN PHÒNG
.
N  | Siu Thị Hằng
""",
        {
            "issuer": "Ủy ban nhân dân huyện Chư Sê",
            "doc_type": "GM",
            "recipients": ("Thường trực Huyện ủy", "Chủ tịch UBND các xã, thị trấn"),
            "signer.title": "Phó Chánh Văn phòng",
            "signer.capacity": ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
        },
    ),
    "school": (
        head("BỘ CÔNG THƯƠNG", "TRƯỜNG CAO ĐẲNG KỸ THUẬT SÔNG BA", "12/TB-CĐSB", "12/9/2023", "Phú Yên")
        + """
.
C THÔNG BÁO
C Về việc thu học phí học kỳ I
"""
        + BODY
        + """
N Nơi nhận: | HIỆU TRƯỞNG
N - Các khoa;
N - Lưu: VT, ĐT.
.
N  | PGS.TS. Võ Thành Nhân
""",
        {
            "issuer": "Trường Cao đẳng Kỹ thuật Sông Ba",
            "issuer_parent": "Bộ Công Thương",
            "number": "12/TB-CĐSB",
            "doc_type": "TB",
            "signer.name": "Võ Thành Nhân",
            "signer.title": "Hiệu trưởng",
        },
    ),
    "court": (
        head("TÒA ÁN NHÂN DÂN", "TỈNH QUẢNG TRỊ", "64/TA-TCCB", "03/6/2020", "Đông Hà")
        + """
L V/v báo cáo thống kê
.
K Kính gửi: Tòa án nhân dân tối cao.
"""
        + BODY
        + """
N Nơi nhận: | KT. CHÁNH ÁN
N - Như trên; | PHÓ CHÁNH ÁN
N - Lưu: VT.
.
N  | Hồ Sỹ Quang
""",
        {"issuer": "Tòa án nhân dân tỉnh Quảng Trị", "place": "Đông Hà", "recipients": ("Tòa án nhân dân tối cao",)},
    ),
    "joint circular": (
        """
LR BỘ TÀI CHÍNH - BỘ Y TẾ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
R Độc lập - Tự do - Hạnh phúc
LR Số: 55/2013/TTLT-BTC-BYT | Hà Nội, ngày 19 tháng 4 năm 2013
.
C THÔNG TƯ LIÊN TỊCH
C Hướng dẫn thực hiện bảo hiểm y tế
.
P Căn cứ Luật Bảo hiểm y tế ngày 14 tháng 11 năm 2008;
""",
        {
            "issuer": "Bộ Tài chính - Bộ Y tế",
            "number": "55/2013/TTLT-BTC-BYT",
            "doc_type": "TTLT",
            "subject": "Hướng dẫn thực hiện bảo hiểm y tế",
        },
    ),
    "before 2005: the capital town as place, QĐ-UB": (
        head("ỦY BAN NHÂN DÂN", "TỈNH BÌNH THUẬN", "14/2001/QĐ-UB", "05/4/2001", "Phan Thiết")
        + """
.
C QUYẾT ĐỊNH CỦA UBND TỈNH BÌNH THUẬN
C Về việc ban hành bảng giá đất
.
C ỦY BAN NHÂN DÂN TỈNH BÌNH THUẬN
.
P - Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 21/6/1994;
""",
        {
            "issuer": "Ủy ban nhân dân tỉnh Bình Thuận",
            "number": "14/2001/QĐ-UB",
            "place": "Phan Thiết",
            "doc_type": "QĐ",
            "date": datetime.date(2001, 4, 5),
            "subject": "ban hành bảng giá đất",
        },
    ),
    "commune": (
        head("ỦY BAN NHÂN DÂN", "XÃ IA GRAI", "08/BC-UBND", "20/8/2025", "Ia Grai")
        + """
.
C BÁO CÁO
C Kết quả công tác tháng 8 năm 2025
.
K Kính gửi: Ủy ban nhân dân tỉnh Gia Lai.
"""
        + BODY
        + FOOT,
        {"issuer": "Ủy ban nhân dân xã Ia Grai", "doc_type": "BC", "recipients": ("Ủy ban nhân dân tỉnh Gia Lai",)},
    ),
    "company under a corporation": (
        head("TỔNG CÔNG TY ĐIỆN LỰC MIỀN TRUNG", "CÔNG TY ĐIỆN LỰC GIA LAI", "215/GLPC-KD", "11/12/2021", "Gia Lai")
        + """
L V/v thông báo ngừng cung cấp điện
.
K Kính gửi: Quý khách hàng.
"""
        + BODY
        + """
N Nơi nhận: | KT. GIÁM ĐỐC
N - Như trên; | PHÓ GIÁM ĐỐC
N - Lưu: VT, KD.
.
N  | Phan Thanh Tùng
""",
        {"issuer": "Công ty Điện lực Gia Lai", "issuer_parent": "Tổng công ty Điện lực miền Trung", "number": "215/GLPC-KD"},
    ),
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
