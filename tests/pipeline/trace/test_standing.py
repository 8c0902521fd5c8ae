"""Standings by what is held: told, received, assigned, planned, reported; what counts as acting and what does not."""

from datetime import date

import pytest

from models.letter import Letter
from models.reference import Assignment, Deadline
from models.trace import Instruction, Standing, Trace
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace import UnknownInstruction, matching, trace, trace_all
from tests.pipeline.link.by_hand import cites, day, letter

PM, MIC = "Thủ tướng Chính phủ", "Bộ Thông tin và Truyền thông"
GIA_LAI, SO = "Ủy ban nhân dân tỉnh Gia Lai", "Sở Thông tin và Truyền thông tỉnh Gia Lai"
ALL = ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",)
ABOUT = "Chương trình chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030"
ASKED = letter(
    "asked",
    "700/BTTTT-THH",
    "2021-03-01",
    MIC,
    cites("749/QĐ-TTg", "2020-06-03", PM, "implements", sentence=f"Thực hiện Quyết định số 749/QĐ-TTg phê duyệt {ABOUT}"),
    subject=f"triển khai {ABOUT}",
    to=ALL,
    deadlines=(Deadline(date=day("2021-05-30")),),
)


def graph(*letters: Letter):
    shelf = MemoryIndex(letters)
    return assemble(resolve(one, shelf) for one in letters)


def answer(relation: str, **more) -> Letter:
    reference = cites("700/BTTTT-THH", "2021-03-01", MIC, relation)
    return letter(
        "answer", more.pop("number", "50/UBND-KGVX"), more.pop("on", "2021-04-01"), more.pop("issuer", GIA_LAI), reference, **more
    )


def of(*letters: Letter, province: str = "Gia Lai", number: str = "700/BTTTT-THH", as_of: str = "2021-12-31") -> Trace:
    return trace(graph(ASKED, *letters), number, province, day(as_of))


def test_told_and_no_more() -> None:
    found = of()
    assert (found.standing, found.acted, found.letters, found.path) == (Standing.ADDRESSED, False, (), ())


def test_receipt_alone_is_not_acting() -> None:
    found = of(answer("acknowledges", text="Ủy ban nhân dân tỉnh đã nhận được Công văn nêu trên."))
    assert (found.standing, found.acted) == (Standing.RECEIVED, False)


def test_receipt_and_an_assignment_is() -> None:
    given = (Assignment(to="Sở Thông tin và Truyền thông", role="chủ trì"),)
    found = of(answer("acknowledges", assignments=given))
    assert (found.standing, found.acted, found.direct) == (Standing.ASSIGNED, True, True)


@pytest.mark.parametrize("relation", ["encloses", "proposed_by", "mentions", "amends", "replaces"])
def test_these_never_carry_action(relation: str) -> None:
    found = of(answer(relation, assignments=(Assignment(to="Sở", role="chủ trì"),)))
    assert not found.acted


def test_a_plan_of_its_own() -> None:
    assert of(answer("implements", doc_type="KH", number="10/KH-UBND")).standing == Standing.PLANNED


def test_a_report_to_those_who_asked_and_one_to_others() -> None:
    assert of(answer("implements", doc_type="BC", number="10/BC-UBND", to=(MIC,))).standing == Standing.REPORTED
    assert (
        of(answer("implements", doc_type="BC", number="10/BC-UBND", to=("Hội đồng nhân dân tỉnh Gia Lai",))).standing == Standing.ASSIGNED
    )
    assert of(answer("responds_to", to=(MIC,))).standing == Standing.REPORTED


def test_a_ground_counts_where_the_subject_names_the_programme() -> None:
    plan = {"doc_type": "KH", "number": "10/KH-UBND"}
    assert of(answer("based_on", subject=f"Triển khai thực hiện {ABOUT} trên địa bàn tỉnh Gia Lai", **plan)).standing == Standing.PLANNED
    assert not of(answer("based_on", subject="Phòng, chống thiên tai và tìm kiếm cứu nạn trên địa bàn tỉnh", **plan)).acted
    # a plan of another period is another programme
    other = ABOUT.replace("2025", "2015").replace("2030", "2020")
    assert not of(answer("based_on", subject=f"Triển khai thực hiện {other}", **plan)).acted


def test_an_alias_in_the_subject_names_the_programme() -> None:
    plan = letter(
        "plan",
        "10/KH-UBND",
        "2021-04-01",
        GIA_LAI,
        cites("749/QĐ-TTg", "2020-06-03", PM, "based_on"),
        doc_type="KH",
        subject="Triển khai Chương trình 749",
    )
    assert trace(graph(plan), "749/QĐ-TTg", "Gia Lai").standing == Standing.PLANNED


def test_a_law_that_is_a_ground_is_never_acted_on() -> None:
    about = "Luật Phòng, chống tác hại của rượu, bia"
    law = cites("44/2019/QH14", "2019-06-14", "Quốc hội", "based_on", doc_type="Luật", sentence=f"Căn cứ {about} số 44/2019/QH14;")
    plan = letter("plan", "10/KH-UBND", "2021-04-01", GIA_LAI, law, doc_type="KH", subject=f"Triển khai thực hiện {about}")
    assert not trace(graph(plan), "44/2019/QH14", "Gia Lai").acted
    assert list(trace_all(graph(plan))) == []


def test_through_the_ministry_and_in_order() -> None:
    found = of(answer("implements"), number="749/QĐ-TTg")
    assert (found.standing, found.direct, len(found.path)) == (Standing.ASSIGNED, False, 3)
    assert found.path[-1] == "749/QĐ-TTg"


def test_a_hop_dated_before_its_target_carries_nothing() -> None:
    assert not of(answer("implements", on="2021-02-01")).acted


