"""Deadlines, reminders, repeal, and the table {done, open} x {in time, late}."""

from typing import Any

from models.letter import Letter
from models.reference import Deadline, Reminder
from models.trace import Standing, Tally, Trace
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace import report, trace, trace_all
from tests.pipeline.link.by_hand import cites, day, letter

MIC = "Bộ Thông tin và Truyền thông"
PROVINCES = ("Gia Lai", "Kon Tum", "Nghệ An", "Sơn La")
TO = tuple(f"Ủy ban nhân dân tỉnh {name}" for name in PROVINCES)


def asked(*deadlines: Deadline) -> Letter:
    return letter("asked", "700/BTTTT-THH", "2021-03-01", MIC, subject="triển khai chuyển đổi số", to=TO, deadlines=deadlines)


def reminder(to: tuple[str, ...], due: str | None = None, *said: Reminder) -> Letter:
    deadlines = (Deadline(date=day(due)),) if due else ()
    return letter(
        "r",
        "900/BTTTT-THH",
        "2021-06-10",
        MIC,
        cites("700/BTTTT-THH", "2021-03-01", MIC, "follows_up"),
        to=to,
        deadlines=deadlines,
        reminders=said,
    )


def plan(province: str, on: str) -> Letter:
    cited = cites("700/BTTTT-THH", "2021-03-01", MIC, "implements")
    return letter(f"plan {province}", "10/KH-UBND", on, f"Ủy ban nhân dân tỉnh {province}", cited, doc_type="KH")


def answer(province: str, on: str) -> Letter:
    cited = cites("700/BTTTT-THH", "2021-03-01", MIC, "responds_to")
    return letter(f"answer {province} {on}", f"{on[-2:]}/BC-UBND", on, f"Ủy ban nhân dân tỉnh {province}", cited, doc_type="BC", to=(MIC,))


def graph(*letters: Letter):
    shelf = MemoryIndex(letters)
    return assemble(resolve(one, shelf) for one in letters)


def of(*letters: Letter, province: str = "Gia Lai", as_of: str = "2021-12-31") -> Trace:
    return trace(graph(*letters), "700/BTTTT-THH", province, day(as_of))


DUE = Deadline(date=day("2021-05-30"))


def test_overdue_only_where_a_day_is_known_and_past() -> None:
    assert of(asked(DUE)).flags == ("OVERDUE",)
    assert of(asked(DUE), as_of="2021-05-30").flags == ()
    assert of(asked()).flags == ("NO_DEADLINE",)
    assert of(asked(Deadline(date=None))).flags == ("NO_DEADLINE",)


def test_a_plan_delivers_and_an_assignment_does_not() -> None:
    assert of(asked(DUE), plan("Gia Lai", "2021-04-01")).flags == ()
    passed_on = letter("p", "5/UBND-KT", "2021-04-01", TO[0], cites("700/BTTTT-THH", "2021-03-01", MIC, "implements"))
    found = of(asked(DUE), passed_on)
    assert (found.standing, found.flags) == (Standing.ASSIGNED, ("OVERDUE",))


def test_a_term_for_others_binds_no_one_here() -> None:
    assert of(asked(Deadline(date=day("2021-05-30"), who=("Các Bộ, cơ quan ngang Bộ",)))).due is None
    assert of(asked(Deadline(date=day("2021-05-30"), who=("Ủy ban nhân dân tỉnh Kon Tum",)))).due is None
    for who in (("Ủy ban nhân dân các tỉnh",), ("quý cơ quan",), ("các đơn vị",), ()):
        assert of(asked(Deadline(date=day("2021-05-30"), who=who))).due == day("2021-05-30")
        assert of(asked(Deadline(date=day("2021-05-30"), who=("Sở Y tế",)))).due is None


def test_a_term_for_a_group_that_nobody_knows_binds_no_one() -> None:
    some = asked(Deadline(date=day("2021-05-30"), who=("Ủy ban nhân dân các tỉnh có tuyến cáp treo",)))
    assert of(some).flags == ("NO_DEADLINE",)


