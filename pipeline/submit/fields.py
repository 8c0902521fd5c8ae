"""The metadata of Circular 05/2025/TT-BNV: 21 fields of a document, 18 of a file; their names and codes are in rules/archive_*.tsv.

What the archive does not know is left empty, and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Date
from functools import cache
from typing import Any

from models.case_file import CaseFile
from models.letter import Letter
from models.skeleton import skeleton
from rules.document_types import type_names
from rules.tables import rows

# of the header, without which an archive refuses a document
REQUIRED = (("date", "ngày văn bản", "date"), ("issuer", "cơ quan ban hành", "issuer"), ("subject", "trích yếu", "subject"))


@cache
def names(about: str) -> tuple[str, ...]:
    """The fields' names, in the circular's order. about: "document" or "file"."""
    return tuple(row["name"] for row in rows("archive_fields") if row["about"] == about)


@cache
def _codes(which: str) -> dict[str, str]:
    return {skeleton(row["name"]): row["code"] for row in rows("archive_codes") if row["list"] == which}


@cache
def _lengths(about: str) -> dict[str, int]:
    return {row["name"]: int(row["length"]) for row in rows("archive_fields") if row["about"] == about and row["length"].isdigit()}


def document(letter: Letter, file: CaseFile, ordinal: int, *, organ: str | None, mode: str) -> dict[str, Any]:
    """A letter's fields. ordinal: in its file, from 1; organ: the office's identification code; mode: of use ("01" open …)."""
    head = letter.header
    number = head.document
    code = f"{file_name(file.code)}.{ordinal:07}"
    values: dict[str, Any] = {
        "docId": f"{organ}.{code}" if organ else "", "docCode": code, "maintenance": maintenance(file.retention),
        "typeName": type_code(head.doc_type), "codeNumber": f"{number.serial}{number.suffix}" if number else "",
        "codeNotation": number.notation if number else "",
        "issuedDate": day(head.date), "organName": head.issuer or "", "subject": head.subject or "", "language": "Tiếng Việt",
        "numberOfPage": letter.source.pages[1] - letter.source.pages[0] + 1, "mode": mode,
        "confidenceLevel": {"digital": "01", "scan": "02", "mixed": "03"}[letter.source.kind], "riskRecovery": "0",
        "process": "" if letter.source.kind == "scan" else "0",
    }  # fmt: skip
    return _shaped("document", values)


def case_file(file: CaseFile, letters: Sequence[Letter], *, mode: str) -> dict[str, Any]:
    """A file's fields. letters: those that go."""
    kinds = {letter.source.kind for letter in letters}
    days = sorted(letter.header.date for letter in letters if letter.header.date)
    confidence = "03" if len(kinds) > 1 or "mixed" in kinds else "01" if kinds == {"digital"} else "02"
    values: dict[str, Any] = {
        "fileCode": file.code, "title": file.title, "maintenance": maintenance(file.retention), "mode": mode, "language": "Tiếng Việt",
        "startDate": day(days[0] if days else file.begins), "endDate": day(days[-1] if days else file.ends), "totalDoc": len(letters),
        "numberOfPaper": file.sheets, "numberOfPage": sum(one.source.pages[1] - one.source.pages[0] + 1 for one in letters),
        "confidenceLevel": confidence, "paperFileCode": file.code if confidence == "02" else "", "riskRecovery": "0",
        "description": file.note or "",
    }  # fmt: skip
    return _shaped("file", values)


def _shaped(about: str, values: dict[str, Any]) -> dict[str, Any]:
    """Every field of the form in its order, none longer than it may be."""
    lengths = _lengths(about)
    found = {}
    for name in names(about):
        value = values.get(name, "")
        found[name] = value[: lengths[name]] if isinstance(value, str) and name in lengths else value
    return found


def maintenance(retention: str | None) -> str:
    """The code of a retention period; "07" (other) where the list has no such period."""
    return _codes("maintenance").get(skeleton(retention or ""), "07") if retention else ""


def type_code(abbreviation: str | None) -> str:
    """The code of a document type; an official letter is "22"; "32" (other) where the list has it not."""
    name = "Công văn" if abbreviation in (None, "CV") else type_names().get(abbreviation or "", abbreviation or "")
    return _codes("type").get(skeleton(name), "32")


def day(value: Date | None) -> str:
    """A day as the circular writes it: DD/MM/YYYY."""
    return f"{value:%d/%m/%Y}" if value else ""


def file_name(code: str) -> str:
    """A file's code as a name that every disk takes."""
    return re.sub(r"[^\w.\-]+", "-", code, flags=re.ASCII).strip(".-") or "ho-so"
