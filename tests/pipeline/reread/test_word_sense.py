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
        ("- Lưu: VT, PC09 (Đ1).", Role.COPIES, 4, "(Đ1).", "(ĐT)."),
        ("- Lưu: VT, PC09 (ĐI).", Role.COPIES, 4, "(ĐI).", "(ĐT)."),
        ("- Lưu: VT, PC09 (Đ1).", Role.COPIES, 4, "(Đ1).", "(Đi)."),
        ("- C09, H01;", Role.COPIES, 2, "H01;", "H0i;"),
        ("- Lưu: VT, P.THLan31", Role.COPIES, 3, "P.THLan31", "P.THLan3I"),
        ("- Lưu: VT, PC09 (Đội 1).", Role.COPIES, 5, "1).", "I)."),
        ("- BGĐ Sở;", Role.COPIES, 1, "BGĐ", "BGĐĐ"),
        ("- CVHT;", Role.COPIES, 0, "-", "1"),
        ("- Hiệu trưởng (để báo cáo);", Role.COPIES, 3, "(để", "(đề"),
        ("Sở Nội vụ", Role.ADDRESSEES, 2, "vụ", "vxụ"),
    ],
)
def test_what_makes_a_name_a_symbol_or_a_word_is_likelier(text: str, role: Role, at: int, likely: str, other: str) -> None:
    words, sense = text.split(" "), sense_of(line(text, role))
    assert sense(words[:at], likely, words[at + 1 :]) > sense(words[:at], other, words[at + 1 :])


def test_abbreviations_are_no_faults() -> None:
    sense = sense_of(line("- Lưu: VT, QVTK", Role.COPIES))
    assert sense(["-", "Lưu:", "VT,"], "QVTK", []) == sense(["-", "Lưu:", "VT,"], "QVTN", [])
