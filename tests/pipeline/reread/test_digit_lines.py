"""Serials and days by hand: ink, what the network's scores say, readings of invented heads, and pages mended by them.

The heads under written/ are drawn by training.digits.example: a hand that no font has, over print; beside each picture the words that an
engine would have seen, junk for the serial included.
"""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from models.page import Box, Line, Page, Reading, Role, Word
from pipeline.layout import relabel
from pipeline.layout.gaps import date_place, serial_place
from pipeline.recognize.digits import alphabet, beam, date_at, serial_at
from pipeline.recognize.digits.ink import BELOW, HEIGHT, SCALE, cut, ink_of, without_red
from pipeline.recognize.digits.read import DateReading, DigitReading, SerialReading, together
from pipeline.reread import digit_lines
from pipeline.reread.digit_lines import date_line, number_line, with_digits
from pipeline.reread.print_size import resized

HERE = Path(__file__).parent / "written"
HEADS = {"suffix": ("226A", 7, 12), "dotted": ("1945", 23, 10), "seal": ("318", 16, 5)}


def head(name: str, *, confidence: float = 0.9) -> tuple[np.ndarray, Page]:
    """An invented head: its picture at 200 dpi, RGB, and its page."""
    picture = cv2.imread(str(HERE / f"{name}.jpg"))
    assert picture is not None
    lines = tuple(
        Line(words=tuple(Word(text=t, box=Box(*box), confidence=confidence) for t, box in words))
        for words in json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    )
    return np.ascontiguousarray(picture[:, :, ::-1]), relabel(Page(number=1, width=595.4, height=842, kind="scan", lines=lines))


def read_serial(image: np.ndarray, page: Page) -> DigitReading | None:
    place = serial_place(page)
    seen = serial_at(image, 200, place.x0, place.x1, place.base) if place else None
    return seen.serial if seen else None


def read_date(image: np.ndarray, page: Page) -> DateReading:
    place = date_place(page)
    assert place is not None
    return date_at(image, 200, place.x0, place.x1, place.base)


def reading(text: str, confidence: float, x0: float = 115, x1: float = 140) -> DigitReading:
    return DigitReading(text=text, confidence=confidence, digits=(confidence,) * len(text), box=Box(x0, 80, x1, 93))


def said(*steps: tuple[str, float]) -> np.ndarray:
    """Scores of a line: at each step a class ("" the blank) with its probability, the rest shared by the others."""
    scores = np.zeros((len(steps), alphabet.SIZE), np.float32)
    for row, (char, share) in zip(scores, steps, strict=True):
        row[:] = np.log((1 - share) / (alphabet.SIZE - 1))
        row[alphabet.index(char) if char else alphabet.BLANK] = np.log(share)
    return scores


def test_strings_and_their_probabilities() -> None:
    found = beam.likely(said(("1", 0.999), ("", 0.999), ("1", 0.999), ("2", 0.999)))
    assert max(found, key=lambda s: found[s]) == "112"
    assert 0.98 < found["112"] <= 1


def test_repeated_class_without_a_blank_is_one_character() -> None:
    found = beam.likely(said(("7", 0.99), ("7", 0.99)))
    assert max(found, key=lambda s: found[s]) == "7"


def test_heat_makes_less_sure() -> None:
    scores = said(("4", 0.9), ("", 0.9))
    assert beam.likely(scores, 2.0)["4"] < beam.likely(scores)["4"]


def test_spans_tell_the_steps() -> None:
    assert beam.spans(said(("#", 0.9), ("#", 0.9), ("", 0.9), ("5", 0.9))) == [("#", 0, 1), ("5", 3, 3)]


def test_red_ink_is_paper_and_blue_is_not() -> None:
    image = np.full((40, 40, 3), 250, np.uint8)
    image[:, 5:10] = (225, 60, 60)
    image[:, 20:25] = (40, 50, 140)
    grey = without_red(image)
    assert grey[:, 5:10].min() > 0.85 * grey[:, 30:].min()
    assert grey[:, 20:25].max() < 0.3 * grey[:, 30:].min()


