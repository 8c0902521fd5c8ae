"""What carries action, a test for each sentence of record.md, Acting; beside each the harmless twin."""

from datetime import date

import pytest

from models.letter import Letter
from models.reference import Assignment
from models.trace import Standing, Trace
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace import trace
from tests.pipeline.link.by_hand import cites, letter

MARD, PM = "Bộ Nông nghiệp và Phát triển nông thôn", "Thủ tướng Chính phủ"
GIA_LAI, NGHE_AN = "Ủy ban nhân dân tỉnh Gia Lai", "Ủy ban nhân dân tỉnh Nghệ An"
ALL = ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",)
ASKED = letter("asked", "21/CT-TTg", "2022-03-10", PM, doc_type="CT", to=ALL, subject="an toàn hồ chứa nước")
GUIDED = letter("guided", "1875/BNN-TL", "2022-03-21", MARD, cites("21/CT-TTg", "2022-03-10", PM, "guides"), to=ALL)


def says(relation: str = "implements", of: str = "21/CT-TTg", on: str = "2022-03-10", by: str = PM, **said: object):
    return cites(of, on, by, relation, **said)


def answer(*references, on: str = "2022-04-18", number: str = "512/UBND-KTN", issuer: str = GIA_LAI, **more) -> Letter:
    return letter(f"{issuer} {number}", number, on, issuer, *references, **more)


def of(*letters: Letter, number: str = "21/CT-TTg", province: str = "Gia Lai", as_of: str = "2024-12-31") -> Trace:
    held = [ASKED, GUIDED, *letters]
    shelf = MemoryIndex(held)
    return trace(assemble(resolve(one, shelf) for one in held), number, province, date.fromisoformat(as_of))


@pytest.mark.parametrize("polarity", ["denied", "postponed", "stopped", "asked"])
@pytest.mark.parametrize("relation", ["implements", "responds_to", "follows_up", "guides"])
def test_what_is_not_done_is_received_at_most(polarity: str, relation: str) -> None:
    assert of(answer(says(relation, polarity=polarity))).standing == Standing.RECEIVED
    assert of(answer(says(relation))).acted


def test_what_the_letter_tells_of_another_is_nobodys_act() -> None:
    told = answer(says(agent="other"))
    assert of(told).standing == Standing.ADDRESSED
    assert of(told, province="Nghệ An").standing == Standing.ADDRESSED
    assert of(answer(says(agent="self"))).standing == Standing.ASSIGNED


def test_what_is_asked_of_those_below_is_an_instruction() -> None:
    passed_on = letter("p", "99/BNN-TL", "2022-03-25", MARD, says(polarity="asked", agent="other"), to=ALL)
    done = answer(says(of="99/BNN-TL", on="2022-03-25", by=MARD))
    assert of(passed_on, done).standing == Standing.ASSIGNED
    asked = letter("u", "99/BNN-TL", "2022-03-25", MARD, says(polarity="asked"), to=(PM,))
    assert of(asked, done).standing == Standing.ADDRESSED


@pytest.mark.parametrize(("polarity", "standing"), [("denied", "RECEIVED"), ("stopped", "RECEIVED"), ("postponed", "REPORTED")])
def test_a_report_that_denies_is_received_at_most(polarity: str, standing: str) -> None:
    report = {"number": "88/BC-UBND", "doc_type": "BC", "to": (PM,)}
    title = says("responds_to", sentence="Kết quả thực hiện Chỉ thị số 21/CT-TTg")
    done = answer(title, says(), subject="Kết quả thực hiện Chỉ thị số 21/CT-TTg", **report)
    assert of(done).standing == Standing.REPORTED
    body = says(polarity=polarity, sentence="… Chỉ thị số 21/CT-TTg.", text="Chỉ thị số 21/CT-TTg ngày 10/3/2022")
    denying = answer(title, says(), body, subject="Kết quả thực hiện Chỉ thị số 21/CT-TTg", **report)
    assert of(denying).standing == Standing[standing]


@pytest.mark.parametrize("polarity", ["denied", "stopped", "postponed"])
def test_a_title_does_not_speak_against_the_letters_words(polarity: str) -> None:
    title = says(sentence="Thực hiện Chỉ thị số 21/CT-TTg")
    body = says(polarity=polarity, sentence="Tỉnh chưa thực hiện Chỉ thị số 21/CT-TTg.")
    assert of(answer(title, body, subject="Thực hiện Chỉ thị số 21/CT-TTg")).standing == Standing.RECEIVED
    assert of(answer(title, subject="Thực hiện Chỉ thị số 21/CT-TTg")).standing == Standing.ASSIGNED
    # what a plan says of the past does not take back what it does
    both = says(sentence="Thực hiện Chỉ thị số 21/CT-TTg, Ủy ban nhân dân tỉnh ban hành Kế hoạch.")
    assert of(answer(both, body, number="10/KH-UBND", doc_type="KH")).standing == Standing.PLANNED


