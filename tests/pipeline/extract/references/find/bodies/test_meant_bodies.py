"""A body named by its kind or level alone is the sender, the one addressee of that level, or the one that the letter names."""

from __future__ import annotations

import pytest

from models.letter import Header
from pipeline.extract.references import read_text
from pipeline.extract.references.text.body_text import of_text


@pytest.mark.parametrize(
    ("sender", "recipients", "text", "issuer"),
    [
        ("Cục Thuế tỉnh Sông Trà", (), "Công văn số 44/CTST-TTHT ngày 03/8/2022 của Cục Thuế.", "Cục Thuế tỉnh Sông Trà"),
        ("Sở Giáo dục và Đào tạo tỉnh Hà Nam", (), "Công văn số 15/SGDĐT-TC ngày 03/8/2022 của Sở.", "Sở Giáo dục và Đào tạo tỉnh Hà Nam"),
        (
            "Ủy ban nhân dân huyện Tràng Sơn",
            ("Sở Nội vụ tỉnh Hà Nam",),
            "Công văn số 45/SNV-TCBC ngày 22/4/2022 của Sở Nội vụ.",
            "Sở Nội vụ tỉnh Hà Nam",
        ),
        (
            "Tòa án nhân dân huyện Sông Trà",
            ("Ủy ban nhân dân xã Bình Hải",),
            "Quyết định số 30/QĐ-UBND ngày 19/9/2022 của Chủ tịch UBND xã.",
            "Ủy ban nhân dân xã Bình Hải",
        ),
        (
            "Huyện ủy Sông Trà",
            (),
            "Nghe UBND huyện Bình Hải báo cáo; xem Quyết định số 30/QĐ-UBND ngày 19/9/2022 của UBND huyện.",
            "Ủy ban nhân dân huyện Bình Hải",
        ),
        (
            "Huyện ủy Sông Trà",
            (),
            "Nghe UBND huyện Bình Hải, UBND huyện Tân Sơn báo cáo; xem Quyết định số 30/QĐ-UBND ngày 19/9/2022 của UBND huyện.",
            "Ủy ban nhân dân huyện",
        ),
        (
            "Ủy ban nhân dân thị xã Quảng Trị",
            (),
            "Quyết định số 17/QĐ-UBND ngày 30/6/2020 của UBND tỉnh.",
            "Ủy ban nhân dân tỉnh Quảng Trị",
        ),
    ],
)
def test_whose_document_it_is(sender: str, recipients: tuple[str, ...], text: str, issuer: str) -> None:
    (found,) = read_text(of_text(text), Header(issuer=sender, doc_type="CV", recipients=recipients)).references
    assert found.issuer == issuer


def test_a_central_body_of_the_senders_kind_is_told_by_its_symbol() -> None:
    header = Header(issuer="Kho bạc Nhà nước Sông Trà", number="611/KBST-KSC", doc_type="CV")
    for symbol, issuer in (("KBNN", "Kho bạc Nhà nước"), ("KBST", "Kho bạc Nhà nước Sông Trà")):
        (found,) = read_text(of_text(f"Công văn số 580/{symbol}-KSC ngày 02/11/2020 của Kho bạc Nhà nước."), header).references
        assert found.issuer == issuer


def test_a_kind_alone_is_the_one_addressee_of_it() -> None:
    header = Header(issuer="Vườn quốc gia Sông Trà", doc_type="BC", recipients=("Sở Y tế tỉnh Hà Nam", "Bộ Y tế"))
    (found,) = read_text(of_text("Thực hiện Kế hoạch số 21/KH-SYT ngày 05/10/2022 của Sở, Vườn báo cáo."), header).references
    assert found.issuer == "Sở Y tế tỉnh Hà Nam"


def test_a_name_that_runs_on_is_the_addressees() -> None:
    header = Header(issuer="Sở Y tế tỉnh Hà Nam", doc_type="CV", recipients=("Trung tâm Kiểm nghiệm vùng Bắc",))
    text = "Công văn số 21/TTKN ngày 05/10/2022 của Trung tâm Kiểm nghiệm vùng Bắc giám tuyển mẫu."
    (found,) = read_text(of_text(text), header).references
    assert found.issuer == "Trung tâm Kiểm nghiệm vùng Bắc"
