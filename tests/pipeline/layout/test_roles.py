"""One role and one column a line, on small invented pages."""

from __future__ import annotations

import pytest

from models.page import Line, Page, Role
from pipeline.layout import label, relabel, unexplained
from tests.pipeline.extract.header.build import BODY, FOOT, head, line, page

LETTER = (
    head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "126/SYT-NVY", "05/10/2022", "Gia Lai")
    + "L V/v góp ý dự thảo Quy chế\n.\nK Kính gửi:\nI - Sở Tư pháp;\nI - Sở Nội vụ.\n"
    + BODY
    + FOOT
)
DECISION = (
    head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "45/QĐ-UBND", "18/5/2021")
    + "\n.\nC QUYẾT ĐỊNH\nC Về việc ban hành Quy chế phối hợp\n.\nC CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n"
    + "P Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\nC QUYẾT ĐỊNH:\n"
    + BODY
    + FOOT
)


def roles(spec: str, **more: object) -> dict[str, Role]:
    return {line.text: line.role for line in page(spec, **more).lines}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("spec", "text", "role"),
    [
        (LETTER, "SỞ Y TẾ", Role.LETTERHEAD),
        (LETTER, "Độc lập - Tự do - Hạnh phúc", Role.MOTTO),
        (LETTER, "Số: 126/SYT-NVY", Role.NUMBER),
        (LETTER, "Gia Lai, ngày 05 tháng 10 năm 2022", Role.PLACE_DAY),
        (LETTER, "V/v góp ý dự thảo Quy chế", Role.SUBJECT),
        (LETTER, "Kính gửi:", Role.ADDRESSEES),
        (LETTER, "- Sở Nội vụ.", Role.ADDRESSEES),
        (LETTER, "Nơi nhận:", Role.COPIES),
        (LETTER, "KT. CHỦ TỊCH", Role.CAPACITY),
        (LETTER, "Trần Văn Bình", Role.SIGNER),
        (DECISION, "QUYẾT ĐỊNH", Role.TYPE),
        (DECISION, "Về việc ban hành Quy chế phối hợp", Role.SUBJECT),
        (DECISION, "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", Role.DECIDING),
        (DECISION, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;", Role.GROUNDS),
        (DECISION, "QUYẾT ĐỊNH:", Role.DECIDING),
    ],
)
def test_a_line_has_its_role(spec: str, text: str, role: Role) -> None:
    assert roles(spec)[text] is role


def test_a_body_s_line_stays_the_body_s_though_it_begins_as_a_number_does() -> None:
    told = roles(LETTER.replace("P ", "P Số 12/SYT-NVY ngày 01 tháng 3 năm 2022 của Sở Y tế được thực hiện như sau, ", 1))
    assert [text for text, role in told.items() if role is Role.NUMBER] == ["Số: 126/SYT-NVY"]


def test_page_numbers_annex_heads_copy_blocks_and_forms() -> None:
    assert roles("C 2\n" + BODY, number=2, top=40.0)["2"] is Role.FURNITURE
    assert roles("C PHỤ LỤC\nC (Kèm theo Kế hoạch số 45/KH-UBND)\n" + BODY, number=2)["PHỤ LỤC"] is Role.ANNEX_HEAD
    assert roles("R SAO Y\n" + BODY, number=2)["SAO Y"] is Role.COPY_BLOCK
    assert roles("C Mẫu số 01\nL TÊN CƠ QUAN CHỦ QUẢN\n" + BODY, number=2)["TÊN CƠ QUAN CHỦ QUẢN"] is Role.FORM


def test_a_motto_read_in_pieces_is_no_part_of_the_letterhead() -> None:
    pieces = [line("CỘNG", 292, 60), line("HÒA XÃ HỘI", 322, 60), line("CHỦ NGHĨA VIỆT NAM", 389, 60)]
    left = [line("ĐẠI HỌC GIA LAI", 100, 60), line("TRƯỜNG ĐẠI HỌC NGOẠI NGỮ", 80, 75), line("Số: 12/ĐHNN-ĐT", 110, 90)]
    told = {item.text: item.role for item in relabel(Page(number=1, width=595.0, height=842.0, kind="scan", lines=(*left, *pieces))).lines}
    assert {told[piece.text] for piece in pieces} == {Role.MOTTO}
    assert told["TRƯỜNG ĐẠI HỌC NGOẠI NGỮ"] is Role.LETTERHEAD and told["Số: 12/ĐHNN-ĐT"] is Role.NUMBER


