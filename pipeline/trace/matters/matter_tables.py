"""Answers on matters as tables: what the terminal, the workbook and the desk's pages show, with each row's sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date as Date
from typing import TYPE_CHECKING, Any, NamedTuple

from models.matters.effect import Cited, Effect, EffectEvent, LostGround
from models.matters.programme import Programme
from models.matters.timeline import CourseStep, Timeline
from models.matters.unit_task import UnitTask
from pipeline.trace.wording import word
from rules.relations import relation_name

if TYPE_CHECKING:
    import pandas as pd

_WORDS = {
    "effect": ("Hiệu lực", "Effect"),
    "events": ("Căn cứ", "Evidence"),
    "lost": ("Mất căn cứ", "Lost grounds"),
    "number": ("Số, ký hiệu", "Number"),
    "day": ("Ngày", "Date"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "subject": ("Trích yếu", "Subject"),
    "state": ("Tình trạng", "State"),
    "since": ("Có hiệu lực từ", "In force from"),
    "ended": ("Hết hiệu lực từ", "Ended from"),
    "by": ("Theo văn bản", "By letter"),
    "by_day": ("Ngày văn bản", "Its date"),
    "sentence": ("Câu làm bằng chứng", "Sentence that proves it"),
    "page": ("Trang", "Page"),
    "notes": ("Ghi chú", "Notes"),
    "deed": ("Việc", "What"),
    "scope": ("Phạm vi", "Scope"),
    "holds": ("Từ ngày", "From"),
    "until": ("Đến hết ngày", "Until"),
    "plan": ("Văn bản mất căn cứ", "Plan that lost its ground"),
    "relation": ("Quan hệ", "Relation"),
    "others": ("Còn thực hiện văn bản", "Also carries out"),
    "timeline": ("Diễn biến", "Timeline"),
    "reminders": ("Trả lời đôn đốc", "Answers to reminders"),
    "role": ("Vai trò", "Role"),
    "about": ("Về văn bản", "About"),
    "days": ("Thời hạn", "Days"),
    "reminder": ("Văn bản đôn đốc", "Reminder"),
    "province": ("Tỉnh, thành phố", "Province"),
    "answered": ("Trả lời bằng", "Answered by"),
    "answered_on": ("Ngày trả lời", "Answered on"),
    "standing": ("Tình trạng", "Standing"),
    "programme": ("Chương trình", "Programme"),
    "rank": ("Cấp", "Rank"),
    "how": ("Vì sao thuộc chương trình", "Why it belongs"),
    "units": ("Đơn vị", "Units"),
    "unit": ("Đơn vị được giao", "Unit"),
    "kind": ("Loại", "Kind"),
    "given_by": ("Văn bản giao", "Given by"),
    "task_role": ("Vai trò", "Role"),
    "what": ("Nội dung", "What"),
    "due": ("Thời hạn", "Due"),
    "answer": ("Văn bản trả lời", "Answered by"),
    "answer_sentence": ("Câu của văn bản trả lời", "Sentence of the answer"),
    "ended_by": ("Bị chấm dứt bởi", "Ended by"),
}


class MatterTable(NamedTuple):
    """A table for people: cells are text, days or whole numbers; null is an empty cell."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | Date | int | None, ...], ...]


def said(key: str, lang: str) -> str:
    """A heading of the tables."""
    return _WORDS[key][lang == "en"]


def _sheet(title: str, keys: Sequence[str], rows: Iterable[Sequence[Any]], lang: str) -> MatterTable:
    return MatterTable(said(title, lang), tuple(said(key, lang) for key in keys), tuple(tuple(row) for row in rows))


def as_frames(sheets: Iterable[MatterTable]) -> dict[str, pd.DataFrame]:
    """The sheets of a workbook by their titles."""
    import pandas as pd

    return {
        one.title: pd.DataFrame(
            [["" if cell is None else cell for cell in row] for row in one.rows], columns=list(one.columns), dtype="object"
        )
        for one in sheets
    }


def named(document: Cited) -> str:
    """A document's number; where it has none, its id."""
    return document.number or document.id


def effect_sheets(effects: Sequence[Effect], lang: str) -> list[MatterTable]:
    """A row a document with the words that decide its state; and a row for each thing that is said of it."""
    keys = ("number", "day", "issuer", "subject", "state", "since", "ended", "by", "by_day", "sentence", "page", "notes")
    rows = [
        (*_document(one.document), word(one.state, lang), one.since, one.ended, *_decided(one.event), _why(one, lang)) for one in effects
    ]
    told = ("number", "day", "deed", "scope", "holds", "until", "by", "by_day", "issuer", "sentence", "page", "notes")
    return [_sheet("effect", keys, rows, lang), _sheet("events", told, [row for one in effects for row in _events(one, lang)], lang)]


