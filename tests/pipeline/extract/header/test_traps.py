"""One trap a test: what must not be taken for a field, what is mended by rule, what a person is asked to look at."""

from __future__ import annotations

import datetime

import pytest

from models.page import Box, Line, Page, Word
from pipeline.extract.header import HeaderReading, read_header
from pipeline.layout import relabel
from tests.pipeline.extract.header.build import BODY, FOOT, head, line, page, stamp

HEAD = head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "1002/UBND-VX", "07/3/2021")
TO = "\nL V/v triển khai Chương trình năng suất\n.\nK Kính gửi: Sở Khoa học và Công nghệ.\n"


def foot(*right: str, left: tuple[str, ...] = ("Nơi nhận:", "- Như trên;", "- Lưu: VT, VX.")) -> str:
    rows = max(len(left), len(right))
    sides = [[*items, *[""] * (rows - len(items))] for items in (left, right)]
    return "\n" + "\n".join(f"N {a} | {b}" for a, b in zip(*sides, strict=True)) + "\n"


def read(spec: str, **options: object) -> HeaderReading:
    return read_header([page(spec, **options)])  # type: ignore[arg-type]


def test_the_arrival_stamp_lends_nothing_to_the_header() -> None:
    seen = read(HEAD + TO + BODY + FOOT, stamps=(stamp("arrival", "CÔNG VĂN ĐẾN", "Số: 825", "Ngày: 11/3/2021"),))
    assert (seen.header.number, seen.header.date) == ("1002/UBND-VX", datetime.date(2021, 3, 7))
    assert seen.header.arrival is not None
    assert (seen.header.arrival.number, seen.header.arrival.date) == ("825", datetime.date(2021, 3, 11))


def test_a_title_that_goes_on_over_its_bracketed_subject_is_no_part_of_it() -> None:
    titled = "\n.\nC NGHỊ QUYẾT CỦA HỘI ĐỒNG QUẢN LÝ QUỸ\nC KHUYẾN HỌC TỈNH GIA LAI\nC (Về việc sửa đổi Điều lệ)\n.\n"
    assert read(HEAD + titled + BODY + FOOT).header.subject == "sửa đổi Điều lệ"


def test_an_issuer_takes_the_text_s_spelling_but_for_what_the_tables_spell() -> None:
    block = head("UBND TỈNH KON TUM", "TRUNG TÂM XÚC TIẾN ĐẦU TƯ", "12/TTXT-HC", "07/3/2021", "Kon Tum").replace(
        "LR Số", "L THƯƠNG MẠI VÀ DU LỊCH\nLR Số"
    )
    said = "\nP Trung tâm Xúc tiến Đẩu tư, Thương mại và Du lịch đề nghị các cơ quan.\n"
    seen = read(block + TO + said * 2 + BODY + FOOT, kind="scan", confidence=0.96).header
    assert seen.issuer == "Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch tỉnh Kon Tum"


def test_an_arrival_before_the_letter_s_own_day_is_doubted() -> None:
    seen = read(HEAD + TO + BODY + FOOT, stamps=(stamp("arrival", "ĐẾN", "Số: 825", "Ngày: 11/2/2021"),))
    assert seen.header.arrival is not None and seen.header.arrival.date is None
    assert "arrival" in seen.review


def test_what_a_digital_signature_prints_over_the_head_is_no_issuer() -> None:
    seen = read(
        "L Ký bởi: VĂN PHÒNG ỦY BAN NHÂN DÂN\nL Email: vanthu@gialai.gov.vn\nL Thời gian ký: 09.03.2021 16:47:36 +07:00"
        + HEAD
        + TO
        + BODY
        + FOOT
    )
    assert seen.header.issuer == "Ủy ban nhân dân tỉnh Gia Lai"
    assert seen.header.date == datetime.date(2021, 3, 7)


