"""What one letter proves: to whom a report goes, in part or whole, and whose letters stand beside."""

from datetime import date

import pytest

from models.letter import Letter
from models.reference import Deadline, Reminder
from models.trace import Standing, Trace
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace import seat_word, trace
from tests.pipeline.link.by_hand import cites, day, letter

MIC, MOST, PM = "Bộ Thông tin và Truyền thông", "Bộ Khoa học và Công nghệ", "Thủ tướng Chính phủ"
GIA_LAI = "Ủy ban nhân dân tỉnh Gia Lai"
FIRST = letter("first", "749/QĐ-TTg", "2022-01-03", PM, doc_type="QĐ")
ASKED = letter("asked", "700/BTTTT-THH", "2022-03-01", MIC, cites("749/QĐ-TTg", "2022-01-03", PM, "guides"), to=(GIA_LAI,))


def report(relation: str = "implements", to: tuple[str, ...] = (MIC,), on: str = "2022-06-01", **more) -> Letter:
    said = more.pop("said", {})
    reference = cites("700/BTTTT-THH", "2022-03-01", MIC, relation, **said)
    number, doc_type = more.pop("number", "88/BC-UBND"), more.pop("doc_type", "BC")
    return letter(f"r {number} {on}", number, on, more.pop("issuer", GIA_LAI), reference, to=to, doc_type=doc_type, **more)


def of(*letters: Letter, number: str = "700/BTTTT-THH", as_of: str = "2025-12-31", asked: Letter = ASKED) -> Trace:
    shelf = MemoryIndex([FIRST, asked, *letters])
    return trace(assemble(resolve(one, shelf) for one in shelf.letters.values()), number, "Gia Lai", date.fromisoformat(as_of))


@pytest.mark.parametrize("number", ["700/BTTTT-THH", "749/QĐ-TTg"])
def test_a_report_that_reaches_it_through_the_ministrys_letter_is_a_report_on_it(number: str) -> None:
    assert of(report(), number=number).standing == Standing.REPORTED
    assert of(report("responds_to"), number=number).standing == Standing.REPORTED
    # one that only passes the task on reaches it by the same way
    assert of(report(number="5/UBND-VX", doc_type="CV", to=("Sở Thông tin và Truyền thông",)), number=number).standing == Standing.ASSIGNED


def test_a_report_to_the_issuers_successor_is_one_to_the_issuer() -> None:
    assert of(report(to=(MOST,), on="2025-04-01")).standing == Standing.REPORTED
    assert of(report(to=("Bộ Y tế",), on="2025-04-01")).standing == Standing.ASSIGNED


@pytest.mark.parametrize("relation", ["implements", "responds_to"])
@pytest.mark.parametrize("to", ["Hội đồng nhân dân tỉnh Gia Lai", "Thường trực Tỉnh ủy", "Các sở, ban, ngành", "Đoàn ĐBQH tỉnh"])
def test_a_report_to_its_own_council_delivers_nothing_to_those_who_asked(relation: str, to: str) -> None:
    assert of(report(relation, to=(to,))).standing == Standing.ASSIGNED
    assert of(report(relation, to=(to, MIC))).standing == Standing.REPORTED


@pytest.mark.parametrize("to", [f"{MIC} (Cục Chuyển đổi số)", f"Vụ Pháp chế, {MIC}", f"{MIC} {GIA_LAI} báo cáo như sau"])
def test_a_units_name_beside_the_issuers_is_still_the_issuers(to: str) -> None:
    assert of(report(to=(to,))).standing == Standing.REPORTED
    assert of(report("responds_to", to=(to,))).standing == Standing.REPORTED


def test_an_official_letter_that_says_that_it_reports_is_a_report() -> None:
    letter_of = {"number": "5/UBND-VX", "doc_type": "CV"}
    assert of(report(subject="báo cáo kết quả chuyển đổi số", **letter_of)).standing == Standing.REPORTED
    assert of(report(subject="hướng dẫn nguồn kinh phí", **letter_of)).standing == Standing.ASSIGNED
    # what it asks of its own departments is their report
    assert of(report(subject="báo cáo kết quả chuyển đổi số", to=("Các sở, ban, ngành",), **letter_of)).standing == Standing.ASSIGNED