def test_receipt_needs_an_assignment_to_act() -> None:
    given = (Assignment(to="Sở Nông nghiệp và Phát triển nông thôn", role="chủ trì"),)
    assert of(answer(says("acknowledges"), assignments=given)).standing == Standing.ASSIGNED
    assert of(answer(says("acknowledges"))).standing == Standing.RECEIVED
    assert of(answer(says("acknowledges", agent="other"))).standing == Standing.ADDRESSED
    # what it assigns is not what it refuses
    assert of(answer(says("acknowledges"), says(polarity="denied", text="nêu trên"), assignments=given)).standing == Standing.RECEIVED


def test_an_enclosure_and_a_proposal_are_never_acted_on() -> None:
    assert of(answer(says("encloses"))).standing == Standing.RECEIVED
    assert of(answer(says("proposed_by"))).standing == Standing.ADDRESSED


def test_a_mere_ground_is_acted_on_where_the_subject_names_the_directive() -> None:
    plan = {"number": "61/KH-UBND", "doc_type": "KH"}
    assert of(answer(says("based_on"), subject="An toàn hồ chứa theo Chỉ thị số 21/CT-TTg", **plan)).standing == Standing.PLANNED
    named = "Kế hoạch bảo đảm an toàn hồ chứa nước trên địa bàn tỉnh Gia Lai năm 2022"
    assert of(answer(says("based_on"), subject=named, **plan)).standing == Standing.PLANNED
    assert not of(answer(says("based_on"), subject="phân bổ kinh phí sự nghiệp", **plan)).acted
    assert not of(answer(says("based_on"), subject="Kế hoạch công tác tháng 21", **plan)).acted
    assert not of(answer(says("based_on"), subject="Thực hiện Nghị quyết số 21 của Quốc hội", **plan)).acted


def test_each_hop_is_dated_not_before_its_target() -> None:
    assert of(answer(says(), on="2022-03-10")).acted
    assert not of(answer(says(), on="2022-03-09")).acted
    # in review or not
    assert not of(answer(says(), on="2022-03-09").model_copy(update={"review": ("date",)})).acted


def test_a_hop_in_the_middle_that_is_too_early_carries_nothing() -> None:
    early = letter("early", "70/BNN-KHTC", "2022-03-01", MARD, says("guides"), to=ALL)
    done = answer(says(of="70/BNN-KHTC", on="2022-03-01", by=MARD))
    assert of(early, done).standing == Standing.ADDRESSED
    assert of(early, done, number="70/BNN-KHTC").standing == Standing.ASSIGNED


def test_a_day_that_is_not_known_contradicts_nothing() -> None:
    assert of(answer(says(), on=None)).acted
    assert of(answer(says("implements", on=None))).acted


def test_a_document_of_unknown_day_is_not_older_than_what_it_cites() -> None:
    undated = letter("u", "70/BNN-KHTC", None, MARD, says("guides", on="2022-03-10"), to=ALL)
    reference = cites("70/BNN-KHTC", None, MARD, "implements", target=undated.id, settled=True)
    assert not of(undated, answer(reference, on="2022-03-05")).acted
    assert of(undated, answer(reference, on="2022-03-30")).acted
    # nor was it there before
    assert not of(answer(says(), on=None), as_of="2022-03-09").acted


@pytest.mark.parametrize(
    ("relation", "said"),
    [
        ("follows_up", {}),
        ("amends", {}),
        ("amends", {"scope": "words"}),
        ("replaces", {"scope": "words"}),
        ("implements", {"polarity": "postponed"}),
    ],
)
def test_an_answer_to_a_reminder_an_extension_or_a_correction_is_an_answer(relation: str, said: dict[str, object]) -> None:
    later = letter("later", "1290/BNN-TL", "2022-05-05", MARD, says(relation, "1875/BNN-TL", "2022-03-21", MARD, **said), to=ALL)
    report = {"number": "95/BC-UBND", "doc_type": "BC", "to": (MARD,), "on": "2022-07-08"}
    done = answer(says(of="1290/BNN-TL", on="2022-05-05", by=MARD), **report)
    assert of(later, done, number="1875/BNN-TL").standing == Standing.REPORTED
    # of another ministry it is no word on it; "follows_up" is a hop of its own
    stranger = letter("later", "1290/BCT-TL", "2022-05-05", "Bộ Công Thương", later.references[0], to=ALL)
    to_it = answer(says(of="1290/BCT-TL", on="2022-05-05", by="Bộ Công Thương"), **(report | {"to": ("Bộ Công Thương",)}))
    assert of(stranger, to_it, number="1875/BNN-TL").acted == (relation == "follows_up")


def test_what_a_province_would_change_in_it_is_no_deed_on_it() -> None:
    assert not of(answer(says("amends"))).acted
    assert not of(answer(says("replaces", scope="words"))).acted


@pytest.mark.parametrize("polarity", ["denied", "stopped", "postponed"])
def test_what_is_not_done_is_not_reached_round_by_the_ministrys_letter(polarity: str) -> None:
    to_ministry = says("responds_to", "1875/BNN-TL", "2022-03-21", MARD)
    refusing = answer(to_ministry, says(polarity=polarity), to=(MARD,))
    assert of(refusing).standing == Standing.RECEIVED
    assert of(refusing, number="1875/BNN-TL").standing == Standing.REPORTED
    assert of(answer(to_ministry, to=(MARD,))).standing == Standing.REPORTED
    assert of(answer(to_ministry, says("mentions"), to=(MARD,))).standing == Standing.REPORTED
