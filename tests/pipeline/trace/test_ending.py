"""What ends a plan or an instruction, and from when on; what takes another's place."""

from datetime import date

import pytest

from models.letter import Letter
from models.reference import EffectClause
from models.trace import Standing, Trace
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace import trace
from tests.pipeline.link.by_hand import cites, letter

PM, MARD = "Thủ tướng Chính phủ", "Bộ Nông nghiệp và Phát triển nông thôn"
GIA_LAI, CHAIRMAN = "Ủy ban nhân dân tỉnh Gia Lai", "Chủ tịch Ủy ban nhân dân tỉnh Gia Lai"
ASKED = letter("asked", "34/CT-TTg", "2022-05-04", PM, doc_type="CT", to=(GIA_LAI,))
OF_MARD = letter("mard", "880/BNN-TL", "2022-05-10", MARD, to=(GIA_LAI,))
PLAN = letter("plan", "310/KH-UBND", "2022-06-01", GIA_LAI, cites("34/CT-TTg", "2022-05-04", PM, "implements"), doc_type="KH")


def ends(words: str, number: str, issuer: str, doc_type: str = "CV", of: Letter = PLAN, on: str = "2022-09-05", **said: object) -> Letter:
    head = of.header
    text = f"số {head.number}"
    reference = cites(head.number, str(head.date), head.issuer, "replaces", text=text, sentence=f"{words} {text}.", **said)
    return letter(f"ends {number}", number, on, issuer, reference, doc_type=doc_type)


def of(*letters: Letter, number: str = "34/CT-TTg", as_of: str = "2022-10-01") -> Trace:
    shelf = MemoryIndex([ASKED, OF_MARD, PLAN, *letters])
    return trace(assemble(resolve(one, shelf) for one in shelf.letters.values()), number, "Gia Lai", date.fromisoformat(as_of))


@pytest.mark.parametrize(
    ("words", "number", "issuer", "doc_type"),
    [
        ("thu hồi Kế hoạch", "4100/UBND-NN", GIA_LAI, "CV"),
        ("rút lại Kế hoạch", "4100/UBND-NN", GIA_LAI, "CV"),
        ("Hủy bỏ Kế hoạch", "2255/QĐ-UBND", CHAIRMAN, "QĐ"),
        ("Bãi bỏ Kế hoạch", "19/NQ-HĐND", "Hội đồng nhân dân tỉnh Gia Lai", "NQ"),
        ("Bãi bỏ Kế hoạch", "900/QĐ-TTg", PM, "QĐ"),
        ("1. Kế hoạch", "2256/QĐ-UBND", GIA_LAI, "QĐ"),
    ],
)
def test_a_plan_that_was_withdrawn_proves_nothing_from_that_day_on(words: str, number: str, issuer: str, doc_type: str) -> None:
    withdrawn = ends(words, number, issuer, doc_type)
    found = of(withdrawn)
    assert (found.standing, found.acted, [action.number for action in found.ended]) == (Standing.ADDRESSED, False, ["310/KH-UBND"])
    before = of(withdrawn, as_of="2022-09-04")
    assert (before.standing, before.ended) == (Standing.PLANNED, ())


@pytest.mark.parametrize(
    ("issuer", "said"),
    [
        ("Sở Thông tin và Truyền thông tỉnh Gia Lai", {}),
        ("Ủy ban nhân dân tỉnh Kon Tum", {}),
        (MARD, {}),
        (GIA_LAI, {"scope": "part"}),
        (GIA_LAI, {"scope": "words"}),
        (GIA_LAI, {"polarity": "denied"}),
        (GIA_LAI, {"polarity": "asked"}),
        (GIA_LAI, {"agent": "other"}),
    ],
)
def test_nobody_else_ends_it_nor_a_part_nor_what_is_only_told(issuer: str, said: dict[str, object]) -> None:
    found = of(ends("bãi bỏ Kế hoạch", "980/QĐ-XY", issuer, "QĐ", **said))
    assert (found.standing, found.ended) == (Standing.PLANNED, ())


def test_what_is_suspended_is_still_there() -> None:
    assert of(ends("tạm ngưng hiệu lực Kế hoạch", "2257/QĐ-UBND", GIA_LAI, "QĐ")).standing == Standing.PLANNED
    assert "VOID" not in of(ends("Đình chỉ thi hành Chỉ thị", "35/CT-TTg", PM, "CT", of=ASKED)).flags


def test_a_new_plan_stands_for_what_the_one_that_it_replaces_stood_for() -> None:
    new = ends("Kế hoạch này thay thế Kế hoạch", "388/KH-UBND", GIA_LAI, "KH")
    found = of(new)
    assert (found.standing, [action.number for action in found.actions]) == (Standing.PLANNED, ["388/KH-UBND"])
    assert [action.number for action in found.ended] == ["310/KH-UBND"]
    assert [hop.relation for hop in found.actions[0].hops] == ["replaces", "implements"]
    # and the next one for that, until nothing is in its place
    third = ends("thay thế Kế hoạch", "400/KH-UBND", GIA_LAI, "KH", of=new, on="2022-09-20")
    assert [action.number for action in of(new, third).actions] == ["400/KH-UBND"]
    assert of(new, ends("thu hồi Kế hoạch", "401/UBND-NN", GIA_LAI, of=new, on="2022-09-20")).standing == Standing.ADDRESSED


