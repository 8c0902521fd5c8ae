"""63 provinces until 30 June 2025 and 34 since: merged ones count k of n, and names mean the unit of their day."""

from datetime import UTC, date, datetime

from models.letter import Letter
from models.reference import Deadline
from models.trace import Closing, Standing
from pipeline.link import MemoryIndex, assemble, resolve
from pipeline.trace import cell, trace, trace_all, trace_province
from tests.pipeline.link.by_hand import cites, letter

MOH = "Bộ Y tế"
ALL = ("Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",)
OLD = letter("old", "100/BYT-DP", "2024-03-01", MOH, to=ALL, subject="triển khai tiêm chủng")
NEW = letter("new", "200/BYT-DP", "2025-08-01", MOH, to=ALL, subject="triển khai tiêm chủng")


def acts(province: str, on: str, number: str = "100/BYT-DP", cited: str = "2024-03-01", kind: str = "tỉnh") -> Letter:
    issuer = f"Ủy ban nhân dân {kind} {province}"
    return letter(f"{province} {on}", "10/KH-UBND", on, issuer, cites(number, cited, MOH, "implements"), doc_type="KH")


def graph(*letters: Letter):
    shelf = MemoryIndex([OLD, NEW, *letters])
    return assemble(resolve(one, shelf) for one in shelf.letters.values())


LATE = date(2026, 1, 1)


def test_each_instruction_addresses_the_provinces_of_its_day() -> None:
    told = [line for line in trace_all(graph(), LATE) if line.standing == Standing.ADDRESSED]
    assert sum(line.instruction.number == "100/BYT-DP" for line in told) == 63
    assert sum(line.instruction.number == "200/BYT-DP" for line in told) == 34


def test_a_merged_province_is_k_of_n() -> None:
    made = graph(acts("Vĩnh Phúc", "2024-04-01"), acts("Hòa Bình", "2024-05-01"))
    found = trace(made, "100/BYT-DP", "Phú Thọ", LATE)
    assert (found.acted, found.merged, len(found.letters)) == (True, "2 of 3", 2)
    before = trace(made, "100/BYT-DP", "Phú Thọ", date(2025, 6, 30))
    assert (before.acted, before.merged) == (False, None)


def test_from_the_merger_on_the_successors_deed_counts_for_all_its_parts() -> None:
    made = graph(acts("Phú Thọ", "2025-08-15"))
    found = trace(made, "100/BYT-DP", "Phú Thọ", LATE)
    assert (found.standing, found.merged) == (Standing.PLANNED, "3 of 3")
    by_province = {line.province: line for line in trace_all(made, LATE) if line.instruction.number == "100/BYT-DP"}
    assert {name for name, line in by_province.items() if line.acted} == {"Phú Thọ", "Vĩnh Phúc", "Hòa Bình"}
    assert trace(made, "100/BYT-DP", "Vĩnh Phúc", LATE).acted
    # its namesake's deed of before is its own alone
    before = graph(acts("Phú Thọ", "2024-08-15"))
    assert trace(before, "100/BYT-DP", "Phú Thọ", LATE).merged == "1 of 3"
    assert not trace(before, "100/BYT-DP", "Vĩnh Phúc", LATE).acted
    # and of the day before it nothing is known
    assert not trace(made, "100/BYT-DP", "Vĩnh Phúc", date(2025, 8, 14)).acted


def test_a_part_is_told_where_it_was_told_itself() -> None:
    asked = letter("one", "300/BYT-DP", "2024-03-01", MOH, to=("Ủy ban nhân dân tỉnh Gia Lai",), subject="triển khai tiêm chủng")
    made = graph(asked)
    assert trace(made, "300/BYT-DP", "Bình Định", LATE).standing == Standing.NOT_ADDRESSED
    assert trace(made, "300/BYT-DP", "Gia Lai", LATE).standing == Standing.ADDRESSED
    # passed on since, to the province as it is now
    later = letter(
        "later", "400/BYT-DP", "2025-09-01", MOH, cites("300/BYT-DP", "2024-03-01", MOH, "follows_up"), to=("Ủy ban nhân dân tỉnh Gia Lai",)
    )
    assert trace(graph(asked, later), "300/BYT-DP", "Bình Định", LATE).standing == Standing.ADDRESSED


def test_a_unit_that_was_merged_keeps_its_own_standing() -> None:
    made = graph(acts("Vĩnh Phúc", "2024-04-01"))
    by_province = {line.province: line for line in trace_all(made, LATE) if line.instruction.number == "100/BYT-DP"}
    assert by_province["Vĩnh Phúc"].acted
    assert not by_province["Phú Thọ"].acted
    assert not by_province["Hòa Bình"].acted


