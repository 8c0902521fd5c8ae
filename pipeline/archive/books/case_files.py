"""Case files (hồ sơ) by the office's file plan: made, filled and told. Every change by a person is kept in the history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date as Date
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from models.case_file import CaseFile
from models.letter import Letter
from pipeline.archive.books.file_plans import Plan, retention
from pipeline.archive.tables import history, schema
from pipeline.archive.tables.letter_store import LetterStore
from pipeline.archive.tables.letter_store import table as letters
from pipeline.exit_codes import ExitCode

table, filed = schema.case_files, schema.case_letters
_PLANNED = ("title", "heading", "retention", "keeper", "note")
FIELDS = (*_PLANNED, "sheets")  # what a person may set


class NoFile(KeyError):
    """There is no case file of this code, or several bear it."""

    exit_code = ExitCode.NO_CASE_FILE

    def __init__(self, typed: str, codes: Sequence[str] = ()) -> None:
        super().__init__(typed)
        self.typed, self.codes = typed, codes

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        names = ", ".join(self.codes)
        if self.codes:
            return (
                f"{self.typed}: several files, say which: {names}" if lang == "en" else f"{self.typed}: có nhiều hồ sơ, hãy ghi rõ: {names}"
            )
        if lang == "en":
            return f"{self.typed}: no such case file. See: congvan file list; new ones come from the plan: congvan file plan FILE."
        return f"{self.typed}: không có hồ sơ này. Xem: congvan file list; hồ sơ mới lấy từ danh mục: congvan file plan TỆP."


class NotAFileField(ValueError):
    """There is no such field of a case file, or the value does not fit it."""

    exit_code = ExitCode.NOT_A_FILE_FIELD


class SecretLetter(ValueError):
    """A letter under quarantine is filed apart."""

    exit_code = ExitCode.SECRET_LETTER

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        id = self.args[0]
        if lang == "en":
            return f"{id}: a secret letter is filed apart, not here. Nothing was changed."
        return f"{id}: văn bản mật được lập hồ sơ riêng, không đưa vào đây. Chưa thay đổi gì."


class PlanTaken(NamedTuple):
    """What an import came to: the codes added, changed, and as they were; those of the archive that the plan does not name."""

    added: list[str]
    changed: list[str]
    same: list[str]
    absent: list[str]


def plan(connection: Connection, read: Plan, who: str) -> PlanTaken:
    """Take the files of a plan over. None is taken out: files that the plan does not name stay."""
    there = {row.code: row for row in connection.execute(select(table))}
    done = PlanTaken([], [], [], sorted(set(there) - {one.code for one in read.files}))
    last = max((row.position for row in there.values()), default=0)
    for position, one in enumerate(read.files, last + 1):
        values = {name: getattr(one, name) for name in _PLANNED}
        if one.code not in there:
            made = {"notation": one.notation, "year": one.year, **values}
            connection.execute(insert(table).values(code=one.code, position=position, **made))
            _tell(connection, who, one.code, "", None, made)
            done.added.append(one.code)
            continue
        before = {name: getattr(there[one.code], name) for name in values}
        for name in values:
            if values[name] != before[name]:
                connection.execute(update(table).where(table.c.code == one.code).values({name: values[name]}))
                _tell(connection, who, one.code, name, before[name], values[name])
        (done.same if values == before else done.changed).append(one.code)
    return done


def _tell(connection: Connection, who: str, code: str, field: str, old: Any, new: Any) -> None:
    history.write(connection, history.NewChange(who, "file", code, field, old, new))


def code_of(connection: Connection, typed: str) -> str:
    """The code that was typed: whole, or its notation alone where one file bears it; capitals do not matter. Raises NoFile."""
    wanted = typed.strip().casefold()
    rows = connection.execute(select(table.c.code, table.c.notation)).all()
    for way in ("code", "notation"):
        found = sorted({row.code for row in rows if getattr(row, way).casefold() == wanted})
        if len(found) == 1:
            return str(found[0])
        if found:
            raise NoFile(typed, found)
    raise NoFile(typed)


def set_field(connection: Connection, code: str, field: str, value: str | None, who: str) -> None:
    """Change what the plan says of a file, or count its sheets. Raises NotAFileField."""
    if field not in FIELDS:
        raise NotAFileField(f"{field}: không có trường này / no such field. {', '.join(FIELDS)}")
    new: Any = (value or "").strip() or None
    if field == "retention" and new:
        new = retention(new)
    if field == "sheets" and new is not None:
        if not re.fullmatch(r"\d{1,6}", new):
            raise NotAFileField(f"sheets: {new}: phải là số tờ / must be a number of sheets")
        new = int(new)
    if field == "title" and new is None:
        raise NotAFileField("title: không được để trống / must not be empty")
    old = connection.execute(select(table.c[field]).where(table.c.code == code)).scalar()
    if old != new:
        connection.execute(update(table).where(table.c.code == code).values({field: new}))
        _tell(connection, who, code, field, old, new)


def put(connection: Connection, code: str | None, ids: Sequence[str], who: str) -> int:
    """Put letters into a file at its end, out of the one that they lay in; code null: out of any. Return how many moved.

    Raises SecretLetter, and then none has moved.
    """
    moved = 0
    for id in ids:
        row = connection.execute(select(letters.c.quarantined).where(letters.c.id == id)).one()
        if row.quarantined and code is not None:
            raise SecretLetter(id)
        old = connection.execute(select(filed.c.code).where(filed.c.letter == id)).scalar()
        if old == code:
            continue
        connection.execute(delete(filed).where(filed.c.letter == id))
        if code is not None:
            last = connection.execute(select(func.max(filed.c.position)).where(filed.c.code == code)).scalar() or 0
            connection.execute(insert(filed).values(letter=id, code=code, position=last + 1))
        history.write(connection, history.NewChange(who, "letter", id, "file_code", old, code))
        moved += 1
    return moved


def title_of(connection: Connection, code: str) -> str | None:
    """What the plan calls a file; null where there is none of this code."""
    return connection.execute(select(table.c.title).where(table.c.code == code)).scalar()


def contents(connection: Connection, code: str) -> list[Letter]:
    """The letters of a file in their order, without their text."""
    query = select(letters.c.no).join(filed, filed.c.letter == letters.c.id).where(filed.c.code == code).order_by(filed.c.position)
    return LetterStore(connection).letters(connection.execute(query).scalars(), with_text=False)


def files(connection: Connection, code: str | None = None) -> list[CaseFile]:
    """All files in the plan's order, or one."""
    query = select(table).order_by(table.c.position)
    if code is not None:
        query = query.where(table.c.code == code)
    joined = select(filed.c.code, letters.c.no).join(letters, letters.c.id == filed.c.letter).order_by(filed.c.code, filed.c.position)
    if code is not None:
        joined = joined.where(filed.c.code == code)
    inside: dict[str, list[int]] = {}
    for row in connection.execute(joined):
        inside.setdefault(row.code, []).append(row.no)
    letter_store = LetterStore(connection)
    return [_file(row, letter_store.letters(inside.get(row.code, []), with_text=False)) for row in connection.execute(query).all()]


def _file(row: Any, inside: Sequence[Letter]) -> CaseFile:
    days: list[Date] = sorted(letter.header.date for letter in inside if letter.header.date)
    pages = sum(pages_of(letter) for letter in inside)
    return CaseFile(
        code=row.code, notation=row.notation, title=row.title, year=row.year, heading=row.heading, retention=row.retention,
        keeper=row.keeper, note=row.note, letters=len(inside), pages=pages, sheets=pages if row.sheets is None else row.sheets,
        begins=days[0] if days else None, ends=days[-1] if days else None,
    )  # fmt: skip


def pages_of(letter: Letter) -> int:
    """How many pages a letter has as it was scanned, annexes and blank backs included."""
    first, last = letter.source.pages
    return last - first + 1
