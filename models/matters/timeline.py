"""How a matter went: each letter about an instruction in order of days, with its role, its sentence, and who answered a reminder."""

from __future__ import annotations

from datetime import date as Date

from pydantic import BaseModel, ConfigDict

from models.matters.effect import Cited, Saying


class Answered(BaseModel):
    """Whether one province that was reminded has answered since. by: the letters, none where none is held; standing: what they prove."""

    model_config = ConfigDict(frozen=True)

    province: str
    by: tuple[Cited, ...] = ()
    standing: str | None = None


class CourseStep(BaseModel):
    """A letter in the course of a matter.

    role: "directive", "guidance", "passed_on", "reminder", "extension", "correction", "amendment", "suspension", "ending", "plan",
    "assignment", "answer", "report", "receipt", "request", "not_done", "follow_up"; rank: of its issuer ("ministry", "committee",
    "department" …); about: the number or id of what its words are about; saying: its words (null: the directive itself, where it is only
    cited); days: new days that it sets; answers: of a reminder, each province that it reminds.
    """

    model_config = ConfigDict(frozen=True)

    role: str
    letter: Cited
    rank: str
    about: str | None = None
    saying: Saying | None = None
    days: tuple[Date, ...] = ()
    answers: tuple[Answered, ...] = ()


class Timeline(BaseModel):
    """The course of one instruction up to a day. steps: by day; mentioned: how many more letters only mention it or rest on it."""

    model_config = ConfigDict(frozen=True)

    document: Cited
    as_of: Date
    steps: tuple[CourseStep, ...] = ()
    mentioned: int = 0
