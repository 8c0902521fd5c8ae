"""Whether a document is in force on a day, by its own words and by those of bodies that may end it; and where nobody can say."""

from __future__ import annotations

from typing import Any

from models.letter import Letter
from models.matters.effect import Effect, InForce
from models.reference import EffectClause, Reference
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace.matters.in_force import effects
from tests.pipeline.link.by_hand import cites, day, letter

GIA_LAI, HEALTH, PM = "Ủy ban nhân dân tỉnh Gia Lai", "Bộ Y tế", "Thủ tướng Chính phủ"
NUMBER = "12/2020/QĐ-UBND"


def says(what: str, on: str | None = None, **more: Any) -> EffectClause:
    return EffectClause.model_validate({"says": what, "date": day(on), "sentence": f"{what} {on}", **more})


def rule(*clauses: EffectClause, issuer: str = GIA_LAI) -> Letter:
    held = letter("rule", NUMBER, "2020-03-01", issuer, doc_type="QĐ", subject="quy chế họp")
    return held.model_copy(update={"effect": clauses})


def touches(relation: str, words: str, **more: Any) -> Reference:
    said = f"{words} Quyết định số {NUMBER} ngày 01/3/2020."
    made = cites(NUMBER, "2020-03-01", GIA_LAI, relation, text=f"Quyết định số {NUMBER}", sentence=said)
    return made.model_copy(update={"id": "r1", **more})


def later(reference: Reference, *clauses: EffectClause, issuer: str = GIA_LAI, on: str = "2021-06-01", number: str = "7/QĐ-UBND") -> Letter:
    return letter(f"later {number}", number, on, issuer, reference, doc_type="QĐ").model_copy(update={"effect": clauses})


SIGNED = says("from", after=0)


def of(*letters: Letter, as_of: str = "2022-01-01", number: str = NUMBER) -> Effect:
    shelf = MemoryIndex(letters)
    graph = assemble(resolve(one, shelf) for one in letters)
    (found,) = effects(graph, day(as_of), lambda node: node.number == number)
    return found


def test_in_force_from_the_day_that_it_names() -> None:
    found = of(rule(says("from", "2020-04-01")))
    assert (found.state, found.since) == (InForce.IN_FORCE, day("2020-04-01"))
    assert found.event is not None and found.event.by.sentence == "from 2020-04-01"
    assert of(rule(says("from", "2020-04-01")), as_of="2020-03-15").state is InForce.NOT_YET


def test_the_day_of_signing_is_the_letters_own_and_days_are_counted_from_it() -> None:
    assert of(rule(SIGNED)).since == day("2020-03-01")
    assert of(rule(says("from", after=45))).since == day("2020-04-15")


def test_what_no_letter_tells_is_not_known() -> None:
    assert (of(rule()).state, of(rule()).unknown) == (InForce.UNKNOWN, ("no_day",))
    before = rule().model_copy(update={"effect": None})
    assert of(before).unknown == ("not_asked",)
    untold = of(rule(says("from")))
    assert (untold.state, untold.unknown) == (InForce.UNKNOWN, ("day_untold",))
    cited_only = of(later(touches("mentions", "theo")), number=NUMBER)
    assert (cited_only.state, cited_only.unknown) == (InForce.UNKNOWN, ("not_held",))
    two = rule(says("from", "2020-04-01"), says("from", "2022-06-01"))
    assert (of(two).state, of(two).unknown) == (InForce.UNKNOWN, ("days_differ",))
    assert of(two, as_of="2020-03-15").state is InForce.NOT_YET
    assert of(two, as_of="2022-07-01").state is InForce.IN_FORCE


def test_its_own_term_ends_it() -> None:
    held = rule(SIGNED, says("until", "2020-12-31"))
    assert of(held, as_of="2020-12-31").state is InForce.IN_FORCE
    after = of(held, as_of="2021-01-01")
    assert (after.state, after.ended) == (InForce.ENDED, day("2021-01-01"))


def test_replaced_from_the_day_on_which_the_new_one_begins() -> None:
    new = later(touches("replaces", "thay thế"), says("from", "2021-07-01"))
    before, after = of(rule(SIGNED), new, as_of="2021-06-15"), of(rule(SIGNED), new)
    assert before.state is InForce.IN_FORCE
    assert (after.state, after.ended) == (InForce.ENDED, day("2021-07-01"))
    assert after.event is not None
    assert (after.event.deed, after.event.label, after.event.by.letter.number) == ("replaced", "Văn bản thay thế", "7/QĐ-UBND")


def test_the_day_that_is_said_of_it_goes_before_the_letters_own() -> None:
    new = later(touches("replaces", "bãi bỏ"), SIGNED, says("ends", "2021-10-01", of=("r1",)))
    assert of(rule(SIGNED), new, as_of="2021-09-30").state is InForce.IN_FORCE
    assert of(rule(SIGNED), new).ended == day("2021-10-01")
    with_it = later(touches("replaces", "bãi bỏ"), says("from", "2021-08-01"), says("ends", of=("r1",), with_letter=True))
    assert of(rule(SIGNED), with_it).ended == day("2021-08-01")


