"""How much of a document is ended or changed, by the words of the citation."""

from __future__ import annotations

import pytest

from models.letter import Header
from models.reference import Relation, Scope
from pipeline.extract.references import read_text
from pipeline.extract.references.relate.scope import scope_of_text
from pipeline.extract.references.text.body_text import of_text


@pytest.mark.parametrize(
    ("relation", "text", "pinpoint", "scope"),
    [
        ("replaces", "Quyết định số 5/QĐ-UBND", None, "whole"),
        ("replaces", "Quyết định số 5/QĐ-UBND", "khoản 2 Điều 1", "part"),
        ("replaces", "một phần Quyết định số 5/QĐ-UBND", None, "part"),
        ("amends", "một số điều của Quyết định số 5/QĐ-UBND", None, "part"),
        ("implements", "khoản 2 Điều 1 Quyết định số 5/QĐ-UBND", "khoản 2 Điều 1", "whole"),
    ],
)
def test_a_part_is_known_by_its_pinpoint_or_its_words(relation: Relation, text: str, pinpoint: str | None, scope: Scope) -> None:
    assert scope_of_text(relation, text, pinpoint) == scope


def test_a_letter_says_which_part_it_ends() -> None:
    said = "Quyết định này thay thế khoản 2 Điều 1 Quyết định số 5/QĐ-UBND ngày 02 tháng 01 năm 2020."
    (found,) = read_text(of_text(said), Header(issuer="Ủy ban nhân dân tỉnh Nghệ An", doc_type="QĐ")).references
    assert (found.relation, found.pinpoint, found.scope) == ("replaces", "khoản 2 Điều 1", "part")


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Điều 1. Các văn bản sau đây hết hiệu lực một phần:\n1. {}.", "part"),
        ("Điều 1. Các văn bản sau đây hết hiệu lực toàn bộ:\n1. {}.", "whole"),
        ("Điều 1. Bãi bỏ các văn bản sau:\n1. {}: Mục III.", "part"),
        ("Điều 1. {} hết hiệu lực một phần.", "part"),
        ("Điều 1. {} hết hiệu lực thi hành.", "whole"),
        ("Kể từ ngày Quyết định này có hiệu lực, {} hết hiệu lực thi hành.", "whole"),
    ],
)
def test_what_has_ended_in_part_alone(text: str, scope: Scope) -> None:
    cited = "Quyết định số 5/QĐ-UBND ngày 02 tháng 01 năm 2020 của Ủy ban nhân dân tỉnh Nghệ An"
    (found,) = read_text(of_text(text.format(cited)), Header(issuer="Ủy ban nhân dân tỉnh Nghệ An", doc_type="QĐ")).references
    assert (found.relation, found.scope) == ("replaces", scope)


@pytest.mark.parametrize(
    ("said", "scope"),
    [
        ("nhiệm vụ lập sổ quản lý đến nay chưa hoàn thành", "part"),
        ("đã tiêm phòng 92.110 con, đạt 46% so với chỉ tiêu được giao", "part"),
        ("đã tiêm phòng 92.110 con, đạt 100% chỉ tiêu được giao; không còn nhiệm vụ nào chưa hoàn thành", "whole"),
        ("tỉnh đã hoàn thành 03 nhiệm vụ; 01 nhiệm vụ đang tiếp tục thực hiện", "part"),
        ("tỉnh mới thực hiện được một phần nội dung của Công văn nêu trên, còn 03 huyện chưa khảo sát", "part"),
        ("đến nay tỉnh mới hoàn thành hai trong năm nhiệm vụ", "part"),
        ("ba nhiệm vụ còn lại chuyển sang năm sau", "part"),
        ("đến nay tỉnh mới hoàn thành 3/5 nhiệm vụ được giao", "part"),
        ("tỉnh chưa hoàn thành đầy đủ các nhiệm vụ", "part"),
        ("còn 02 nội dung chưa triển khai do thiếu kinh phí", "part"),
        ("đã hoàn thành toàn bộ nội dung; một phần kinh phí do doanh nghiệp hỗ trợ", "whole"),
        ("đã thực hiện 100% chỉ tiêu; còn 03 huyện có tỷ lệ thấp", "whole"),
    ],
)
def test_a_report_says_that_it_did_in_part_what_was_asked(said: str, scope: Scope) -> None:
    text = f"Thực hiện Công văn số 2310/BNV-CCHC ngày 15 tháng 3 năm 2022 của Bộ Nội vụ, Ủy ban nhân dân tỉnh Hậu Giang báo cáo: {said}."
    header = Header(issuer="Ủy ban nhân dân tỉnh Hậu Giang", doc_type="BC", recipients=("Bộ Nội vụ",))
    assert [one.scope for one in read_text(of_text(text), header).references] == [scope]
    # of a letter that hands a task on the words speak of those whom it tells
    order = header.model_copy(update={"doc_type": "CV", "recipients": ("Các sở, ban, ngành",)})
    told = text.replace("báo cáo:", "yêu cầu các huyện khẩn trương:")
    assert [one.scope for one in read_text(of_text(told), order).references] == ["whole"]
    # an official letter whose subject says that it reports is a report
    by_letter = header.model_copy(update={"doc_type": "CV", "subject": "kết quả cải cách hành chính"})
    assert {one.scope for one in read_text(of_text(text), by_letter).references} == {scope}


