"""What reads well and yet cannot be: each such field is for a person to look at."""

from __future__ import annotations

import datetime

import pytest

from models.intake import Intake, Span
from models.letter import Letter
from models.page import Page
from pipeline.extract import parse
from pipeline.extract.header import HeaderReading, read_header
from pipeline.layout import relabel
from tests.pipeline.extract.header.build import BODY, FOOT, head, page
from tests.pipeline.extract.header.test_traps import HEAD, TO, foot

NOTICE = head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "16/TB-UBND", "12/9/2023")


def read(spec: str, kind: str = "scan", confidence: float = 0.96) -> HeaderReading:
    return read_header([page(spec, kind=kind, confidence=confidence)])


def letter(tmp_path_name: str, spec: str) -> Letter:
    sheet: Page = page(spec, kind="scan", confidence=0.97)
    intake = Intake.model_construct(name=tmp_path_name, sha256="0" * 64, carries=(), signatures=())
    return parse(intake, [sheet], Span(first=1, last=1))


def test_a_letter_that_cites_what_is_not_yet_written_has_its_date_doubted() -> None:
    early = letter("a.pdf", HEAD.replace("2021", "2020") + TO + BODY + FOOT)
    assert early.header.date == datetime.date(2020, 3, 7)
    assert "date" in early.review
    assert any("2021-01-11" in note for note in early.evidence["date"].repairs)
    assert "date" not in letter("b.pdf", HEAD + TO + BODY + FOOT).review


@pytest.mark.parametrize("last", ["về việc học phí năm", "quan trắc môi trường nam", "triển khai Nghị quyết của", "họp tháng"])
def test_a_subject_that_ends_as_none_does_lost_its_rest(last: str) -> None:
    assert "subject" in read(NOTICE + f"\n.\nC THÔNG BÁO\nC Về việc {last}\n.\n" + BODY + FOOT).review


@pytest.mark.parametrize(
    "last", ["sơ kết công tác 6 tháng đầu năm", "kế hoạch giai đoạn 5 năm", "phát triển tỉnh Quảng Nam", "trực hằng ngày"]
)
def test_a_subject_that_ends_with_a_span_of_time_is_whole(last: str) -> None:
    assert "subject" not in read(NOTICE + f"\n.\nC THÔNG BÁO\nC Về việc {last}\n.\n" + BODY + FOOT).review


@pytest.mark.parametrize(
    ("first", "doubted"), [("quả thực hiện Kế hoạch trồng cây", True), ("Kết quả thực hiện Kế hoạch trồng cây", False)]
)
def test_a_title_that_begins_within_a_sentence_lost_its_first_word(first: str, doubted: bool) -> None:
    assert ("subject" in read(NOTICE + f"\n.\nC THÔNG BÁO\nC {first}\n.\n" + BODY + FOOT).review) is doubted


def test_years_that_stand_alone_on_the_last_line_are_the_subject_s() -> None:
    spec = NOTICE + "\n.\nC THÔNG BÁO\nC Về việc nộp học phí năm học\nC 2022-2023\n.\n" + BODY + FOOT
    assert read(spec).header.subject == "nộp học phí năm học 2022-2023"


@pytest.mark.parametrize(("width", "dash"), [(1.0, ""), (4.0, "- ")])
def test_a_speck_before_a_subject_s_line_is_no_dash(width: float, dash: str) -> None:
    drawn = page(
        NOTICE + "\n.\nC THÔNG BÁO\nC Về việc nộp học phí của các lớp\nC - Trung tâm Ngoại ngữ năm 2021\n.\n" + BODY + FOOT, kind="scan"
    )
    at, row = next((at, row) for at, row in enumerate(drawn.lines) if row.text.startswith("- Trung"))
    box = row.words[0].box
    words = (row.words[0].model_copy(update={"box": box._replace(x1=box.x0 + width)}), *row.words[1:])
    lines = (*drawn.lines[:at], row.model_copy(update={"words": words}), *drawn.lines[at + 1 :])
    seen = read_header([relabel(drawn.model_copy(update={"lines": lines}))])
    assert seen.header.subject == f"nộp học phí của các lớp {dash}Trung tâm Ngoại ngữ năm 2021"


def test_what_an_invitation_is_to_belongs_to_its_subject() -> None:
    spec = (
        head("ỦY BAN NHÂN DÂN", "TỈNH GIA LAI", "275/GM-UBND", "17/10/2012") + "\n.\nC MỜI HỌP UBND TỈNH\n.\nK Kính gửi: Sở Y tế.\n" + FOOT
    )
    seen = read(spec).header
    assert (seen.doc_type, (seen.subject or "").lower()) == ("GM", "mời họp ubnd tỉnh")