def test_a_day_that_the_text_tells_is_not_the_letter_s() -> None:
    unread = "Gia Lai, ngày 05 tháng 10 năm 2022"
    told = roles(
        LETTER.replace(unread, "Gia Lai, nqay c#-").replace("T triển khai", "P - Thời gian: ngày 19 tháng 3 năm 2023\nT triển khai")
    )
    assert Role.PLACE_DAY not in told.values()


@pytest.mark.parametrize("printed", ["Ngày 05 tháng 10 năm 2022", "ngày 05 tháng 10 năm 2022."])
def test_a_day_without_its_place_is_the_letter_s(printed: str) -> None:
    assert roles(LETTER.replace("Gia Lai, ngày 05 tháng 10 năm 2022", printed))[printed] is Role.PLACE_DAY


def test_a_day_by_hand_keeps_the_place_before_it() -> None:
    row = [line("Số: 126/SYT-NVY", 100, 90), line("Gia Lai,", 267, 90), line("ngày23 tháng 10 năm 2022", 321, 90)]
    rows = [line("SỞ Y TẾ GIA LAI", 110, 60), line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 252, 60)]
    rows.append(line("x", 0, 0).model_copy(update={"words": tuple(word for item in row for word in item.words)}))
    told = {item.text: item.role for item in label(Page(number=1, width=595.0, height=842.0, kind="scan", lines=tuple(rows)))[0].lines}
    assert told["Gia Lai, ngày23 tháng 10 năm 2022"] is Role.PLACE_DAY


def test_what_is_flat_as_a_stroke_is_no_line_of_the_letterhead() -> None:
    drawn = page(LETTER)
    flat = line("AN", 172, 72)
    flat = flat.model_copy(update={"words": tuple(word.model_copy(update={"box": word.box._replace(y1=74.0)}) for word in flat.words)})
    told = {item.text: item.role for item in relabel(drawn.model_copy(update={"lines": (*drawn.lines, flat)})).lines}
    assert told["AN"] is Role.NONE and told["SỞ Y TẾ"] is Role.LETTERHEAD


def test_a_speck_in_the_text_of_a_scan_is_no_line_of_it_and_a_figure_is() -> None:
    lines = (line("Căn cứ Luật Đấu thầu, Sở Y tế báo cáo như sau và gửi các đơn vị", 85, 400), line("12", 300, 420), line("l", 200, 440))
    speck = lines[2].model_copy(
        update={"words": tuple(word.model_copy(update={"box": word.box._replace(y1=443.0)}) for word in lines[2].words)}
    )
    drawn = page(LETTER, kind="scan")
    told = {item.text: item.role for item in relabel(drawn.model_copy(update={"lines": (*drawn.lines, *lines[:2], speck)})).lines}
    assert (told["12"], told["l"]) == (Role.BODY, Role.PEN)


def test_a_number_s_line_whose_label_was_misread_is_no_letterhead() -> None:
    told = roles(LETTER.replace("Số: 126/SYT-NVY", "Sú: #9 2 /SYT-NVY"))
    assert told["Sú: #9 2 /SYT-NVY"] is Role.NUMBER


def test_a_head_of_the_copies_that_lost_its_first_letter_is_one() -> None:
    told = {item.text: item for item in page(LETTER.replace("Nơi nhận:", "Xơi nhận")).lines}
    assert told["Xơi nhận"].role is Role.COPIES and told["Xơi nhận"].opens


@pytest.mark.parametrize("office", ["PHỤ TRÁCH PHÒNG CTSV", "Tổng cục trưởng"])
def test_a_capacity_that_no_table_has_or_in_small_letters_is_one_level_with_the_copies(office: str) -> None:
    told = roles(LETTER.replace("KT. CHỦ TỊCH", office).replace("PHÓ CHỦ TỊCH", ""))
    assert told[office] is Role.CAPACITY and told["Trần Văn Bình"] is Role.SIGNER


def test_a_name_alone_under_the_text_is_the_signer_s() -> None:
    alone = BODY + ".\n.\n.\n.\nN  | Thượng tá Trần Văn Bình\n"
    assert roles(alone, number=2)["Thượng tá Trần Văn Bình"] is Role.SIGNER


