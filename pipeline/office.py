"""Office: the thin object behind `pipeline.open(where)`. The command line and the web call nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date as Date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from models.graph import Graph
from models.ledger import CitedOnly, Hit, IngestReport, LedgerEntry, Progress, State
from models.letter import Letter
from models.trace import Closing, Instruction, Trace
from pipeline.archive import Archive, Correction, Filters, NotHeld, open_archive
from pipeline.archive.books.arrivals import forget_office, number_arrivals
from pipeline.archive.tables import history
from pipeline.archive.tables.database import reading, writing
from pipeline.filing import Filing
from pipeline.ingest import Pace, Stages, ingest
from pipeline.keeping import Keeping
from rules.places.groups import province_in

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.archive.books.registers import Book
    from pipeline.archive.exports.formats import ExportFormat
    from pipeline.archive.secret.vault import Policy, Way
    from pipeline.submit import Handover


class Office(Keeping, Filing):
    """An archive with what can be asked of it. A context manager; safe in several processes at once."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

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
        before = self.office
        self.archive.set("office", (name or "").strip() or None)
        with writing(self.archive.engine) as connection:
            if (now := self.office) != before:
                history.write(connection, history.NewChange(history.login(), "setting", "office", "office", before, now))
            forget_office(connection)
            number_arrivals(connection, self.office)

    def keep_secret(self, way: Way | None = None, folder: Path | str | None = None) -> Policy:
        """Set what is done with a secret letter's original, where given, and return what holds now.

        way: "keep" leaves it where it was, "move" moves it to a folder closed to others (0700). Raises NotLocked, ValueError.
        """
        from pipeline.archive.secret import vault

        if way is not None and way not in vault.WAYS:
            raise ValueError(f"{way}: keep, move")
        with reading(self.archive.engine) as connection:
            before = vault.policy(connection, self.where)
        if folder is not None:
            self.archive.set(vault.FOLDER, str(vault.suitable(Path(folder), self.where)))
        if way is not None:
            self.archive.set(vault.SETTING, way)
        with writing(self.archive.engine) as connection:
            said = vault.policy(connection, self.where)
            if said != before:
                old, new = ([one.way, str(one.folder)] for one in (before, said))
                history.write(connection, history.NewChange(history.login(), "setting", "secret", "secret", old, new))
        if said.way == "move":
            vault.suitable(said.folder, self.where)
        return said

    def ingest(
        self, paths: Iterable[Path | str] | Path | str, *, progress: Callable[[Progress], None] | None = None, pace: Pace | None = None,
        again: bool = False, stages: Stages | None = None,
    ) -> IngestReport:  # fmt: skip
        """Take files and folders in. progress: called after each page and file; again: read also what is known.

        Files that are refused or fail are told in the report and do not stop it. Raises NoRoom, Interrupted.
        """
        some = [paths] if isinstance(paths, str | Path) else paths
        return ingest(self.archive, some, progress=progress, pace=pace, again=again, stages=stages)

    def search(
        self, text: str, *, issuer: str | None = None, type: str | None = None, since: Date | None = None, until: Date | None = None,
        province: str | None = None, limit: int = 20, offset: int = 0,
    ) -> list[Hit]:  # fmt: skip
        """The letters found, best first: those whose number was typed (however carelessly), those that cite it, those with the words.

        Words are found with or without marks; what stands in quotation marks stands together. issuer: a part of its name; type: an
        abbreviation or name; since, until: of the letter's day, both included. Letters come without their text.
        """
        return self.archive.search(text, Filters(issuer, type, since, until, province), limit=limit, offset=offset)

    def cited_only(self, text: str) -> list[CitedOnly]:
        """The documents that the number typed means and that letters cite, but the archive does not hold; the most cited first.

        None where no whole number was typed ("36" alone may be any).
        """
        from pipeline.archive.graph.cited_only import cited_only

        with reading(self.archive.engine) as connection:
            return cited_only(connection, text)

    def letter(self, number_or_id: str) -> list[Letter]:
        """The letter of this id, or all that bear this number (several provinces, years or copies may); none where none does."""
        typed = number_or_id.strip()
        try:
            return [self.archive.letter(typed)]
        except NotHeld:
            return self.archive.find(typed, with_text=True)

    def cited_by(self, id: str) -> list[Letter]:
        """The letters with a reference to this one or to another copy of it, by date; without their text."""
        return self.archive.citing(self.archive.copies(id))

    def graph(self, number_or_id: str, depth: int = 2) -> Graph:
        """The documents up to `depth` references away from this number or letter, held or only cited, and what they say of each other."""
        from pipeline.link import assemble

        typed = number_or_id.strip()
        try:
            letter = self.archive.letter(typed)
        except NotHeld:
            return assemble(self.archive.around(self.archive.keys(typed), depth))
        return assemble(self.archive.around_letter(letter.id, depth))

    def trace(self, number: str, province: str | None = None, as_of: Date | None = None) -> list[Trace]:
        """Who was told, who acted on the instruction of this number, on a day (today): a trace a province and instruction.

        Without a province: those with more than NOT_ADDRESSED. Several instructions bear one number: each has its traces.
        """
        from pipeline.trace import trace, trace_all

        keys, day, closings = set(self.archive.keys(number)), as_of or Date.today(), self.closings()
        graph = self._leading_to(keys)
        if province is None:
            return list(trace_all(graph, day, closings, lambda node: node.number_key in keys))
        name = province_in(province) or province.strip()
        # asked for by name, a merged province answers for what it is made of: "2 of 3"
        return [trace(graph, one, name, day, closings) for one in _meant(graph, keys)]

    def below(self, number: str) -> Graph:
        """The documents of this number, what they cite, and the documents from which references lead to them. Raises NotHeld."""
        from pipeline.trace import tree
        from pipeline.trace.acting import LONGEST

        keys = set(self.archive.keys(number))
        graph = self._leading_to(keys)
        parts = [tree(graph, id, LONGEST) for id, node in graph.nodes.items() if node.number_key in keys]
        if not parts:
            raise NotHeld(number)
        edges = {(edge.source, edge.target, edge.reference): edge for part in parts for edge in part.edges}
        return Graph(nodes={id: node for part in parts for id, node in part.nodes.items()}, edges=tuple(edges.values()))

    def _leading_to(self, keys: set[str]) -> Graph:
        """The documents that bear or cite one of these numbers, and those from which references lead there."""
        from pipeline.link import assemble
        from pipeline.trace.acting import LONGEST

        return assemble(self.archive.reaching(keys, LONGEST), self.archive.texts)

    def trace_all(self, as_of: Date | None = None, province: str | None = None) -> Iterator[Trace]:
        """Every instruction and province with more than NOT_ADDRESSED, on a day (today).

        province: this one alone, as it is on that day: a merged one answers for all that it is made of.
        """
        from pipeline.link import assemble
        from pipeline.trace import trace_all, trace_province

        # their text tells whom a decision obliges, and whether a letter instructs: it is read where the record does not say so
        graph, day = assemble(self.archive.letters(lean=True), self.archive.texts), as_of or Date.today()
        if province is None:
            yield from trace_all(graph, day, self.closings())
        else:
            yield from trace_province(graph, province_in(province) or province.strip(), day, self.closings())

    def close_matter(
        self, number: str, province: str, by: str, on: Date | None, *, note: str | None = None, issued: Date | None = None
    ) -> Closing | None:  # fmt: skip
        """Keep a person's word that an instruction is closed in a province; `on` null takes it back. The history keeps both.

        on: the day on which it was closed; issued: of the instruction, where several bear the number. Return what now stands.
        Raises NotHeld, NotClosed, Ambiguous (several bear the number), ValueError (no such province, nobody's name).
        """
        from pipeline.archive.people import closings

        name = province_in(province)
        if name is None or not by.strip():
            raise closings.NotAMatter(f"{province}: không có tỉnh này / no such province" if name is None else "by: ai ghi? / who says so?")
        graph, keys = self.graph(number, 1), set(self.archive.keys(number))
        meant = [one for one in _meant(graph, keys) if issued is None or one.date == issued]
        if not meant:
            raise NotHeld(number)
        if len(meant) > 1:
            raise closings.Ambiguous(meant)
        with writing(self.archive.engine) as connection:
            return closings.write(connection, meant[0], name, who=by.strip(), on=on, note=(note or "").strip() or None)

    def closings(self) -> list[Closing]:
        """What people say is closed, as it stands now; entries of the follow-up register included."""
        from pipeline.archive.people import closings

        office = self.office
        with reading(self.archive.engine) as connection:
            return closings.standing(connection) + closings.by_register(connection, office)

    def register(self, book: Book, since: Date | None = None, until: Date | None = None, *, today: Date | None = None) -> pd.DataFrame:
        """A register of Decree 30/2020 as a table, its columns in Vietnamese, indexed by the letter's id.

        book: incoming, outgoing or follow-up; since, until: of the day of arrival (outgoing: of the letter). Raises ValueError.
        """
        from pipeline.archive.books.registers import register

        with reading(self.archive.engine) as connection:
            return register(connection, book, self.office, since=since, until=until, today=today)

    def export(self, format: ExportFormat, target: Path | str, *, mask: bool = False) -> int:
        """Write all letters to a file (jsonl, csv, parquet), whole or not at all, or to a folder (edxml), a file a letter.

        mask: take telephone numbers, e-mail and street addresses out. Return how many. Raises ValueError, OSError.
        """
        from pipeline.archive.exports.formats import export
        from pipeline.archive.exports.masking import masked

        letters = self.archive.letters(with_text=True)
        return export(map(masked, letters) if mask else letters, format, Path(target))

    def submit(
        self, folder: Path | str, *, file: str | None = None, since: Date | None = None, until: Date | None = None,
        organ: str | None = None, mode: str = "02", tell: Callable[[int, int], None] | None = None,
    ) -> Handover:  # fmt: skip
        """Make the package that an archive takes over (Circular 05/2025/TT-BNV) in a new folder. Return what went and what did not.

        file: one case file's code; since, until: of the letter's day, both included; organ: the office's identification code; mode: of
        use ("01" open, "02" on conditions). Raises NotReady (no OCRmyPDF), FolderTaken, NoFile, ValueError, OSError.
        """
        from pipeline.submit import Choice, submit

        choice = Choice(file, since, until)
        return submit(self.archive, Path(folder), choice, organ=organ, mode=mode, **({"tell": tell} if tell else {}))

    def whole_graph(self) -> Graph:
        """All documents, held or only cited, and what they say of each other."""
        from pipeline.link import assemble

        return assemble(self.archive.letters(with_text=True))

    def records(self, *, mask: bool = False) -> Iterator[dict[str, Any]]:
        """Every letter as a line of the jsonl export: plain JSON values. mask: as in `export`."""
        from pipeline.archive.exports.masking import masked

        for letter in self.archive.letters(with_text=True):
            yield (masked(letter) if mask else letter).record()

    def status(self, failed: bool = False) -> list[LedgerEntry]:
        """The ledger: every file handed in, in that order. failed: only those refused or failed, or not yet done."""
        return self.archive.status((State.REFUSED, State.FAILED, State.WAITING) if failed else None)

    def counts(self) -> dict[State, int]:
        """How many files are in each state."""
        return self.archive.counts()

    def correct(self, id: str, field: str, value: Any, who: str) -> Letter:
        """Put a field right. It is kept, with who and when, and stands when the file is read again. Raises NotHeld, NotAField.

        field: of the header ("subject", "signer.name", "arrival.number"), or a register's own ("handed_to", "handed_on", "progress",
        "answered_by", "note").
        """
        return self.archive.correct(id, field, value, who)

    def corrections(self, id: str | None = None) -> list[Correction]:
        """What people have put right in a letter, or in all, oldest first."""
        return self.archive.corrections(id)


def _meant(graph: Graph, keys: set[str]) -> list[Instruction]:
    """The documents of a graph, held or only cited, whose number has one of these keys."""
    return list(
        dict.fromkeys(
            Instruction(number=node.number, date=node.date, issuer=node.issuer)
            for node in graph.nodes.values()
            if node.number and node.number_key in keys
        )
    )


def open_office(where: Path | str | None = None) -> Office:
    """Open the archive in a folder, made where it is not there. Raises WrongArchive.

    where: else CONGVAN_ARCHIVE, else the user's data folder.
    """
    return Office(open_archive(where))
