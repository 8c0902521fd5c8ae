"""Invented first pages in layouts that are met less often than letters, decisions and resolutions, with their headers."""

from __future__ import annotations

import datetime
from typing import Any

from tests.pipeline.extract.header.build import BODY, FOOT, head

OTHERS: dict[str, tuple[str, dict[str, Any]]] = {
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
