"""What units of a province were given, due when, and answered by what: overdue first, and never another province's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models.matters.unit_task import UnitTask
from pipeline.archive.people.closings import NotAMatter
from pipeline.office import Office
from pipeline.trace.matters.unit_tasks import kind_of_unit, unit_key
from tests.pipeline.archive.invented import HA_TINH, MINISTRY, NGHE_AN, cite, sheet

HEALTH, MONEY, DISTRICT = "Sở Y tế tỉnh Nghệ An", "Sở Tài chính tỉnh Nghệ An", "Ủy ban nhân dân huyện Yên Thành, tỉnh Nghệ An"


def given(to: str, what: str, due: str | None = None) -> dict[str, Any]:
    return {"to": to, "role": "chủ trì", "what": what, "due": due, "page": 1}


@pytest.fixture
def office(holding: Callable[..., Office]) -> Office:
    return holding(
        sheet(
            "1/UBND-VX", NGHE_AN, "2021-03-01", "phòng dịch",
            body="Giao Sở Y tế chủ trì mua vắc xin; Sở Tài chính chủ trì bố trí kinh phí. Báo cáo kết quả.",
            assignments=[given(HEALTH, "mua vắc xin", "2021-04-01"), given(MONEY, "bố trí kinh phí")],
        ),
        sheet("2/SYT-NV", HEALTH, "2021-03-20", "báo cáo", doc_type="BC", cites=[cite("1/UBND-VX", "2021-03-01", NGHE_AN, "responds_to")]),
        sheet("3/STC-NS", MONEY, "2021-03-21", "chuyển việc", cites=[cite("1/UBND-VX", "2021-03-01", NGHE_AN)]),
        sheet(
            "4/UBND-NN", NGHE_AN, "2021-05-01", "rà soát đê", recipients=[DISTRICT],
            deadlines=[{"date": "2021-06-01", "what": "báo cáo kết quả rà soát"}],
        ),
        sheet("5/UBND-VX", HA_TINH, "2021-03-01", "việc khác", assignments=[given("Sở Y tế tỉnh Hà Tĩnh", "mua thuốc")]),
        sheet("6/BYT-DP", MINISTRY, "2021-03-01", "về thuốc", assignments=[given(NGHE_AN, "mua thuốc")]),
    )  # fmt: skip


def tasks(found: list[UnitTask]) -> list[tuple[str, str, str | None, list[str | None]]]:
    return [(one.unit, one.state, str(one.due) if one.due else None, [answer.letter.number for answer in one.answers]) for one in found]


def test_overdue_first_then_open_then_answered(office: Office) -> None:
    province, found = office.unit_tasks(as_of=date(2021, 7, 1))
    assert province == "Nghệ An"
    assert tasks(found) == [
        (DISTRICT, "overdue", "2021-06-01", []), (MONEY, "open", None, ["3/STC-NS"]), (HEALTH, "answered", "2021-04-01", ["2/SYT-NV"]),
    ]  # fmt: skip
    money = found[1]
    assert money.saying.sentence == "Sở Tài chính chủ trì bố trí kinh phí" and money.given_by.number == "1/UBND-VX"
    # passing it on is an answer that is shown, and delivers nothing
    assert [(one.delivers, one.saying.sentence) for one in money.answers] == [(False, "Theo 1/UBND-VX.")]


def test_the_day_asked_of_decides(office: Office) -> None:
    before = office.unit_tasks(as_of=date(2021, 5, 15))[1]
    assert [one.state for one in before if one.unit == DISTRICT] == ["open"]
    assert all(one.given_by.number != "4/UBND-NN" for one in office.unit_tasks(as_of=date(2021, 4, 15))[1])


def test_another_province_by_name_and_none(office: Office, holding: Callable[..., Office]) -> None:
    assert tasks(office.unit_tasks("hà tĩnh", date(2021, 7, 1))[1]) == [("Sở Y tế tỉnh Hà Tĩnh", "open", None, [])]
    office.office = None
    with pytest.raises(NotAMatter, match=r"--province.*congvan init --office"):
        office.unit_tasks()


def test_an_answer_that_came_late(holding: Callable[..., Office]) -> None:
    office = holding(
        sheet("1/UBND-VX", NGHE_AN, "2021-03-01", "x", assignments=[given(HEALTH, "mua vắc xin", "2021-04-01")]),
        sheet("2/SYT-NV", HEALTH, "2021-04-20", "y", doc_type="BC", cites=[cite("1/UBND-VX", "2021-03-01", NGHE_AN, "responds_to")]),
    )
    assert [one.state for one in office.unit_tasks(as_of=date(2021, 7, 1))[1]] == ["answered_late"]


def test_a_secret_letter_gives_the_uncleared_nothing(holding: Callable[..., Office]) -> None:
    office = holding(
        sheet("1/UBND-VX", NGHE_AN, "2021-03-01", "x", assignments=[given(HEALTH, "mua vắc xin")]),
        sheet("2/SYT-NV", HEALTH, "2021-03-20", "y", secrecy="MẬT", cites=[cite("1/UBND-VX", "2021-03-01", NGHE_AN, "responds_to")]),
    )
    assert tasks(office.unit_tasks(as_of=date(2021, 7, 1), secret=False)[1]) == [(HEALTH, "open", None, [])]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Sở Y tế", "department"), ("Giám đốc Sở Y tế tỉnh Nghệ An", "department"), ("Công an tỉnh", "department"), (DISTRICT, "district"),
        ("Ủy ban nhân dân xã Diễn Châu", "district"), ("Ủy ban nhân dân các huyện, thành phố, thị xã", "group"),
        ("các sở, ban, ngành", "group"), (NGHE_AN, None), ("Sở Y tế tỉnh Hà Tĩnh", None), ("Bộ Y tế", None),
    ],
)  # fmt: skip
def test_what_a_unit_is(name: str, kind: str | None) -> None:
    assert kind_of_unit(name, "Nghệ An") == kind


def test_a_unit_is_one_however_it_is_written() -> None:
    assert len({unit_key(name, "Nghệ An") for name in ("Sở Y tế", HEALTH, "Giám đốc Sở Y tế tỉnh Nghệ An")}) == 1
    assert unit_key(HEALTH, "Nghệ An") != unit_key(MONEY, "Nghệ An")


@pytest.mark.parametrize(
    ("behind", "state"), [("Sở Y tế báo cáo: đã mua vắc xin.", "answered"), ("Sở Y tế yêu cầu các bệnh viện báo cáo.", "overdue")]
)
def test_an_official_letter_that_reports_in_its_sentence_delivers(holding: Callable[..., Office], behind: str, state: str) -> None:
    cited = "Công văn số 1/UBND-VX"
    said = {"text": cited, "within": (10, 10 + len(cited)), "sentence": f"Thực hiện {cited}, {behind}"}
    office = holding(
        sheet("1/UBND-VX", NGHE_AN, "2021-03-01", "phòng dịch", assignments=[given(HEALTH, "mua vắc xin", "2021-04-01")]),
        sheet(
            "2/SYT-NV",
            HEALTH,
            "2021-03-20",
            "phòng dịch",
            recipients=[NGHE_AN],
            cites=[{**cite("1/UBND-VX", "2021-03-01", NGHE_AN), **said}],
        ),
    )
    assert [one.state for one in office.unit_tasks("Nghệ An", date(2021, 7, 1))[1]] == [state]


def test_a_unit_that_says_that_it_has_not_done_it_is_shown_and_delivers_nothing(holding: Callable[..., Office]) -> None:
    cited = "Công văn số 1/UBND-VX"
    said = {"text": cited, "sentence": f"Sở Y tế chưa thực hiện được {cited}.", "polarity": "denied"}
    office = holding(
        sheet("1/UBND-VX", NGHE_AN, "2021-03-01", "phòng dịch", assignments=[given(HEALTH, "mua vắc xin", "2021-04-01")]),
        sheet("2/SYT-NV", HEALTH, "2021-03-20", "khó khăn", doc_type="BC", cites=[{**cite("1/UBND-VX", "2021-03-01", NGHE_AN), **said}]),
    )
    (task,) = office.unit_tasks("Nghệ An", date(2021, 7, 1))[1]
    assert task.state == "overdue"
    assert [(one.letter.number, one.delivers, one.refuses, one.saying.sentence) for one in task.answers] == [
        ("2/SYT-NV", False, True, said["sentence"])
    ]