def test_ink_has_the_height_of_the_input_and_keeps_the_aspect() -> None:
    line = np.full((96, 400), 255, np.float32)
    line[40:60, 100:110] = 0
    ink = ink_of(line)
    assert ink.shape == (HEIGHT, 200)
    assert ink[25, 52] == pytest.approx(1.0) and ink[5, 150] == 0


def test_faint_writing_is_raised() -> None:
    line = np.full((96, 400), 240, np.float32)
    line[40:60, 100:300] = 190
    assert ink_of(line)[25, 100] > 0.8


def test_cut_outside_the_page_is_paper() -> None:
    image = np.zeros((20, 100), np.uint8) + 200
    ink, box = cut(image, 72.0, 90, 130, 19)
    assert ink.shape[0] == HEIGHT and float(ink.max()) == 0.0
    assert box.y1 == pytest.approx(19 + BELOW) and ink.shape[1] == pytest.approx(40 * SCALE, abs=1)


@pytest.mark.parametrize("name", HEADS)
def test_heads_are_read(name: str) -> None:
    image, page = head(name)
    serial, day, month = HEADS[name]
    seen = read_serial(image, page)
    assert seen is not None and seen.text == serial
    assert len(seen.digits) == len(serial) and all(d >= seen.confidence for d in seen.digits)
    for when, true in ((read_date(image, page).day, day), (read_date(image, page).month, month)):
        assert when is not None
        # a 2 drawn like a Z may be taken for a 1: then it must be asked about, and the true day offered
        asked = when.confidence < 0.9 and true in [int(text) for text, _ in when.others]
        assert int(when.text) == true or asked


@pytest.mark.parametrize("name", HEADS)
def test_readings_stand_in_their_gaps(name: str) -> None:
    image, page = head(name)
    seen = read_serial(image, page)
    assert seen is not None
    words = {w.text: w.box for line in page.lines for w in line.words}
    symbol = next(box for text, box in words.items() if text.startswith("/"))
    assert words["Số:"].x1 - 4 < seen.box.x0 < seen.box.x1 < symbol.x0 + 6


def test_empty_gap_says_nothing_surely() -> None:
    image, page = head("suffix")
    box = next(w.box for line in page.lines for w in line.words if w.text == "Số:")
    slash = next(w.box for line in page.lines for w in line.words if w.text.startswith("/"))
    dot = 200 / 72
    image[int((box.y0 - 9) * dot) : int((box.y1 + 6) * dot), int((box.x1 + 1) * dot) : int((slash.x0 - 1) * dot)] = (250, 249, 244)
    seen = read_serial(image, page)
    assert seen is None or seen.confidence < 0.5


@pytest.mark.parametrize("name", HEADS)
def test_page_is_mended(name: str) -> None:
    image, page = head(name, confidence=0.6)
    serial, _, month = HEADS[name]
    mended = with_digits(page, image, 200.0)
    numbers = [line for line in mended.lines if line.text.startswith("Số:")]
    assert len(numbers) == 1 and numbers[0].reading is Reading.DIGITS
    assert numbers[0].text.replace(" ", "").startswith(f"Số:{serial}/")
    when = read_date(image, page).day
    assert when is not None and any(f"ngày {when.text} tháng {month}" in line.text for line in mended.lines)
    untouched = [line for line in page.lines if "SỞ" in line.text or "lập" in line.text]
    assert all(line in mended.lines for line in untouched)


def test_a_page_without_a_head_is_left_alone() -> None:
    image, page = head("suffix")
    body = relabel(page.model_copy(update={"lines": tuple(line for line in page.lines if line.role is not Role.MOTTO)}))
    assert with_digits(body, image, 200.0) is body