def test_what_ends_a_plan_and_puts_nothing_in_its_place_stands_for_nothing() -> None:
    # words of the same decision that replace another thing do not speak of the plan
    both = ends("thay thế Quyết định số 12/QĐ-UBND; bãi bỏ Kế hoạch", "2255/QĐ-UBND", GIA_LAI, "QĐ")
    assert of(both).standing == Standing.ADDRESSED


def test_what_carries_out_a_plan_that_is_no_more_falls_with_it() -> None:
    passed_on = letter("on", "700/UBND-NN", "2022-07-01", GIA_LAI, cites("310/KH-UBND", "2022-06-01", GIA_LAI, "implements"))
    assert of(passed_on, ends("thu hồi Kế hoạch", "4100/UBND-NN", GIA_LAI)).standing == Standing.ADDRESSED
    replaced = of(passed_on, ends("thay thế Kế hoạch", "388/KH-UBND", GIA_LAI, "KH"))
    assert [action.number for action in replaced.actions] == ["700/UBND-NN", "388/KH-UBND"]


def test_an_amended_plan_goes_on() -> None:
    amending = letter("am", "2010/QĐ-UBND", "2022-08-01", GIA_LAI, cites("310/KH-UBND", "2022-06-01", GIA_LAI, "amends"), doc_type="QĐ")
    assert of(amending).standing == Standing.PLANNED


def test_what_was_withdrawn_proves_no_receipt() -> None:
    receipt = letter("r", "5/UBND-NN", "2022-05-20", GIA_LAI, cites("880/BNN-TL", "2022-05-10", MARD, "acknowledges"))
    assert of(receipt, number="880/BNN-TL").standing == Standing.RECEIVED
    assert of(receipt, ends("thu hồi Công văn", "6/UBND-NN", GIA_LAI, of=receipt), number="880/BNN-TL").standing == Standing.ADDRESSED


@pytest.mark.parametrize(
    ("issuer", "number", "on", "void"),
    [
        (MARD, "99/QĐ-BNN", "2022-08-01", True),
        ("Bộ Nông nghiệp và Môi trường", "310/QĐ-BNNMT", "2025-04-10", True),
        (PM, "1005/QĐ-TTg", "2022-08-01", True),
        ("Chính phủ", "66/NQ-CP", "2022-08-01", True),
        ("Bộ Tài chính", "2020/QĐ-BTC", "2022-08-01", False),
        (GIA_LAI, "1920/QĐ-UBND", "2022-08-01", False),
    ],
)
def test_void_is_what_its_issuer_the_successor_or_a_body_over_it_ended(issuer: str, number: str, on: str, void: bool) -> None:
    found = of(ends("Bãi bỏ Công văn", number, issuer, "QĐ", of=OF_MARD, on=on), number="880/BNN-TL", as_of="2025-12-31")
    assert ("VOID" in found.flags) is void
    assert "VOID" not in of(ends("Bãi bỏ Công văn", number, issuer, "QĐ", of=OF_MARD, on=on), number="880/BNN-TL", as_of="2022-07-31").flags


@pytest.mark.parametrize("said", [{"scope": "part"}, {"scope": "words"}, {"polarity": "asked"}, {"agent": "other"}])
def test_a_part_words_or_what_is_not_done_make_nothing_void(said: dict[str, object]) -> None:
    assert "VOID" not in of(ends("Bãi bỏ Công văn", "99/QĐ-BNN", MARD, "QĐ", of=OF_MARD, **said), number="880/BNN-TL").flags


def test_what_ends_later_than_the_letter_that_ends_it_is_there_until_then() -> None:
    withdrawn = ends("Bãi bỏ Kế hoạch", "2255/QĐ-UBND", GIA_LAI, "QĐ", id="r1")
    later = withdrawn.model_copy(update={"effect": (EffectClause(says="from", date=date(2022, 9, 20)),)})
    assert of(later, as_of="2022-09-19").standing == Standing.PLANNED
    assert of(later, as_of="2022-09-20").standing == Standing.ADDRESSED
    own_day = later.model_copy(update={"effect": (EffectClause(says="ends", of=("r1",), date=date(2022, 9, 30)), *later.effect)})
    assert of(own_day, as_of="2022-09-29").standing == Standing.PLANNED
    assert of(own_day, as_of="2022-09-30").standing == Standing.ADDRESSED
    # a day before its own is none: nothing ends before it is said
    early = later.model_copy(update={"effect": (EffectClause(says="from", date=date(2022, 6, 20)),)})
    assert of(early, as_of="2022-09-04").standing == Standing.PLANNED


def test_what_is_replaced_in_the_words_behind_it_is_stood_for() -> None:
    ended = "310/KH-UBND hết hiệu lực kể từ ngày Kế hoạch này có hiệu lực và được thay thế bởi Kế hoạch này."
    said = cites("310/KH-UBND", "2022-06-01", GIA_LAI, "replaces", text="310/KH-UBND", sentence=ended, within=(0, 11))
    assert of(letter("new", "388/KH-UBND", "2022-09-12", GIA_LAI, said, doc_type="KH")).standing == Standing.PLANNED
    text = "Kế hoạch số 310/KH-UBND được thay thế bằng"  # the citation is kept with what is said of it
    said = cites(
        "310/KH-UBND", "2022-06-01", GIA_LAI, "replaces", text=text, sentence=f"2. {text} Kế hoạch này.", within=(3, 3 + len(text))
    )
    assert of(letter("new", "388/KH-UBND", "2022-09-12", GIA_LAI, said, doc_type="KH")).standing == Standing.PLANNED
