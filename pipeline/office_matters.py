"""The part of Office that answers on a matter besides who acted: in force or not, its course, what belongs to it, which units owe what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from typing import TYPE_CHECKING

from pipeline.office_upkeep import Upkeep

if TYPE_CHECKING:
    from models.matters.effect import Effect, InForce, LostGround
    from models.matters.programme import Programme
    from models.matters.timeline import Timeline
    from models.matters.unit_task import UnitTask


class Matters(Upkeep):
    """What is asked of a matter. secret: also letters under quarantine, of which a line of the register is kept."""

    def effect(self, number_or_id: str, as_of: Date | None = None, *, secret: bool = True) -> list[Effect]:
        """Whether the documents of this number are in force on a day (today), by which words of which letter. Raises NotHeld."""
        from pipeline.trace.matters.matter_questions import effect

        return effect(self.archive, number_or_id, as_of, secret=secret)

    def effects(self, as_of: Date | None = None, state: InForce | None = None, *, secret: bool = True) -> Iterator[Effect]:
        """The same of every document that is held, or that a held letter ends or changes, by day; or of those in one state."""
        from pipeline.trace.matters.matter_questions import every_effect

        return every_effect(self.archive, as_of, state, secret=secret)

    def lost_grounds(
        self, number_or_id: str, as_of: Date | None = None, *, secret: bool = True
    ) -> tuple[list[Effect], list[LostGround]]:  # fmt: skip
        """The effect of the documents of this number, and the plans that rest on those that have ended as a whole. Raises NotHeld."""
        from pipeline.trace.matters.matter_questions import grounds_lost

        return grounds_lost(self.archive, number_or_id, as_of, secret=secret)

    def timeline(self, number_or_id: str, as_of: Date | None = None, *, secret: bool = True) -> list[Timeline]:
        """How the matter of each document of this number went up to a day (today), each letter with its sentence. Raises NotHeld."""
        from pipeline.trace.matters.matter_questions import course

        return course(self.archive, number_or_id, as_of, secret=secret)

    def programme(self, asked: str, as_of: Date | None = None, *, secret: bool = True) -> list[Programme]:
        """What belongs to a programme up to a day (today), and why. asked: its directive's number, a name of its own ("Chương trình 1322"),
        or words of its title. Raises NotHeld."""
        from pipeline.trace.matters.matter_questions import belonging

        return belonging(self.archive, asked, as_of, secret=secret)

    def unit_tasks(
        self, province: str | None = None, as_of: Date | None = None, *, secret: bool = True
    ) -> tuple[str, list[UnitTask]]:  # fmt: skip
        """A province (else the office's own), and what its departments, districts and communes were given up to a day (today), due when,
        answered by what; overdue first. Raises NotAMatter."""
        from pipeline.trace.matters.matter_questions import of_units

        return of_units(self.archive, province, as_of, secret=secret)
