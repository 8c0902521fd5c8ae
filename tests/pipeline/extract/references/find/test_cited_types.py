"""The type of a cited document where its symbol begins with an office's letters."""

from __future__ import annotations

import pytest

import pipeline
from models.letter import Header

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
