"""Rows of words joined to lines, on invented rows."""

from __future__ import annotations

from models.page import Box, Line, Word
from pipeline.layout.columns import compose


def row(y: float, *words: tuple[str, float, float, float]) -> Line:
    """A row at a height: words with where they begin and end, and how sure they are."""
    return Line(words=tuple(Word(text=text, box=Box(x0, y, x1, y + 11), confidence=sure) for text, x0, x1, sure in words), base=y + 11)


def test_words_that_were_read_twice_stand_once() -> None:
    twice = (("của", 233, 248, 0.9), ("của", 234, 249, 0.7), ("tuyển", 252, 270, 0.5), ("n", 263, 270, 0.8), ("doanh", 271, 297, 0.7))
    (line,) = compose([row(300, *twice, ("doanh", 272, 297, 0.95))], 595, 842)
    assert line.text == "của tuyển doanh"
    assert [word.confidence for word in line.words] == [0.9, 0.5, 0.95]


def test_words_that_stand_beside_one_another_stay() -> None:
    (line,) = compose([row(300, ("của", 233, 248, 0.9), ("của", 250, 265, 0.9), ("|", 255, 257, 0.2), ("các", 268, 282, 0.9))], 595, 842)
    assert line.text == "của của | các"
    (line,) = compose([row(300, ("lấy", 233, 255, 0.9), ("ý", 247, 254, 0.9), ("kiến", 258, 280, 0.9))], 595, 842)
    assert line.text == "lấy ý kiến"


def test_a_party_s_name_within_a_ground_begins_no_column() -> None:
    words = (("-", 105, 109, 0.9), ("Căn", 112, 131, 0.9), ("cứ", 134, 146, 0.9), ("Đảng", 152, 176, 0.9), ("Cộng", 179, 204, 0.9))
    (line,) = compose([row(190, *words, ("sản", 207, 224, 0.9))], 595, 842)
    assert line.text == "- Căn cứ Đảng Cộng sản"
