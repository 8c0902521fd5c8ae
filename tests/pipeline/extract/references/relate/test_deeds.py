"""Whether what a letter says of a document was done, by whom, and of how much of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.letter import Header
from models.reference import Reference
from pipeline.extract.references import read_text
from pipeline.extract.references.text.body_text import of_text

DIRECTIVE = "Chỉ thị số 21/CT-TTg ngày 10 tháng 3 năm 2022 của Thủ tướng Chính phủ"
PLAN = "Kế hoạch số 12/KH-UBND ngày 02 tháng 02 năm 2022 của Ủy ban nhân dân tỉnh An Giang"
PROVINCE = Header(issuer="Ủy ban nhân dân tỉnh An Giang", doc_type="CV", recipients=("Bộ Nội vụ",))


def said(text: str, header: Header = PROVINCE) -> Reference:
    (found,) = read_text(of_text(text), header).references
    return found


@pytest.mark.parametrize(
    ("words", "polarity", "agent"),
    [
        ("Thực hiện {}, Ủy ban nhân dân tỉnh yêu cầu các địa phương chưa kiểm tra khẩn trương kiểm tra.", "affirmed", "self"),
        ("Công văn này triển khai thực hiện {}.", "affirmed", "self"),
        ("Ủy ban nhân dân tỉnh An Giang đã triển khai thực hiện {}.", "affirmed", "self"),
        ("UBND tỉnh yêu cầu các sở, ban, ngành thực hiện {}.", "affirmed", "self"),
        ("1. Sở Y tế tổ chức thực hiện {}.", "affirmed", "self"),
        ("Đến nay tỉnh chưa triển khai thực hiện {}.", "denied", "self"),
        ("Do thiếu kinh phí, Ủy ban nhân dân tỉnh chưa bố trí được nguồn lực để thực hiện {}.", "denied", "self"),
        ("Trên địa bàn không có hồ chứa nước. Vì vậy, Ủy ban nhân dân tỉnh không tổ chức triển khai {}.", "denied", "self"),
        ("Ủy ban nhân dân tỉnh không ngừng đẩy mạnh thực hiện {}.", "affirmed", "self"),
        ("Ủy ban nhân dân tỉnh xin lùi thời hạn triển khai thực hiện {} sang quý IV.", "postponed", "self"),
        ("Ủy ban nhân dân tỉnh tạm hoãn triển khai {}.", "postponed", "self"),
        ("Ủy ban nhân dân tỉnh quyết định tạm dừng việc thực hiện {}.", "stopped", "self"),
        ("Ủy ban nhân dân tỉnh An Giang đề nghị Bộ Nội vụ sớm tổ chức thực hiện {}.", "asked", "other"),
        ("Ủy ban nhân dân tỉnh kiến nghị Thủ tướng Chính phủ bãi bỏ {}.", "asked", "other"),
        ("Được biết, Ủy ban nhân dân tỉnh Vĩnh Phúc đã triển khai thực hiện {}.", "affirmed", "other"),
        ("Các địa phương đã triển khai thực hiện {}.", "affirmed", "other"),
        ("Đến nay tinh chưa trien khai thuc hiện {}.", "denied", "self"),
        ("Ông Nguyễn Văn Mẫu đã thực hiện {}.", "affirmed", "other"),
        ("Hộ ông Trần Mẫu và bà Lê Thị Mẫu đã thực hiện {}.", "affirmed", "other"),
    ],
)
def test_polarity_and_agent_are_read_before_the_verb(words: str, polarity: str, agent: str) -> None:
    found = said(words.format(DIRECTIVE))
    assert (found.polarity, found.agent) == (polarity, agent)


@pytest.mark.parametrize(
    ("words", "scope"),
    [
        ("Điều 1. Bãi bỏ {}.", "whole"),
        ("Điều 1. Bãi bỏ toàn bộ {}.", "whole"),
        ("Điều 1. Bãi bỏ một phần {}.", "part"),
        ("Điều 1. Bãi bỏ Phụ lục II ban hành kèm theo {}.", "part"),
        ("Điều 1. Bãi bỏ khoản 2 Điều 3 {}.", "part"),
        ('Điều 1. Thay thế cụm từ "hộ dùng điện" bằng cụm từ "khách hàng" tại {}.', "words"),
        ("Thực hiện {}, các sở báo cáo.", "whole"),
    ],
)
def test_scope_is_read_between_the_verb_and_the_citation(words: str, scope: str) -> None:
    assert said(words.format(PLAN), Header(issuer="Ủy ban nhân dân tỉnh An Giang", doc_type="QĐ")).scope == scope


def test_a_body_that_denies_counts_more_than_a_subject_that_names() -> None:
    header = Header(issuer="Ủy ban nhân dân tỉnh An Giang", doc_type="BC", subject="Kết quả thực hiện Chỉ thị số 21/CT-TTg")
    found = read_text(of_text(f"Ủy ban nhân dân tỉnh không thực hiện {DIRECTIVE}.", header.subject), header).references
    assert {one.polarity for one in found} == {"denied"}


VERBS = ("thực hiện", "triển khai", "triển khai thực hiện", "tổ chức thực hiện", "chấp hành", "thi hành", "quán triệt")
HEADS = ("Ủy ban nhân dân tỉnh", "Tỉnh", "UBND tỉnh An Giang", "Ủy ban nhân dân tỉnh An Giang", "Đến nay, UBND tỉnh")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(HEADS), st.sampled_from(["", "vẫn", "đã"]), st.sampled_from(["chưa", "không", "chưa thể"]), st.sampled_from(VERBS))
def test_a_negation_before_the_verb_turns_the_polarity(head: str, adverb: str, negation: str, verb: str) -> None:
    words = [head, adverb, verb, DIRECTIVE]
    assert said(" ".join(one for one in words if one) + ".").polarity == "affirmed"
    assert said(" ".join(one for one in [*words[:2], negation, *words[2:]] if one) + ".").polarity == "denied"
