"""Which of two readings of a word is likelier at its place, before anything is seen: invented lines."""

from __future__ import annotations

import pytest

from models.page import Box, Line, Role, Word
from pipeline.reread.word_sense import sense_of


def line(text: str, role: Role) -> Line:
    words = tuple(Word(text=word, box=Box(40 * i, 0, 40 * i + 30, 12)) for i, word in enumerate(text.split(" ")))
    return Line(words=words, role=role)


@pytest.mark.parametrize(
    ("text", "role", "at", "likely", "other"),
    [
        ("Nguyễn Văn Dũng", Role.SIGNER, 1, "Văn", "Vân"),
        ("Lê Tấn Dũng", Role.SIGNER, 0, "Lê", "Lẽ"),
        ("PGS.TS. Lê Tấn Dũng", Role.SIGNER, 1, "Lê", "Lẽ"),
        ("Số: 45 /QĐ-UBND", Role.NUMBER, 2, "/QĐ-UBND", "/QĐ-UBNO"),
        ("Số: 45 /BCA-C04", Role.NUMBER, 2, "/BCA-C04", "/BC^-C(4"),
        ("Số: 45 /HCCV", Role.NUMBER, 2, "/HCCV", "HCCV"),
        ("Sở Nội vụ", Role.ADDRESSEES, 2, "vụ", "vxụ"),
    ],
)
def test_what_makes_a_name_a_symbol_or_a_word_is_likelier(text: str, role: Role, at: int, likely: str, other: str) -> None:
    words, sense = text.split(" "), sense_of(line(text, role))
    assert sense(words[:at], likely, words[at + 1 :]) > sense(words[:at], other, words[at + 1 :])


def test_abbreviations_are_no_faults() -> None:
    sense = sense_of(line("- Lưu: VT, QVTK", Role.COPIES))
    assert sense(["-", "Lưu:", "VT,"], "QVTK", []) == sense(["-", "Lưu:", "VT,"], "QVTN", [])
