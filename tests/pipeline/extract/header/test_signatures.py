"""Box 7 where seal, pen and stamp ran over it: what several looks agreed on, what stands beside the capacity, what is asked."""

from __future__ import annotations

import pytest

from models.page import Line, Page, Reading
from pipeline.extract.header import HeaderReading, read_header
from pipeline.layout import relabel
from tests.pipeline.extract.header.build import BODY, FOOT, head, line, page
from tests.pipeline.extract.header.test_traps import HEAD, TO, foot


def scan(spec: str, *more: Line) -> HeaderReading:
    """A scanned page that `spec` draws, with lines of its own set on it."""
    drawn = page(spec, kind="scan")
    lines = sorted((*drawn.lines, *more), key=lambda item: (item.box.y0, item.box.x0))
    return read_header([relabel(Page(**{**drawn.model_dump(), "lines": lines}))])


def voted(text: str, readings: str, confidence: float) -> Line:
    return line(text, 395, 385, confidence=confidence, readings=tuple(readings.split(" ¦ ")))


SIGNED = HEAD + TO + BODY + foot("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def test_a_name_that_looks_agreed_on_is_as_sure_as_they_are() -> None:
    seen = scan(SIGNED, voted("Lê Văn Tám", "Lê Văn Tám ¦ Lé Văn Tám", 0.95))
    assert seen.header.signer.name == "Lê Văn Tám"
    assert "signer" not in seen.review
    assert seen.evidence["signer"].repairs == ()


def test_a_name_that_no_look_had_keeps_what_they_read() -> None:
    seen = scan(SIGNED, voted("Lê Văn Tám", "tê Văn Tám ¦ LÁ Văn Tám", 0.8))
    assert seen.header.signer.name == "Lê Văn Tám"
    assert "signer" in seen.review
    assert seen.evidence["signer"].repairs[0] == "name: tê Văn Tám ¦ LÁ Văn Tám → Lê Văn Tám"


def test_a_name_of_two_syllables_on_a_scan_is_asked_for() -> None:
    """Its surname may lie under the seal."""
    assert "signer" in scan(SIGNED, voted("Văn Tám", "Văn Tám", 0.99)).review
    assert "signer" not in read_header([page(HEAD + TO + BODY + foot("CHỦ TỊCH", "", "Lê Tám"))]).review


def test_a_name_that_is_like_an_office_is_a_name() -> None:
    assert scan(HEAD + TO + BODY + foot("HIỆU TRƯỞNG", "", "Trần Trung Tánh")).header.signer.name == "Trần Trung Tánh"


def test_what_stands_in_the_seal_beside_the_office_is_none_of_it() -> None:
    seal = (line("SỞ", 330, 344, confidence=0.9), line("Y TẾ", 330, 356, confidence=0.9))
    assert scan(HEAD + TO + BODY + foot("GIÁM ĐỐC", "", "", "Lê Văn Tám"), *seal).header.signer.capacity == ("GIÁM ĐỐC",)


def test_a_pen_s_strokes_after_an_office_go() -> None:
    assert scan(HEAD + TO + BODY + foot("HIỆU TRƯỞNG Tử cơ", "", "Lê Văn Tám")).header.signer.capacity == ("HIỆU TRƯỞNG",)


@pytest.mark.parametrize(
    ("lines", "capacity"),
    [
        (("KT. BỘ TRƯỞNG", "THỦ TRƯỞNG THƯỜNG TRỰC"), ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG THƯỜNG TRỰC")),
        (("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"), ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")),
        (("THỦ TRƯỞNG ĐƠN VỊ",), ("THỦ TRƯỞNG ĐƠN VỊ",)),
    ],
)
def test_the_two_offices_of_one_skeleton(lines: tuple[str, ...], capacity: tuple[str, ...]) -> None:
    assert scan(HEAD + TO + BODY + foot(*lines, "", "Lê Văn Tám")).header.signer.capacity == capacity


def test_a_drafting_unit_that_is_nothing_like_the_issuer_stays_in_the_number() -> None:
    spec = (
        head("BỘ KHOA HỌC", "VÀ CÔNG NGHỆ", "417/QĐ-TCCB", "23/02/2021", "Hà Nội") + "\n.\nC QUYẾT ĐỊNH\nC Về việc bổ nhiệm\n" + BODY + FOOT
    )
    assert read_header([page(spec, kind="scan")]).header.number == "417/QĐ-TCCB"


def test_a_letter_doubled_in_the_filing_line_is_not_taken_from_it() -> None:
    spec = head("BỘ KHOA HỌC", "VÀ CÔNG NGHỆ", "332/BKHCN-LĐ", "23/02/2021", "Hà Nội") + TO + BODY
    assert (
        read_header([page(spec + foot("BỘ TRƯỞNG", "", "Lê Văn Tám", left=("Nơi nhận:", "- Lưu: VT, LĐĐ.")))]).header.number
        == "332/BKHCN-LĐ"
    )
    doubled = spec.replace("BKHCN-LĐ", "BKHCN-LĐĐ") + foot("BỘ TRƯỞNG", "", "Lê Văn Tám", left=("Nơi nhận:", "- Lưu: VT, LĐ."))
    assert read_header([page(doubled)]).header.number == "332/BKHCN-LĐ"


def test_a_deputy_never_signs_for_himself() -> None:
    """KT. GIÁM ĐỐC over a stamped PHÓ GIÁM ĐỐC is often by hand, and lost; a printed page is left as it is."""
    spec = HEAD + TO + BODY + foot("PHÓ GIÁM ĐỐC", "", "Lê Văn Tám")
    seen = scan(spec)
    assert seen.header.signer.capacity == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert seen.header.signer.title == "Phó Giám đốc"
    assert any("restored" in repair for repair in seen.evidence["signer"].repairs)
    assert read_header([page(spec)]).header.signer.capacity == ("PHÓ GIÁM ĐỐC",)


def test_the_office_between_seal_and_name_belongs_to_the_capacity() -> None:
    signed = foot("TM. HỘI ĐỒNG", "CHỦ TỊCH", "", "", "PHÓ GIÁM ĐỐC SỞ Y TẾ", "Lê Văn Tám")
    seen = scan(HEAD + TO + BODY + signed).header.signer
    assert seen.capacity == ("TM. HỘI ĐỒNG", "CHỦ TỊCH", "PHÓ GIÁM ĐỐC SỞ Y TẾ")
    assert seen.name == "Lê Văn Tám"


def test_a_deputy_s_office_that_no_table_has_is_a_line_of_its_own() -> None:
    seen = scan(HEAD + TO + BODY + foot("KT. CHÁNH VĂN PHÒNG", "PHÓ VĂN PHÒNG", "", "Lê Văn Tám")).header.signer
    assert len(seen.capacity) == 2
    assert seen.capacity[0] == "KT. CHÁNH VĂN PHÒNG"


def test_two_syllables_of_the_seal_are_no_name() -> None:
    assert scan(HEAD + TO + BODY + foot("GIÁM ĐỐC", "", "Y TẾ", "", "Lê Văn Tám")).header.signer.name == "Lê Văn Tám"


def test_the_end_of_a_deputy_s_office_that_the_seal_tore_is_his() -> None:
    seen = scan(HEAD + TO + BODY + foot("lý HIỆU TRƯỞNG", "ỆU TRƯỞNG", "", "Lê Văn Tám"))
    assert seen.header.signer.capacity == ("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG")
    assert any("ỆU TRƯỞNG" in repair for repair in seen.evidence["signer"].repairs)


def test_a_torn_deputy_s_office_of_which_a_letter_was_misread_is_his() -> None:
    seen = scan(HEAD + TO + BODY + foot("CHỦ TỊCH", "TỦ TỊCH", "", "Lê Văn Tám"))
    assert seen.header.signer.capacity == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


COUNCIL = (
    head("BỘ CÔNG THƯƠNG", "TRƯỜNG ĐẠI HỌC BÌNH MINH", "62/QĐ-ĐHBM", "23/7/2021")
    + ".\nC QUYẾT ĐỊNH\nC Về việc bổ nhiệm\n.\nC CHỦ TỊCH HỘI ĐỒNG TRƯỜNG ĐẠI HỌC BÌNH MINH\n"
    + BODY
    + foot("", "", "", "", "Lê Văn Tám")
)


def reread_line(text: str, *readings: str) -> Line:
    """The line under the body, which looks of the signature block did not read alike."""
    return line(text, 380, 310).model_copy(update={"reading": Reading.SIGNATURE, "readings": readings})


def test_the_beginning_of_an_office_under_the_seal_stands_in_the_line_that_decides() -> None:
    seen = scan(COUNCIL, reread_line("HỘI ĐỒNG TRƯỜNG", "HỘI ĐỒNG TRƯỜNG", "HỘL ĐỒNG TRƯỜNG"))
    assert seen.header.signer.capacity == ("CHỦ TỊCH HỘI ĐỒNG TRƯỜNG",)
    assert seen.header.signer.title == "Chủ tịch Hội đồng trường"


def test_an_office_that_was_read_as_none_is_asked_about() -> None:
    seen = scan(COUNCIL, reread_line("LAM ĐỐC", "LAM ĐỌC", "IÁM ĐỐC"))
    assert seen.header.signer.name == "Lê Văn Tám"
    assert "signer" in seen.review
    assert "signer" not in scan(COUNCIL, reread_line("GIÁM ĐỐC", "GIÁM ĐỌC", "GIÁM ĐỐC")).review