def test_a_term_for_those_above_binds_those_whom_the_letter_names() -> None:
    above = Deadline(date=day("2021-06-20"), who=("Ủy ban nhân dân các tỉnh có tên trên",))
    assert of(asked(above.model_copy(update={"date": day("2021-05-30")}))).due == day("2021-05-30")
    named = reminder(ALL, None, Reminder(named=("Kon Tum",), missing="report")).model_copy(update={"deadlines": (above,)})
    assert of(asked(), named, province="Kon Tum").due == day("2021-06-20")
    found = trace(graph(asked(), named), "900/BTTTT-THH", "Gia Lai", day("2021-12-31"))
    assert found.due is None


def test_a_term_binds_those_who_were_addressed() -> None:
    assert of(asked(DUE), province="An Giang").due is None


REPORT = Reminder(missing="report")
ALL = ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",)


def test_a_reminder_flags_those_that_it_is_written_to_and_sets_a_day_where_none_was() -> None:
    found = of(asked(), reminder((TO[0],), "2021-06-20", REPORT))
    assert (found.due, found.flags) == (day("2021-06-20"), ("REMINDED", "OVERDUE"))
    assert of(asked(), reminder((TO[0],), "2021-06-20", REPORT), province="Kon Tum").flags == ("NO_DEADLINE",)
    assert of(asked(), reminder((TO[0],), None, REPORT), as_of="2021-06-01").flags == ("NO_DEADLINE",)


def test_what_follows_up_is_not_always_a_reminder() -> None:
    assert "REMINDED" not in of(asked(), reminder((TO[0],))).flags


def test_a_reminder_to_all_flags_those_it_names() -> None:
    named = reminder(ALL, None, Reminder(named=("Kon Tum", "UBND tỉnh Sơn La"), missing="report"))
    assert "REMINDED" in of(asked(), named, province="Kon Tum").flags
    assert "REMINDED" in of(asked(), named, province="Sơn La").flags
    assert "REMINDED" not in of(asked(), named).flags
    below = reminder(ALL, None, Reminder(named=("Sở Y tế tỉnh Gia Lai",), missing="report"))
    assert "REMINDED" not in of(asked(), below).flags


def test_a_reminder_that_names_nobody_flags_those_that_had_not_delivered_by_then() -> None:
    everyone = reminder(ALL, None, REPORT)
    assert "REMINDED" in of(asked(), everyone).flags
    assert "REMINDED" not in of(asked(), everyone, answer("Gia Lai", "2021-06-09")).flags
    # a plan is no report; what comes after the reminder takes nothing back
    assert "REMINDED" in of(asked(), everyone, plan("Gia Lai", "2021-04-01")).flags
    assert "REMINDED" in of(asked(), everyone, answer("Gia Lai", "2021-06-11")).flags
    assert "REMINDED" not in of(asked(), everyone, province="An Giang").flags


def test_a_reminder_by_exclusion() -> None:
    rest = reminder(ALL, None, Reminder(excepted=("các tỉnh Kon Tum", "Sơn La"), missing="report"))
    assert "REMINDED" not in of(asked(), rest, province="Kon Tum").flags
    assert "REMINDED" in of(asked(), rest).flags


def test_only_the_issuer_or_one_over_it_reminds() -> None:
    stranger = reminder(ALL, None, REPORT)
    stranger = stranger.model_copy(update={"header": stranger.header.model_copy(update={"issuer": "Bộ Y tế"})})
    assert "REMINDED" not in of(asked(), stranger).flags
    over = stranger.model_copy(update={"header": stranger.header.model_copy(update={"issuer": "Thủ tướng Chính phủ"})})
    assert "REMINDED" in of(asked(), over).flags


def test_each_deliverable_is_judged_by_itself() -> None:
    both = asked(Deadline(date=day("2021-04-30"), deliverable="plan"), Deadline(date=day("2021-06-30"), deliverable="report"))
    assert of(both, as_of="2021-05-15").due == day("2021-04-30")
    assert of(both, as_of="2021-05-15").flags == ("OVERDUE",)
    planned = plan("Gia Lai", "2021-04-01")
    assert (of(both, planned, as_of="2021-05-15").due, of(both, planned, as_of="2021-05-15").flags) == (day("2021-06-30"), ())
    assert of(both, planned, as_of="2021-07-10").flags == ("OVERDUE",)
    done = of(both, planned, answer("Gia Lai", "2021-06-20"), as_of="2021-07-10")
    assert (done.due, done.flags, done.delivered) == (day("2021-06-30"), (), "in_time")


