"""The seed's trace, line by line as its standings say."""

import json
from datetime import date
from pathlib import Path

import pytest

from models.trace import Standing
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace import trace, trace_all
from tests.pipeline.trace.seed import GIVEN, SEED, SIGNED

GRAPH = assemble(resolve(letter, MemoryIndex(SEED.values())) for letter in SEED.values())
AS_OF = date(2021, 6, 1)
STANDINGS = Path(__file__).parents[4] / "shared" / "seed" / "standings.jsonl"


def lines() -> list[dict[str, object]]:
    name_of = {letter.id: name for name, letter in SEED.items()}
    return [
        {
            **line.record(),
            "letters": [name_of[id] for id in line.letters],
            "path": [name_of.get(id, id) for id in line.path],
        }
        for line in trace_all(GRAPH, AS_OF)
    ]


@pytest.mark.skipif(not STANDINGS.is_file(), reason="the seed's standings are not here")
def test_every_line_of_the_standings() -> None:
    said = lines()
    for wanted in map(json.loads, STANDINGS.read_text(encoding="utf-8").splitlines()):
        same = [row for row in said if row["instruction"] == wanted["instruction"] and row["province"] == wanted["province"]]
        assert len(same) == 1
        assert {key: same[0][key] for key in wanted} == wanted


def test_nghe_an_acted_on_four_instructions_and_no_other_province_on_any() -> None:
    acted = {(row["instruction"]["number"], row["province"]) for row in lines() if row["acted"]}  # type: ignore[index]
    assert acted == {(number, "Nghệ An") for number in ("36/QĐ-TTg", "1322/QĐ-TTg", "332/BKHCN-TĐC", "334/BKHCN-TĐC")}


def test_every_other_province_was_told_and_no_more_is_known() -> None:
    for number in ("332/BKHCN-TĐC", "334/BKHCN-TĐC"):
        others = [row for row in lines() if row["instruction"]["number"] == number and row["province"] != "Nghệ An"]  # type: ignore[index]
        assert len(others) == 62
        assert {row["standing"] for row in others} == {"ADDRESSED"}
        assert not any(row["acted"] or row["letters"] or row["path"] for row in others)


def test_36_by_1002_through_332_with_the_sentences() -> None:
    found = trace(GRAPH, "36 qd ttg", "Nghệ An", AS_OF)
    assert (found.standing, found.direct, found.flags) == (Standing.ASSIGNED, False, ("NO_DEADLINE",))
    (action,) = found.actions
    assert action.number == "1002/UBND-VX"
    assert [(hop.source, hop.target, hop.relation, hop.sentence) for hop in action.hops] == [
        (SEED["S1"].id, SEED["S2"].id, "implements", GIVEN),
        (SEED["S2"].id, "36/QĐ-TTg", "implements", SIGNED),
    ]


def test_a_decree_merely_mentioned_has_no_line() -> None:
    assert "39/2018/NĐ-CP" not in {row["instruction"]["number"] for row in lines()}  # type: ignore[index]


def test_before_the_letter_of_nghe_an_nothing_is_proved() -> None:
    assert trace(GRAPH, "36/QĐ-TTg", "Nghệ An", date(2021, 3, 1)).standing == Standing.ADDRESSED
