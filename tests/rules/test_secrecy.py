"""Marks of secrecy in typed lines and in the names of files, and words that are none."""

from __future__ import annotations

import unicodedata

import pytest

from rules.secrecy import named_mark, typed_mark


@pytest.mark.parametrize(
    ("line", "mark", "sure"),
    [
        ("MẬT", "MẬT", True),
        ("M Ậ T", "MẬT", True),
        ("T Ố I   M Ậ T", "TỐI MẬT", True),
        ("TUYỆT  MẬT", "TUYỆT MẬT", True),
        ("| MẬT |", "MẬT", True),
        ("Mật", "MẬT", False),
        ("(Tối mật)", "TỐI MẬT", False),
        ("Độ mật: Mật", "MẬT", True),
        ("ĐỘ MẬT : TUYỆT MẬT", "TUYỆT MẬT", True),
        ("Mức độ mật: Tối mật. Độ khẩn: Hỏa tốc", "TỐI MẬT", True),
        ("Số: 12/BC-CAT (MẬT)", "MẬT", False),
        ("Số 12/BC-CAT  TỐI MẬT", "TỐI MẬT", False),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_typed_mark(line: str, mark: str, sure: bool, form: str) -> None:
    found = typed_mark(unicodedata.normalize(form, line))  # type: ignore[arg-type]
    assert found is not None and (found.mark, found.sure) == (mark, sure)


@pytest.mark.parametrize(
    "line",
    [
        "Mật độ", "bí mật", "Mật khẩu", "MẬT MÃ", "Độ mật: Không", "Độ mật:",
        "Độ mật: Thường", "danh mục độ Mật, Tối mật", "Mặt",
        "MẤT", "MẶT", "Mắt", "MẬT ONG", "Nguyễn Văn Mật", "Số: 12/BC-CAT", "Số 12 về bảo mật", "Số: 12 V/v công tác bảo mật", "", "HỎA TỐC",
    ],
)  # fmt: skip
def test_a_line_that_is_no_mark(line: str) -> None:
    assert typed_mark(line) is None


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("Cong van 12 (mat).pdf", "MẬT"),
        ("TUYET MAT 12.pdf", "TUYỆT MẬT"),
        ("toi_mat-45.tif", "TỐI MẬT"),
        ("CV-MẬT-2021.pdf", "MẬT"),
        ("12.CV.MAT.pdf", "MẬT"),
        ("[Mật] kế hoạch.pdf", "MẬT"),
        ("mat.pdf", "MẬT"),
        ("CV12MAT.pdf", "MẬT"),
        ("BaoCaoMat 3.pdf", "MẬT"),
        ("bảo vệ biên giới - Mật.pdf", "MẬT"),
        ("TUYETMAT.jpg", "TUYỆT MẬT"),
        ("tien (mat).pdf", "MẬT"),
        ("Tuyệt mật.bao mat.pdf", "TUYỆT MẬT"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_that_bears_a_mark(name: str, mark: str, form: str) -> None:
    assert named_mark(unicodedata.normalize(form, name)) == mark  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    [
        "doi mat khau.pdf", "Mật khẩu.pdf", "bao mat thong tin.pdf", "BẢO MẬT.pdf", "bi-mat-nha-nuoc.pdf", "mat_ong_rung.pdf",
        "Mat-xcơ-va.pdf", "Mát-xcơ-va.pdf", "mat-xco-va.pdf", "Mat tran To quoc.pdf", "giai phong mat bang.pdf", "tien mat.pdf",
        "nuoc mat.pdf", "mat do dan so.pdf", "mặt.pdf", "mất.pdf", "Pu Mat.pdf", "material.pdf", "format.pdf", "cong van 12.pdf",
        "vang mat.pdf", "BaoMat.pdf", "quy dinh do mat.pdf", ".pdf", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_that_bears_none(name: str, form: str) -> None:
    assert named_mark(unicodedata.normalize(form, name)) is None  # type: ignore[arg-type]