def test_a_report_goes_to_whom_the_instruction_names_to_send_it_to() -> None:
    deadline = Deadline(date=day("2022-06-30"), what="gửi báo cáo về Bộ Nội vụ để tổng hợp", deliverable="report")
    asked = ASKED.model_copy(update={"deadlines": (deadline,)})
    assert of(report(to=("Bộ Nội vụ",)), asked=asked).standing == Standing.REPORTED
    assert of(report(to=("Bộ Nội vụ",))).standing == Standing.ASSIGNED


def test_what_goes_to_the_head_of_government_goes_by_his_office() -> None:
    to_pm = letter(
        "r",
        "88/BC-UBND",
        "2022-06-01",
        GIA_LAI,
        cites("749/QĐ-TTg", "2022-01-03", PM, "implements"),
        to=("Văn phòng Chính phủ",),
        doc_type="BC",
    )
    assert of(to_pm, number="749/QĐ-TTg").standing == Standing.REPORTED


def test_a_report_without_kinh_gui_goes_to_those_in_noi_nhan() -> None:
    assert of(report(to=(), copies=("Bộ Thông tin và Truyền thông (để b/c)", "Lưu: VT"))).standing == Standing.REPORTED
    assert of(report(to=(), copies=("TT HĐND tỉnh (để b/c)", "Lưu: VT"))).standing == Standing.ASSIGNED


def test_an_answer_to_its_own_department_is_no_report() -> None:
    so = letter(
        "so",
        "9/STTTT-CNTT",
        "2022-04-01",
        "Sở Thông tin và Truyền thông tỉnh Gia Lai",
        cites("700/BTTTT-THH", "2022-03-01", MIC, "implements"),
    )
    back = letter("b", "50/UBND-VX", "2022-05-01", GIA_LAI, cites("9/STTTT-CNTT", "2022-04-01", so.header.issuer, "responds_to"))
    assert of(so, back).standing == Standing.ASSIGNED


def test_done_in_part_until_a_later_letter_says_more() -> None:
    partly = report(said={"scope": "part"})
    found = of(partly)
    assert (found.standing, "PARTIAL" in found.flags, found.actions[0].partial) == (Standing.REPORTED, True, True)
    assert "PARTIAL" not in of(report()).flags
    # a paragraph that has a name is what was asked, or a part of it: nothing is said to be left
    assert "PARTIAL" not in of(report(said={"scope": "part", "pinpoint": "khoản 2 Điều 7"})).flags
    assert "PARTIAL" not in of(partly, report(on="2022-09-01", number="120/BC-UBND")).flags
    assert "PARTIAL" in of(partly, report(on="2022-09-01", number="121/UBND-VX", doc_type="CV", to=("Sở Y tế",))).flags


def test_an_answer_to_what_reminds_in_whatever_words() -> None:
    words = cites("700/BTTTT-THH", "2022-03-01", MIC, "mentions", id="r1")
    reminding = letter("re", "900/BTTTT-THH", "2022-06-10", MIC, words, to=(GIA_LAI,))
    reminding = reminding.model_copy(update={"reminders": (Reminder(missing="report", of=("r1",)),)})
    moved = letter(
        "mo",
        "900/BTTTT-THH",
        "2022-06-10",
        MIC,
        words,
        to=(GIA_LAI,),
        deadlines=(Deadline(date=day("2022-07-20"), moved="extended", of=("r1",)),),
    )
    plain = letter("pl", "900/BTTTT-THH", "2022-06-10", MIC, words, to=(GIA_LAI,))
    answer = letter(
        "an", "88/BC-UBND", "2022-07-01", GIA_LAI, cites("900/BTTTT-THH", "2022-06-10", MIC, "responds_to"), to=(MIC,), doc_type="BC"
    )
    assert of(reminding, answer).standing == Standing.REPORTED
    assert of(moved, answer).standing == Standing.REPORTED
    assert of(plain, answer).standing == Standing.ADDRESSED


def test_what_the_office_of_the_issuer_extends_is_the_issuers_word() -> None:
    words = cites("749/QĐ-TTg", "2022-01-03", PM, "mentions", id="r1", polarity="postponed", agent="other")
    moved = (Deadline(date=day("2022-09-30"), moved="extended", of=("r1",)),)

    def passed_on(issuer: str, number: str) -> Letter:
        return letter("vp", number, "2022-06-10", issuer, words, to=(GIA_LAI,), deadlines=moved)

    def answer(issuer: str, number: str) -> Letter:
        return letter(
            "an", "88/BC-UBND", "2022-07-01", GIA_LAI, cites(number, "2022-06-10", issuer, "implements"), to=(issuer,), doc_type="BC"
        )

    for issuer, number, acted in (("Văn phòng Chính phủ", "700/VPCP-NN", True), ("Bộ Y tế", "700/BYT-NN", False)):
        assert of(passed_on(issuer, number), answer(issuer, number), number="749/QĐ-TTg").acted is acted


