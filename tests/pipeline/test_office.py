"""The Python face: read, open, and what can be asked of an office."""

from __future__ import annotations

import json
from datetime import date as Date
from pathlib import Path

import pytest

import pipeline
from models.ledger import State
from models.trace import Standing
from pipeline.acquire import Refusal
from pipeline.ingest import Pace
from pipeline.office import NotHeld, Office
from tests.pipeline.archive.invented import MINISTRY, NGHE_AN, STAGES, cite, hand_in, sheet, write

PM = "Thủ tướng Chính phủ"
ALL = "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = pipeline.open(tmp_path / "archive")
    folder = tmp_path / "in"
    hand_in(
        office.archive,
        write(
            folder, "a.pdf",
            sheet("332/BKHCN-TĐC", MINISTRY, "2021-02-23", cites=[cite("36/QĐ-TTg", "2021-01-11", PM)], recipients=[ALL],
                  body="Bộ đề nghị Ủy ban nhân dân các tỉnh triển khai thực hiện."),
            sheet("1002/UBND-VX", NGHE_AN, "2021-03-07", cites=[cite("332/BKHCN-TĐC", "2021-02-23", MINISTRY)],
                  assignments=[{"to": "Sở Khoa học và Công nghệ", "role": "chủ trì"}]),
        ),
        write(folder, "b.pdf", sheet("5/BYT-VP", "Bộ Y tế", "2022-01-01")),
    )  # fmt: skip
    return office


def test_a_letter_by_number_or_id(office: Office) -> None:
    (letter,) = office.letter("1002/ubnd-vx")
    assert letter.text and office.letter(letter.id) == [letter] == office.letter(f" {letter.id} ")
    assert office.letter("không có") == [] == office.letter("77/QĐ-XYZ")


def test_who_cites_it(office: Office) -> None:
    (cited,) = office.letter("332")
    assert [letter.header.number for letter in office.cited_by(cited.id)] == ["1002/UBND-VX"]


def test_a_trace_goes_through_the_ministry_to_a_directive_that_is_not_held(office: Office) -> None:
    for typed in ("36/QĐ-TTg", "36 qd ttg", "QĐ 36"):
        acted = [one for one in office.trace(typed) if one.acted]
        assert [(one.province, one.standing, one.direct) for one in acted] == [("Nghệ An", Standing.ASSIGNED, False)]
    (mine,) = office.trace("36/QĐ-TTg", "nghe an")
    assert (mine.standing, len(mine.path)) == (Standing.ASSIGNED, 3)
    (other,) = office.trace("332/BKHCN-TĐC", "Hà Tĩnh")
    assert (other.standing, other.acted) == (Standing.ADDRESSED, False)
    (before,) = office.trace("332/BKHCN-TĐC", "Nghệ An", Date(2021, 3, 1))
    assert before.standing == Standing.ADDRESSED
    with pytest.raises(NotHeld):  # "nobody acted" is not said of what nobody knows
        office.trace("99/QĐ-TTg")


def test_the_trace_of_one_number_is_that_of_the_whole_archive(office: Office) -> None:
    whole = [one for one in office.trace_all(Date(2022, 1, 1)) if one.instruction.number_key == "332||BKHCNTDC"]
    assert whole and office.trace("332/BKHCN-TĐC", as_of=Date(2022, 1, 1)) == whole


def test_a_graph_reaches_as_far_as_asked(office: Office) -> None:
    assert {node.number for node in office.graph("36 qd ttg", depth=0).nodes.values()} == {"332/BKHCN-TĐC", "36/QĐ-TTg"}
    whole = office.graph("36 qd ttg", depth=2)
    assert {node.number for node in whole.nodes.values()} == {"332/BKHCN-TĐC", "36/QĐ-TTg", "1002/UBND-VX"}
    assert not office.graph("99/QĐ-XYZ").nodes


def test_records_are_plain_and_whole(office: Office) -> None:
    lines = [json.loads(json.dumps(record)) for record in office.records()]
    assert [line["header"]["number"] for line in lines] == ["332/BKHCN-TĐC", "1002/UBND-VX", "5/BYT-VP"]


def test_the_office_is_a_setting_that_lasts(office: Office) -> None:
    assert office.office is None
    office.office = f" {NGHE_AN} "
    with pipeline.open(office.where) as again:
        assert again.office == NGHE_AN
        again.office = None
        assert again.office is None


def test_status_and_ingest(office: Office, tmp_path: Path) -> None:
    bad = write(tmp_path / "in", "c.pdf", "!refuse")
    report = office.ingest(tmp_path / "in", stages=STAGES, pace=Pace(workers=1))
    assert (report.files, report.known, len(report.refused)) == (3, 2, 1)
    assert [Path(entry.path).name for entry in office.status(failed=True)] == [bad.name]
    assert office.counts() == {State.STORED: 2, State.REFUSED: 1}
    with pytest.raises(Refusal):
        pipeline.read(tmp_path / "not there.pdf")


def test_an_export_goes_to_a_file(office: Office, tmp_path: Path) -> None:
    assert office.export("jsonl", tmp_path / "out.jsonl") == 3
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 3