@pytest.mark.parametrize(
    ("said", "scopes"),
    [
        (
            "Quyết định này thay thế Quyết định số 5/QĐ-UBND ngày 02/01/2020 quy định chức năng, nhiệm vụ của Sở Xây dựng; Quyết định số "
            "9/QĐ-UBND ngày 06/02/2020 về việc điều chuyển biên chế.",
            {"5/QĐ-UBND": "whole", "9/QĐ-UBND": "whole"},
        ),
        (
            "Quyết định này thay thế Quyết định số 5/QĐ-UBND ngày 02/01/2020 giao biên chế; Phụ lục II Quyết định số 9/QĐ-UBND ngày 06/02",
            {"5/QĐ-UBND": "whole", "9/QĐ-UBND": "part"},
        ),
        (
            "Bãi bỏ các nội dung đã quy định tại Quyết định số 5/QĐ-UBND và Quyết định số 9/QĐ-UBND.",
            {"5/QĐ-UBND": "part", "9/QĐ-UBND": "part"},
        ),
    ],
)
def test_words_of_one_document_s_title_tell_nothing_of_the_next(said: str, scopes: dict[str, Scope]) -> None:
    found = read_text(of_text(said), Header(issuer="Ủy ban nhân dân tỉnh Nghệ An", doc_type="QĐ")).references
    assert {one.number: one.scope for one in found if one.relation == "replaces"} == scopes


@pytest.mark.parametrize(
    ("said", "scopes"),
    [
        ("Điều 1. {0} hết hiệu lực kể từ ngày ký Quyết định này.", ["whole"]),
        ("1. Điều 5 {0} hết hiệu lực kể từ ngày ký Quyết định này.", ["part"]),
        ("Điều 2. Khoản 1 Điều 5 {0} bị bãi bỏ kể từ ngày ký Quyết định này.", ["part"]),
        ("Khoản 3: {0} và {1} chấm dứt hiệu lực kể từ ngày ký Quyết định này.", ["whole", "whole"]),
        ("Điều 3. {0} hết hiệu lực; Mục II {1} hết hiệu lực kể từ ngày ký Quyết định này.", ["whole", "part"]),
    ],
)
def test_a_heading_of_the_letter_s_own_is_no_part_of_what_ends(said: str, scopes: list[Scope]) -> None:
    named = ("Kế hoạch số 140/KH-UBND ngày 05 tháng 6 năm 2020", "Quyết định số 51/QĐ-UBND ngày 07 tháng 6 năm 2020")
    header = Header(issuer="Ủy ban nhân dân tỉnh Nghệ An", doc_type="QĐ")
    found = read_text(of_text(said.format(*named)), header).references
    assert [(one.relation, one.scope) for one in found] == [("replaces", scope) for scope in scopes]
