"""The day of an invented letter's head, as several looks read its line."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.extract.header import HeaderReading, read_header
from pipeline.layout import relabel
from tests.pipeline.extract.header.build import BODY, FOOT, head, page

LETTER = (
    head("UBND TỈNH GIA LAI", "SỞ Y TẾ", "126/SYT-NVY", "05/10/2022", "Gia Lai")
    + "L V/v góp ý dự thảo Quy chế\n.\nK Kính gửi: Sở Nội vụ.\n"
    + BODY
    + FOOT
)


def read(said: str, *looks: str) -> HeaderReading:
    """The head of a scan whose day line says this, and other looks at it that."""
    drawn = page(LETTER, kind="scan", confidence=0.95)
    lines = []
    for item in drawn.lines:
        if item.text.startswith("Gia Lai, ngày"):
            parts, box = said.split(), item.box
            step = box.width / len(parts)
            words = (
                item.words[0].model_copy(update={"text": part, "box": box._replace(x0=box.x0 + step * at, x1=box.x0 + step * (at + 0.9))})
                for at, part in enumerate(parts)
            )
            item = item.model_copy(update={"words": tuple(words), "readings": looks})
        lines.append(item)
    return read_header([relabel(drawn.model_copy(update={"lines": tuple(lines)}))])


@pytest.mark.parametrize(
    ("said", "looks", "day"),
    [
        ("Gia Lai, ngày 009 tháng 09 năm 20235", ("Gia Lai, ngày 09 tháng 09 năm 2025",), date(2025, 9, 9)),
        ("Gia Lai, ngày 009 tháng 09 năm 20235", ("Gia Lai, ngày 09 tháng 09 năm 2025", "Gia Lai, ngày 09 tháng 09 năm 2023"), None),
        ("Gia Lai, ngày 009 tháng 09 năm 20235", ("Gia Lai, ngày tháng 09 năm 2025",), None),
        ("Gia Lai, ngày 09 tháng 09 năm 2025", ("Gia Lai, ngày 19 tháng 09 năm 2025",), date(2025, 9, 9)),
    ],
    ids=["one look", "two that differ", "none whole", "read whole"],
)
def test_a_day_that_is_not_whole_is_read_as_the_one_look_that_is(said: str, looks: tuple[str, ...], day: date | None) -> None:
    assert read(said, said, *looks).header.date == day


def test_a_day_s_word_that_stands_twice_is_one() -> None:
    assert read("Gia Lai, ngày ngày 9 tháng 10 năm 2025").header.date == date(2025, 10, 9)
