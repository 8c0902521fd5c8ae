"""The registers of Decree 30/2020, appendix IV: incoming (form VI), outgoing (form I), follow-up (form VIII); and that of secret letters.

Their columns are the rows of rules/register_columns.tsv: a row taken out or renamed there is so here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date as Date
from functools import cache
from pathlib import PurePath
from typing import Any, Literal, NamedTuple

import pandas as pd
from sqlalchemy import Connection, func, select

from models.letter import Letter
from models.trace import Closing
from pipeline.archive.books.arrivals import RUNNING, is_own
from pipeline.archive.books.same_number import same_numbers
from pipeline.archive.people import corrections
from pipeline.archive.people.closings import standing
from pipeline.archive.tables import schema
from pipeline.archive.tables.letter_store import LetterStore, citations, table
from pipeline.archive.tables.search_folding import compare
from rules.document_types import type_names
from rules.places.groups import named_on, province_in
from rules.tables import rows

Book = Literal["incoming", "outgoing", "follow-up", "secret"]
BOOKS: tuple[Book, ...] = ("incoming", "outgoing", "follow-up", "secret")
_ACTING = ("implements", "acknowledges", "follows_up", "guides")


class _Entry(NamedTuple):
    """A letter as its row, the ledger and the clerks have it."""

    no: int
    id: str
    group: str  # id of the first record of the same document
    issuer: str | None
    number: str | None
    date: Date | None
    quarantined: bool
    arrived: Date | None
    arrival_number: str | None
    arrival_source: str | None
    handed_in: Date
    order: int

    @property
    def came(self) -> Date:
        """The day by which an incoming register has it."""
        return self.arrived or self.handed_in


class _Line(NamedTuple):
    """A letter that is to be a line, with what the clerks say of it."""

    entry: _Entry
    letter: Letter
    clerk: dict[str, Any]
    remarks: tuple[str, ...] = ()


class _Act(NamedTuple):
    """A letter of the office that answers or acts on another."""

    relation: str
    number: str | None
    date: Date | None
    assigned: tuple[str, ...]


@cache
def columns(book: Book) -> dict[str, str]:
    """The key and Vietnamese name of each column of a book, in order."""
    found = sorted((row for row in rows("register_columns") if row["book"] == book), key=lambda row: int(row["col_no"]))
    return {row["key"]: row["name_vi"] for row in found}


def register(
    connection: Connection,
    book: Book,
    office: str | None,
    *,
    since: Date | None = None,
    until: Date | None = None,
    today: Date | None = None,
) -> pd.DataFrame:
    """A book as a table: a line a letter (another copy of it has none), index: the letter's id; days are dates, all else text.

    since, until: of the day of arrival (incoming, follow-up) or of the letter (outgoing), both included. today: what is overdue by.
    Raises ValueError for an unknown book.
    """
    if book not in BOOKS:
        raise ValueError(f"{book}: không có sổ này / no such register. {', '.join(BOOKS)}")
    every = _entries(connection)
    entries = [one for one in every if is_own(one.issuer, office) == (book == "outgoing")]
    if book == "secret":
        chosen = [one for one in every if one.quarantined and _within(one.came, since, until)]
        chosen.sort(key=lambda one: (one.came.year, _serial(one.arrival_number), one.order))
        cells = [_secret(line) for line in _lines(connection, chosen)]
    elif book == "outgoing":
        chosen = [one for one in entries if _within(one.date, since, until)]
        chosen.sort(key=lambda one: (one.date or Date.min, _serial(one.number), one.order))
        cells = [_outgoing(line) for line in _lines(connection, chosen)]
    else:
        chosen = [one for one in entries if _within(one.came, since, until) and not (one.quarantined and book == "follow-up")]
        chosen.sort(key=lambda one: (one.came.year, _serial(one.arrival_number), one.order))
        lines, acts = _lines(connection, chosen), _acts(connection, chosen, office)
        if book == "incoming":
            cells = [_incoming(line, acts.get(line.entry.group, [])) for line in lines]
        else:
            day, said = today or Date.today(), _closed(connection, office)
            cells = [_follow_up(line, acts.get(line.entry.group, []), day, said) for line in lines]
    names = columns(book)
    index = pd.Index([one.id for one in chosen], name="id", dtype="object")
    return pd.DataFrame([[cell.get(key, "") for key in names] for cell in cells], columns=list(names.values()), index=index, dtype="object")


def _within(day: Date | None, since: Date | None, until: Date | None) -> bool:
    if day is None:
        return since is None and until is None
    return (since is None or day >= since) and (until is None or day <= until)


def _serial(number: str | None) -> int:
    found = re.match(r"\d+", number or "")
    return int(found[0]) if found else 10**9


def _entries(connection: Connection) -> list[_Entry]:
    """One for each document: of its copies, the one that was registered first."""
    of = table.c
    query = (
        select(
            of.no, of.id, of.copy_of, of.issuer, of.number, of.date, of.quarantined, of.arrived_on, of.arrival_number, of.arrival_source,
            of.stored_at, schema.ledger.c.at.label("handed_in"),
        )
        .outerjoin(schema.ledger, schema.ledger.c.id == of.ledger_id)
        .order_by(of.ledger_id, of.first_page)
    )  # fmt: skip
    found: dict[str, _Entry] = {}
    for order, row in enumerate(connection.execute(query)):
        entry = _Entry(
            row.no, row.id, row.copy_of or row.id, row.issuer, row.number, _date(row.date), row.quarantined, _date(row.arrived_on),
            row.arrival_number, row.arrival_source, Date.fromisoformat((row.handed_in or row.stored_at)[:10]), order,
        )  # fmt: skip
        first = found.get(entry.group)
        if first is None or (first.arrival_number is None and entry.arrival_number is not None):
            found[entry.group] = entry
    return list(found.values())


def _date(text: str | None) -> Date | None:
    return Date.fromisoformat(text) if text else None


def _lines(connection: Connection, chosen: Sequence[_Entry]) -> list[_Line]:
    clerk: dict[str, dict[str, Any]] = defaultdict(dict)
    for one in corrections.made(connection):
        if one.field in corrections.CLERK:
            clerk[one.letter][one.field] = one.new
    letters = LetterStore(connection).letters([one.no for one in chosen], with_text=False)
    told = _remarks(connection)
    return [_Line(entry, letter, clerk.get(entry.id, {}), tuple(told[entry.group])) for entry, letter in zip(chosen, letters, strict=True)]


def _remarks(connection: Connection) -> dict[str, list[str]]:
    """What the books say of a document beside its own line: its case file, its number on another document, its other copies."""
    found: dict[str, list[str]] = defaultdict(list)
    filed = select(func.coalesce(table.c.copy_of, table.c.id).label("group"), schema.case_letters.c.code).distinct()
    for row in connection.execute(filed.join(schema.case_letters, schema.case_letters.c.letter == table.c.id)):
        found[row.group].append(f"HS: {row.code}")
    for one in same_numbers(connection):
        for id in one.letters:
            found[id].append("trùng số, ký hiệu với văn bản khác")
    query = select(table.c.copy_of, schema.ledger.c.path).outerjoin(schema.ledger, schema.ledger.c.id == table.c.ledger_id)
    for row in connection.execute(query.where(table.c.copy_of.isnot(None)).order_by(table.c.no)):
        found[row.copy_of].append(f"có bản khác: {PurePath(row.path or '?').name}")
    return found


def _acts(connection: Connection, chosen: Sequence[_Entry], office: str | None) -> dict[str, list[_Act]]:
    """The letters of the office that answer or act on each document, by day. Without an office: those of any other issuer."""
    issuers = {one.group: compare(one.issuer or "") for one in chosen}
    cited = table.alias("cited")
    group = func.coalesce(cited.c.copy_of, cited.c.id).label("group")
    query = (
        select(group, citations.c.relation, table.c.no, table.c.issuer, table.c.number, table.c.date, table.c.record)
        .join(table, table.c.no == citations.c.no)
        .join(cited, cited.c.id == citations.c.target)
        .where(citations.c.relation.in_(("responds_to", *_ACTING)), table.c.copy_of.is_(None))
        .order_by(table.c.date, table.c.no, citations.c.position)
    )
    found: dict[str, list[_Act]] = defaultdict(list)
    for row in connection.execute(query):
        own = is_own(row.issuer, office) if office else compare(row.issuer or "") != issuers.get(row.group)
        if row.group not in issuers or not own:
            continue
        assigned = tuple(one.to for one in Letter.model_validate_json(row.record).assignments if "phối hợp" not in one.role)
        act = _Act(row.relation, row.number, _date(row.date), assigned)
        if act not in found[row.group]:
            found[row.group].append(act)
    return found


def _type_and_subject(letter: Letter) -> str:
    head = letter.header
    # an official letter has no type on the sheet: its subject alone (Decree 30/2020, appendix IV)
    name = "" if head.doc_type in (None, "CV") else type_names().get(head.doc_type or "", head.doc_type or "")
    return " ".join(part for part in (name, head.subject) if part)


def _day(day: Date | None) -> str:
    # day and months 1 and 2 with a leading zero, as Decree 30/2020 has it
    return f"{day.day:02}/{day.month:02}/{day.year}" if day and day.month < 3 else f"{day.day:02}/{day.month}/{day.year}" if day else ""


def _notes(line: _Line, *own: str) -> str:
    head = line.letter.header
    secret = f"{head.secrecy or 'Cùng tệp với văn bản mật'}: cách ly, đăng ký ở sổ riêng" if line.entry.quarantined else ""
    return "; ".join(part for part in (line.clerk.get("note"), head.urgency, secret, *own, *line.remarks) if part)


def _assigned(acts: Iterable[_Act]) -> str:
    return "; ".join(dict.fromkeys(name for act in acts for name in act.assigned))


def _incoming(line: _Line, acts: Sequence[_Act]) -> dict[str, Any]:
    head = line.letter.header
    unstamped = "" if line.entry.arrival_source != RUNNING else "không có dấu ĐẾN: số của kho"
    return {
        "arrival_date": line.entry.arrived or "", "arrival_number": line.entry.arrival_number or "", "issuer": head.issuer or "",
        "number": head.number or "", "date": head.date or "", "type_subject": _type_and_subject(line.letter),
        "handed_to": line.clerk.get("handed_to") or _assigned(acts),
        "handed_on": line.clerk.get("handed_on") or next((act.date for act in acts if act.assigned and act.date), ""), "receipt": "",
        "note": _notes(line, unstamped),
    }  # fmt: skip


def _secret(line: _Line) -> dict[str, Any]:
    """A line of the register of secret letters: what the sheet says of itself, and not what it is about."""
    head = line.letter.header
    beside = "" if head.secrecy else "Cùng tệp với văn bản mật"
    return {
        "arrival_date": line.entry.arrived or "", "arrival_number": line.entry.arrival_number or "", "issuer": head.issuer or "",
        "number": head.number or "", "date": head.date or "", "type": _type_and_subject(line.letter), "secrecy": head.secrecy or "",
        "handed_to": line.clerk.get("handed_to") or "", "handed_on": line.clerk.get("handed_on") or "", "receipt": "",
        "note": "; ".join(part for part in (line.clerk.get("note"), head.urgency, beside) if part),
    }  # fmt: skip


def _outgoing(line: _Line) -> dict[str, Any]:
    head = line.letter.header
    kept = [item for item in head.copies if re.match(r"lưu\b", item, re.IGNORECASE)]
    others = [item for item in head.copies if item not in kept and not re.match(r"như trên\b", item, re.IGNORECASE)]
    return {
        "number": head.number or "", "date": head.date or "", "type_subject": _type_and_subject(line.letter),
        "signer": head.signer.name or "",
        "recipients": line.clerk.get("handed_to") or "; ".join([*head.recipients, *others]),
        "kept_by": "; ".join(re.sub(r"^lưu\s*:?\s*", "", item, flags=re.IGNORECASE) for item in kept), "copies_made": "",
        "handed_on": line.clerk.get("handed_on") or "", "receipt": "", "note": _notes(line),
    }  # fmt: skip


def _closed(connection: Connection, office: str | None) -> list[Closing]:
    """What people say is closed in the office's own province."""
    home = province_in(office or "")
    return [one for one in standing(connection) if home and named_on(one.province, None) == named_on(home, None)]


