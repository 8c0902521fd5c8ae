"""First pages as other offices set them: a head like a motto, a text that begins close under its title, symbols of their own."""

from __future__ import annotations

import pytest

from models.page import Box, Page
from pipeline.extract.header import read_header
from pipeline.layout import relabel
from tests.pipeline.extract.header.build import BODY, FOOT, head, line, page, stamp

TO = """
L V/v phối hợp kiểm tra
.
K Kính gửi: Phòng Kinh tế huyện.
"""


def bold(drawn: Page, *texts: str) -> Page:
    """The page with the lines of these texts in bold."""
    lines = [
        item.model_copy(update={"words": tuple(word.model_copy(update={"bold": True}) for word in item.words)})
        if item.text in texts
        else item
        for item in drawn.lines
    ]
    return relabel(drawn.model_copy(update={"lines": tuple(lines)}))


def test_an_issuer_s_line_that_is_like_a_motto_is_none_beside_one() -> None:
    spec = """
LR ĐOÀN TNCS HỒ CHÍ MINH | ĐOÀN TNCS HỒ CHÍ MINH
L BAN CHẤP HÀNH TỈNH GIA LAI
LR Số: 21-CV/TĐTN | Gia Lai, ngày 05 tháng 3 năm 2022
"""
    seen = read_header([page(spec + TO + BODY + FOOT)])
    assert (seen.header.issuer or "").lower() == "ban chấp hành đoàn thanh niên cộng sản hồ chí minh tỉnh gia lai"


@pytest.mark.parametrize("opening", ["Đoàn kiểm tra thông báo lịch kiểm tra như sau:", "Ban Chấp hành Đảng bộ quyết nghị:"])
def test_a_sentence_that_ends_with_a_colon_is_no_part_of_the_subject_over_it(opening: str) -> None:
    spec = (
        head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "12/TB-UBND", "07/3/2021")
        + f"""
.
C THÔNG BÁO
C Lịch kiểm tra an toàn thực phẩm năm 2021
C {opening}
"""
    )
    assert read_header([page(spec + BODY + FOOT)]).header.subject == "Lịch kiểm tra an toàn thực phẩm năm 2021"


def test_running_text_under_a_subject_in_bold_is_no_part_of_it() -> None:
    titled = ("HƯỚNG DẪN", "Sinh hoạt chi hội sau sắp xếp")
    spec = (
        head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "12/HD-UBND", "07/3/2021")
        + f"""
.
C {titled[0]}
C {titled[1]}
C Thực hiện Kế hoạch năm 2021 của tỉnh
"""
    )
    assert read_header([bold(page(spec + BODY + FOOT), *titled)]).header.subject == titled[1]


def test_a_day_that_goes_on_a_subject_is_part_of_it() -> None:
    spec = (
        head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "12/UBND-KT", "07/3/2021")
        + """
L V/v triển khai điều tra chăn nuôi kỳ
L 01/7/2022
.
K Kính gửi: Sở Tài chính.
"""
    )
    assert read_header([page(spec + BODY + FOOT)]).header.subject == "triển khai điều tra chăn nuôi kỳ 01/7/2022"


def test_an_addressee_beside_its_salutation_is_no_part_of_the_subject() -> None:
    spec = (
        head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "12/UBND-KT", "07/3/2021")
        + """
L V/v trả lời đơn của ông
L Võ Văn Sa
"""
    )
    drawn = page(spec + BODY + FOOT, top=60)
    low = max(item.box.y1 for item in drawn.lines if "Võ Văn Sa" in item.text)
    beside = [line("Kính gửi:", 143, low + 13), line("Ông Võ Văn Sa", 206, low + 10.5)]
    moved = relabel(drawn.model_copy(update={"lines": (*drawn.lines, *beside)}))
    assert read_header([moved]).header.subject == "trả lời đơn của ông Võ Văn Sa"


@pytest.mark.parametrize(("symbol", "number"), [("CAH(QLHC)", "12/CAH(QLHC)"), ("TB.BTS", "12/TB.BTS")])
def test_a_symbol_of_an_office_s_own_form_stands_whole(symbol: str, number: str) -> None:
    title = "\n.\nC THÔNG BÁO\nC Lịch kiểm tra an toàn thực phẩm\n" if symbol.startswith("TB") else TO
    spec = head("CÔNG AN TỈNH GIA LAI", "CÔNG AN HUYỆN CHƯ SÊ", f"12/{symbol}", "07/3/2021") + title
    assert read_header([page(spec + BODY + FOOT, kind="scan")]).header.number == number


