"""One line as two readers say it: invented words."""

from __future__ import annotations

import pytest

from models.page import Box, Line, Reading, Word
from pipeline.recognize.ocr.line_reader import LineLetter, LineWord
from pipeline.reread.line_vote import agreement
from pipeline.reread.line_vote import voted as voted_with
from pipeline.reread.word_sense import any_word

WIDE = 6.0  # points a character


def said(*words: tuple[str, float]) -> Line:
    """A line as the engine read it: words with confidences, side by side."""
    out, x = [], 100.0
    for text, confidence in words:
        out.append(Word(text=text, box=Box(x, 50, x + WIDE * len(text), 62), confidence=confidence))
        x += WIDE * (len(text) + 1)
    return Line(words=tuple(out))


def heard(text: str, confidence: float = 0.98, others: dict[str, tuple[tuple[str, float], ...]] | None = None) -> list[LineWord]:
    """The same line as the line reader read it, on the same places."""
    out, x = [], 100.0
    for word in text.split(" "):
        letters = tuple(LineLetter(c, confidence, x + WIDE * i, x + WIDE * (i + 1)) for i, c in enumerate(word))
        out.append(LineWord(letters, confidence, (others or {}).get(word, ())))
        x += WIDE * (len(word) + 1)
    return out


def voted(line: Line, ours: list[LineWord], free: slice = slice(None)) -> Line:
    return voted_with(line, ours, any_word, free)


def test_what_both_say_is_surer() -> None:
    line = voted(said(("Sở", 0.8), ("Nội", 0.7), ("vụ", 0.9)), heard("Sở Nội vụ", 0.9))
    assert line.text == "Sở Nội vụ"
    assert line.agreed == 1.0
    assert line.reading is Reading.PAGE
    assert all(word.confidence > 0.95 for word in line.words)


def test_a_mark_that_the_engine_took_for_another() -> None:
    line = voted(said(("GIÁM", 0.95), ("ĐÓC", 0.93)), heard("GIÁM ĐỐC"))
    assert line.text == "GIÁM ĐỐC"
    assert line.reading is Reading.LINES
    assert line.readings == ("GIÁM ĐÓC", "GIÁM ĐỐC")
    assert line.agreed is not None and 0.8 < line.agreed < 1


def test_what_can_be_no_word_gives_way() -> None:
    assert voted(said(("Noi", 0.8), ("nhận:", 0.9)), heard("Nơi nhfn:", 0.6)).words[1].text == "nhận:"


def test_where_they_differ_and_neither_is_sure_doubt_is_told() -> None:
    line = voted(said(("Hà", 0.95), ("Tính", 0.9)), heard("Hà Tĩnh", 0.6, {"Tĩnh": (("Tính", 0.38),)}))
    assert line.words[0].confidence > 0.95
    assert line.words[1].confidence < 0.95


def test_the_engines_word_stays_where_the_reader_doubts_its_own() -> None:
    line = voted(said(("Kế", 0.95), ("hoạch", 0.96)), heard("Kế hoach", 0.5, {"hoach": (("hoạch", 0.45),)}))
    assert line.text == "Kế hoạch"


def test_words_that_the_engine_glued_are_parted() -> None:
    engine = Line(words=(Word(text="VIỆTNAM", box=Box(100, 50, 148, 62), confidence=0.9),))
    line = voted(engine, heard("VIỆT NAM"))
    assert line.text == "VIỆT NAM"
    assert line.words[0].box.x1 < line.words[1].box.x0


def test_specks_that_the_reader_does_not_see_go() -> None:
    assert voted(said(("Sở", 0.9), ("Nội", 0.9), ("vụ", 0.9), ("_", 0.4)), heard("Sở Nội vụ")).text == "Sở Nội vụ"


def test_figures_of_number_and_day_stay_with_their_own_recognizer() -> None:
    line = voted(said(("Số:", 0.9), ("457", 0.6), ("/UBNO-VX", 0.5)), heard("Số: 451 /UBND-VX"), slice(2, None))
    assert line.text == "Số: 457 /UBND-VX"
    assert line.words[1].confidence == 0.6


