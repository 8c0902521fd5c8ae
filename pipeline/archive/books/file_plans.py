"""The office's file plan (danh mục hồ sơ) read from a table: tsv, csv or xlsx, its columns named as in Decree 30/2020, appendix V."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from datetime import date as Date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from models.skeleton import nfc, skeleton
from pipeline.exit_codes import ExitCode
from pipeline.extras import needs
from rules.tables import rows

_MOST = 20_000  # rows; no office has so many files a year
_HEADING = re.compile(r"([IVXLC]+|[A-ZĐ])[.)]?")
_NUMBERED = re.compile(r"\d+(\.\d+)*[.)]?")
_FOREVER = ("VINH VIEN", "VV")


class NotAPlan(Exception):
    """The table has no columns of a file plan."""

    exit_code = ExitCode.NOT_A_PLAN

    def __init__(self, where: Path, vi: str, en: str) -> None:
        super().__init__(f"{where}: {en}")
        self.where, self.vi, self.en = where, vi, en

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        return f"{self.where}: {self.en if lang == 'en' else self.vi}"


class PlannedFile(NamedTuple):
    """One file of a plan. row: in the table, from 1."""

    row: int
    notation: str
    title: str
    year: int | None
    heading: str | None
    retention: str | None
    keeper: str | None
    note: str | None

    @property
    def code(self) -> str:
        """Its code: with the year before it, for next year's plan has the same notations again."""
        return f"{self.year}.{self.notation}" if self.year else self.notation


class BadRow(NamedTuple):
    """A row that is no file and no heading. vi, en: why."""

    row: int
    vi: str
    en: str


class Plan(NamedTuple):
    """What a table holds."""

    files: list[PlannedFile]
    problems: list[BadRow]


@cache
def _columns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["field"], re.compile(row["pattern"])) for row in rows("file_plan_columns"))


def read_plan(path: Path, year: int | None = None) -> Plan:
    """Read a plan. year: of its files, where no column and no line over the table tells it. Raises NotAPlan, OSError."""
    table = _table(path)
    places, first, told = _head(path, table)
    files, problems, seen = list[PlannedFile](), list[BadRow](), dict[str, int]()
    heading: str | None = None
    for number, cells in enumerate(table[first:], first + 1):
        said = {field: cells[at] if at < len(cells) else "" for field, at in places.items()}
        notation, title = said["notation"], said["title"]
        if not notation and not title:
            continue
        if _is_heading(said):
            heading = title or notation
        elif not notation or not title:
            problems.append(BadRow(number, "thiếu số, ký hiệu hoặc tiêu đề", "its notation or its title is missing"))
        else:
            one = PlannedFile(
                number, notation, title, _year(said.get("year", "")) or year or told, heading, retention(said.get("retention", "")),
                said.get("keeper") or None, said.get("note") or None,
            )  # fmt: skip
            if one.code in seen:
                problems.append(BadRow(number, f"trùng {one.code} ở dòng {seen[one.code]}", f"{one.code} is in row {seen[one.code]} too"))
            else:
                seen[one.code] = number
                files.append(one)
    return Plan(files, problems)


def retention(text: str) -> str | None:
    """How long a file is kept, in one spelling: "Vĩnh viễn", "20 năm"; anything else as it stands, null where nothing does.

    >>> retention("20"), retention("VĨNH VIỄN"), retention("")
    ('20 năm', 'Vĩnh viễn', None)
    """
    plain = skeleton(text)
    if not plain:
        return None
    if plain.rstrip(".") in _FOREVER:
        return "Vĩnh viễn"
    found = re.fullmatch(r"0*(\d{1,3})\s*(NAM|YEARS?)?\.?", plain)
    return f"{found[1]} năm" if found else text


def _is_heading(said: dict[str, str]) -> bool:
    bare = not any(said.get(field) for field in ("retention", "keeper"))
    if not bare:
        return False
    # "1" over files that all say how long they are kept is a heading; in a plan that never says it, it is a file
    numbered = "retention" in said and _NUMBERED.fullmatch(said["notation"])
    return bool(not said["notation"] or not said["title"] or _HEADING.fullmatch(said["notation"]) or numbered)


def _head(path: Path, table: list[list[str]]) -> tuple[dict[str, int], int, int | None]:
    """The column of each field, the first row under the head, and the year that a line over it names."""
    for number, cells in enumerate(table):
        places: dict[str, int] = {}
        for at, cell in enumerate(cells):
            for field, pattern in _columns():
                if field not in places and pattern.search(cell):
                    places[field] = at
                    break
        if {"notation", "title"} <= set(places):
            over = skeleton(" ".join(" ".join(line) for line in table[:number]))
            found = re.search(r"\bNAM\s+((?:19|20)\d\d)\b", over)
            return places, number + 1, int(found[1]) if found else None
    raise NotAPlan(
        path,
        'không thấy cột "Số và ký hiệu hồ sơ" và "Tiêu đề hồ sơ". Hãy lưu danh mục hồ sơ thành bảng có hàng tiêu đề.',
        "there are no columns for notation and title. Save the file plan as a table with a head.",
    )


def _year(text: str) -> int | None:
    found = re.search(r"(?:19|20)\d\d", text)
    return int(found[0]) if found else None


def _table(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    lines = _sheet(path, data) if data.startswith(b"PK\x03\x04") else _text(path, data)
    table: list[list[str]] = []
    for line in lines:
        if len(table) >= _MOST:
            raise NotAPlan(path, f"quá {_MOST} dòng.", f"more than {_MOST} rows.")
        table.append([_cell(value) for value in line])
    return table


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = value.strftime("%d/%m/%Y") if isinstance(value, Date) else "" if value is None else str(value)
    return re.sub(r"\s+", " ", nfc(text)).strip().removeprefix("'")


def _sheet(path: Path, data: bytes) -> Iterable[Iterable[Any]]:
    with needs("spreadsheets"):
        from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return list(book.worksheets[0].iter_rows(values_only=True, max_row=_MOST + 1, max_col=50))
    except Exception as error:  # whatever a broken workbook makes of its reader
        raise NotAPlan(path, f"không đọc được bảng tính ({type(error).__name__}).", f"no workbook ({type(error).__name__}).") from error


def _text(path: Path, data: bytes) -> Iterable[Iterable[str]]:
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAPlan(
            path, "không phải UTF-8. Hãy lưu lại dạng CSV UTF-8 hoặc xlsx.", "not UTF-8. Save it as CSV UTF-8 or xlsx."
        ) from error
    head = text[:4000]
    sign = max("\t;,", key=head.count)
    return csv.reader(io.StringIO(text), delimiter=sign)