def test_a_number_s_line_that_goes_on_behind_what_was_read_is_asked_about() -> None:
    spec = head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "12/LN: STC-SYT", "07/3/2021") + TO
    seen = read_header([page(spec + BODY + FOOT)])
    assert seen.evidence["number"].confidence <= 0.5


LIST = """
K Kính gửi:
I - Đảng ủy, UBND các xã, thị
I - Trung tâm Văn hóa, Thể thao
"""


def test_a_paragraph_torn_by_a_stamp_is_no_addressee() -> None:
    spec = head("CÔNG AN TỈNH GIA LAI", "CÔNG AN HUYỆN CHƯ SÊ", "12/CAH-TH", "07/3/2021") + "L V/v phối hợp\n" + LIST
    text = "P Công an huyện Chư Sê đề nghị các đơn vị phối"
    drawn = page(spec + text + BODY + FOOT, kind="scan", confidence=0.95)
    assert read_header([drawn]).header.recipients == ("Đảng ủy, UBND các xã, thị", "Trung tâm Văn hóa, Thể thao")


def test_addressees_whose_ends_a_stamp_hides_are_asked_about() -> None:
    spec = head("CÔNG AN TỈNH GIA LAI", "CÔNG AN HUYỆN CHƯ SÊ", "12/CAH-TH", "07/3/2021") + "L V/v phối hợp\n" + LIST
    drawn = page(spec + BODY + FOOT, kind="scan", confidence=0.95)
    ends = [item.box for item in drawn.lines if item.text.startswith("- ")][:2]
    hiding = stamp("arrival", "ĐẾN Số: 12", at=(max(box.x1 for box in ends) + 3, ends[0].y0 - 20))
    hiding = hiding.model_copy(update={"box": Box(hiding.box.x0, ends[0].y0 - 20, hiding.box.x0 + 140, ends[1].y1 + 20)})
    assert "recipients" in read_header([relabel(drawn.model_copy(update={"stamps": (hiding,)}))]).review


def test_a_company_s_letterhead_over_the_whole_width_names_it() -> None:
    spec = """
C CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
C Độc lập - Tự do - Hạnh phúc
C CÔNG TY CỔ PHẦN TƯ VẤN SA HUỲNH
C Địa chỉ: 45 Trần Phú, thành phố Kon Tum
LR Số: 120/CV-SH | Kon Tum, ngày 08 tháng 10 năm 2021
"""
    seen = read_header([page(spec + TO + BODY + FOOT)])
    assert (seen.header.issuer or "").lower() == "công ty cổ phần tư vấn sa huỳnh"


def test_an_invitation_close_over_its_salutation_has_no_subject_and_asks_for_none() -> None:
    spec = (
        head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "12/GM-UBND", "07/3/2021")
        + """
.
C GIẤY MỜI
.
K Kính gửi: Chủ tịch Hội Nông dân tỉnh.
"""
    )
    seen = read_header([page(spec + BODY + FOOT)])
    assert seen.header.subject is None
    assert "subject" not in seen.review


def test_an_office_like_one_that_the_tables_have_stands_as_typed() -> None:
    foot = FOOT.replace("KT. CHỦ TỊCH", "KT. ĐỒN TRƯỞNG").replace("PHÓ CHỦ TỊCH", "PHÓ ĐỒN TRƯỞNG")
    assert "ĐỒN TRƯỞNG" in foot
    spec = head("BỘ CHỈ HUY BĐBP TỈNH GIA LAI", "ĐỒN BIÊN PHÒNG SA HUỲNH", "12/ĐBP-VĐQC", "07/3/2021") + TO
    assert read_header([page(spec + BODY + foot)]).header.signer.capacity == ("KT. ĐỒN TRƯỞNG", "PHÓ ĐỒN TRƯỞNG")


def test_typed_lines_of_a_capacity_stand_to_their_last_figure() -> None:
    lines = "N Nơi nhận: | TL. TRƯỞNG THADS TỈNH\nN - Như trên; | TRƯỞNG PHÒNG THADS KHU VỰC 3\n.\nN  | Trần Văn Bình\n"
    spec = head("BỘ TƯ PHÁP", "THI HÀNH ÁN DÂN SỰ TỈNH GIA LAI", "12/THADS-KV3", "07/3/2025") + TO + BODY
    assert read_header([page(spec + lines)]).header.signer.capacity == ("TL. TRƯỞNG THADS TỈNH", "TRƯỞNG PHÒNG THADS KHU VỰC 3")