def test_two_reports_meet_two_days() -> None:
    twice = asked(Deadline(date=day("2021-06-30"), deliverable="report"), Deadline(date=day("2021-12-15"), deliverable="report"))
    once = answer("Gia Lai", "2021-06-20")
    assert of(twice, once).due == day("2021-12-15")
    assert of(twice, once).flags == ("OVERDUE",)
    assert of(twice, once, answer("Gia Lai", "2021-12-10")).flags == ()


def moved(to: tuple[str, ...], until: str, on: str = "2021-05-20", **more: Any) -> Letter:
    term = Deadline.model_validate({"date": until, "deliverable": "report", "moved": "extended", **more})
    return letter(f"m {to} {until}", "880/BTTTT-THH", on, MIC, cites("700/BTTTT-THH", "2021-03-01", MIC), to=to, deadlines=(term,))


def test_an_extension_counts_from_its_day_on() -> None:
    until = asked(Deadline(date=day("2021-05-30"), deliverable="report"))
    assert of(until, moved(TO, "2021-07-30"), as_of="2021-05-19").due == day("2021-05-30")
    assert of(until, moved(TO, "2021-07-30"), as_of="2021-06-15").due == day("2021-07-30")
    assert of(until, moved(TO, "2021-07-30"), as_of="2021-06-15").flags == ()
    assert of(until, moved(TO, "2021-07-30"), as_of="2021-08-15").flags == ("OVERDUE",)


def test_an_extension_for_one_counts_for_that_one() -> None:
    until = asked(Deadline(date=day("2021-05-30"), deliverable="report"))
    for one in (moved((TO[1],), "2021-07-30"), moved(TO, "2021-07-30", who=("Ủy ban nhân dân tỉnh Kon Tum",))):
        assert of(until, one, province="Kon Tum").due == day("2021-07-30")
        assert of(until, one).due == day("2021-05-30")


def test_a_corrected_day_is_the_one_that_it_names() -> None:
    both = asked(Deadline(date=day("2021-05-30"), deliverable="report"), Deadline(date=day("2021-09-30"), deliverable="report"))
    right = moved(TO, "2021-09-15", moved="corrected", was="2021-09-30")
    report = answer("Gia Lai", "2021-05-20")
    assert of(both, right).due == day("2021-05-30")
    assert of(both, right, report).due == day("2021-09-15")


def test_an_extension_by_another_body_moves_nothing() -> None:
    until = asked(Deadline(date=day("2021-05-30"), deliverable="report"))
    stranger = moved(TO, "2021-07-30")
    stranger = stranger.model_copy(update={"header": stranger.header.model_copy(update={"issuer": "Bộ Y tế"})})
    assert of(until, stranger).due == day("2021-05-30")


def test_what_was_replaced_is_void_and_never_overdue() -> None:
    new = letter("n", "950/BTTTT-THH", "2021-07-01", MIC, cites("700/BTTTT-THH", "2021-03-01", MIC, "replaces"), to=TO)
    assert of(asked(DUE), new).flags == ("VOID",)
    assert of(asked(DUE), new, as_of="2021-06-15").flags == ("OVERDUE",)


def test_what_was_replaced_in_part_is_not_void() -> None:
    part = cites("700/BTTTT-THH", "2021-03-01", MIC, "replaces").model_copy(update={"scope": "part"})
    assert of(asked(DUE), letter("n", "950/BTTTT-THH", "2021-07-01", MIC, part, to=TO)).flags == ("OVERDUE",)


def test_the_table_by_province_and_by_instruction() -> None:
    made = graph(asked(DUE), plan("Gia Lai", "2021-04-01"), plan("Kon Tum", "2021-07-01"))
    when = day("2021-08-01")
    rows = report(trace_all(made, when), when)
    assert [row.name for row in rows] == [*PROVINCES, ""]
    assert rows[0] == Tally(name="Gia Lai", done_in_time=1)
    assert rows[1] == Tally(name="Kon Tum", done_late=1)
    assert rows[2] == Tally(name="Nghệ An", open_late=1, no_evidence=1)
    assert rows[-1] == Tally(name="", done_in_time=1, done_late=1, open_late=2, no_evidence=2)
    assert report(trace_all(made, when), when, "instruction")[0].name == "700/BTTTT-THH (01/03/2021)"
    early = day("2021-05-01")
    assert report(trace_all(made, early), early)[-1] == Tally(name="", done_in_time=1, open_in_time=3, no_evidence=3)
