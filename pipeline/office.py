"""Office: the thin object behind `pipeline.open(where)`: each method is one call of a room's function. Screens call nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date as Date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from models.case_file import CaseFile, Proposal
from models.graph import Graph
from models.ledger import CitedOnly, Hit, IngestReport, LedgerEntry, Progress, State
from models.letter import Letter
from models.trace import Closing, Trace
from pipeline.archive import Correction, Filters, NotHeld, filing, open_archive, policies
from pipeline.archive.changes import changes
from pipeline.archive.filing import Imported
from pipeline.archive.safety.backup_format import Saved
from pipeline.archive.safety.restoring import restore
from pipeline.archive.safety.verification import Verdict
from pipeline.archive.spot_checks.outcomes import SpotCheck, SpotResult
from pipeline.archive.tables.database import reading
from pipeline.archive.tables.history import Change
from pipeline.ingest import Interrupted, Pace, Stages, inbox, ingest, retrying
from pipeline.ingest.inbox import Habit
from pipeline.office_registers import Registers
from pipeline.trace import questions
from pipeline.trace.matters import case_file_proposals

if TYPE_CHECKING:
    from pipeline.archive.exports.formats import ExportFormat
    from pipeline.archive.secret.vault import Policy, Way
    from pipeline.submit import Handover

__all__ = [
    "Change",
    "Habit",
    "Interrupted",
    "NotHeld",
    "Office",
    "Pace",
    "Saved",
    "SpotCheck",
    "SpotResult",
    "Verdict",
    "open_office",
    "restore",
]


class Office(Registers):
    """An archive with what can be asked of it. A context manager; safe in several processes at once."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the archive."""
        self.archive.close()

    @property
    def where(self) -> Path:
        """The archive's folder."""
        return self.archive.root

    @property
    def office(self) -> str | None:
        """Whose archive it is: what this body issued is outgoing, all else incoming. Null: all is incoming."""
        return self.archive.setting("office")

    @office.setter
    def office(self, name: str | None) -> None:
        policies.name_office(self.archive, name)

    def keep_secret(self, way: Way | None = None, folder: Path | str | None = None) -> Policy:
        """Set what is done with a secret letter's original, where given, and return what holds now.

        way: "keep" leaves it where it was, "move" moves it to a folder closed to others (0700). Raises NotLocked, ValueError.
        """
        return policies.keep_secret(self.archive, way, None if folder is None else Path(folder))

    def ingest(
        self, paths: Iterable[Path | str] | Path | str, *, progress: Callable[[Progress], None] | None = None, pace: Pace | None = None,
        again: bool = False, stages: Stages | None = None,
    ) -> IngestReport:  # fmt: skip
        """Take files and folders in. progress: called after each page and file; again: read also what is known.

        Files that are refused or fail are told in the report and do not stop it. Raises NoRoom, Interrupted.
        """
        some = [paths] if isinstance(paths, str | Path) else paths
        return ingest(self.archive, some, progress=progress, pace=pace, again=again, stages=stages)

    def retry(
        self, *, refused: bool = False, progress: Callable[[Progress], None] | None = None, pace: Pace | None = None,
        stages: Stages | None = None,
    ) -> IngestReport:  # fmt: skip
        """Read again what failed, was left waiting by a stop, was not there, or could not be opened. refused: all else that was refused
        too (a limit may have been raised). Raises NoRoom, Interrupted.
        """
        return retrying.retry(self.archive, refused=refused, progress=progress, pace=pace, stages=stages)

    def watch(
        self, folder: Path, stop: threading.Event, *, habit: Habit = Habit(), pace: Pace | None = None, stages: Stages | None = None,  # noqa: B008 (frozen)
        tell: Callable[[list[Path], IngestReport | None], None] = lambda paths, report: None,
        progress: Callable[[Progress], None] | None = None,
    ) -> None:  # fmt: skip
        """Take what comes into a folder until `stop` is set; tell: called after each batch, with null where the disk was full."""
        take = partial(self.ingest, pace=pace, stages=stages, progress=progress)
        inbox.watch(self.archive, folder, take, stop, habit=habit, tell=tell)

    def status(self, failed: bool = False) -> list[LedgerEntry]:
        """The ledger: every file handed in, in that order. failed: only those refused or failed, or not yet done."""
        return self.archive.status((State.REFUSED, State.FAILED, State.WAITING) if failed else None)

    def counts(self) -> dict[State, int]:
        """How many files are in each state."""
        return self.archive.counts()

    def search(  # noqa: PLR0913 (a name a filter, as a person asks for them)
        self, text: str, *, issuer: str | None = None, type: str | None = None, since: Date | None = None, until: Date | None = None,
        province: str | None = None, limit: int = 20, offset: int = 0,
    ) -> list[Hit]:  # fmt: skip
        """The letters found, best first: those whose number was typed (however carelessly), those that cite it, those with the words.

        Words are found with or without marks; what stands in quotation marks stands together. issuer: a part of its name; type: an
        abbreviation or name; since, until: of the letter's day, both included. Letters come without their text.
        """
        return self.archive.search(text, Filters(issuer, type, since, until, province), limit=limit, offset=offset)

    def cited_only(self, text: str, *, secret: bool = True) -> list[CitedOnly]:
        """The documents that the number typed means and that letters cite, but the archive does not hold; the most cited first.

        None where no whole number was typed ("36" alone may be any).
        """
        from pipeline.archive.graph.cited_only import cited_only

        with reading(self.archive.engine) as connection:
            return cited_only(connection, text, secret=secret)

    def letter(self, number_or_id: str) -> list[Letter]:
        """The letter of this id, or all that bear this number (several provinces, years or copies may); none where none does."""
        return filing.bearing(self.archive, number_or_id)

    def cited_by(self, id: str) -> list[Letter]:
        """The letters with a reference to this one or to another copy of it, by date; without their text."""
        return self.archive.citing(self.archive.copies(id))

    def graph(self, number_or_id: str, depth: int = 2) -> Graph:
        """The documents up to `depth` references away from this number or letter, held or only cited, and what they say of each other."""
        return questions.around(self.archive, number_or_id, depth)

    def below(self, number: str, *, secret: bool = True) -> Graph:
        """The documents of this number, what they cite, and the documents from which references lead to them. Raises NotHeld."""
        return questions.below(self.archive, number, secret=secret)

    def whole_graph(self) -> Graph:
        """All documents, held or only cited, and what they say of each other."""
        return questions.whole(self.archive)

    def trace(self, number: str, province: str | None = None, as_of: Date | None = None, *, secret: bool = True) -> list[Trace]:
        """Who was told, who acted on the instruction of this number, on a day (today): a trace a province and instruction.

        Without a province: those with more than NOT_ADDRESSED. Several instructions bear one number: each has its traces. Raises NotHeld.
        """
        return questions.of_number(self.archive, number, province, as_of, secret=secret)

    def trace_all(self, as_of: Date | None = None, province: str | None = None, *, secret: bool = True) -> Iterator[Trace]:
        """Every instruction and province with more than NOT_ADDRESSED, on a day (today).

        province: this one alone, as it is on that day: a merged one answers for all that it is made of.
        """
        return questions.of_all(self.archive, as_of, province, secret=secret)

    def close_matter(
        self, number: str, province: str, by: str, on: Date | None, *, note: str | None = None, issued: Date | None = None
    ) -> Closing | None:  # fmt: skip
        """Keep a person's word that an instruction is closed in a province; `on` null takes it back. The history keeps both.

        on: the day on which it was closed; issued: of the instruction, where several bear the number. Return what now stands.
        Raises NotHeld, NotClosed, Ambiguous (several bear the number), NotAMatter (no such province, nobody's name).
        """
        return questions.close_matter(self.archive, number, province, by, on, note=note, issued=issued)

    def closings(self) -> list[Closing]:
        """What people say is closed, as it stands now; entries of the follow-up register included."""
        return questions.standing_closings(self.archive)

    def export(self, format: ExportFormat, target: Path | str, *, mask: bool = False) -> int:
        """Write all letters to a file (jsonl, csv, parquet), whole or not at all, or to a folder (edxml), a file a letter.

        mask: take telephone numbers, e-mail and street addresses out. Return how many. Raises NotInstalled, ValueError, OSError.
        """
        from pipeline.archive.exports.formats import export

        return export(self._letters(mask), format, Path(target))

    def records(self, *, mask: bool = False) -> Iterator[dict[str, Any]]:
        """Every letter as a line of the jsonl export: plain JSON values. mask: as in `export`."""
        return (letter.record() for letter in self._letters(mask))

    def _letters(self, mask: bool) -> Iterator[Letter]:
        from pipeline.archive.exports.masking import masked

        letters = self.archive.letters(with_text=True)
        return map(masked, letters) if mask else iter(letters)

    def submit(
        self, folder: Path | str, *, file: str | None = None, since: Date | None = None, until: Date | None = None,
        organ: str | None = None, mode: str = "02", tell: Callable[[int, int], None] | None = None,
    ) -> Handover:  # fmt: skip
        """Make the package that an archive takes over (Circular 05/2025/TT-BNV) in a new folder. Return what went and what did not.

        file: one case file's code; since, until: of the letter's day, both included; organ: the office's identification code; mode: of
        use ("01" open, "02" on conditions). Raises NotReady (no OCRmyPDF), FolderTaken, NoFile, ValueError, OSError.
        """
        from pipeline.submit import Choice, submit

        return submit(self.archive, Path(folder), Choice(file, since, until), organ=organ, mode=mode, **({"tell": tell} if tell else {}))

    def import_plan(self, path: Path | str, *, year: int | None = None, who: str | None = None) -> Imported:
        """Take over the office's file plan from a tsv, csv or xlsx table. Raises NotAPlan, NotInstalled, OSError."""
        return filing.import_plan(self.archive, Path(path), year, who)

    def case_files(self) -> list[CaseFile]:
        """All case files, in the plan's order."""
        return filing.every(self.archive)

    def case_file(self, code: str) -> tuple[CaseFile, list[Letter]]:
        """A case file and its letters, in their order, without their text. Raises NoFile."""
        return filing.opened(self.archive, code)

    def set_file(self, code: str, field: str, value: str | None, *, who: str | None = None) -> CaseFile:
        """Change a case file's title, retention, keeper, note, heading or count of sheets. Raises NoFile, NotAFileField."""
        return filing.change(self.archive, code, field, value, who)

    def put(self, code: str | None, numbers_or_ids: Iterable[str], *, who: str | None = None) -> int:
        """Put letters into a case file (null: out of theirs), all or none. Return how many moved.

        Raises NoFile, NotHeld, Several, SecretLetter.
        """
        return filing.put(self.archive, code, numbers_or_ids, who)

    def propose_file(self, number: str) -> list[Proposal]:
        """For each instruction of this number, the case file that it and all that act on it would make. Nothing is changed.

        Secret letters and further copies are left out. Raises NotHeld where nothing held bears or acts on it.
        """
        return case_file_proposals.propose(self.archive, number)

    def correct(self, id: str, field: str, value: Any, who: str) -> Letter:
        """Put a field right. It is kept, with who and when, and stands when the file is read again. Raises NotHeld, NotAField.

        field: of the header ("subject", "signer.name", "arrival.number"), or a register's own ("handed_to", "handed_on", "progress",
        "answered_by", "note").
        """
        return self.archive.correct(id, field, value, who)

    def take_back(self, id: str, changes: Sequence[int], who: str) -> Letter:
        """Take corrections of a letter back, all or none, by their numbers in its history. Raises NotHeld, NotTakenBack."""
        return self.archive.take_back(id, changes, who)

    def corrections(self, id: str | None = None) -> list[Correction]:
        """What people have put right in a letter, or in all, oldest first."""
        return self.archive.corrections(id)

    def history(self, which: str | None = None) -> list[Change]:
        """What people changed, oldest first: in the letters of this number or id, the case file of this code, or in all."""
        return changes(self.archive, which)


def open_office(where: Path | str | None = None) -> Office:
    """Open the archive in a folder, made where it is not there. Raises WrongArchive.

    where: else CONGVAN_ARCHIVE, else the user's data folder.
    """
    return Office(open_archive(where))