def test_a_deputy_s_office_that_is_one_is_not_made_longer() -> None:
    lines = "N Nơi nhận: | KT. CHỦ TỊCH HỘI ĐỒNG\nN - Như trên; | PHÓ CHỦ TỊCH\n.\nN  | Trần Văn Bình\n"
    spec = head("UBND HUYỆN CHƯ SÊ", "HỘI ĐỒNG BỒI THƯỜNG", "12/HĐBT-TH", "07/3/2021") + TO + BODY
    assert read_header([page(spec + lines)]).header.signer.capacity == ("KT. CHỦ TỊCH HỘI ĐỒNG", "PHÓ CHỦ TỊCH")


@pytest.mark.parametrize(
    ("issuer", "own", "symbol"),
    [("CÔNG ĐOÀN Y TẾ VIỆT NAM", "", "CĐYT-CSPL"), ("HỘI LUẬT GIA TỈNH GIA LAI", "TRUNG TÂM TƯ VẤN PHÁP LUẬT", "TTTVPL")],
)
def test_a_symbol_that_is_its_issuer_s_initials_is_not_cut(issuer: str, own: str, symbol: str) -> None:
    spec = head(issuer, own or "VIỆT NAM", f"12/{symbol}", "07/3/2021") + TO
    assert read_header([page(spec.replace("L VIỆT NAM\n", "") + BODY + FOOT)]).header.number == f"12/{symbol}"


def test_a_letter_that_readers_see_twice_stands_once_where_the_issuer_has_it_once() -> None:
    spec = head("HỘI ĐỒNG NHÂN DÂN TỈNH GIA LAI", "ĐOÀN GIÁM SÁT", "12/ĐĐGS", "07/3/2021") + TO
    assert read_header([page(spec + BODY + FOOT, kind="scan", confidence=0.95)]).header.number == "12/ĐGS"


def test_an_address_under_a_company_s_name_is_no_department() -> None:
    spec = head("CÔNG TY LUẬT SA HUỲNH", "Số 12 Lý Tự Trọng, TP. Kon Tum", "12/CV-SH", "07/3/2021") + TO
    assert (read_header([page(spec + BODY + FOOT)]).header.issuer or "").lower() == "công ty luật sa huỳnh"


def test_a_name_aside_of_its_office_that_begins_with_a_rare_surname_is_asked_about() -> None:
    spec = head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "12/UBND-KT", "07/3/2021") + TO + BODY
    drawn = page(spec + "N Nơi nhận: | CHỦ TỊCH\nN - Như trên; |\n.\n.\n", kind="scan", confidence=0.97)
    low = max(item.box.y1 for item in drawn.lines)
    name = line("Hồng Thắng An", 410, low + 30, confidence=0.97)
    assert "signer" in read_header([relabel(drawn.model_copy(update={"lines": (*drawn.lines, name)}))]).review


def test_a_name_whose_surname_no_look_read_is_asked_about() -> None:
    spec = head("UBND HUYỆN CHƯ SÊ", "TRUNG TÂM GDNN - GDTX", "12/TTGD-TH", "07/3/2021") + TO + BODY
    drawn = page(spec + "N Nơi nhận: | GIÁM ĐỐC\nN - Như trên; |\n.\n.\n.\n", kind="scan", confidence=0.96)
    low = max(item.box.y1 for item in drawn.lines)
    name = line("Hoàng Sóc Kha", 390, low + 40, confidence=0.97, readings=("Xeáng Sóc Kha", "Xeáng Sóc Kha"))
    seen = read_header([relabel(drawn.model_copy(update={"lines": (*drawn.lines, name)}))])
    assert seen.header.signer.name == "Hoàng Sóc Kha"
    assert "signer" in seen.review


def test_a_short_opening_sentence_right_under_one_addressee_is_none() -> None:
    spec = (
        head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "12/UBND-KT", "07/3/2021")
        + """
L V/v thông báo lịch thi
.
K Kính gửi: Trung tâm Giáo dục thường xuyên
P Trung tâm Liên kết thông báo lịch thi như sau.
"""
    )
    drawn = page(spec + BODY + FOOT)
    assert read_header([drawn]).header.recipients == ("Trung tâm Giáo dục thường xuyên",)
