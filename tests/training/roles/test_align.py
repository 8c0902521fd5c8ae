"""Roles follow from the labelled fields of an invented letter, whatever the rules made of its lines."""

from __future__ import annotations

from models.page import Role
from pipeline.layout import grid_of
from tests.pipeline.extract.header.build import page
from tests.pipeline.layout.test_roles import LETTER
from training.roles.align import aligned

TRUTH = {
    "issuer": "Sở Y tế tỉnh Gia Lai", "issuer_parent": "Ủy ban nhân dân tỉnh Gia Lai", "number": "126/SYT-NVY", "doc_type": "CV",
    "date": "2022-10-05", "subject": "góp ý dự thảo Quy chế", "recipients": ["Sở Tư pháp", "Sở Nội vụ"],
    "copies": ["Như trên", "Lưu: VT"], "signer": {"name": "Nguyễn Văn An", "capacity": ["GIÁM ĐỐC"]},
}  # fmt: skip


def roles(**changed: object) -> dict[str, Role | None]:
    grid = grid_of(page(LETTER))
    gold = aligned([grid.rows], [(grid.width, grid.height)], {**TRUTH, **changed})
    return {item.text: gold[0][at] for at, item in enumerate(grid.rows)}


def test_lines_have_the_role_of_the_field_that_says_them() -> None:
    told = roles()
    assert told["SỞ Y TẾ"] is told["UBND TỈNH GIA LAI"] is Role.LETTERHEAD
    assert told["V/v góp ý dự thảo Quy chế"] is Role.SUBJECT
    assert told["Kính gửi:"] is told["- Sở Tư pháp;"] is told["- Sở Nội vụ."] is Role.ADDRESSEES
    assert next(role for text, role in told.items() if text.startswith("Số:")) is Role.NUMBER
    assert next(role for text, role in told.items() if "ngày 05" in text) is Role.PLACE_DAY


def test_a_field_that_the_truth_is_unsure_of_is_not_told() -> None:
    assert roles(unsure=["subject"])["V/v góp ý dự thảo Quy chế"] is None


def test_a_field_that_the_truth_lacks_gives_no_role() -> None:
    assert roles(recipients=[])["- Sở Tư pháp;"] is Role.NONE