@pytest.mark.parametrize(
    ("lines", "capacity"),
    [
        (("KT BỘ TRƯỞNG", "THỦ TRƯỞNG"), ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")),
        (("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (("KT. CHỦ TỊCH",), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (("KT.GIÁM ĐỐC", "PHÓ GIÁM ĐÓC ."), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (("TL. BỘ TRƯỞNG", "VỤ TRƯỞNG VỤ TỔ CHỨC", "CÁN BỘ"), ("TL. BỘ TRƯỞNG", "VỤ TRƯỞNG VỤ TỔ CHỨC CÁN BỘ")),
        (("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ")),
        (("Q. GIÁM ĐỐC",), ("Q. GIÁM ĐỐC",)),
    ],
)
def test_capacity_lines_are_mended_by_what_must_follow(lines: tuple[str, ...], capacity: tuple[str, ...]) -> None:
    seen = read(HEAD + TO + BODY + foot(*lines, "", "Lê Văn Tám"))
    assert seen.header.signer.capacity == capacity
    assert seen.header.signer.name == "Lê Văn Tám"


def test_the_mended_capacity_keeps_its_raw_reading_and_its_rule() -> None:
    found = read(HEAD + TO + BODY + foot("KT BỘ TRƯỞNG", "THỦ TRƯỞNG", "", "Lê Văn Tám")).evidence["signer"]
    assert "THỦ TRƯỞNG" in found.raw
    assert any("THỨ TRƯỞNG" in repair for repair in found.repairs)


@pytest.mark.parametrize(
    "printed", ["PGS.TS. Lê Văn Tám", "BSCKII. Lê Văn Tám", "Đại tá Lê Văn Tám", "NGND. PGS.TS Lê Văn Tám", "LÊ VĂN TÁM"]
)
def test_titles_are_no_part_of_a_name(printed: str) -> None:
    assert read(HEAD + TO + BODY + foot("GIÁM ĐỐC", "", printed)).header.signer.name == "Lê Văn Tám"


def test_a_name_that_is_none_is_asked_for() -> None:
    seen = read(HEAD + TO + BODY + foot("GIÁM ĐỐC", "", "“4 -"), kind="scan", confidence=0.5)
    assert seen.header.signer.name is None
    assert "signer" in seen.review


def test_a_day_left_blank_is_null_and_asked_for() -> None:
    spec = HEAD.replace("ngày 07 tháng 3", "ngày tháng 3") + TO + BODY + FOOT
    seen = read(spec)
    assert seen.header.date is None
    assert "date" in seen.review


def test_an_impossible_day_is_null() -> None:
    assert read(HEAD.replace("ngày 07 tháng 3", "ngày 31 tháng 4") + TO + BODY + FOOT).header.date is None


def test_a_blank_serial_is_null_and_asked_for() -> None:
    seen = read(HEAD.replace("Số: 1002/UBND-VX", "Số: /UBND-VX") + TO + BODY + FOOT)
    assert seen.header.number is None
    assert "number" in seen.review


@pytest.mark.parametrize(
    ("issuer", "second", "printed", "number"),
    [
        ("UBND TỈNH GIA LAI", "SỞ Y TẾ", "367/5YT-KHTC", "367/SYT-KHTC"),
        ("BỘ KHOA HỌC", "VÀ CÔNG NGHỆ", "332 /BKHCN - TĐC", "332/BKHCN-TĐC"),
        ("BỘ GIÁO DỤC", "VÀ ĐÀO TẠO", "12/BGDDT-GDTrH", "12/BGDĐT-GDTrH"),
    ],
)
def test_a_symbol_is_mended_by_the_issuer(issuer: str, second: str, printed: str, number: str) -> None:
    assert read(head(issuer, second, printed, "22/9/2021") + TO + BODY + FOOT).header.number == number


def test_the_filing_line_spells_the_drafting_unit() -> None:
    spec = head("BỘ KHOA HỌC", "VÀ CÔNG NGHỆ", "332/BKHCN-TDC", "23/02/2021", "Hà Nội") + TO + BODY
    seen = read(spec + foot("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Lê Văn Tám", left=("Nơi nhận:", "- Như trên;", "- Lưu: VT, TĐC.")))
    assert seen.header.number == "332/BKHCN-TĐC"


def test_a_plain_d_of_an_unknown_office_stays_as_printed() -> None:
    spec = (
        head("BỘ CÔNG THƯƠNG", "TRƯỜNG ĐẠI HỌC SÔNG BA", "16/TB-DSB", "12/9/2023") + "\n.\nC THÔNG BÁO\nC Về việc học phí\n" + BODY + FOOT
    )
    assert read(spec).header.number == "16/TB-DSB"


def test_the_title_spells_the_type_in_the_number() -> None:
    spec = head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "86/OĐ-UBND", "16/01/2025") + "\n.\nC QUYẾT ĐỊNH\nC Về việc bổ nhiệm\n" + BODY + FOOT
    assert read(spec).header.number == "86/QĐ-UBND"


def test_a_title_and_a_number_that_disagree_are_asked_for() -> None:
    spec = head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "86/KH-UBND", "16/01/2025") + "\n.\nC BÁO CÁO\nC Kết quả công tác\n" + BODY + FOOT
    assert "number" in read(spec).review


def test_the_deciding_body_is_no_part_of_the_subject() -> None:
    spec = head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "86/QĐ-UBND", "16/01/2025") + """
.
C QUYẾT ĐỊNH
C Về việc giao đất cho Ban Quản lý dự án
C CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH GIA LAI
P Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024;
C QUYẾT ĐỊNH:
""" + FOOT  # fmt: skip
    seen = read(spec)
    assert (seen.header.doc_type, seen.header.subject) == ("QĐ", "giao đất cho Ban Quản lý dự án")


