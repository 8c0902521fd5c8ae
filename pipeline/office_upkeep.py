"""The part of Office that keeps an archive safe and its readings true: `pipeline.office` has the rest."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from datetime import date as Date
from pathlib import Path
from typing import Any

from models.ledger import Progress
from models.rereading import Chosen, RereadReport, ToldChange
from pipeline.archive import Archive
from pipeline.archive.rereading import record_forms, reports
from pipeline.archive.safety.backup_format import Saved
from pipeline.archive.safety.backups import backup
from pipeline.archive.safety.verification import Verdict, verify
from pipeline.archive.search.listing import secret_ones
from pipeline.archive.spot_checks import asking, shares
from pipeline.archive.spot_checks.drawing import draw
from pipeline.archive.spot_checks.outcomes import Outcome, SpotCheck, SpotItem, SpotResult
from pipeline.archive.tables import clock, history
from pipeline.archive.tables.database import reading, writing
from pipeline.ingest import Pace, Stages, rereading


class Upkeep:
    """What is done to an archive as a whole."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def verify(self, *, tell: Callable[[str, int, int], None] | None = None, known: str | None = None) -> Verdict:
        """Check originals, database, records, index and history. known: a hash of the history that was written down before."""
        return verify(self.archive.engine, self.archive.root, known=known, **({"tell": tell} if tell else {}))

    def today_is(self, day: Date, who: str | None = None) -> None:
        """Say which day it is, where the clock is in doubt: files that wait are then taken in (`retry`). Raises ValueError."""
        with writing(self.archive.engine) as connection:
            clock.confirm(connection, day, who or history.login())

    def under_quarantine(self, id: str) -> bool:
        """Whether of a letter only its register line is kept."""
        with reading(self.archive.engine) as connection:
            return bool(secret_ones(connection, [id]))

    def lift(self, id: str, who: str) -> Path | None:
        """Say of every letter on a letter's file that it is not secret. Return where its original lies, for `ingest`; null where none is
        held: then the file must be handed in again. What people put right before it became secret is gone. Raises NotHeld."""
        return self.archive.lift(id, who)

    def mend_index(self, who: str | None = None) -> int | None:
        """Build the index of words anew from the letters' text, and the file of the database where pages that hold nothing are not zeros;
        what the index held otherwise is written into the history of each letter.

        Return how many letters it holds; null, and nothing is done, where the database is damaged or the history or a letter was
        altered: the index may be the only trace of that.
        """
        from pipeline.archive.safety.mending import mend

        return mend(self.archive.engine, self.archive.root, who or history.login())

    def backup(self, target: Path | str, *, tell: Callable[[int, int], None] | None = None) -> Saved:
        """Write the archive into one file, while ingest may go on. Raises PlaceTaken, OSError."""
        return backup(self.archive.engine, self.archive.root, Path(target), **({"tell": tell} if tell else {}))

    def older_records(self) -> int:
        """How many letters have a record that an earlier version wrote."""
        with reading(self.archive.engine) as connection:
            return record_forms.older(connection)

    def bring_up_records(self) -> int:
        """Write these in today's form, so many at a time, while others go on; how many. `tidy` does it too, before an ingest."""
        return record_forms.bring_up(self.archive.engine)

    def reread(
        self, chosen: Chosen = Chosen(), *, who: str | None = None, progress: Callable[[Progress], None] | None = None,  # noqa: B008 (frozen)
        pace: Pace | None = None, stages: Stages | None = None,
    ) -> RereadReport:  # fmt: skip
        """Read the archive's own originals anew, all or those chosen. What people did survives; what was sure and is read otherwise now is
        put to review. One that was stopped goes on where the same choice is asked for. Raises NotHeld, NoRoom.
        """
        return rereading.reread(self.archive, chosen, who or history.login(), progress=progress, pace=pace, stages=stages)

    def reread_report(self) -> RereadReport | None:
        """How the reading anew that is not at its end stands, else the last; null where there was none."""
        with reading(self.archive.engine) as connection:
            return reports.last(connection)

    def reread_changes(self, id: int, *, after: int = 0, limit: int | None = None) -> Iterator[ToldChange]:
        """What a reading anew changed, in the order of reading. after: the `id` of the last one told before."""
        with reading(self.archive.engine) as connection:
            yield from reports.told(connection, id, after=after, limit=limit)

    def answer_split(self, sha256: str, answer: str, *, who: str | None = None) -> bool:
        """Say of a file whose pages are parted otherwise when read anew whether its letters stay as they are ("keep") or not ("take").

        So it is done when it is read anew the next time. Return whether that was asked.
        """
        return rereading.answer_split(self.archive, sha256, answer, who or history.login())

    def begin_spot_check(self, size: int = 200, *, who: str | None = None, seed: str | None = None) -> SpotCheck | None:
        """Draw sure fields by lot, to be read by a person who is not shown their values; the check that they have begun is gone on with.

        seed: the lots'; drawn anew where null, and kept. Null where the archive holds no sure field.
        """
        name, lots = who or history.login(), seed or secrets.token_hex(8)
        with reading(self.archive.engine) as connection:  # all letters are looked through: nobody's writing waits for that
            going_on = asking.standing(connection, name)
            drawn = None if going_on else draw(connection, size, lots)
        if drawn is None or not drawn.items:
            return going_on
        with writing(self.archive.engine) as connection:
            return asking.begin(connection, name, lots, drawn)

    def spot_check(self, *, who: str | None = None) -> SpotCheck | None:
        """How a person's check stands, and what they are asked next; null where they have none open."""
        with reading(self.archive.engine) as connection:
            return asking.standing(connection, who or history.login())

    def answer_spot_check(self, position: int, text: str | None, *, who: str | None = None) -> SpotItem:
        """Hold what a person read against the archive; null: it cannot be read. What DIFFERS comes back with what the archive holds, to be
        judged. Raises NotAsked, NotAField (a day that is none).
        """
        with writing(self.archive.engine) as connection:
            return asking.answer(connection, who or history.login(), position, text)

    def judge_spot_check(self, position: int, outcome: Outcome, value: Any = None, *, who: str | None = None) -> SpotItem:
        """Say of a field that was read otherwise whether the archive is wrong, and then what is right (put right as by `correct`), whether
        it was mistyped, or cannot be read. Raises NotAsked, NotAField.
        """
        name = who or history.login()
        if outcome is Outcome.WRONG:
            with reading(self.archive.engine) as connection:
                item = asking.to_judge(connection, name, position)
            # before it is counted: a stop between the two leaves it to be judged again
            self.archive.correct(item.letter, item.field, value, name)
        with writing(self.archive.engine) as connection:
            return asking.judge(connection, name, position, outcome)

    def end_spot_check(self, *, who: str | None = None) -> SpotResult | None:
        """End a person's check before its end, and tell what it came to; null where they have none open."""
        with writing(self.archive.engine) as connection:
            id = asking.end(connection, who or history.login())
            return None if id is None else shares.result(connection, id)

    def spot_results(self, limit: int = 20) -> list[SpotResult]:
        """What the checks that are through came to, newest first."""
        with reading(self.archive.engine) as connection:
            return shares.through(connection, limit)
