"""Deadlines, reminders, repeal, and the table {done, open} x {in time, late}."""

from models.letter import Letter
from models.reference import Deadline
from models.trace import Standing, Tally, Trace
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace import report, trace, trace_all
from tests.pipeline.link.by_hand import cites, day, letter

MIC = "Bộ Thông tin và Truyền thông"
PROVINCES = ("Gia Lai", "Kon Tum", "Nghệ An", "Sơn La")
TO = tuple(f"Ủy ban nhân dân tỉnh {name}" for name in PROVINCES)


def asked(*deadlines: Deadline) -> Letter:
    return letter("asked", "700/BTTTT-THH", "2021-03-01", MIC, subject="triển khai chuyển đổi số", to=TO, deadlines=deadlines)


def reminder(to: tuple[str, ...], due: str | None = None, about: str = "đôn đốc báo cáo kết quả thực hiện") -> Letter:
    deadlines = (Deadline(date=day(due)),) if due else ()
    return letter(
        "r",
        "900/BTTTT-THH",
        "2021-06-10",
        MIC,
        cites("700/BTTTT-THH", "2021-03-01", MIC, "follows_up"),
        subject=about,
        to=to,
        deadlines=deadlines,
    )


def plan(province: str, on: str) -> Letter:
    cited = cites("700/BTTTT-THH", "2021-03-01", MIC, "implements")
    return letter(f"plan {province}", "10/KH-UBND", on, f"Ủy ban nhân dân tỉnh {province}", cited, doc_type="KH")


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


def test_a_term_binds_those_who_were_addressed() -> None:
    assert of(asked(DUE), province="An Giang").due is None


def test_a_reminder_flags_those_it_names_and_sets_a_day_where_none_was() -> None:
    found = of(asked(), reminder((TO[0],), "2021-06-20"))
    assert (found.due, found.flags) == (day("2021-06-20"), ("REMINDED", "OVERDUE"))
    assert of(asked(), reminder((TO[0],), "2021-06-20"), province="Kon Tum").flags == ("NO_DEADLINE",)
    assert of(asked(), reminder((TO[0],)), as_of="2021-06-01").flags == ("NO_DEADLINE",)


def test_what_follows_up_is_not_always_a_reminder() -> None:
    assert "REMINDED" not in of(asked(), reminder((TO[0],), about="bổ sung biểu mẫu")).flags


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
