"""The lines of each register, a dict of column to cell: as rules/register_columns.tsv names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date as Date
from typing import Any

from sqlalchemy import Connection

from models.letter import Letter
from models.trace import Closing
from pipeline.archive.books.register_entries import ActingLetter, RegisterLine
from pipeline.archive.people.closings import standing
from rules.document_types import type_names
from rules.places.groups import named_on, province_in


def _type_and_subject(letter: Letter) -> str:
    head = letter.header
    # an official letter has no type on the sheet: its subject alone (Decree 30/2020, appendix IV)
    name = "" if head.doc_type in (None, "CV") else type_names().get(head.doc_type or "", head.doc_type or "")
    return " ".join(part for part in (name, head.subject) if part)


def _day(day: Date | None) -> str:
    # day and months 1 and 2 with a leading zero, as Decree 30/2020 has it
    return f"{day.day:02}/{day.month:02}/{day.year}" if day and day.month < 3 else f"{day.day:02}/{day.month}/{day.year}" if day else ""


def _notes(line: RegisterLine, *own: str) -> str:
    head = line.letter.header
    secret = f"{head.secrecy or 'Cùng tệp với văn bản mật'}: cách ly, đăng ký ở sổ riêng" if line.entry.quarantined else ""
    return "; ".join(part for part in (line.clerk.get("note"), head.urgency, secret, *own, *line.remarks) if part)


def _assigned(acts: Iterable[ActingLetter]) -> str:
    return "; ".join(dict.fromkeys(name for act in acts for name in act.assigned))


def _unregistered(line: RegisterLine) -> str:
    """What is to be told of a letter without an arrival number: that it has none, and one that an archive of before gave by itself."""
    if line.entry.arrival_number:
        return ""
    own = f"; số do kho tự đánh trước đây, không phải số đến: {line.entry.archive_number}" if line.entry.archive_number else ""
    return f"chưa vào sổ{own}"


def incoming_cells(line: RegisterLine, acts: Sequence[ActingLetter]) -> dict[str, Any]:
    head = line.letter.header
    return {
        "arrival_date": line.entry.arrived or "", "arrival_number": line.entry.arrival_number or "", "issuer": head.issuer or "",
        "number": head.number or "", "date": head.date or "", "type_subject": _type_and_subject(line.letter),
        "handed_to": line.clerk.get("handed_to") or _assigned(acts),
        "handed_on": line.clerk.get("handed_on") or next((act.date for act in acts if act.assigned and act.date), ""), "receipt": "",
        "note": _notes(line, _unregistered(line)),
    }  # fmt: skip


def secret_cells(line: RegisterLine) -> dict[str, Any]:
    """A line of the register of secret letters: what the sheet says of itself, and not what it is about."""
    head = line.letter.header
    beside = "" if head.secrecy else "Cùng tệp với văn bản mật"
    return {
        "arrival_date": line.entry.arrived or "", "arrival_number": line.entry.arrival_number or "", "issuer": head.issuer or "",
        "number": head.number or "", "date": head.date or "", "type": _type_and_subject(line.letter), "secrecy": head.secrecy or "",
        "handed_to": line.clerk.get("handed_to") or "", "handed_on": line.clerk.get("handed_on") or "", "receipt": "",
        "note": "; ".join(part for part in (line.clerk.get("note"), head.urgency, beside) if part),
    }  # fmt: skip


def outgoing_cells(line: RegisterLine) -> dict[str, Any]:
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


def closed_here(connection: Connection, office: str | None) -> list[Closing]:
    """What people say is closed in the office's own province."""
    home = province_in(office or "")
    return [one for one in standing(connection) if home and named_on(one.province, None) == named_on(home, None)]


def follow_up_cells(line: RegisterLine, acts: Sequence[ActingLetter], today: Date, closed: Sequence[Closing]) -> dict[str, Any]:
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


def _progress(acts: Sequence[ActingLetter], answers: Sequence[ActingLetter], due: Date | None, today: Date) -> str:
    """How far it is, by the letters held alone: that none is held does not say that nothing was done."""
    if answers:
        late = due is not None and answers[0].date is not None and answers[0].date > due
        return f"Đã trả lời ngày {_day(answers[0].date)}{' (sau hạn)' if late else ''}" if answers[0].date else "Đã trả lời"
    overdue = f"; quá hạn từ {_day(due)}" if due is not None and due < today else ""
    doing = [f"{act.number or 'văn bản chưa đọc được số'}{f' ngày {_day(act.date)}' if act.date else ''}" for act in acts]
    if doing:
        return f"Đang giải quyết: {'; '.join(dict.fromkeys(doing))}{overdue}"
    return f"Chưa thấy văn bản giải quyết trong kho{overdue}"