def test_all_rows_between_title_and_salutation_are_the_subject() -> None:
    wide = (
        "C TỜ TRÌNH\nP Phê duyệt giá trị còn lại của tài sản đã đầu tư trên đất bị thu hồi của\n"
        "T Công ty Cổ phần Gia Nam, tại khu công nghiệp Trà Đa\n.\n"
    )
    told = roles(LETTER.replace("L V/v góp ý dự thảo Quy chế\n.\n", ".\n" + wide))
    assert told["Công ty Cổ phần Gia Nam, tại khu công nghiệp Trà Đa"] is Role.SUBJECT


def test_a_subject_s_line_that_was_torn_is_the_subject_s_as_a_whole() -> None:
    said = "và đề nghị xét duyệt địa bàn cấp tỉnh"
    drawn = page(DECISION.replace("C Về việc ban hành Quy chế phối hợp", f"C Về việc ban hành Quy chế phối hợp\nC {said}"))
    whole = next(item for item in drawn.lines if item.text == said)
    torn = [item.model_copy(update={"words": item.words[:4]}) if item is whole else item for item in drawn.lines]
    torn.append(whole.model_copy(update={"words": whole.words[5:]}))
    told = {item.text: item.role for item in relabel(drawn.model_copy(update={"lines": tuple(torn)})).lines}
    assert told["và đề nghị xét"] is told["địa bàn cấp tỉnh"] is Role.SUBJECT


def test_a_paragraph_s_line_close_under_a_subject_is_no_torn_line_of_it() -> None:
    """A scan askew: the line reaches neither margin, is off the centre, and its box touches the subject's."""
    plan = (
        head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "12/KH-SYT", "05/10/2022", "Gia Lai")
        + "\n.\nC KẾ HOẠCH\nC Về việc tập huấn quý I\n.\n"
        + BODY
        + FOOT
    )
    drawn = page(plan)
    subject = next(item for item in drawn.lines if item.text.startswith("Về việc"))
    opening = line("Thực hiện nhiệm vụ năm học 2021 - 2022; trên cơ sở của Kế hoạch số", 133, subject.box.y0 + 14, x1=515)
    told = {item.text: item.role for item in relabel(drawn.model_copy(update={"lines": (*drawn.lines, opening)})).lines}
    assert told[subject.text] is Role.SUBJECT
    assert told[opening.text] is not Role.SUBJECT


def test_a_row_apart_from_a_subject_s_evenly_spaced_rows_opens_the_text() -> None:
    """A speck before it hides that it is set in."""
    plan = head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "12/TB-SYT", "05/10/2022", "Gia Lai")
    drawn = page(
        plan + "\n.\nC THÔNG BÁO\nC Về việc cập nhật tình hình tiêm chủng\n.\n.\n.\n.\n" + BODY + FOOT, kind="scan", confidence=0.95
    )
    first = next(item for item in drawn.lines if item.text.startswith("Về việc"))
    last = line("và khai báo y tế của cán bộ", 313 - 13.5 * 5.7, first.box.y0 + 12, confidence=0.95)
    opening = line(
        ". Thực hiện Công văn của Bộ về việc tăng cường phòng, chống dịch bệnh trong", 92, last.box.y0 + 22, x1=538, confidence=0.95
    )
    told = {item.text: item.role for item in relabel(drawn.model_copy(update={"lines": (*drawn.lines, last, opening)})).lines}
    assert told[first.text] is told[last.text] is Role.SUBJECT
    assert told[opening.text] is not Role.SUBJECT


def test_an_issuer_s_last_row_level_with_the_day_is_the_letterhead_s_where_no_number_stands() -> None:
    told = roles(
        "LR TRƯỜNG CAO ĐẲNG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLR HÀNG GIANG SÔNG BA | Độc lập - Tự do - Hạnh phúc\n"
        "LR KHOA ĐƯỜNG THỦY | Gia Lai, ngày 24 tháng 10 năm 2016\n.\n.\nC KẾ HOẠCH\nC Tổ chức lễ tốt nghiệp năm 2016\n.\n" + BODY + FOOT
    )
    assert told["KHOA ĐƯỜNG THỦY"] is Role.LETTERHEAD


def test_a_party_s_name_in_the_text_is_no_motto() -> None:
    told = roles(LETTER.replace("T Chính phủ ban", "T Đảng Cộng sản Việt Nam\nT Chính phủ ban"))
    assert told["Đảng Cộng sản Việt Nam"] is Role.BODY