def test_a_department_is_shown_beside_and_does_not_count() -> None:
    found = of(answer("implements", issuer=SO, number="9/STTTT-CNTT"))
    assert (found.standing, found.acted, found.letters) == (Standing.ADDRESSED, False, ())
    assert [action.number for action in found.departments] == ["9/STTTT-CNTT"]


@pytest.mark.parametrize(
    ("issuer", "capacity", "acted"),
    [
        ("Chủ tịch Ủy ban nhân dân tỉnh Gia Lai", ("CHỦ TỊCH",), True),
        ("Văn phòng Ủy ban nhân dân tỉnh Gia Lai", ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), True),
        ("Văn phòng Ủy ban nhân dân tỉnh Gia Lai", ("CHÁNH VĂN PHÒNG",), False),
        ("Ban|jnhân dân tính Gia Lai", ("CHỦ TỊCH",), True),
        ("Ủy ban nhân dân huyện Chư Sê", ("CHỦ TỊCH",), False),
        ("Ủy ban nhân dân huyện Chư Sê, tỉnh Gia Lai", ("CHỦ TỊCH",), False),
        ("Hội đồng nhân dân tỉnh Gia Lai", ("CHỦ TỊCH",), False),
        ("Ủy ban nhân dân tỉnh Kon Tum", ("CHỦ TỊCH",), False),
    ],
)
def test_whose_letter_counts(issuer: str, capacity: tuple[str, ...], acted: bool) -> None:
    assert of(answer("implements", issuer=issuer, capacity=capacity)).acted is acted


def test_another_provinces_letter_is_no_step_on_the_way() -> None:
    other = answer("implements", issuer="Ủy ban nhân dân tỉnh Kon Tum", number="50/UBND-KT")
    borrowed = letter(
        "b", "60/UBND-KT", "2021-05-01", GIA_LAI, cites("50/UBND-KT", "2021-04-01", "Ủy ban nhân dân tỉnh Kon Tum", "implements")
    )
    assert not of(other, borrowed).acted


def test_the_highest_standing_and_its_shortest_way() -> None:
    given = letter("given", "40/UBND-KGVX", "2021-03-10", GIA_LAI, cites("700/BTTTT-THH", "2021-03-01", MIC, "implements"))
    found = of(given, answer("implements", doc_type="KH", number="10/KH-UBND"))
    assert found.standing == Standing.PLANNED
    assert [action.number for action in found.actions] == ["40/UBND-KGVX", "10/KH-UBND"]
    assert len(found.path) == 2


def test_deciding_articles_address_those_who_answer_for_it() -> None:
    decision = letter(
        "decision",
        "749/QĐ-TTg",
        "2020-06-03",
        PM,
        doc_type="QĐ",
        text="Điều 1. Phê duyệt Chương trình. Điều 3. Các Bộ trưởng, Thủ trưởng cơ quan ngang bộ, Chủ tịch Ủy ban nhân dân các tỉnh, "
        "thành phố trực thuộc trung ương chịu trách nhiệm thi hành Quyết định này./.",
    )
    assert sum(line.standing == Standing.ADDRESSED for line in trace_all(graph(decision))) == 63
    received = letter(
        "r", "80/QĐ-TTg", "2020-06-03", PM, doc_type="QĐ", copies=("HĐND, UBND các tỉnh, TP trực thuộc trung ương", "Lưu: VT")
    )
    assert sum(line.standing == Standing.ADDRESSED for line in trace_all(graph(received))) == 63


def test_inner_matters_address_no_province() -> None:
    inner = letter("i", "81/QĐ-TTg", "2020-06-03", PM, doc_type="QĐ", copies=("Bộ Nội vụ", "VPCP: BTCN, các PCN", "Lưu: VT"))
    assert list(trace_all(graph(inner))) == []


def test_what_no_document_bears_is_said_so() -> None:
    with pytest.raises(UnknownInstruction):
        of(number="1/QĐ-TTg")


def test_a_number_of_several_years_is_several_documents_the_newest_first() -> None:
    made = graph(letter("a", "36/QĐ-TTg", "2020-01-11", PM, doc_type="QĐ"), letter("b", "36/QĐ-TTg", "2021-01-11", PM, doc_type="QĐ"))
    assert [made.nodes[id].date for id in matching(made, "36qđttg")] == [date(2021, 1, 11), date(2020, 1, 11)]


def test_a_ministry_for_society_is_no_commune() -> None:
    molisa = "Bộ Lao động - Thương binh và Xã hội"
    asked = letter("m", "495/BLĐTBXH-TE", "2021-03-01", molisa, to=ALL, subject="triển khai bảo vệ trẻ em")
    assert sum(line.standing == Standing.ADDRESSED for line in trace_all(graph(asked))) == 63


def test_a_day_in_review_counts_as_any_other() -> None:
    early = answer("implements", on="2021-01-05")
    assert not of(early.model_copy(update={"review": ("date",)})).acted


def test_an_instruction_is_told_by_its_day_and_issuer() -> None:
    new, old = letter("new", "36/QĐ-TTg", "2022-01-11", PM, doc_type="QĐ"), letter("old", "36/QĐ-TTg", "2021-01-11", PM, doc_type="QĐ")
    bare = letter("b", "10/UBND-KT", "2022-06-01", GIA_LAI, cites("36/QĐ-TTg", None, None, "implements"))
    made = graph(new, old, bare)
    assert trace(made, "36/QĐ-TTg", "Gia Lai").instruction.date == date(2022, 1, 11)
    for when in (date(2021, 1, 11), date(2022, 1, 11), None):
        found = trace(made, Instruction(number="36/QĐ-TTg", date=when, issuer=PM), "Gia Lai")
        assert found.instruction.date == when
        assert found.acted == (when is None)