def test_a_sheet_saved_at_a_wrong_resolution_is_read_as_if_it_had_its_size() -> None:
    image, page = head("dotted", confidence=0.95)
    body = [
        Word(text="triển", box=Box(90 + 40 * (i % 10), 300 + 20 * (i // 10), 125 + 40 * (i % 10), 311.3 + 20 * (i // 10)))
        for i in range(30)
    ]
    small = resized(page.model_copy(update={"lines": (*page.lines, Line(words=tuple(body)))}), 0.55)
    mended = with_digits(small, image, 200 / 0.55)
    found = next(line for line in mended.lines if line.reading is Reading.DIGITS and line.text.startswith("Số:"))
    assert found.text.replace(" ", "") == "Số:1945/KH-SYT"
    assert 40 < found.box.x0 < found.box.x1 < 160 and found.box.y1 < 60


def test_the_look_ends_before_the_figures_of_a_unit() -> None:
    glued = Word(text="Số:52ø/BCA-V01", box=Box(113, 80, 225, 92))
    place = serial_place(Page(number=1, width=595, height=842, kind="scan", lines=(Line(words=(glued,)),)))
    assert place is not None
    figures = glued.box.x0 + glued.box.width * glued.text.index("01") / len(glued.text)
    slash = glued.box.x0 + glued.box.width * glued.text.index("/") / len(glued.text)
    assert slash + 20 < place.x1 <= figures


def test_what_one_network_alone_sees_counts_for_little() -> None:
    found = together([{"579": 0.6, "519": 0.4}, {"519": 0.5, "59": 0.5}])
    assert max(found, key=lambda v: found[v]) == "519" and found["519"] > 0.9
    assert sum(found.values()) == pytest.approx(1.0)


def test_a_length_that_the_networks_dispute_is_doubted() -> None:
    found = together([{"4409": 0.9, "44090": 0.1}, {"4409": 0.1, "44090": 0.9}])
    assert found["4409"] == pytest.approx(0.5) and found["44090"] == pytest.approx(0.5)


def test_where_a_network_sees_none_there_may_be_none() -> None:
    assert together([{"": 0.9, "1": 0.1}, {"": 0.9, "1": 0.1}]) == {"1": pytest.approx(0.1)}


def number(*words: tuple[str, float]) -> tuple[Line, Page]:
    boxes = {1: [(95, 205)], 2: [(95, 112), (150, 205)], 3: [(95, 112), (115, 140), (150, 205)]}[len(words)]
    line = Line(words=tuple(Word(text=t, box=Box(a, 80, b, 92), confidence=c) for (t, c), (a, b) in zip(words, boxes, strict=True)))
    return line, Page(number=1, width=595, height=842, kind="scan", lines=(line,))


def mend(line: Line, page: Page, ours: DigitReading, end: str = "/", stop: float = 148) -> Line:
    place = serial_place(page)
    assert place is not None
    return number_line(line, place, SerialReading(serial=ours, end=end, stop=stop))


def test_print_that_the_engine_read_surely_stays() -> None:
    line, page = number(("Số:", 0.96), ("635", 0.95), ("/TB-UBND", 0.93))
    assert mend(line, page, reading("635", 0.97)) is line
    assert mend(line, page, reading("835", 0.6)) is line


@pytest.mark.parametrize(("seen", "read"), [(("635", "635"), False), (("635", "835"), True)])
def test_print_that_both_networks_see_at_a_glance_is_read_no_further(
    monkeypatch: pytest.MonkeyPatch, seen: tuple[str, str], read: bool
) -> None:
    line, page = number(("Số:", 0.96), ("635", 0.95), ("/TB-UBND", 0.93))
    motto = Line(words=(Word(text="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", box=Box(300, 50, 540, 62)),), role=Role.MOTTO)
    asked: list[bool] = []
    monkeypatch.setattr(digit_lines, "serials_at_a_glance", lambda *_: [(text,) for text in seen])
    monkeypatch.setattr(digit_lines, "serial_at", lambda *_: asked.append(True))
    with_digits(page.model_copy(update={"lines": (motto, line)}), np.full((2339, 1654), 255, np.uint8), 200.0)
    assert bool(asked) is read


def test_junk_gives_way_and_keeps_its_doubt() -> None:
    line, page = number(("Số:", 0.96), ("l+bŠ", 0.2), ("/TB-UBND", 0.93))
    new = mend(line, page, reading("1168", 0.44))
    assert new.text == "Số: 1168 /TB-UBND"
    assert new.words[1].confidence == pytest.approx(0.44)
    assert new.words[2].confidence == pytest.approx(0.93)


def test_glued_word_is_parted_where_the_slash_was_seen() -> None:
    line, page = number(("Số:JIAC/KH-UBND", 0.3))
    assert mend(line, page, reading("1146", 0.8)).text == "Số: 1146 /KH-UBND"


def test_agreement_makes_surer_than_either() -> None:
    line, page = number(("Số:", 0.9), ("239", 0.6), ("/TTr-UBND", 0.9))
    new = mend(line, page, reading("239", 0.8))
    assert 0.8 < new.words[1].confidence < 1


def test_party_number_keeps_its_hyphen() -> None:
    line, page = number(("Số", 0.9), ("l2?", 0.2), ("-QĐ/TW", 0.9))
    assert mend(line, page, reading("127", 0.9), end="-").text.replace(" ", "") == "Số:127-QĐ/TW"


def test_party_number_that_the_engine_saw_whole_keeps_its_type() -> None:
    line, page = number(("Số", 0.93), ("368-CV/TU", 0.8))
    assert mend(line, page, reading("368", 0.99, 118, 160), end="/", stop=185).text.replace(" ", "") == "Số:368-CV/TU"


def test_party_number_keeps_a_type_that_was_torn_from_its_slash() -> None:
    line, page = number(("Số:23-", 0.6), ("TB.ĐTN", 0.6))
    assert mend(line, page, reading("55", 0.99, 98, 110), end="-", stop=165).text.replace(" ", "") == "Số:55-TB.ĐTN"


def test_nothing_read_changes_nothing() -> None:
    line, page = number(("Số:", 0.9), ("?", 0.1), ("/TTr-UBND", 0.9))
    assert mend(line, page, reading("9", 0.05)) is line


def dated(*texts: tuple[str, float]) -> tuple[Line, Page]:
    words, x = [], 330.0
    for text, confidence in texts:
        words.append(Word(text=text, box=Box(x, 80, x + 6 * len(text), 92), confidence=confidence))
        x += 6 * len(text) + 4
    line = Line(words=tuple(words))
    return line, Page(number=1, width=595, height=842, kind="scan", lines=(line,))


def test_day_lost_by_the_engine_is_put_in() -> None:
    line, page = dated(("Nam", 0.9), ("Giang,", 0.9), ("ngàyDÄ", 0.1), ("tháng", 0.9), ("4#", 0.5), ("năm", 0.9), ("2023", 0.96))
    place = date_place(page)
    assert place is not None
    new = date_line(line, place, DateReading(day=reading("07", 0.9), month=reading("12", 0.8), year=None))
    assert new.text == "Nam Giang, ngày 07 tháng 12 năm 2023"
    assert [w.confidence for w in new.words if w.text in ("07", "12")] == [pytest.approx(0.9), pytest.approx(0.8)]


def test_printed_date_stays() -> None:
    line, page = dated(("ngày", 0.9), ("24", 0.95), ("tháng", 0.9), ("7", 0.95), ("năm", 0.9), ("2023", 0.96))
    place = date_place(page)
    assert place is not None
    assert date_line(line, place, DateReading(day=reading("24", 0.99), month=reading("7", 0.99), year=None)) is line
    assert date_line(line, place, DateReading(day=reading("21", 0.7), month=reading("7", 0.99), year=None)) is line