def test_an_end_of_which_no_letter_names_the_day() -> None:
    found = of(rule(SIGNED), later(touches("replaces", "bãi bỏ")))
    assert (found.state, found.ended, found.unknown) == (InForce.ENDED, None, ("end_untold",))
    untold = of(rule(SIGNED), later(touches("replaces", "bãi bỏ"), says("from")))
    assert (untold.state, untold.unknown) == (InForce.UNKNOWN, ("day_untold",))


def test_only_who_may_end_it_does() -> None:
    ministry = of(rule(SIGNED), later(touches("replaces", "bãi bỏ"), SIGNED, issuer=HEALTH, number="7/QĐ-BYT"))
    assert ministry.state is InForce.IN_FORCE
    assert [one.counts for one in ministry.events if one.deed == "repealed"] == ["no"]
    above = of(rule(SIGNED), later(touches("replaces", "bãi bỏ"), SIGNED, issuer=PM, number="7/QĐ-TTg"))
    assert above.state is InForce.ENDED
    unread = of(rule(SIGNED), letter("x", "7", "2021-06-01", None, touches("replaces", "bãi bỏ")))
    assert (unread.state, unread.unknown) == (InForce.UNKNOWN, ("authority",))


def test_what_is_denied_asked_for_or_anothers_deed_ends_nothing() -> None:
    for more in ({"polarity": "denied"}, {"polarity": "asked"}, {"polarity": "postponed"}, {"agent": "other"}):
        assert of(rule(SIGNED), later(touches("replaces", "bãi bỏ", **more), SIGNED)).state is InForce.IN_FORCE


def test_a_part_words_and_an_amendment_end_it_in_part() -> None:
    for scope in ("part", "words"):
        found = of(rule(SIGNED), later(touches("replaces", "bãi bỏ", scope=scope), SIGNED))
        assert found.state is InForce.ENDED_IN_PART
    assert of(rule(SIGNED), later(touches("amends", "sửa đổi, bổ sung một số điều của"), SIGNED)).state is InForce.ENDED_IN_PART
    for words in ("bổ sung một điều vào", "đính chính"):
        assert of(rule(SIGNED), later(touches("amends", words), SIGNED)).state is InForce.IN_FORCE


def test_suspended_and_only_so_long() -> None:
    stopped = later(touches("replaces", "ngưng hiệu lực"), says("ends", "2021-07-01", of=("r1",)), says("until", "2021-12-31", of=("r1",)))
    assert of(rule(SIGNED), stopped, as_of="2021-08-01").state is InForce.SUSPENDED
    assert of(rule(SIGNED), stopped, as_of="2022-01-01").state is InForce.IN_FORCE
    behind = touches("replaces", "").model_copy(update={"sentence": f"Quyết định số {NUMBER} bị đình chỉ thi hành.", "within": (0, 30)})
    assert of(rule(SIGNED), later(behind, SIGNED)).state is InForce.SUSPENDED
    stopped = later(touches("replaces", "tạm dừng thực hiện", polarity="stopped"), SIGNED)
    assert of(rule(SIGNED), stopped).state is InForce.SUSPENDED
    part = touches("replaces", "đình chỉ thi hành", scope="part")
    assert of(rule(SIGNED), later(part, SIGNED)).state is InForce.SUSPENDED_IN_PART


def test_a_term_that_was_extended() -> None:
    held = rule(SIGNED, says("until", "2020-12-31"))
    moved = later(touches("amends", "kéo dài hiệu lực của"), says("until", "2022-12-31", of=("r1",)), on="2020-12-01")
    assert of(held, moved, as_of="2021-06-01").state is InForce.IN_FORCE
    assert of(held, moved, as_of="2023-01-01").state is InForce.ENDED


def test_a_term_that_was_extended_by_a_letter_that_follows_up() -> None:
    held = rule(SIGNED, says("until", "2020-12-31"))
    moved = later(touches("follows_up", "kéo dài thời gian thực hiện"), says("until", "2022-12-31", of=("r1",)), on="2020-12-01")
    assert of(held, moved, as_of="2021-06-01").state is InForce.IN_FORCE


def test_a_repeal_that_was_withdrawn_before_its_day() -> None:
    repeal = later(touches("replaces", "bãi bỏ"), says("from", "2021-12-01"))
    back = letter(
        "back", "9/QĐ-UBND", "2021-07-01", GIA_LAI,
        cites("7/QĐ-UBND", "2021-06-01", GIA_LAI, "replaces", sentence="hủy bỏ Quyết định số 7/QĐ-UBND"), doc_type="QĐ",
    )  # fmt: skip
    assert of(rule(SIGNED), repeal, as_of="2022-01-01").state is InForce.ENDED
    assert of(rule(SIGNED), repeal, back, as_of="2022-01-01").state is InForce.IN_FORCE


def test_an_earlier_letter_ends_nothing_and_a_later_one_is_not_known_of_yet() -> None:
    assert of(rule(SIGNED), later(touches("replaces", "bãi bỏ"), SIGNED, on="2019-01-01")).state is InForce.IN_FORCE
    early = of(rule(SIGNED), later(touches("replaces", "bãi bỏ"), SIGNED), as_of="2020-06-01")
    assert (early.state, len(early.events)) == (InForce.IN_FORCE, 1)
