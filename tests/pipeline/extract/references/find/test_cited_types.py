"""The type of a cited document where its symbol begins with an office's letters."""

from __future__ import annotations

import pytest

import pipeline
from models.letter import Header
from models.number import DocumentNumber

AT_HOME = Header(issuer="Ủy ban nhân dân huyện Sông Trà", doc_type="CV")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Thực hiện Công văn số 636/CT-THNV ngày 04/5/2020 của Cục Thuế tỉnh Hà Giang:", "Công văn"),
        ("Thực hiện văn bản số 636/CT-THNV ngày 04/5/2020 của Cục Thuế tỉnh Hà Giang:", "Công văn"),
        ("Thực hiện Chỉ thị số 63/CT-UBND ngày 04/5/2020 của UBND tỉnh Hà Giang:", "Chỉ thị"),
    ],
)
def test_a_tax_office_writes_letters_and_a_committee_directives(text: str, kind: str) -> None:
    (found,) = pipeline.cite(text)
    assert found.doc_type == kind


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Căn cứ Quyết định số 12/QĐ-UBND ngày 04/5/2020 của UBND huyện;", "Ủy ban nhân dân huyện Sông Trà"),
        ("Căn cứ Nghị quyết số 12/NQ-HĐND ngày 04/5/2020 của HĐND huyện;", "Hội đồng nhân dân huyện Sông Trà"),
        ("Căn cứ Quyết định số 12/QĐ-UBND ngày 04/5/2020 của UBND xã;", "Ủy ban nhân dân xã"),
    ],
)
def test_a_level_alone_is_the_citing_letter_s_own_place(text: str, issuer: str) -> None:
    (found,) = pipeline.cite(text, AT_HOME)
    assert found.issuer == issuer


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Căn cứ Chứng thư thẩm định giá số 118/CT-VAE ngày 28/10/2020 của Công ty Thẩm định giá VAE;", "Chứng thư"),
        ("Căn cứ Biên bản họp Hội đồng trường số 27/BBH-HĐT ngày 23 tháng 7 năm 2020;", "Biên bản"),
        ("Căn cứ Bộ luật lao động số 35-L/CTN ngày 23/06/1994;", "Bộ luật"),
    ],
)
def test_the_printed_kind_tells_more_than_a_symbol_that_fits_it_too(text: str, kind: str) -> None:
    (found,) = pipeline.cite(text, AT_HOME)
    assert found.doc_type == kind


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("Căn cứ Quyết định số 07/QĐĐ-HĐT-ĐHSB ngày 15/9/2020 về việc ban hành Quy chế;", "07/QĐ-HĐT-ĐHSB", "Quyết định"),
        ("Căn cứ Kế hoạch số 12/KKH-HĐT ngày 15/9/2020 về việc kiểm tra;", "12/KH-HĐT", "Kế hoạch"),
        ("Căn cứ Công văn số 12/KKH-HĐT ngày 15/9/2020 về việc kiểm tra;", "12/KKH-HĐT", "Công văn"),
        ("Căn cứ Quyết định số 12/KKH-HĐT ngày 15/9/2020 về việc kiểm tra;", "12/KKH-HĐT", "Quyết định"),
    ],
)
def test_a_letter_of_the_printed_type_that_was_read_twice_in_its_symbol(text: str, number: str, kind: str) -> None:
    (found,) = pipeline.cite(text, AT_HOME)
    assert (found.number, found.doc_type) == (number, kind)
    assert isinstance(found.document, DocumentNumber)
    segments = number.split("/")[1].split("-")
    told = found.document.type_abbr
    assert found.document.issuer_abbr == segments[1 if told else 0]
    assert bool(told) is (number != "12/KKH-HĐT")