def _document(one: Cited) -> tuple[str, Date | None, str | None, str | None]:
    return named(one), one.date, one.issuer, one.subject


def _decided(event: EffectEvent | None) -> tuple[str | None, Date | None, str | None, int | None]:
    if event is None:
        return None, None, None, None
    by = event.by
    return named(by.letter), by.letter.date, by.sentence, by.page


def _why(one: Effect, lang: str) -> str:
    return "; ".join(word(reason, lang) for reason in one.unknown)


def _events(one: Effect, lang: str) -> Iterable[tuple[Any, ...]]:
    for event in one.events:
        by, notes = event.by, "; ".join(filter(None, (event.label, note(event, lang))))
        yield (
            named(one.document), one.document.date, word(event.deed, lang), word(event.scope, lang), event.day, event.until,
            named(by.letter), by.letter.date, by.letter.issuer, by.sentence, by.page, notes,
        )  # fmt: skip


def note(event: EffectEvent, lang: str) -> str:
    """Why an event decides nothing; "" where it may."""
    if event.withdrawn:
        return word("withdrawn", lang)
    return word({"no": "no", "unknown": "unknown_body"}.get(event.counts, ""), lang) if event.counts != "yes" else ""


def lost_sheet(lost: Sequence[LostGround], lang: str) -> MatterTable:
    """A row a plan that lost its ground: its own sentence, and the letter that ended what it rests on."""
    keys = ("plan", "day", "issuer", "subject", "state", "relation", "sentence", "page", "ended_by", "by_day", "others")
    rows = [
        (
            *_document(one.plan), word(one.state, lang), relation_name(one.relation, lang), one.ground.sentence, one.ground.page,
            named(one.ended.by.letter), one.ended.by.letter.date, "; ".join(one.others),
        )
        for one in lost
    ]  # fmt: skip
    return _sheet("lost", keys, rows, lang)


def timeline_sheets(found: Sequence[Timeline], lang: str) -> list[MatterTable]:
    """A row a letter, by day; and a row a province that was reminded, with what it answered."""
    keys = ("number", "day", "issuer", "role", "about", "days", "sentence", "page")
    told = ("reminder", "by_day", "province", "standing", "answered", "answered_on")
    steps = [(one, step) for one in found for step in one.steps]
    return [
        _sheet("timeline", keys, [_step(step, lang) for _, step in steps], lang),
        _sheet("reminders", told, [row for _, step in steps for row in _answers(step, lang)], lang),
    ]


def _step(one: CourseStep, lang: str) -> tuple[Any, ...]:
    said, days = one.saying, "; ".join(f"{day:%d/%m/%Y}" for day in one.days)
    return (
        named(one.letter), one.letter.date, one.letter.issuer, word(one.role, lang), one.about, days,
        said.sentence if said else None, said.page if said else None,
    )  # fmt: skip


def _answers(one: CourseStep, lang: str) -> Iterable[tuple[Any, ...]]:
    for answer in one.answers:
        head = (named(one.letter), one.letter.date, answer.province)
        if not answer.by:
            yield (*head, word("ADDRESSED", lang), None, None)
        for by in answer.by:
            yield (*head, word(answer.standing or "", lang), named(by), by.date)


def programme_sheet(found: Sequence[Programme], lang: str) -> MatterTable:
    """A row a letter and reason, by day."""
    keys = ("number", "day", "issuer", "subject", "rank", "how", "about", "sentence", "page")
    rows = [
        (
            *_document(member.letter), word(member.rank, lang), word(why.how, lang), why.about,
            why.saying.sentence if why.saying else None, why.saying.page if why.saying else None,
        )
        for one in found
        for member in one.members
        for why in member.why
    ]  # fmt: skip
    return _sheet("programme", keys, rows, lang)


def unit_sheet(found: Sequence[UnitTask], lang: str) -> MatterTable:
    """A row a task and answer, overdue first."""
    keys = (
        "unit", "kind", "state", "due", "given_by", "day", "task_role", "what", "sentence", "page", "answer", "answered_on", "relation",
        "answer_sentence",
    )  # fmt: skip
    rows: list[tuple[Any, ...]] = []
    for one in found:
        head = (
            one.unit, word(one.kind, lang), word(one.state, lang), one.due, named(one.given_by), one.given_by.date, one.role, one.what,
            one.saying.sentence, one.saying.page,
        )  # fmt: skip
        for answer in one.answers:
            how = word("not_done", lang) if answer.refuses else relation_name(answer.relation, lang)
            rows.append((*head, named(answer.letter), answer.letter.date, how, answer.saying.sentence))
        if not one.answers:
            rows.append((*head, None, None, None, None))
    return _sheet("units", keys, rows, lang)
