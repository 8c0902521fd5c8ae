"""The answer as tables for a workbook: the report, the standings with the sentences that prove them, the assignments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date as Date
from functools import cache
from typing import Any

import pandas as pd

from models.letter import Letter
from models.trace import Action, Standing, Tally, Trace
from pipeline.trace.reporting import CELLS, report
from pipeline.trace.wording import seat_word, word
from rules.relations import relation_name

_WORDS = {
    "by_province": ("Theo tỉnh", "By province"),
    "by_instruction": ("Theo chỉ đạo", "By instruction"),
    "standings": ("Tình trạng", "Standings"),
    "assignments": ("Giao việc", "Assignments"),
    "province": ("Tỉnh, thành phố", "Province"),
    "instruction": ("Văn bản chỉ đạo", "Instruction"),
    "day": ("Ngày", "Date"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "standing": ("Tình trạng", "Standing"),
    "due": ("Thời hạn", "Due"),
    "flags": ("Ghi chú", "Flags"),
    "merged": ("Đơn vị trước sáp nhập đã thực hiện", "Units before the merger that acted"),
    "letter": ("Văn bản thực hiện", "Letter that acted"),
    "letter_day": ("Ngày văn bản", "Its date"),
    "letter_issuer": ("Cơ quan", "Its issuer"),
    "counts": ("Tính cho tỉnh", "Counts for the province"),
    "way": ("Đường dẫn chiếu", "By way of"),
    "sentence": ("Câu làm bằng chứng", "Sentence that proves it"),
    "page": ("Trang", "Page"),
    "to": ("Giao cho", "Given to"),
    "role": ("Vai trò", "Role"),
    "what": ("Nội dung", "What"),
    "as_of": ("tính đến", "as of"),
    "total": ("Cộng", "Total"),
    "yes": ("có", "yes"),
    "beside": ("không ({who})", "no ({who})"),
    "ended": ("không (đã bị thu hồi, hủy bỏ hoặc thay thế)", "no (withdrawn, cancelled or replaced since)"),
    "closed": ("Kết thúc {day}, theo {who}", "Closed {day}, says {who}"),
}


def tables(
    traces: Sequence[Trace], as_of: Date | None, letter: Callable[[str], Letter | None], lang: str = "vi"
) -> dict[str, pd.DataFrame]:
    """The sheets of a workbook by their titles. letter: gives a held letter by its id, for what it assigns."""

    def say(key: str) -> str:
        return _WORDS[key][lang == "en"]

    @cache
    def held(id: str) -> Letter | None:
        return letter(id)

    def number(target: str) -> str:
        found = held(target)
        return (found.header.number if found else None) or target

    day = f" ({say('as_of')} {as_of:%d/%m/%Y})" if as_of else ""
    return {
        say("by_province"): _report(report(traces, as_of, "province"), say("province") + day, say("total"), lang),
        say("by_instruction"): _report(report(traces, as_of, "instruction"), say("instruction") + day, say("total"), lang),
        say("standings"): _standings(traces, number, say, lang),
        say("assignments"): _assignments(traces, held, say),
    }


def _report(tallies: Iterable[Tally], name: str, total: str, lang: str) -> pd.DataFrame:
    rows = [(tally.name or total, *(getattr(tally, cell) for cell in CELLS)) for tally in tallies]
    return _frame(rows, [name, *(word(cell, lang) for cell in CELLS)])


def _standings(traces: Iterable[Trace], numbers: Callable[[str], str], say: Callable[[str], str], lang: str) -> pd.DataFrame:
    """A row for each letter that acted; one for a province of which none is held."""
    keys = (
        "instruction", "day", "issuer", "province", "standing", "due", "flags", "merged", "letter", "letter_day", "letter_issuer",
        "counts", "way", "sentence", "page",
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    for trace in traces:
        what, flags = trace.instruction, [word(flag, lang) for flag in trace.flags]
        if trace.closed:
            flags.append(say("closed").format(day=f"{trace.closed.on:%d/%m/%Y}", who=trace.closed.by))
        head = (
            what.number, what.date, what.issuer, trace.province, word(trace.standing, lang), trace.due, "; ".join(flags),
            (trace.merged or "").replace(" of ", "/"),
        )  # fmt: skip
        found = [(action, say("yes")) for action in trace.actions] + [(action, say("ended")) for action in trace.ended]
        found += [(action, say("beside").format(who=seat_word(action, lang))) for action in trace.departments]
        for action, counts in found:
            rows.append((*head, action.number, action.date, action.issuer, counts, *_proof(action, numbers, lang)))
        if not found:
            rows.append((*head, *("",) * 7))
    return _frame(rows, [say(key) for key in keys])


def _proof(action: Action, numbers: Callable[[str], str], lang: str) -> tuple[str, str, str]:
    """The way, the sentences and their pages, a line a hop."""
    names = [relation_name(hop.relation, lang) for hop in action.hops]
    way = [f"{name} → {numbers(hop.target)}" for name, hop in zip(names, action.hops, strict=True)]
    sentences = [" ".join(hop.sentence.split()) for hop in action.hops]
    return "\n".join(way), "\n".join(sentences), "\n".join(str(hop.page) for hop in action.hops)


def _assignments(traces: Iterable[Trace], letter: Callable[[str], Letter | None], say: Callable[[str], str]) -> pd.DataFrame:
    """Who was given what by the letters that acted, each letter once."""
    keys = ("province", "letter", "letter_day", "to", "role", "what", "page")
    acting = {action.letter: trace.province for trace in traces for action in trace.actions if action.standing > Standing.NOT_ADDRESSED}
    rows = []
    for id, province in acting.items():
        held = letter(id)
        if held is not None:
            head = held.header
            rows += [(province, head.number, head.date, task.to, task.role, task.what, task.page) for task in held.assignments]
    return _frame(rows, [say(key) for key in keys])


def _frame(rows: Sequence[Sequence[Any]], columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame([["" if value is None else value for value in row] for row in rows], columns=list(columns), dtype="object")
