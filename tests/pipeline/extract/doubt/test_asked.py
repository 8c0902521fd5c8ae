"""Kinds of values that read well and are wrong: each is asked about; and what is plain is not."""

from __future__ import annotations

import pytest

from pipeline.extract.doubt import FITTED
from pipeline.extract.header import HeaderReading, read_header
from tests.pipeline.extract.header.build import BODY, FOOT, head, page
from tests.pipeline.extract.header.test_traps import HEAD, TO


def read(spec: str, *, kind: str = "scan", confidence: float = 0.96) -> HeaderReading:
    return read_header([page(spec, kind=kind, confidence=confidence)])


@pytest.mark.parametrize("kind", ["scan", "digital"])
@pytest.mark.parametrize(
    "block",
    [
        ("SỞ TÀI NGUYÊN VÀ MÔI", "TRƯỜNG"),
        ("LIÊN ĐOÀN LUẬT", "BAN THƯỜNG VỤ"),
        ("CÔNG TY CỔ PHẦN", "DOANH NGHIỆP"),
        ("TRƯỜNG", ""),
        ("BAN THƯỜNG VỤ", ""),
        ("DOANH NGHIỆP", ""),
    ],
)
def test_an_issuer_that_is_a_part_of_one_is_asked_about(block: tuple[str, str], kind: str) -> None:
    spec = head(*block, "16/TB-XYZ", "12/9/2023").replace("LR  |", "R")
    seen = read(spec + TO + BODY + FOOT, kind=kind, confidence=0.96 if kind == "scan" else 1.0)
    said = f"{seen.header.issuer} {seen.header.issuer_parent}".upper()
    assert "issuer" in seen.review or (block[1] and all(line in said for line in block))


@pytest.mark.parametrize(
    ("name", "meant"),
    [("Thuế tính Ninh Bình", "Thuế tỉnh Ninh Bình"), ("Sở Nội vụ tỉnh Lâm Đông", "Sở Nội vụ tỉnh Lâm Đồng")],
)
def test_addressees_with_marks_that_no_name_has_are_mended_by_name_or_asked_about(name: str, meant: str) -> None:
    spec = HEAD + f"\n.\nK Kính gửi: {name}.\n" + BODY + FOOT
    seen = read(spec)
    assert "recipients" in seen.review or (seen.header.recipients == (meant,) and seen.evidence["recipients"].repairs)
    assert "recipients" in read(spec, kind="digital", confidence=1.0).review  # a text layer says what was typed: never mended


def test_a_field_that_was_not_read_where_the_sheet_shows_writing_is_asked_about() -> None:
    assert "date" in read(HEAD.replace("ngày 07 tháng", "ngày ?? tháng") + TO + BODY + FOOT).review
    assert "number" in read(HEAD.replace("1002/UBND-VX", "~ / ..") + TO + BODY + FOOT).review


@pytest.mark.parametrize(("kind", "confidence"), [("scan", 0.97), ("digital", 1.0)])
def test_what_is_plain_is_not_asked_about(kind: str, confidence: float) -> None:
    assert not set(FITTED) & set(read(HEAD + TO + BODY + FOOT, kind=kind, confidence=confidence).review)


def test_the_confidence_of_a_field_is_its_chance_and_what_is_under_the_threshold_is_asked_about_least_sure_first() -> None:
    seen = read(HEAD + TO + BODY + FOOT, confidence=0.5)
    figures = [seen.evidence[name].confidence for name in seen.review]
    assert figures == sorted(figures) and set(seen.review) & set(FITTED)
