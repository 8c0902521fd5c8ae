"""Who was told, who acted, by which letter: the answer to a trace."""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime as Datetime
from enum import IntEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from models.number import Numbered


class Standing(IntEnum):
    """How far a province has gone with an instruction: the highest that a held letter proves."""

    NOT_ADDRESSED = 0
    ADDRESSED = 1
    RECEIVED = 2
    ASSIGNED = 3
    PLANNED = 4
    REPORTED = 5
    CLOSED = 6


class Instruction(Numbered):
    """What was to be done: a directive or a ministry's letter, held or only cited."""

    model_config = ConfigDict(frozen=True)

    number: str | None
    date: Date | None = None
    issuer: str | None = None


class Hop(BaseModel):
    """One step from a citing letter to a cited one, with the sentence that proves it. target: an id, or a number where it is not held."""

    model_config = ConfigDict(frozen=True)

    source: str
    target: str
    relation: str
    sentence: str
    page: int


class Action(BaseModel):
    """A letter that acts: its id and number, what standing it proves, and the hops from it to the instruction.

    seat: what its issuer is ("committee", "department", "party" …; null in an answer of before); partial: it says that it did the
    instruction in part.
    """

    model_config = ConfigDict(frozen=True)

    letter: str
    number: str | None
    date: Date | None
    issuer: str | None
    standing: Standing
    hops: tuple[Hop, ...] = ()
    confidence: float = 1.0
    seat: str | None = None
    partial: bool = False


class Closing(Numbered):
    """A person's word that an instruction is closed in a province. on: the day on which it was closed; by: who says so; at: when, UTC.

    issued, issuer: of the instruction, where known: a number returns every year.
    """

    model_config = ConfigDict(frozen=True)

    number: str
    issued: Date | None = None
    issuer: str | None = None
    province: str
    on: Date
    by: str
    note: str | None = None
    at: Datetime


class Trace(BaseModel):
    """The standing of one instruction in one province on a day.

    letters: ids of the letters of the province's committee that acted, by date; path: ids from the letter to the instruction
    (its number where it is not held); actions: each acting letter with its sentences; departments: letters of the province's
    departments, districts, council and Party, shown apart; ended: the committee's own that were withdrawn, cancelled or replaced by that
    day, and prove nothing any more; due: the earliest known day not yet delivered for, else the last; delivered: whether all that was owed
    came in time (null: something is owed); flags: REMINDED, VOID, PARTIAL, OVERDUE, NO_DEADLINE; merged: "2 of 3" where the province of
    that day is made of several; closed: the person's word behind CLOSED.
    """

    model_config = ConfigDict(frozen=True)

    instruction: Instruction
    province: str
    standing: Standing
    acted: bool
    direct: bool
    letters: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    due: Date | None = None
    delivered: Literal["in_time", "late"] | None = None
    flags: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    departments: tuple[Action, ...] = ()
    ended: tuple[Action, ...] = ()
    merged: str | None = None
    closed: Closing | None = None

    def record(self) -> dict[str, Any]:
        """The trace as a line of `congvan trace --all --format jsonl`."""
        return {**self.model_dump(mode="json"), "standing": self.standing.name}


class Tally(BaseModel):
    """A row of the report {done, open} x {in time, late}: how many instructions of a province (or provinces of an instruction).

    name: of the province or instruction, "" for all; void: those whose instruction was repealed or replaced, counted apart;
    no_evidence: of the open ones, those on which no letter is held: what was done there is not known.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    done_in_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_late: int = 0
    void: int = 0
    no_evidence: int = 0
