"""What an Office does with case files (hồ sơ): the plan taken over, letters put in, a directive's chain proposed as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.case_file import CaseFile, Proposal
from models.letter import Letter
from pipeline.archive import Archive, NotHeld
from pipeline.archive.books import case_files
from pipeline.archive.books.case_files import PlanTaken, pages_of
from pipeline.archive.books.file_plans import BadRow, read_plan
from pipeline.archive.tables import history
from pipeline.archive.tables.database import reading, writing
from pipeline.exit_codes import ExitCode

if TYPE_CHECKING:
    from datetime import date as Date

    from models.trace import Trace


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


class Filing:
    """The part of an Office that groups letters into case files."""

    archive: Archive

    if TYPE_CHECKING:

        def letter(self, number_or_id: str) -> list[Letter]: ...
        def trace(self, number: str, province: str | None = None, as_of: Date | None = None) -> list[Trace]: ...

    def import_plan(self, path: Path | str, *, year: int | None = None, who: str | None = None) -> Imported:
        """Take over the office's file plan from a tsv, csv or xlsx table. Raises NotAPlan, OSError."""
        plan = read_plan(Path(path), year)
        with writing(self.archive.engine) as connection:
            return Imported(case_files.plan(connection, plan, who or history.login()), plan.problems)

    def case_files(self) -> list[CaseFile]:
        """All case files, in the plan's order."""
        with reading(self.archive.engine) as connection:
            return case_files.files(connection)

    def case_file(self, code: str) -> tuple[CaseFile, list[Letter]]:
        """A case file and its letters, in their order, without their text. Raises NoFile."""
        with reading(self.archive.engine) as connection:
            found = case_files.code_of(connection, code)
            (one,) = case_files.files(connection, found)
            return one, case_files.contents(connection, found)

    def set_file(self, code: str, field: str, value: str | None, *, who: str | None = None) -> CaseFile:
        """Change a case file's title, retention, keeper, note, heading or count of sheets. Raises NoFile, ValueError."""
        with writing(self.archive.engine) as connection:
            found = case_files.code_of(connection, code)
            case_files.set_field(connection, found, field, value, who or history.login())
            return case_files.files(connection, found)[0]

    def put(self, code: str | None, numbers_or_ids: Iterable[str], *, who: str | None = None) -> int:
        """Put letters into a case file (null: out of theirs), all or none. Return how many moved.

        Raises NoFile, NotHeld, Several, SecretLetter.
        """
        ids = list(dict.fromkeys(self._one(typed) for typed in numbers_or_ids))
        with writing(self.archive.engine) as connection:
            found = None if code is None else case_files.code_of(connection, code)
            return case_files.put(connection, found, ids, who or history.login())

    def _one(self, typed: str) -> str:
        """The id of the letter that was typed; of several copies of one document, the first."""
        letters = self.letter(typed)
        if not letters:
            raise NotHeld(typed)
        if any(letter.id == typed.strip() for letter in letters):
            return typed.strip()
        held = {letter.id for letter in letters}
        firsts = {letter.copy_of if letter.copy_of in held else letter.id for letter in letters}
        if len(firsts) > 1:
            raise Several(typed, sorted(firsts, key=str))
        return str(firsts.pop())

    def propose_file(self, number: str) -> list[Proposal]:
        """For each instruction of this number, the case file that it and all that act on it would make. Nothing is changed.

        Secret letters and further copies are left out. Raises NotHeld where nothing held bears or acts on it.
        """
        chains: dict[tuple[object, ...], set[str]] = {}
        for one in self.trace(number):
            what = one.instruction
            ids = {*one.letters, *one.path, *(action.letter for action in (*one.actions, *one.departments))}
            chains.setdefault((what.number, what.date, what.issuer), set()).update(ids)
        for letter in self.letter(number):
            head = letter.header
            key = next(
                (key for key in chains if key[0] == head.number and key[1] in (None, head.date)), (head.number, head.date, head.issuer)
            )
            chains.setdefault(key, set()).add(letter.id)
        found = [self._proposal(key, ids) for key, ids in chains.items()]
        if not any(one.letters for one in found):
            raise NotHeld(number)
        return [one for one in found if one.letters]

    def _proposal(self, key: tuple[object, ...], ids: set[str]) -> Proposal:
        held = []
        for id in sorted(ids):
            try:
                letter = self.archive.letter(id)
            except NotHeld:
                continue  # a document that is only cited
            if letter.copy_of is None and letter.header.secrecy is None and letter.text:
                held.append(letter)
        held.sort(key=lambda letter: (str(letter.header.date or ""), letter.id))
        days = sorted(letter.header.date for letter in held if letter.header.date)
        number, day, issuer = key
        parts = ["Tập văn bản về việc thực hiện văn bản số", str(number)]
        parts += [f"ngày {day:%d/%m/%Y}"] if day is not None else []
        parts += [f"của {issuer}"] if issuer else []
        return Proposal(
            title=" ".join(parts), begins=days[0] if days else None, ends=days[-1] if days else None,
            pages=sum(pages_of(letter) for letter in held), letters=tuple(letter.id for letter in held),
            filed=tuple(sorted({letter.file_code for letter in held if letter.file_code})),
        )  # fmt: skip
