"""What nearly is a mark of secrecy: the file is quarantined, a person is asked, and one who says "none" has it read and stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pipeline
from models.ledger import State

LETTER = [
    "SỞ THỦY LỢI TỈNH ĐẠI HÒA          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 417/STL-KH                     Đại Hòa, ngày 05 tháng 3 năm 2022",
    "V/v kiểm tra hồ chứa nước",
    "Kính gửi: Ủy ban nhân dân các huyện, thành phố.",
    "Sở Thủy lợi đề nghị Ủy ban nhân dân các huyện, thành phố kiểm tra toàn bộ hồ chứa./.",
]


def test_a_file_named_so_is_quarantined_until_a_person_says_it_is_none(typeset: Callable[..., Path], tmp_path: Path) -> None:
    path = typeset(LETTER).rename(tmp_path / "417 (mat).pdf")
    with pipeline.open(tmp_path / "kho") as office:
        office.ingest([path])
        assert [entry.state for entry in office.status()] == [State.QUARANTINED]
        (kept,) = office.archive.letters(with_text=True)
        assert (kept.header.secrecy, kept.review, kept.header.subject, any(kept.text)) == ("MẬT", ("secrecy",), None, False)
        assert (kept.evidence["secrecy"].doubts, kept.evidence["secrecy"].raw) == (("file_name",), "")
        assert not office.verify().faults
        office.correct(kept.id, "secrecy", None, who="Lan")
        office.retry()
        assert [entry.state for entry in office.status()] == [State.STORED]
        (read,) = office.archive.letters(with_text=True)
        assert (read.header.secrecy, read.header.subject) == (None, "kiểm tra hồ chứa nước")
        assert "secrecy" not in read.review and "hồ chứa" in read.text[0]
        assert not office.verify().faults