def test_a_stroke_before_a_body_s_name_leaves_it_in_the_letterhead() -> None:
    marked = head("-Ý _UBND TỈNH GIA LAI", "SỞ Y TẾ", "126/SYT-NVY", "05/10/2022", "Gia Lai") + BODY + FOOT
    assert roles(marked, confidence=0.7)["-Ý _UBND TỈNH GIA LAI"] is Role.LETTERHEAD


def test_every_line_has_a_column() -> None:
    told = {line.text: line.column for line in page(LETTER).lines}
    assert told["SỞ Y TẾ"] == "left" and told["Độc lập - Tự do - Hạnh phúc"] == "right"
    assert told["Nơi nhận:"] == "left" and told["Trần Văn Bình"] == "right"


def test_the_role_s_own_words_are_counted_off() -> None:
    told = {line.role: line for line in page(LETTER).lines if line.opens}
    assert told[Role.NUMBER].text[told[Role.NUMBER].lead :] == "126/SYT-NVY"
    assert told[Role.SUBJECT].text[told[Role.SUBJECT].lead :] == "góp ý dự thảo Quy chế"


def test_a_row_that_holds_both_columns_is_parted() -> None:
    left, right = line("UBND TỈNH GIA LAI", 90, 60), line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 60)
    rest = page(LETTER).lines[2:]
    (made,) = label(Page(number=1, width=595, height=842, kind="scan", lines=(Line(words=left.words + right.words), *rest)))
    assert made.lines[0].text == "UBND TỈNH GIA LAI" and made.lines[1].role is Role.MOTTO


def test_telling_roles_twice_changes_nothing() -> None:
    once = page(DECISION)
    assert relabel(once) == once


def test_what_stands_in_a_zone_and_no_role_explains_is_told() -> None:
    drawn = page(LETTER)
    assert unexplained(drawn) == ()
    strange = line("xem va giai quyet", 90, drawn.lines[2].box.y1 + 2)
    told = unexplained(relabel(drawn.model_copy(update={"lines": (*drawn.lines, strange)})))
    assert [one.text for one in told] == ["xem va giai quyet"]


@pytest.mark.parametrize(
    "ground",
    ["P Căn cứ Hiến pháp nước CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM;", "P Căn cứ Điều lệ\nT Đảng Cộng sản Việt Nam;"],
    ids=["beside its words", "on a line of its own"],
)
def test_a_ground_that_names_the_republic_or_the_party_is_no_motto(ground: str) -> None:
    _, title, *rest = DECISION.partition("C QUYẾT ĐỊNH\n")
    told = roles("C ỦY BAN NHÂN DÂN TỈNH GIA LAI\n" + title + "".join(rest).replace("P Căn cứ", f"{ground}\nP Căn cứ", 1))
    assert Role.MOTTO not in told.values()
    assert "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;" in told


LIST = """
N - Các phòng chức năng;
N - Các đơn vị trực thuộc,
N các trường trên địa bàn;
N - Lưu: VT, NVY.
"""


def test_a_list_that_a_filing_line_ends_is_the_copies_though_head_and_signature_were_lost() -> None:
    said = roles(head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "126/SYT-NVY", "05/10/2022") + "\n.\nK Kính gửi: Sở Nội vụ.\n" + BODY + LIST)
    listed = [text for text, role in said.items() if role is Role.COPIES]
    assert listed == ["- Các phòng chức năng;", "- Các đơn vị trực thuộc,", "các trường trên địa bàn;", "- Lưu: VT, NVY."]


def test_a_list_in_the_text_whose_item_says_keep_in_mind_is_none() -> None:
    noted = LIST.replace("- Lưu: VT, NVY.", "- Lưu ý thời gian báo cáo.")
    said = roles(head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "126/SYT-NVY", "05/10/2022") + "\n.\nK Kính gửi: Sở Nội vụ.\n" + BODY + noted)
    assert Role.COPIES not in said.values()


def test_what_a_stamp_left_before_a_subject_is_none_of_it() -> None:
    clear = page(DECISION)
    subject = next(item for item in clear.lines if item.role is Role.SUBJECT)
    left = line("0.NGÃI|", subject.box.x0 - 50, subject.box.y0)
    stamped = subject.model_copy(update={"words": (*left.words, *subject.words)})
    said = relabel(clear.model_copy(update={"lines": tuple(stamped if item is subject else item for item in clear.lines)}))
    assert [item.text for item in said.lines if item.role is Role.SUBJECT] == ["Về việc ban hành Quy chế phối hợp"]
