"""What the line reader says where MẬT fits the ink: marks across print, words that differ by a letter or two, words of a phrase."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from benchmarks.secrecy.stamps import DPI, Case, scanned
from benchmarks.secrecy.unmarked import Sheet, Stamped, Text, drawn
from pipeline.recognize.ocr.engine import Gray, OcrWord
from pipeline.recognize.stamps.said_marks import level_of
from pipeline.recognize.stamps.secrecy_marks import find_secrecy

ACROSS = Case("TỐI MẬT", "black", 7, True, 60, 77, "invented-quang-ngai-plan", 0, "Arimo-Bold", True, True, "print", "scan")


class Silent:
    """An engine that reads nothing: what is found is found by our own reader."""

    def recognize(self, image: Gray, dpi: int, psm: int = 3) -> list[OcrWord]:
        """Nothing."""
        return []


def marks(image: np.ndarray) -> list[tuple[str, float]]:
    return [(stamp.text, stamp.confidence) for stamp, _ in find_secrecy(image, DPI, [], 1.0, Silent())]


@pytest.mark.parametrize(
    "one",
    [ACROSS, ACROSS._replace(mark="TUYỆT MẬT", ink="blue", grey=False, angle=-6), ACROSS._replace(ink="faint red", grey=False, angle=3)],
    ids=lambda one: f"{one.mark} {one.ink}",
)
def test_a_mark_across_print_is_asked_about_by_its_level(one: Case) -> None:
    assert marks(np.asarray(scanned(one, np.random.default_rng(3)))) == [(one.mark, 0.4)]


@pytest.mark.parametrize("words", ["PHÁT", "HẾT", "NHẬT"])
@pytest.mark.parametrize("angle", [-9.0, 5.0])
def test_a_stamp_of_another_word_is_no_mark(words: str, angle: float) -> None:
    print_ = tuple(Text("đề nghị Ủy ban nhân dân các huyện kiểm tra toàn bộ hồ chứa;", 30, 50.0 + 7 * row, 13, False) for row in range(6))
    sheet = Sheet(print_, (Stamped(words, "black", angle, True, 40, 60), Stamped(words, "faint red", angle, True, 90, 60)), (), ())
    assert marks(drawn(sheet)) == []


@pytest.mark.parametrize("head", ["BẢO MẬT THÔNG TIN", "MẬT KHẨU VÀ MẬT MÃ", "TIỀN MẶT", "MẬT ĐỘ DÂN SỐ"])
def test_a_heading_that_a_stamp_runs_across_is_no_mark(head: str) -> None:
    sheet = Sheet((Text(head, 70, 60, 14, True),), (Stamped("SAO Y", "grey", -6, True, 50, 52),), (), ())
    assert marks(drawn(sheet)) == []


def test_a_word_alone_that_differs_by_its_accent_is_no_mark() -> None:
    image = Image.new("RGB", (1654, 2339), "white")
    font = ImageFont.truetype("/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf", 38)
    ImageDraw.Draw(image).text((700, 500), "MẶT", font=font, fill=(20, 20, 20))
    assert marks(np.asarray(image)) == []


@pytest.mark.parametrize(
    ("before", "after", "mark"),
    [("", "", "MẬT"), ("TÕI", "", "TỐI MẬT"), ("UYỆT", "", "TUYỆT MẬT"), ("BẢO", "", None), ("NGUYỄN", "", None), ("", "ONG", None)],
)
def test_words_beside_tell_the_level_or_a_phrase(before: str, after: str, mark: str | None) -> None:
    assert level_of(before, after) == mark