def test_a_province_that_was_not_merged_has_no_count() -> None:
    found = trace(graph(acts("Nghệ An", "2024-04-01")), "100/BYT-DP", "Nghệ An", LATE)
    assert (found.acted, found.merged) == (True, None)


def test_hue_is_one_province_under_two_names() -> None:
    made = graph(acts("Huế", "2025-02-01", kind="thành phố"))
    assert trace(made, "100/BYT-DP", "Thừa Thiên Huế", date(2025, 3, 1)).acted
    assert trace(made, "100/BYT-DP", "Huế", LATE).acted
    assert [line.province for line in trace_all(made, LATE) if line.acted] == ["Thừa Thiên Huế"]


def test_a_new_instruction_is_the_new_units() -> None:
    made = graph(acts("Quảng Trị", "2025-09-01", "200/BYT-DP", "2025-08-01"))
    found = trace(made, "200/BYT-DP", "Quảng Trị", LATE)
    assert (found.acted, found.merged) == (True, None)


def test_a_provinces_own_list_is_of_the_unit_as_it_is_that_day() -> None:
    made = graph(acts("Vĩnh Phúc", "2024-04-01"), acts("Hòa Bình", "2024-05-01"))

    def of(province: str, day: date) -> list[tuple[str | None, Standing, str | None]]:
        return [(line.instruction.number, line.standing, line.merged) for line in trace_province(made, province, day)]

    assert of("Phú Thọ", LATE) == [("100/BYT-DP", Standing.PLANNED, "2 of 3"), ("200/BYT-DP", Standing.ADDRESSED, None)]
    assert of("Phú Thọ", date(2025, 6, 30)) == [("100/BYT-DP", Standing.ADDRESSED, None)]
    # a unit that is no more is asked for by its old name
    assert of("Vĩnh Phúc", LATE) == [("100/BYT-DP", Standing.PLANNED, None)]
    assert of("Nghệ An", LATE) == [("100/BYT-DP", Standing.ADDRESSED, None), ("200/BYT-DP", Standing.ADDRESSED, None)]
    assert of("Huế", LATE) == [("100/BYT-DP", Standing.ADDRESSED, None), ("200/BYT-DP", Standing.ADDRESSED, None)]


def closing(province: str, on: str) -> Closing:
    day = date.fromisoformat(on)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Closing(number="100/BYT-DP", issued=date(2024, 3, 1), issuer=MOH, province=province, on=day, by="Lê Lan", at=at)


def test_a_word_on_a_unit_before_the_mergers_does_not_close_its_namesake_after() -> None:
    made = graph(acts("Vĩnh Phúc", "2024-04-01"))
    old, new = closing("Phú Thọ", "2024-06-01"), closing("Phú Thọ", "2025-09-01")
    assert trace(made, "100/BYT-DP", "Phú Thọ", LATE, [old]).standing == Standing.PLANNED
    assert trace(made, "100/BYT-DP", "Phú Thọ", date(2025, 6, 30), [old]).standing == Standing.CLOSED
    assert trace(made, "100/BYT-DP", "Phú Thọ", LATE, [new]).standing == Standing.CLOSED
    # a province that only kept its name is one and the same
    assert trace(made, "100/BYT-DP", "Nghệ An", LATE, [closing("Nghệ An", "2024-06-01")]).standing == Standing.CLOSED


def test_a_closed_matter_has_its_line_even_where_nobody_was_told() -> None:
    asked = letter("one", "100/BYT-DP", "2024-03-01", MOH, to=("Ủy ban nhân dân tỉnh Nghệ An",), subject="triển khai tiêm chủng")
    lines = {line.province: line.standing for line in trace_all(assemble([asked]), LATE, [closing("Sơn La", "2024-06-01")])}
    assert lines == {"Nghệ An": Standing.ADDRESSED, "Sơn La": Standing.CLOSED}
    assert all(line.closed is None for line in trace_all(assemble([asked]), date(2024, 5, 1), [closing("Sơn La", "2024-06-01")]))


def test_the_report_counts_what_is_closed_as_done() -> None:
    asked = letter(
        "due", "100/BYT-DP", "2024-03-01", MOH, to=("Ủy ban nhân dân tỉnh Nghệ An",), deadlines=(Deadline(date=date(2024, 5, 15)),)
    )
    said = {on: list(trace_all(assemble([asked]), LATE, [closing("Nghệ An", on)])) for on in ("2024-05-10", "2024-06-01")}
    assert [cell(line, LATE) for lines in said.values() for line in lines] == ["done_in_time", "done_late"]
    assert [cell(line, LATE) for line in trace_all(assemble([asked]), LATE)] == ["open_late"]
