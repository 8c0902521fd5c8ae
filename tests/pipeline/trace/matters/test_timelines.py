"""The course of a matter: each letter once, with its role and sentence, by day; and who answered a reminder."""

from __future__ import annotations

from typing import Any

from models.letter import Letter
from models.matters.timeline import CourseStep, Timeline
from models.reference import Assignment, Deadline, Reference, Reminder
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace.matters.timelines import timeline
from tests.pipeline.link.by_hand import cites, day, letter

MINISTRY, GIA_LAI, HA_TINH = "Bộ Y tế", "Ủy ban nhân dân tỉnh Gia Lai", "Ủy ban nhân dân tỉnh Hà Tĩnh"
ASKED, ON = "700/BYT-DP", "2021-03-01"
DUE = (Deadline(date=day("2021-05-01"), deliverable="report"),)
DIRECTIVE = letter("asked", ASKED, ON, MINISTRY, subject="phòng, chống dịch", to=(GIA_LAI, HA_TINH), deadlines=DUE)


def about(relation: str, words: str = "", **more: Any) -> Reference:
    made = cites(ASKED, ON, MINISTRY, relation, text=f"Công văn số {ASKED}", sentence=f"{words or relation} Công văn số {ASKED}.")
    return made.model_copy(update={"id": "r1", **more})


def of(*letters: Letter, as_of: str = "2022-01-01") -> Timeline:
    shelf = MemoryIndex((DIRECTIVE, *letters))
    graph = assemble(resolve(one, shelf) for one in (DIRECTIVE, *letters))
    return timeline(graph, DIRECTIVE.id, day(as_of))


def roles(found: Timeline) -> list[tuple[str, str | None]]:
    return [(one.role, one.letter.number) for one in found.steps]


def step(found: Timeline, number: str) -> CourseStep:
    return next(one for one in found.steps if one.letter.number == number)


REMINDS = letter("reminds", "900/BYT-DP", "2021-06-01", MINISTRY, about("follows_up", "đôn đốc"), to=(GIA_LAI, HA_TINH)).model_copy(
    update={"reminders": (Reminder(missing="report"),)}
)
MOVES = letter("moves", "800/BYT-DP", "2021-04-20", MINISTRY, about("amends", "gia hạn báo cáo tại"), to=(GIA_LAI, HA_TINH)).model_copy(
    update={"deadlines": (Deadline(date=day("2021-05-20"), moved="extended", deliverable="report"),)}
)
PLAN = letter("plan", "5/KH-UBND", "2021-03-20", GIA_LAI, about("implements"), doc_type="KH")
REPORT = letter("report", "9/BC-UBND", "2021-06-10", GIA_LAI, about("responds_to"), doc_type="BC", to=(MINISTRY,))
GUIDE = letter("guide", "750/BYT-DP", "2021-03-10", MINISTRY, about("guides"), to=(GIA_LAI,))
GIVEN = letter(
    "given", "6/UBND-VX", "2021-03-15", HA_TINH, about("acknowledges"), assignments=(Assignment(to="Sở Y tế tỉnh Hà Tĩnh", role="chủ trì"),)
)  # fmt: skip
CHANGED = letter("changed", "950/BYT-DP", "2021-07-01", MINISTRY, about("amends", "sửa đổi"))
MENTIONS = letter("mentions", "1/UBND-NC", "2021-07-02", HA_TINH, about("mentions", "theo"))
DENIES = letter("denies", "7/UBND-VX", "2021-07-03", HA_TINH, about("implements", "chưa thực hiện", polarity="denied"))
BEGS = letter("begs", "8/UBND-VX", "2021-04-10", HA_TINH, about("responds_to", "xin lùi thời hạn", polarity="postponed"))


def test_each_letter_has_its_role_in_order_of_days() -> None:
    found = of(CHANGED, REPORT, REMINDS, MOVES, PLAN, GUIDE, GIVEN, MENTIONS, DENIES, BEGS)
    assert roles(found) == [
        ("directive", ASKED), ("guidance", "750/BYT-DP"), ("assignment", "6/UBND-VX"), ("plan", "5/KH-UBND"), ("request", "8/UBND-VX"),
        ("extension", "800/BYT-DP"), ("reminder", "900/BYT-DP"), ("report", "9/BC-UBND"), ("amendment", "950/BYT-DP"),
        ("not_done", "7/UBND-VX"),
    ]  # fmt: skip
    assert found.mentioned == 1
    moved = step(found, "800/BYT-DP")
    assert moved.days == (day("2021-05-20"),) and moved.about == ASKED
    assert moved.saying is not None and moved.saying.sentence == f"gia hạn báo cáo tại Công văn số {ASKED}."


def test_who_answered_a_reminder_and_who_did_not() -> None:
    reminder = step(of(REMINDS, REPORT, PLAN), "900/BYT-DP")
    assert [(one.province, [by.number for by in one.by], one.standing) for one in reminder.answers] == [
        ("Hà Tĩnh", [], None), ("Gia Lai", ["9/BC-UBND"], "REPORTED"),
    ]  # fmt: skip
    early = REPORT.model_copy(update={"header": REPORT.header.model_copy(update={"date": day("2021-05-10")})})
    to_all = REMINDS.model_copy(update={"header": REMINDS.header.model_copy(update={"recipients": ("Ủy ban nhân dân các tỉnh",)})})
    # it had reported by then: a reminder that names nobody is not meant for it
    assert [one.province for one in step(of(to_all, early), "900/BYT-DP").answers] == ["Hà Tĩnh"]


def test_what_came_after_the_day_asked_of_is_not_there() -> None:
    assert roles(of(PLAN, REMINDS, as_of="2021-05-01")) == [("directive", ASKED), ("plan", "5/KH-UBND")]


def test_a_letter_that_leads_there_by_another_says_what_it_is_about() -> None:
    passes = letter(
        "passes", "10/SYT-NV", "2021-03-25", "Sở Y tế tỉnh Gia Lai",
        cites("5/KH-UBND", "2021-03-20", GIA_LAI, "implements", sentence="Thực hiện Kế hoạch số 5/KH-UBND"),
    )  # fmt: skip
    found = step(of(PLAN, passes), "10/SYT-NV")
    assert (found.about, found.rank) == ("5/KH-UBND", "department")


def test_what_those_above_are_asked_for_is_a_request() -> None:
    said = about("mentions", "đề nghị Bộ Y tế cho lùi thời hạn báo cáo theo", polarity="asked", agent="other")
    begs = letter("begs", "7/UBND-VX", "2021-04-10", HA_TINH, said, to=(MINISTRY,))
    assert roles(of(begs))[1:] == [("request", "7/UBND-VX")]
    # the same words to its own department tell nothing of the matter
    assert of(letter("gives", "7/UBND-VX", "2021-04-10", HA_TINH, said, to=("Sở Y tế tỉnh Hà Tĩnh",))).mentioned == 1
