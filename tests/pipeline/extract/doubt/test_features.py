"""What speaks for and against a field, on small invented sheets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.page import Line, Page, Reading
from pipeline.extract.doubt import FITTED, Examined, features
from pipeline.extract.header import read_header
from pipeline.layout import relabel
from tests.pipeline.extract.header.build import BODY, FOOT, head, page
from tests.pipeline.extract.header.test_traps import HEAD, TO, foot

LETTER = HEAD + TO + BODY + FOOT


def examined(spec: str, *, kind: str = "scan", confidence: float = 0.97) -> Examined:
    seen = read_header([page(spec, kind=kind, confidence=confidence)]).examined
    assert seen is not None
    return seen


def of(field: str, spec: str, **options: object) -> dict[str, float]:
    return features(field, examined(spec, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("field", FITTED)
def test_a_plain_digital_letter_has_nothing_against_it(field: str) -> None:
    against = {name for name, value in of(field, LETTER, kind="digital", confidence=1.0).items() if value > 0.01}
    assert against <= {"rule", "unechoed", "known", "symbol_fits", "place_known", "unsaid"}


def test_what_is_faint_is_told_in_the_mean_and_at_the_worst() -> None:
    sheet = page(LETTER, kind="scan", confidence=0.9)
    lines = []
    for line in sheet.lines:
        worse = line.words[0].text == "VĂN" or "Văn" in line.text
        words = tuple(word.model_copy(update={"confidence": 0.4}) if worse and word.text == "Bình" else word for word in line.words)
        lines.append(line.model_copy(update={"words": words}))
    seen = read_header([relabel(sheet.model_copy(update={"lines": tuple(lines)}))]).examined
    assert seen is not None
    found = features("signer", seen)
    assert found["weakest"] == pytest.approx(0.6)
    assert 0.1 < found["faint"] < 0.4


def test_two_readers_that_differ_are_told() -> None:
    sheet: Page = page(LETTER, kind="scan", confidence=0.97)
    lines = tuple(line.model_copy(update={"agreed": 0.8 if "Trần" in line.text else 1.0}) for line in sheet.lines)
    seen = read_header([sheet.model_copy(update={"lines": lines})]).examined
    assert seen is not None
    assert features("signer", seen)["differ"] == pytest.approx(0.2)
    assert features("issuer", seen)["differ"] == 0.0


def test_a_field_that_was_not_read_is_absent_or_mute() -> None:
    assert of("recipients", HEAD + BODY + FOOT)["absent"] == 1.0
    mute = of("date", HEAD.replace("ngày 07 tháng", "ngày ?? tháng") + TO + BODY + FOOT)
    assert (mute["absent"], mute["mute"]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("name", "much"),
    [
        ("Thuế tính Ninh Bình", 1.0),
        ("Thuế tỉnh Ninh Bình", 0.0),
        ("Sở Công Thương và Khoa học tính Lâm Đồng", 0.5),
        ("Sở Khoa học và Công nghệ tỉnh Lâm Đông", 1.0),
    ],
)
def test_marks_that_the_tables_do_not_have_are_told(name: str, much: float) -> None:
    spec = HEAD + f"\n.\nK Kính gửi: {name}.\n" + BODY + FOOT
    assert of("recipients", spec, kind="digital", confidence=1.0)["misspelt"] == pytest.approx(much, abs=0.06)


def test_marks_that_the_letter_itself_has_otherwise_are_mended_or_told_on_scans() -> None:
    spec = HEAD + "\n.\nK Kính gửi: Hội Võ thuật cô truyền.\n" + BODY.replace("triển khai", "Hội Võ thuật cổ truyền") + FOOT
    assert examined(spec).said("recipients") == ("Hội Võ thuật cổ truyền",) or of("recipients", spec)["disputed"] > 0
    assert of("recipients", spec, kind="digital", confidence=1.0)["disputed"] == 0


def test_words_that_can_be_no_syllable_are_told() -> None:
    assert of("recipients", HEAD + "\n.\nK Kính gửi: Sở Tai ngyuên.\n" + BODY + FOOT)["foreign"] == 1.0


def test_an_issuer_is_held_against_the_tables_and_the_number() -> None:
    assert (of("issuer", LETTER)["known"], of("issuer", LETTER)["symbol_strange"]) == (1.0, 0.0)
    strange = of("issuer", head("LIÊN HIỆP CÁC HỘI", "SÔNG BA", "16/TB-XYZ", "12/9/2023") + TO + BODY + FOOT)
    assert (strange["known"], strange["symbol_strange"]) == (0.0, 1.0)


def test_a_number_is_held_against_its_issuer_and_its_title() -> None:
    assert of("number", LETTER)["symbol_fits"] == 1.0
    other = of("number", LETTER.replace("1002/UBND-VX", "1002/BXD-VX"))
    assert (other["symbol_fits"], other["symbol_strange"]) == (0.0, 1.0)
    assert of("number", LETTER.replace("1002/UBND-VX", "192012/UBND-VX"))["serial_long"] == 2.0


def test_a_name_without_its_surname_is_short_on_a_scan_alone() -> None:
    spec = HEAD + TO + BODY + foot("CHỦ TỊCH", "", "Lê Tám")
    assert of("signer", spec)["short"] == 1.0
    assert of("signer", spec, kind="digital", confidence=1.0)["short"] == 0.0


def test_pieces_of_the_seal_beside_a_name_tell_nothing_of_it() -> None:
    sheet = page(HEAD + TO + BODY + foot("GIÁM ĐỐC", "", "Y TẾ", "", "Lê Văn Tám"), kind="scan", confidence=0.97)
    lines = [line.model_copy(update={"agreed": 0.0 if line.text == "Y TẾ" else 1.0}) for line in sheet.lines]
    seen = read_header([relabel(sheet.model_copy(update={"lines": tuple(lines)}))]).examined
    assert seen is not None
    assert features("signer", seen)["differ"] == 0


def test_a_name_with_a_word_in_small_letters_lost_its_capital() -> None:
    """A text layer without its letter H has "uy" for "Huy"."""
    assert "signer" in read_header([page(HEAD + TO + BODY + foot("GIÁM ĐỐC", "", "Lê uy Tám"))]).review
    assert "signer" not in read_header([page(HEAD + TO + BODY + foot("GIÁM ĐỐC", "", "Lê Huy Tám"))]).review


def test_lines_that_the_labeller_takes_for_something_else_are_told() -> None:
    seen = examined(LETTER)
    own = {id(row.line) for row in seen.zone("subject")}
    assert features("subject", seen)["misplaced"] == features("subject", seen)["missed"] == 0.0
    doubted = {line: {**of, "subject": 0.1} if line in own else of for line, of in seen.opinions.items()}
    assert features("subject", replace(seen, opinions=doubted))["misplaced"] == pytest.approx(0.8)
    body = next(id(row.line) for row in seen.rows if row.text.startswith("Thực hiện Quyết định"))
    more = {line: {**of, "subject": 0.9} if line == body else of for line, of in seen.opinions.items()}
    assert features("subject", replace(seen, opinions=more))["missed"] == pytest.approx(0.8)


@pytest.mark.parametrize(("piece", "much"), [("NIÊN AC", 0.0), ("/ vực", 0.0), ("GIÁN ĐÓC SỞ Y TẾ", 0.0), ("Nguyẽn Hằi", 0.8)])
def test_beside_a_name_in_full_no_piece_of_a_seal_was_missed(piece: str, much: float) -> None:
    seen = examined(HEAD + TO + BODY + foot("GIÁM ĐỐC", "", piece, "", "Lê Văn Tám"))
    line = next(id(row.line) for row in seen.rows if row.text == piece)
    taken = {**seen.opinions, line: {role: 0.9 if role == "signer" else 0.0 for role in next(iter(seen.opinions.values()))}}
    assert features("signer", replace(seen, opinions=taken))["missed"] == pytest.approx(much)
    short = replace(seen, header=seen.header.model_copy(update={"signer": seen.header.signer.model_copy(update={"name": "Tám Lê"})}))
    assert features("signer", replace(short, opinions=taken))["missed"] == pytest.approx(0.8)


@pytest.mark.parametrize(("line", "twice"), [("GIÁM ĐỐC", 1.0), ("THÓ GIÁM ĐỐC", 0.0)])
def test_a_deputy_s_office_that_was_misread_is_not_his_head_s_once_more(line: str, twice: float) -> None:
    assert of("signer", HEAD + TO + BODY + foot("GIÁM ĐỐC", line, "", "Lê Văn Tám"))["office_twice"] == twice


def test_a_number_and_a_day_left_open_are_told_from_ones_that_were_not_read() -> None:
    sheet = page(HEAD.replace("ngày 07 tháng", "ngày tháng").replace("1002/", " /") + TO + BODY + FOOT, kind="scan", confidence=0.97)

    def blank(*changed: Line) -> list[float]:
        by_text = {line.text: line for line in changed}
        lines = tuple(by_text.get(line.text, line) for line in sheet.lines)
        seen = read_header([sheet.model_copy(update={"lines": lines})]).examined
        assert seen is not None
        return [features(field, seen)["blank"] for field in ("number", "date")]

    number, day = (next(line for line in sheet.lines if word in line.text) for word in ("Số:", "ngày tháng"))
    assert blank() == [1.0, 1.0]
    other = number.text.replace("/", "17/")
    assert blank(number.model_copy(update={"readings": (number.text, other)})) == [0.0, 1.0]
    assert blank(number.model_copy(update={"reading": Reading.DIGITS})) == [0.0, 1.0]
    assert blank(day.model_copy(update={"readings": (day.text, day.text.replace("ngày", "ngày 7, nay là"))})) == [1.0, 0.0]