@pytest.mark.parametrize(("mark", "asked"), [("KI.", False), ("TT.", True), ("VI.", True)])
def test_an_office_twice_is_a_deputy_s_stamp_under_his_head_s_office(mark: str, asked: bool) -> None:
    seen = read(HEAD + TO + BODY + foot(f"{mark} GIÁM ĐỐC", "GIÁM ĐỐC", "", "Lê Văn Tám"))
    assert seen.header.signer.capacity == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert ("signer" in seen.review) is asked


def test_a_deputy_s_office_whose_first_letter_was_misread_stands_under_his_head_s() -> None:
    seen = read(HEAD + TO + BODY + foot("GIÁM ĐỐC", "THÓ GIÁM ĐỐC", "", "Lê Văn Tám"))
    assert seen.header.signer.capacity == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert "signer" not in seen.review


def test_an_office_is_no_name() -> None:
    seen = read(HEAD + TO + BODY + foot("PHÓ BÍ THƯ THƯỜNG TRỰC", "PHÓ BỘ PHẬN GIÚP VIỆC", "", "Lê Văn Tám"))
    assert seen.header.signer.name == "Lê Văn Tám"


@pytest.mark.parametrize(("name", "asked"), [("Ông Văn Tám", True), ("Zê Văn Tám", True), ("Giàng A Tám", False), ("Lê Văn Tám", False)])
def test_a_surname_that_hardly_anybody_bears_is_asked_for(name: str, asked: bool) -> None:
    assert ("signer" in read(HEAD + TO + BODY + foot("GIÁM ĐỐC", "", name)).review) is asked


def test_a_serial_that_is_longer_than_serials_are_is_asked_for() -> None:
    assert "number" in read(HEAD.replace("1002/UBND", "192012/UBND") + TO + BODY + FOOT).review
    assert "number" not in read(HEAD + TO + BODY + FOOT).review


def test_a_party_number_without_its_type_is_asked_for() -> None:
    party = "\nLR TỈNH ỦY GIA LAI | ĐẢNG CỘNG SẢN VIỆT NAM\nL *\nLR Số {} | Gia Lai, ngày 15 tháng 10 năm 2012\n"
    whole = read(party.format("368-CV/TU") + TO + BODY + FOOT)
    assert whole.header.number == "368-CV/TU" and "number" not in whole.review
    assert "number" in read(party.format("368/TU") + TO + BODY + FOOT).review


def test_letters_that_a_text_layer_lost_are_asked_for() -> None:
    spec = (
        head("B? GIÁO D?C VÀ ?ÀO T?O", "TR??NG ?ẠI H?C SÔNG BA", "16/TB-DHSB", "12/9/2023")
        + "\n.\nC THÔNG BÁO\nC V? vi?c h?c phí\n"
        + BODY
        + FOOT
    )
    seen = read(spec, "digital", 1.0)
    assert "issuer" in seen.review


def test_a_deputy_alone_makes_his_own_head_and_no_other() -> None:
    seen = read(HEAD + TO + BODY + foot("PHÓ CHỦ NHIỆM", "", "Lê Văn Tám"))
    assert seen.header.signer.capacity == ("KT. CHỦ NHIỆM", "PHÓ CHỦ NHIỆM")


@pytest.mark.parametrize(
    "block", [("LIÊN HIỆP CÁC HỘI", "TRƯỜNG"), ("HỢP TÁC XÃ MUỐI", "BAN THƯỜNG VỤ"), ("SỞ TÀI NGUYÊN VÀ MÔI", "TRƯỜNG")]
)
def test_a_line_of_the_letterhead_that_no_name_explains_doubts_the_issuer(block: tuple[str, str]) -> None:
    seen = read(head(*block, "16/TB-XYZ", "12/9/2023") + TO + BODY + FOOT, kind="digital", confidence=1.0)
    said = f"{seen.header.issuer} {seen.header.issuer_parent}".upper()
    assert "issuer" in seen.review or all(line in said for line in block)


def test_an_arrival_stamp_whose_frame_was_not_found_is_asked_about() -> None:
    seen = read(HEAD + TO + "\n.\n.\nL ĐẾN\n" + BODY + FOOT)
    assert seen.header.arrival is not None and seen.header.arrival.number is None
    assert "arrival" in seen.review
    assert read(HEAD + TO + "\n.\n.\nL đến dự họp\n" + BODY + FOOT).header.arrival is None