def _follow_up(line: _Line, acts: Sequence[_Act], today: Date, closed: Sequence[Closing]) -> dict[str, Any]:
    head = line.letter.header
    kind = "Công văn" if head.doc_type == "CV" else type_names().get(head.doc_type or "", head.doc_type or "")
    number = f"số {head.number}" if head.number else ""
    dated = f"ngày {_day(head.date)}" if head.date else ""
    document = " ".join(part for part in (kind, number, dated, f"của {head.issuer}" if head.issuer else "") if part)
    due = min((one.date for one in line.letter.deadlines if one.date), default=None)
    answers = [act for act in acts if act.relation == "responds_to" and act.number]
    key = head.number_key
    done = next((one for one in closed if one.number_key == key and one.issued in (None, head.date) and one.on <= today), None)
    ended = f"Đã kết thúc ngày {_day(done.on)} (theo {done.by})" if done else ""
    progress = line.clerk.get("progress") or ended or _progress(acts, answers, due, today)
    return {
        "arrival_number": line.entry.arrival_number or "", "document": document,
        "handed_to": line.clerk.get("handed_to") or _assigned(acts),
        "due": due or "", "progress": progress,
        "answered_by": line.clerk.get("answered_by") or "; ".join(dict.fromkeys(act.number for act in answers if act.number)),
        "note": _notes(line),
    }  # fmt: skip


def _progress(acts: Sequence[_Act], answers: Sequence[_Act], due: Date | None, today: Date) -> str:
    """How far it is, by the letters held alone: that none is held does not say that nothing was done."""
    if answers:
        late = due is not None and answers[0].date is not None and answers[0].date > due
        return f"Đã trả lời ngày {_day(answers[0].date)}{' (sau hạn)' if late else ''}" if answers[0].date else "Đã trả lời"
    overdue = f"; quá hạn từ {_day(due)}" if due is not None and due < today else ""
    doing = [f"{act.number or 'văn bản chưa đọc được số'}{f' ngày {_day(act.date)}' if act.date else ''}" for act in acts]
    if doing:
        return f"Đang giải quyết: {'; '.join(dict.fromkeys(doing))}{overdue}"
    return f"Chưa thấy văn bản giải quyết trong kho{overdue}"