def test_a_long_recipient_and_a_long_list_are_joined_over_line_ends() -> None:
    spec = HEAD + """
L V/v báo cáo
.
K Kính gửi:
I - Bộ trưởng Bộ Nội vụ, Tổ phó Tổ công tác
I cải cách thủ tục hành chính;
I - Văn phòng Chính phủ.
""" + BODY + FOOT  # fmt: skip
    assert read(spec).header.recipients == ("Bộ trưởng Bộ Nội vụ, Tổ phó Tổ công tác cải cách thủ tục hành chính", "Văn phòng Chính phủ")


def test_a_note_under_the_recipients_is_none_of_them() -> None:
    spec = (
        HEAD
        + "\nL V/v báo cáo\n.\nK Kính gửi:\nI - Giám đốc các bệnh viện;\nI - Trưởng phòng y tế.\nI (gọi chung là thủ trưởng các đơn vị)\n"
        + BODY
        + FOOT
    )
    assert read(spec).header.recipients == ("Giám đốc các bệnh viện", "Trưởng phòng y tế")


def test_whose_order_a_letter_carries() -> None:
    said = "\n.\nP Phó Chủ tịch UBND tỉnh Bùi Đình Nam có ý kiến như sau:\n"
    assert read(HEAD + TO + said + BODY + foot("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "", "Lê Văn Tám")).header.directing_authority == (
        "Phó Chủ tịch UBND tỉnh Bùi Đình Nam"
    )


def test_whose_order_it_is_where_the_letter_names_him_elsewhere() -> None:
    at = "\n.\nP Ngày 12/3/2021, Phó Chủ tịch UBND tỉnh Bùi Đình Nam chủ trì cuộc họp.\n"
    said = "P Phó Chủ tịch UBND tỉnh kết luận và chỉ đạo như sau:\n"
    signed = foot("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "", "Lê Văn Tám")
    assert read(HEAD + TO + at + said + BODY + signed).header.directing_authority == "Phó Chủ tịch UBND tỉnh Bùi Đình Nam"
    other = at + at.replace("Bùi Đình Nam", "Trần Thị Hà")
    assert read(HEAD + TO + other + said + BODY + signed).header.directing_authority == "Phó Chủ tịch UBND tỉnh"


def test_the_signer_s_own_order_is_no_other_s() -> None:
    said = "\n.\nP Phó Chủ tịch UBND tỉnh Bùi Đình Nam có ý kiến như sau:\n"
    assert read(HEAD + TO + said + BODY + foot("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Bùi Đình Nam")).header.directing_authority is None


def test_urgency_as_a_stamp_and_as_a_printed_line() -> None:
    assert read(HEAD + TO + BODY + FOOT, stamps=(stamp("urgency", "HOẢ TÓC"),)).header.urgency == "HỎA TỐC"
    assert read(HEAD + "\nL THƯỢNG KHẨN\n" + TO + BODY + FOOT).header.urgency == "THƯỢNG KHẨN"
    assert read(HEAD + TO + BODY + FOOT).header.urgency is None


def test_an_urgency_mark_is_no_subject() -> None:
    seen = read(HEAD + "\nL HỎA TỐC\nL V/v triển khai Chương trình\n.\nK Kính gửi: Sở Tài chính.\n" + BODY + FOOT)
    assert (seen.header.urgency, seen.header.subject) == ("HỎA TỐC", "triển khai Chương trình")


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_secrecy_is_found_as_a_stamp_and_in_print(mark: str) -> None:
    assert read(HEAD + TO + BODY + FOOT, stamps=(stamp("secrecy", mark),)).header.secrecy == mark
    assert read(HEAD + f"\nL {mark}\n" + TO + BODY + FOOT).header.secrecy == mark


def test_a_mark_that_is_sure_counts_before_one_that_is_asked_about() -> None:
    nearly, sure = stamp("secrecy", "MẬT", confidence=0.4), stamp("secrecy", "TUYỆT MẬT", at=(60.0, 160.0))
    asked = read(HEAD + TO + BODY + FOOT, stamps=(nearly,))
    assert asked.header.secrecy == "MẬT" and "secrecy" in asked.review
    for stamps in ((nearly, sure), (sure, nearly)):
        seen = read(HEAD + TO + BODY + FOOT, stamps=stamps)
        assert seen.header.secrecy == "TUYỆT MẬT" and "secrecy" not in seen.review


def test_the_word_secret_in_a_sentence_marks_nothing() -> None:
    assert (
        read(
            HEAD + TO + "\n.\nP Việc bảo vệ bí mật nhà nước thực hiện theo quy định; tài liệu Mật gửi riêng.\n" + BODY + FOOT
        ).header.secrecy
        is None
    )


def test_columns_merged_on_one_line_are_parted() -> None:
    merged = line("BỘ NỘI VỤ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 120, 60)
    gap = 60.0
    words = tuple(
        word if i < 3 else Word(text=word.text, box=Box(word.box.x0 + gap, word.box.y0, word.box.x1 + gap, word.box.y1))
        for i, word in enumerate(merged.words)
    )
    rest = page("R Độc lập - Tự do - Hạnh phúc\nLR Số: 12/BNV-VP | Hà Nội, ngày 07 tháng 3 năm 2021" + TO + BODY + FOOT, top=75)
    whole = Page(number=1, width=rest.width, height=rest.height, kind="scan", lines=(Line(words=words), *rest.lines))
    assert read_header([relabel(whole)]).header.issuer == "Bộ Nội vụ"


def test_a_capital_town_is_a_place_and_its_province_the_office_s() -> None:
    seen = read(head("SỞ TƯ PHÁP", "*", "12/STP-VP", "07/3/2001", "Phan Thiết") + TO + BODY + FOOT)
    assert (seen.header.issuer, seen.header.place) == ("Sở Tư pháp tỉnh Bình Thuận", "Phan Thiết")


def test_a_clean_digital_letter_asks_for_nothing() -> None:
    assert read(HEAD + TO + BODY + FOOT).review == ()


def test_review_names_the_least_sure_first() -> None:
    seen = read(HEAD.replace("ngày 07 tháng", "ngày tháng") + TO + BODY + foot("GIÁM ĐỐC", "", "Lê Văn Tam"), kind="scan", confidence=0.7)
    figures = [seen.evidence[name].confidence for name in seen.review]
    assert figures == sorted(figures) and len(figures) > 1


def test_evidence_says_where_a_value_stood() -> None:
    found = read(HEAD + TO + BODY + FOOT).evidence["number"]
    assert found.page == 1 and found.box is not None and found.raw == "Số: 1002/UBND-VX"
    assert 100 < found.box.x0 < 180 < found.box.x1 and 85 < found.box.y0 < 110


def test_annex_pages_sign_nothing() -> None:
    first = page(HEAD + TO + BODY + FOOT)
    annex = page("C PHỤ LỤC\nP 1. Danh mục nhiệm vụ\n" + foot("NGƯỜI LẬP BIỂU", "", "Võ Thị Sen"), number=2)
    assert read_header([first, annex], (2, 2)).header.signer.name == "Trần Văn Bình"


def test_a_letter_of_blank_pages_is_asked_for() -> None:
    seen = read_header([Page(number=1, width=595, height=842, kind="blank")])
    assert seen.header.number is None and {"number", "issuer", "date", "signer"} <= set(seen.review)
