"""Letters go into case files (hồ sơ): the office's plan is taken over, letters are named by number or id, and put into a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from models.case_file import CaseFile
from models.letter import Letter
from pipeline.archive.archive import Archive
from pipeline.archive.books import case_files
from pipeline.archive.books.case_files import PlanTaken
from pipeline.archive.books.file_plans import BadRow, read_plan
from pipeline.archive.tables import history
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.letter_store import NotHeld
from pipeline.exit_codes import ExitCode


class Several(ValueError):
    """Several different letters bear a number: a person must say which."""

    exit_code = ExitCode.SEVERAL_LETTERS

    def __init__(self, typed: str, ids: Sequence[str]) -> None:
        super().__init__(typed)
        self.typed, self.ids = typed, ids

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        said = "several letters bear it, say which by its id" if lang == "en" else "nhiều văn bản cùng mang số này, hãy ghi mã"
        return f"{self.typed}: {said}: {', '.join(self.ids)}"


class Imported(NamedTuple):
    """What became of a plan's rows."""

    done: PlanTaken
    problems: list[BadRow]


def bearing(archive: Archive, number_or_id: str) -> list[Letter]:
    """The letter of this id, or all that bear this number (several provinces, years or copies may), with text; none where none does."""
    typed = number_or_id.strip()
    try:
        return [archive.letter(typed)]
    except NotHeld:
        return archive.find(typed, with_text=True)


def import_plan(archive: Archive, path: Path, year: int | None, who: str | None) -> Imported:
    """Take over a file plan from a tsv, csv or xlsx table. Raises NotAPlan, OSError."""
    plan = read_plan(path, year)
    with writing(archive.engine) as connection:
        return Imported(case_files.plan(connection, plan, who or history.login()), plan.problems)


def every(archive: Archive) -> list[CaseFile]:
    """All case files, in the plan's order."""
    with reading(archive.engine) as connection:
        return case_files.files(connection)


def opened(archive: Archive, code: str) -> tuple[CaseFile, list[Letter]]:
    """A case file and its letters, in their order, without their text. Raises NoFile."""
    with reading(archive.engine) as connection:
        found = case_files.code_of(connection, code)
        (one,) = case_files.files(connection, found)
        return one, case_files.contents(connection, found)


def change(archive: Archive, code: str, field: str, value: str | None, who: str | None) -> CaseFile:
    """Change a case file's field. Raises NoFile, ValueError."""
    with writing(archive.engine) as connection:
        found = case_files.code_of(connection, code)
        case_files.set_field(connection, found, field, value, who or history.login())
        return case_files.files(connection, found)[0]


def put(archive: Archive, code: str | None, numbers_or_ids: Iterable[str], who: str | None) -> int:
    """Put letters into a case file (null: out of theirs), all or none; how many moved. Raises NoFile, NotHeld, Several, SecretLetter."""
    ids = named(archive, numbers_or_ids)
    with writing(archive.engine) as connection:
        found = None if code is None else case_files.code_of(connection, code)
        return case_files.put(connection, found, ids, who or history.login())


def named(archive: Archive, numbers_or_ids: Iterable[str]) -> list[str]:
    """The id of each letter that was typed, once. Raises NotHeld, Several."""
    return list(dict.fromkeys(_one(archive, typed) for typed in numbers_or_ids))


def _one(archive: Archive, typed: str) -> str:
    """The id of the letter that was typed; of several copies of one document, the first."""
    letters = bearing(archive, typed)
    if not letters:
        raise NotHeld(typed)
    if any(letter.id == typed.strip() for letter in letters):
        return typed.strip()
    held = {letter.id for letter in letters}
    firsts = {letter.copy_of if letter.copy_of in held else letter.id for letter in letters}
    if len(firsts) > 1:
        raise Several(typed, sorted(firsts, key=str))
    return str(firsts.pop())