@pytest.mark.parametrize(("one", "other", "share"), [("a – b", "a-b", 1.0), ("VT, KT.", "VT,KT", 0.8333), ("", "", 1.0)])
def test_agreement_is_of_characters(one: str, other: str, share: float) -> None:
    assert agreement(one, other) == pytest.approx(share, abs=1e-3)


def test_a_word_that_differs_where_figures_are_confirmed() -> None:
    line = voted(said(("ngày", 0.9), ("15", 0.7), ("tháng", 0.9)), heard("ngày 15 thảng"), slice(0, 0))
    assert line.text == "ngày 15 tháng"
    assert line.words[1].confidence > 0.95  # both read it


def test_our_word_over_a_gap_is_parted_where_its_figures_begin() -> None:
    line = voted(said(("Số:", 0.9), ("45", 0.7), ("/QD-UBND", 0.5)), heard("Số:45/QĐ-UBND"), slice(2, None))
    assert line.text == "Số: 45 /QĐ-UBND"
    assert line.words[1].confidence > 0.95


@pytest.mark.parametrize(
    ("read", "ours"),
    [("/UBND-TTHC", "/UBND-THC"), ("/BCA-C04", "/BCA-CO4"), ("/BCA-V01", "/BCA-VOI"), ("/TTr-SNV", "/TT-SNV")],
)
def test_what_the_reader_cannot_tell_apart_stays(read: str, ours: str) -> None:
    assert voted(said(("Số:", 0.9), ("45", 0.9), (read, 0.8)), heard(f"Số: 45 {ours}", 0.95), slice(2, None)).words[2].text == read


def test_a_symbol_is_held_against_the_symbol_however_the_figures_were_read() -> None:
    line = said(("Số:", 0.93), ("81", 0.94), ("/CTCĐ", 0.66))
    assert voted(line, heard("Số 2 /LĐLĐ-CTCĐ", 0.95), slice(2, None)).text == "Số: 81 /LĐLĐ-CTCĐ"


def test_what_else_a_symbol_may_be_is_not_forgotten() -> None:
    line = said(("Số:", 0.96), ("233", 0.98), ("/IB-DCT", 0.6))
    ours = heard("Số: 233/TB-ĐCT", 0.9, {"233/TB-ĐCT": (("233/TB-DCT", 0.3),)})
    assert voted(line, ours, slice(2, None)).words[-1].confidence < 0.8


def test_a_party_number_keeps_the_type_that_the_engine_lost() -> None:
    line = said(("Số:", 0.96), ("1493-", 0.98), ("TU", 0.6))
    assert voted(line, heard("Số: 1493-CV/TU", 0.97), slice(2, None)).text.replace(" ", "") == "Số:1493-CV/TU"


def test_a_dash_between_words_stays() -> None:
    assert voted(said(("VIỆT", 0.9), ("-", 0.6), ("HÀN", 0.9)), heard("VIỆT HÀN")).text == "VIỆT - HÀN"


def test_no_blank_stands_behind_a_slash() -> None:
    assert voted(said(("Tỉnh", 0.9), ("ủy", 0.9), ("(bícáo)", 0.4)), heard("Tỉnh ủy (b/ cáo)")).text == "Tỉnh ủy (b/cáo)"


def test_a_symbols_dot_that_the_engine_alone_sees_stays_and_is_doubted() -> None:
    line = voted(said(("Số:", 0.9), ("03/BC-LDVTCT.LĐ", 0.62)), heard("Số: 03/BC-LĐVTCTLĐ"))
    assert line.words[-1].text == "03/BC-LĐVTCT.LĐ"
    assert line.words[-1].confidence <= 0.5


def test_figures_by_hand_that_the_reader_confirms_are_not_made_sure_by_it_alone() -> None:
    line = said(("Số:", 0.9), ("104", 0.45), ("/TB-ĐCT", 0.9)).model_copy(update={"reading": Reading.DIGITS})
    assert 0.45 < voted(line, heard("Số: 104 /TB-ĐCT"), slice(2, None)).words[1].confidence < 0.85
