"""Tracing from records without their texts gives what tracing whole letters gives: the texts are read where they tell something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from models.letter import Letter
from models.trace import Standing, Trace
from pipeline.link import assemble
from pipeline.trace import trace_all
from tests.pipeline.link.by_hand import cites, letter

PM, MOST, NGHE_AN = "Thủ tướng Chính phủ", "Bộ Khoa học và Công nghệ", "Ủy ban nhân dân tỉnh Nghệ An"
ALL = ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",)
ARTICLE = (
    "Điều 4. Các Bộ trưởng, Chủ tịch Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương chịu trách nhiệm thi hành Quyết định này."
)


class Texts:
    """The texts of letters, and which were asked for."""

    def __init__(self, letters: Sequence[Letter]) -> None:
        self.letters = {one.id: one for one in letters}
        self.asked: set[str] = set()

    def __call__(self, ids: Sequence[str]) -> Mapping[str, str]:
        self.asked |= set(ids)
        return {id: "\n".join(self.letters[id].text) for id in ids if self.letters[id].text}


def text(one: Letter, *pages: str) -> Letter:
    return one.model_copy(update={"text": pages})


def to(one: Letter, target: Letter) -> Letter:
    refs = tuple(ref.model_copy(update={"target": target.id}) for ref in one.references)
    return one.model_copy(update={"references": refs})


@pytest.fixture
def letters() -> list[Letter]:
    decision = text(letter("d", "36/QĐ-TTg", "2021-01-11", PM, doc_type="QĐ"), ARTICLE)
    asks = text(letter("m", "332/BKHCN-TĐC", "2021-02-23", MOST, to=ALL), "gửi kế hoạch")
    received = cites("332/BKHCN-TĐC", "2021-02-23", MOST, "acknowledges", sentence="UBND tỉnh nhận được Công văn số 332/BKHCN-TĐC.")
    given = to(text(letter("a", "1002/UBND-VX", "2021-03-07", NGHE_AN, received, to=("Sở Y tế",)), "Giao Sở Y tế chủ trì."), asks)
    only = to(text(letter("b", "1003/UBND-VX", "2021-03-08", "Ủy ban nhân dân tỉnh Hà Tĩnh", received, to=("Sở Y tế",)), "Đã nhận."), asks)
    twice = "sao gửi các sở biết và triển khai thực hiện công tác phòng chống lụt bão trên địa bàn tỉnh"
    copies = [text(letter(name, "5/UBND-NC", "2021-04-01", NGHE_AN, to=("Sở Y tế",), subject=twice), twice) for name in ("c1", "c2")]
    return [decision, asks, given, only, *copies]


def standings(found: Sequence[Trace]) -> dict[tuple[str | None, str], Standing]:
    return {(one.instruction.number, one.province): one.standing for one in found}


def test_texts_are_read_where_they_tell_something_and_only_there(letters: list[Letter]) -> None:
    day = date(2021, 6, 1)
    whole = list(trace_all(assemble(letters), day))
    texts = Texts(letters)
    graph = assemble((one.model_copy(update={"text": ()}) for one in letters), texts)
    assert list(trace_all(graph, day)) == whole
    found = standings(whole)
    # whom the decision obliges, and whether a letter instructs, stands in the text alone
    assert found["36/QĐ-TTg", "Nghệ An"] == Standing.ADDRESSED
    assert found["332/BKHCN-TĐC", "Nghệ An"] == Standing.ASSIGNED and found["332/BKHCN-TĐC", "Hà Tĩnh"] == Standing.RECEIVED
    names = {one.header.number for one in letters if one.id in texts.asked}
    assert names == {"36/QĐ-TTg", "1002/UBND-VX", "1003/UBND-VX", "5/UBND-NC"}


def test_without_any_text_less_is_known(letters: list[Letter]) -> None:
    bare = [one.model_copy(update={"text": ()}) for one in letters]
    found = standings(list(trace_all(assemble(bare), date(2021, 6, 1))))
    assert ("36/QĐ-TTg", "Nghệ An") not in found and found["332/BKHCN-TĐC", "Nghệ An"] == Standing.RECEIVED


def test_copies_are_told_apart_by_texts_that_are_asked_for(letters: list[Letter]) -> None:
    for second, nodes in ((letters[-1].text, 5), (("một việc khác hẳn về đất đai và nhà ở của cán bộ xã",), 6)):
        held = [*letters[:-1], letters[-1].model_copy(update={"text": second})]
        lean = assemble((one.model_copy(update={"text": ()}) for one in held), Texts(held))
        assert {key: node.copies for key, node in lean.nodes.items()} == {key: node.copies for key, node in assemble(held).nodes.items()}
        assert len(lean.nodes) == nodes


def test_only_what_is_wanted_is_traced(letters: list[Letter]) -> None:
    graph, day = assemble(letters), date(2021, 6, 1)
    every = list(trace_all(graph, day))
    some = list(trace_all(graph, day, wanted=lambda node: node.number == "332/BKHCN-TĐC"))
    assert some == [one for one in every if one.instruction.number == "332/BKHCN-TĐC"] and len(some) == 63
