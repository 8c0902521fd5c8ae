"""Ways of any length: cycles end, another province's letters are no step, and what leads there is told in one pass."""

from datetime import date

from models.letter import Letter
from models.trace import Standing
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace import trace, trace_all
from tests.pipeline.link.by_hand import cites, letter

PM, MIC = "Thủ tướng Chính phủ", "Bộ Thông tin và Truyền thông"
GIA_LAI, KON_TUM = "Ủy ban nhân dân tỉnh Gia Lai", "Ủy ban nhân dân tỉnh Kon Tum"
FIRST = letter("0", "34/CT-TTg", "2022-05-04", PM, doc_type="CT")


def graph(*letters: Letter):
    shelf = MemoryIndex([FIRST, *letters])
    return assemble(resolve(one, shelf) for one in shelf.letters.values())


def after(cited: Letter, name: str, number: str, on: str, issuer: str, relation: str = "implements", **more) -> Letter:
    head = cited.header
    return letter(name, number, on, issuer, cites(head.number, str(head.date), head.issuer, relation), **more)


def chain(length: int) -> list[Letter]:
    """So many letters of a ministry, each following up the one before, and a committee's that carries out the last."""
    found = [FIRST]
    for step in range(1, length + 1):
        found.append(after(found[-1], str(step), f"{step}/BTTTT-CĐS", "2022-06-01", MIC, "follows_up"))
    return [*found[1:], after(found[-1], "end", "3366/UBND-KGVX", "2022-06-22", GIA_LAI)]


def test_a_chain_has_no_longest_length() -> None:
    found = trace(graph(*chain(300)), "34/CT-TTg", "Gia Lai")
    assert (found.standing, len(found.path)) == (Standing.ASSIGNED, 302)
    broken = [one for one in chain(300) if one.header.number != "150/BTTTT-CĐS"]
    assert not trace(graph(*broken), "34/CT-TTg", "Gia Lai").acted


def test_letters_that_follow_up_each_other_end() -> None:
    seven = letter("7", "2011/BTTTT-THH", "2022-06-20", MIC, cites("2012/BTTTT-THH", "2022-06-20", MIC, "follows_up"))
    eight = after(seven, "8", "2012/BTTTT-THH", "2022-06-20", MIC, "follows_up")
    made = graph(seven, eight, after(seven, "vp", "4410/UBND-VX", "2022-06-24", GIA_LAI))
    assert trace(made, "2011/BTTTT-THH", "Gia Lai").direct
    assert trace(made, "2012/BTTTT-THH", "Gia Lai").standing == Standing.ASSIGNED
    assert not trace(made, "34/CT-TTg", "Gia Lai").acted


def test_the_shortest_way_is_shown_and_of_two_the_stronger() -> None:
    guide = after(FIRST, "g", "1600/BTTTT-CĐS", "2022-05-16", MIC, "guides")
    both = letter(
        "both",
        "10/UBND-VX",
        "2022-06-01",
        GIA_LAI,
        cites("1600/BTTTT-CĐS", "2022-05-16", MIC, "implements"),
        cites("34/CT-TTg", "2022-05-04", PM, "follows_up"),
        cites("34/CT-TTg", "2022-05-04", PM, "implements"),
    )
    (action,) = trace(graph(guide, both), "34/CT-TTg", "Gia Lai").actions
    assert [hop.relation for hop in action.hops] == ["implements"]


def test_through_ones_own_province_and_never_anothers() -> None:
    theirs = after(FIRST, "kt", "50/KH-UBND", "2022-06-01", KON_TUM, doc_type="KH")
    borrowed = after(theirs, "b", "60/UBND-KT", "2022-07-01", GIA_LAI)
    assert not trace(graph(theirs, borrowed), "34/CT-TTg", "Gia Lai").acted
    # nor round by a central letter
    round_about = after(theirs, "c", "70/BTTTT-CĐS", "2022-06-10", MIC, "follows_up")
    last = after(round_about, "d", "80/UBND-KT", "2022-07-01", GIA_LAI)
    assert not trace(graph(theirs, round_about, last), "34/CT-TTg", "Gia Lai").acted
    own = after(theirs, "o", "61/UBND-KT", "2022-07-01", KON_TUM)
    assert [action.number for action in trace(graph(theirs, own), "34/CT-TTg", "Kon Tum").actions] == ["50/KH-UBND", "61/UBND-KT"]


def test_a_way_leads_on_through_what_the_province_was_made_of() -> None:
    old = after(FIRST, "bd", "50/KH-UBND", "2024-06-01", "Ủy ban nhân dân tỉnh Bình Định", doc_type="KH")
    new = after(old, "gl", "9/UBND-KT", "2025-08-01", GIA_LAI)
    found = trace(graph(old, new), "34/CT-TTg", "Gia Lai", date(2025, 9, 1))
    assert [action.number for action in found.actions] == ["50/KH-UBND", "9/UBND-KT"]
    before = after(old, "gl", "9/UBND-KT", "2024-08-01", GIA_LAI)
    assert not trace(graph(old, before), "34/CT-TTg", "Gia Lai", date(2025, 6, 1)).acted


def test_who_is_told_through_others_is_told_once() -> None:
    to = ("Ủy ban nhân dân tỉnh Gia Lai",)
    passed_on = after(FIRST, "g", "1600/BTTTT-CĐS", "2022-05-16", MIC, "guides", to=to)
    lines = {line.instruction.number: line.province for line in trace_all(graph(passed_on))}
    assert lines == {"34/CT-TTg": "Gia Lai", "1600/BTTTT-CĐS": "Gia Lai"}
