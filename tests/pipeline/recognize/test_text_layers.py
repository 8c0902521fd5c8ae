"""Text layers that can be trusted, and those that lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from models.page import Page
from models.skeleton import skeleton
from pipeline.acquire import take
from pipeline.ingest.read_pages import read_pages as read
from pipeline.recognize.ocr.quality import TRUSTED, is_syllable, speaks_another, worth
from pipeline.recognize.pdf.encodings import decode, draws_capitals, mend, of_font
from pipeline.recognize.pdf.text_layer import read_layer
from pipeline.recognize.stamps.signature_boxes import is_signature
from rules.tables import rows

LETTER = [
    "Thực hiện Công văn số 96/BTL-KH ngày 10 tháng 01 năm 2022 của Bộ Thủy lợi",
    "về việc bảo đảm an toàn hồ chứa nước mùa mưa lũ, Sở Thủy lợi đề nghị Ủy ban",
    "nhân dân các huyện, thành phố kiểm tra toàn bộ hồ chứa trên địa bàn./.",
]
Typeset = Callable[..., Path]


def test_a_good_layer_is_read_without_the_engine(typeset: Typeset, replay: type) -> None:
    engine = replay()
    page = next(read(take(typeset(LETTER)), engine=engine))
    assert [line.text for line in page.lines] == LETTER
    assert (page.kind, engine.asked) == ("digital", 0)
    assert page.quality >= TRUSTED
    first = page.lines[0].words[0]
    assert abs(first.box.x0 - 60) < 2 and 45 < first.box.y0 < 60.5 and first.confidence == 1.0


def test_bold_type_is_marked(typeset: Typeset) -> None:
    page = next(read(take(typeset(LETTER, font_file="Tinos-Bold.ttf"))))
    assert all(word.bold for line in page.lines for word in line.words)


FEW = ["Nơi nhận:" + 80 * " " + "GIÁM ĐỐC", "- Như trên;", "- Lưu: VT.", "", 90 * " " + "Lê Văn Tám"]


@pytest.mark.parametrize("lines", [FEW, LETTER])
def test_letters_set_one_by_one_are_words(typeset: Typeset, lines: list[str]) -> None:
    """On a page of a few such letters PDFium ends a line after each."""
    path = typeset(lines, apart=True)
    document = pdfium.PdfDocument(path)
    pieces = read_layer(document, document[0], 0).pieces
    assert [piece.word.text for piece in pieces] == " ".join(lines).split()


def test_the_columns_of_a_printed_header_are_kept_apart(typeset: Typeset) -> None:
    header = ["BỘ THỦY LỢI       CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 96/BTL-KH       Hà Nội, ngày 10 tháng 01 năm 2022", *LETTER]
    page = next(read(take(typeset(header))))
    assert [line.text for line in page.lines][:4] == [
        "BỘ THỦY LỢI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 96/BTL-KH", "Hà Nội, ngày 10 tháng 01 năm 2022",
    ]  # fmt: skip


def test_a_gap_for_a_written_number_does_not_part_the_line(typeset: Typeset) -> None:
    page = next(read(take(typeset(["Số:                 /BTL-KH", *LETTER]))))
    assert page.lines[0].text == "Số: /BTL-KH"


def encoded(text: str, encoding: str) -> str:
    """Write Unicode as a legacy encoding has it: the table read backwards."""
    table = {
        row["letter"]: "".join(chr(int(p[2:], 16)) for p in row["code"].split())
        for row in reversed(rows("encodings"))
        if row["encoding"] == encoding
    }
    return "".join(table.get(c, c) for c in text)


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI"])
def test_legacy_encodings_are_decoded_without_a_font_to_vouch(typeset: Typeset, encoding: str) -> None:
    written = [encoded(line.replace("Ủ", "ủ"), encoding) for line in LETTER]
    assert written != LETTER
    page = next(read(take(typeset(written))))
    assert [skeleton(line.text) for line in page.lines] == [skeleton(line) for line in LETTER]
    assert f"{encoding} decoded" in page.repairs
    assert "về việc bảo đảm an toàn hồ chứa nước" in page.text


@pytest.mark.parametrize(
    ("raw", "encoding", "clear"),
    [
        ("Uû ban nh©n d©n tØnh", "TCVN3", "Uỷ ban nhân dân tỉnh"),
        ("C«ng v¨n ®Õn", "TCVN3", "Công văn đến"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "VNI", "Độc lập - Tự do - Hạnh phúc"),
        ("VĂN THƢ LƢU TRỮ", "gha", "VĂN THƯ LƯU TRỮ"),
    ],
)
def test_decoding(raw: str, encoding: str, clear: str) -> None:
    assert decode(raw, encoding) == clear


def test_fonts_vouch_for_their_encoding() -> None:
    assert [of_font(n) for n in ("ABCDEF+.VnTime", "VNI-Times", "TimesNewRomanPSMT", "Tinos")] == ["TCVN3", "VNI", None, None]
    assert draws_capitals(".VnTimeH") and not draws_capitals(".VnTime")
    assert mend(["c«ng", "v¨n"], [".VnTimeH", ".VnTime"]) == (["CÔNG", "văn"], ("TCVN3 decoded",))


def test_unicode_is_left_alone() -> None:
    words = " ".join(LETTER).split()
    assert mend(words, ["Tinos"] * len(words)) == (words, ())


def test_gha_is_read_as_u_with_horn(typeset: Typeset) -> None:
    page = next(read(take(typeset([line.replace("ư", "ƣ") for line in LETTER], font_file="Arimo-Regular.ttf"))))
    assert "ƣ" not in page.text


@pytest.mark.parametrize(
    ("words", "good"),
    [
        ("Ủy ban nhân dân tỉnh đề nghị các sở, ngành nghiêm túc thực hiện", True),
        ("QUYẾT ĐỊNH Về việc phê duyệt Chương trình hỗ trợ doanh nghiệp", True),
        ("CONG HOA XA HQI CHU NGHiA VIET NAM Doc lap - Tu do - Hanh phiic", False),
        ("C?ng hòa xã h?i ch? ngh?a Vi?t Nam ??c l?p T? do H?nh phúc", False),
        ("Uû ban nh©n d©n tØnh ®Ò nghÞ c¸c së, ngµnh thùc hiÖn", False),
        ("the people's committee requests that all departments comply", False),
    ],
)
def test_the_worth_of_a_layer(words: str, good: bool) -> None:
    assert (worth(words.split()) >= TRUSTED) is good


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "Giao", "khuyến", "ĐỊNH", "ương", "xoèn", "gì"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["HQI", "nghz", "street", "tchc", "ofw"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_a_wrong_language_layer_over_a_scan_gives_way_to_the_pixels(typeset: Typeset, sheet: Callable[[], Image.Image]) -> None:
    path = typeset(["CONG HOA XA HQI CHU NGHiA VIET NAM", "Doc lap - Tu do - Hanh phiic"] * 6, hidden=True, over=sheet())
    page = next(read(take(path)))
    assert page.kind == "scan"
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in [line.text for line in page.lines]


def test_a_hidden_layer_over_strips_is_not_believed(typeset: Typeset, sheet: Callable[[], Image.Image]) -> None:
    path = typeset([line.replace("417", "711") for line in LETTER], hidden=True, over=sheet(), strips=10)
    page = next(read(take(path)))
    assert page.kind == "scan"
    assert "Số:417/STL-KH" in [line.text.replace(" ", "") for line in page.lines]


def test_a_signed_scan_with_a_few_letters_of_text_is_a_scan(typeset: Typeset, sheet: Callable[[], Image.Image]) -> None:
    page = next(read(take(typeset(["Ký bởi: Sở Thủy lợi"], over=sheet()))))
    assert page.kind == "scan"
    assert "Độc lập - Tự do - Hạnh phúc" in [line.text for line in page.lines]


def test_an_invisible_layer_is_told(typeset: Typeset) -> None:
    document = pdfium.PdfDocument(typeset(LETTER, hidden=True))
    layer = read_layer(document, document[0], 0)
    assert layer.hidden == 1.0
    document.close()


ENGLISH = [
    "The Parties shall notify each other in writing of any change of the persons who are",
    "responsible for the works that this Agreement provides for, and of the days by which",
    "the reports of the consultant must be with the owner of the project.",
]


def test_an_english_annex_is_read_from_its_layer(typeset: Typeset, replay: type) -> None:
    engine = replay()
    page = next(read(take(typeset(ENGLISH)), engine=engine))
    assert (page.kind, [line.text for line in page.lines], engine.asked) == ("digital", ENGLISH, 0)


@pytest.mark.parametrize("lines", [LETTER, [skeleton(line) for line in LETTER * 3], ["CONG HOA XA HQI CHU NGHiA VIET NAM"] * 6])
def test_vietnamese_with_or_without_its_marks_is_no_other_language(lines: list[str]) -> None:
    assert not speaks_another(" ".join(lines).split())


def test_the_box_of_a_digital_signature_is_a_stamp(typeset: Typeset) -> None:
    box = ["Ký bởi: SỞ THỦY LỢI", "Email: vanthu@thuyloi.example.vn", "Thời gian ký: 05.03.2022 16:20:11 +07:00"]
    page = next(read(take(typeset([*box, "", "", *LETTER]))))
    (stamp,) = page.stamps
    assert (stamp.kind, [line.text for line in stamp.lines]) == ("digital_signature", box)
    assert [line.text for line in page.lines] == LETTER


@pytest.mark.parametrize("text", ["Số: 96/BTL-KH ngày 10 tháng 01 năm 2022", "Email: hoi-dap@thuyloi.example.vn", "417"])
def test_what_is_no_signature(text: str) -> None:
    assert not is_signature(text)


def test_a_printed_mark_is_a_stamp(typeset: Typeset) -> None:
    page = next(read(take(typeset(["KHẨN", *LETTER]))))
    assert [(s.kind, s.text) for s in page.stamps] == [("urgency", "KHẨN")]
    assert page.lines[0].text == LETTER[0]


def test_an_empty_page_is_blank(tmp_path: Path, replay: type) -> None:
    document = pdfium.PdfDocument.new()
    document.new_page(595, 842)
    document.save(tmp_path / "b.pdf")
    engine = replay()
    page: Page = next(read(take(tmp_path / "b.pdf"), engine=engine))
    assert (page.kind, engine.asked) == ("blank", 0)
