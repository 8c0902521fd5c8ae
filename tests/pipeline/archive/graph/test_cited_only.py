"""A number searched for that no held letter bears: who cites it; and one that only its citations tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.archive.graph import cited_only
from pipeline.office import Office, open_office
from tests.pipeline.archive.invented import HA_TINH, MINISTRY, NGHE_AN, cite, hand_in, sheet, write

PM = "Thủ tướng Chính phủ"
ABOUT = "phát triển kinh tế rừng bền vững gắn với chế biến gỗ trên địa bàn các huyện miền núi phía tây"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = open_office(tmp_path / "archive")
    told = {**cite("45/KH-UBND", "2021-07-01", NGHE_AN), "sentence": f"Kế hoạch số 45 {ABOUT}"}
    sheets = (
        sheet("332/BKHCN-TĐC", MINISTRY, "2021-02-23", cites=[cite("36/QĐ-TTg", "2021-01-11", PM, "guides")]),
        sheet(
            "1002/UBND-VX",
            NGHE_AN,
            "2021-03-07",
            cites=[cite("36/QĐ-TTg", "2021-01-11", PM), cite("332/BKHCN-TĐC", "2021-02-23", MINISTRY)],
        ),
        sheet("9/UBND-VX", HA_TINH, "2021-02-01", cites=[cite("36/QĐ-TTg", "2020-05-20", PM, "based_on")]),
        sheet(None, NGHE_AN, "2021-07-01", ABOUT, doc_type="KH", review=["number"]),
        sheet("500/UBND-VX", NGHE_AN, "2021-08-01", cites=[told]),
    )
    hand_in(office.archive, *(write(tmp_path / "in", f"{n}.pdf", text) for n, text in enumerate(sheets)))
    return office


def test_a_cited_document_is_told_with_those_who_cite_it(office: Office) -> None:
    first, second = office.cited_only("36 qd ttg")
    assert (first.number, str(first.date), first.issuer) == ("36/QĐ-TTg", "2021-01-11", PM)
    assert [(one.number, one.relation, one.sentence) for one in first.cited_by] == [
        ("332/BKHCN-TĐC", "guides", "Theo 36/QĐ-TTg."), ("1002/UBND-VX", "implements", "Theo 36/QĐ-TTg."),
    ]  # fmt: skip
    # another year's decision of the same number is another document
    assert (str(second.date), [one.number for one in second.cited_by]) == ("2020-05-20", ["9/UBND-VX"])
    assert [str(one.date) for one in office.cited_only("36/QĐ-TTg ngày 20/5/2020")] == ["2020-05-20"]


def test_what_is_held_or_half_typed_is_not_among_them(office: Office) -> None:
    assert office.cited_only("332/BKHCN-TĐC") == []
    assert office.cited_only("36") == []
    assert office.cited_only("kế hoạch năng suất") == []
    assert office.cited_only("77/QĐ-XYZ") == []


def test_it_is_held_once_it_arrives(office: Office, tmp_path: Path) -> None:
    hand_in(office.archive, write(tmp_path / "in", "late.pdf", sheet("36/QĐ-TTg", PM, "2021-01-11", "kế hoạch tổng thể", doc_type="QĐ")))
    assert [str(one.date) for one in office.cited_only("36/QĐ-TTg")] == ["2020-05-20"]
    assert office.search("36/QĐ-TTg")[0].exact


def test_a_number_that_only_citations_tell_is_an_exact_hit_on_the_letter_it_means(office: Office) -> None:
    first = office.search("45/KH-UBND")[0]
    assert (first.exact, first.letter.header.number, first.letter.header.subject) == (True, None, ABOUT)
    assert office.cited_only("45/KH-UBND") == []
    assert [letter.id for letter in office.letter("45/KH-UBND")] == [first.letter.id]


def test_of_very_many_that_cite_it_the_newest_are_shown_and_all_are_counted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cited_only, "MOST", 2)
    (found,) = office.cited_only("36/QĐ-TTg")
    assert [one.number for one in found.cited_by] == ["332/BKHCN-TĐC", "1002/UBND-VX"]
    assert found.more == 1


def test_where_several_held_letters_may_be_meant_none_is_said_to_be_lacking(office: Office, tmp_path: Path) -> None:
    sheets = (
        sheet("87/QĐ-UBND", NGHE_AN, "2021-05-05", "bổ nhiệm cán bộ phòng tài vụ", doc_type="QĐ"),
        sheet("87/QĐ-UBND", NGHE_AN, "2021-05-05", "giao đất làm trường mẫu giáo", body="khác", doc_type="QĐ"),
        sheet("90/UBND-VX", NGHE_AN, "2021-06-01", cites=[cite("87/QĐ-UBND", "2021-05-05", NGHE_AN)]),
    )
    hand_in(office.archive, *(write(tmp_path / "in", f"two {n}.pdf", text) for n, text in enumerate(sheets)))
    assert len(office.letter("90/UBND-VX")[0].references[0].candidates) == 2
    assert office.cited_only("87/QĐ-UBND") == []