@pytest.mark.parametrize(
    ("issuer", "capacity", "seat"),
    [
        ("Sở Thông tin và Truyền thông tỉnh Gia Lai", ("TL. CHỦ TỊCH", "GIÁM ĐỐC"), "department"),
        ("Sở Thông tin và Truyền thông tỉnh Gia Lai", ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC"), "department"),
        ("Văn phòng Ủy ban nhân dân tỉnh Gia Lai", ("CHÁNH VĂN PHÒNG",), "department"),
        ("Tỉnh ủy Gia Lai", ("T/M BAN THƯỜNG VỤ",), "party"),
        ("Ban Thường vụ Tỉnh ủy Gia Lai", ("PHÓ BÍ THƯ",), "party"),
        ("Hội đồng nhân dân tỉnh Gia Lai", ("CHỦ TỊCH",), "council"),
        ("Ủy ban nhân dân huyện Chư Sê, tỉnh Gia Lai", ("CHỦ TỊCH",), "district"),
        ("Ủy ban nhân dân phường Diên Hồng, tỉnh Gia Lai", ("CHỦ TỊCH",), "district"),
        ("Ủy ban nhân dân thành phố Pleiku, tỉnh Gia Lai", ("CHỦ TỊCH",), "district"),
        ("Văn phòng Tỉnh ủy Gia Lai", ("CHÁNH VĂN PHÒNG",), "party"),
        ("Thường trực Hội đồng nhân dân tỉnh Gia Lai", ("CHỦ TỊCH",), "council"),
    ],
)
def test_these_stand_beside_and_give_no_standing(issuer: str, capacity: tuple[str, ...], seat: str) -> None:
    found = of(report(issuer=issuer, capacity=capacity, number="22/KH-XY", doc_type="KH"))
    assert (found.standing, found.acted, [one.seat for one in found.departments]) == (Standing.ADDRESSED, False, [seat])
    assert seat_word(found.departments[0]) != seat


@pytest.mark.parametrize(
    ("issuer", "capacity"),
    [
        (GIA_LAI, ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
        (GIA_LAI, ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ")),
        ("Văn phòng Ủy ban nhân dân tỉnh Gia Lai", ("TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
        ("Văn phòng Ủy ban nhân dân tỉnh Gia Lai", ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
        ("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân tỉnh Gia Lai", ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")),
    ],
)
def test_the_committees_letterhead_and_its_office_by_order_count(issuer: str, capacity: tuple[str, ...]) -> None:
    assert of(report(issuer=issuer, capacity=capacity, number="22/KH-UBND", doc_type="KH")).standing == Standing.PLANNED


@pytest.mark.parametrize(
    ("behind", "standing"),
    [
        (", Ủy ban nhân dân tỉnh Gia Lai báo cáo như sau: đã làm.", Standing.REPORTED),
        (", UBND tỉnh xin gửi báo cáo như sau: đã làm.", Standing.REPORTED),
        (", Ủy ban nhân dân tỉnh yêu cầu Sở Nội vụ báo cáo.", Standing.ASSIGNED),
        (", Sở Nội vụ báo cáo như sau: đã làm.", Standing.ASSIGNED),
        (", Ủy ban nhân dân tỉnh đã làm.", Standing.ASSIGNED),
    ],
)
def test_an_official_letter_that_reports_in_the_sentence_that_cites_is_a_report(behind: str, standing: Standing) -> None:
    cited = "Công văn số 700/BTTTT-THH"
    said = {"text": cited, "sentence": f"Thực hiện {cited}{behind}", "within": (10, 10 + len(cited))}
    assert of(report(said=said, number="5/UBND-VX", doc_type="CV")).standing == standing
    # to its own department it reports nothing to those who asked
    own = report(said=said, number="5/UBND-VX", doc_type="CV", to=("Sở Nội vụ",))
    assert of(own).standing == Standing.ASSIGNED
