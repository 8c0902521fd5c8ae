"""What departments, districts and communes of one province were given, due when, and answered by what."""

from __future__ import annotations

from datetime import date as Date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from models.matters.effect import Cited, Saying

TaskState = Literal["overdue", "open", "answered_late", "answered"]


class UnitAnswer(BaseModel):
    """A unit's letter on what it was given. relation: of its first reference on the way there; delivers: whether it reports, responds or
    plans (a letter that passes the task on delivers nothing); refuses: it says that what it was given is not done."""

    model_config = ConfigDict(frozen=True)

    letter: Cited
    relation: str
    delivers: bool
    refuses: bool = False
    saying: Saying


class UnitTask(BaseModel):
    """One thing that one unit was given by one letter.

    unit: as printed, with its province where it is a department; kind: "department", "district" (districts, communes and their offices),
    "group" (several at once: "các huyện, thành phố"); role: as printed ("chủ trì"; "" where the letter is simply addressed to it); due:
    null where no day is known; answers: by day; state: overdue only where a due day is known and past and nothing was delivered.
    """

    model_config = ConfigDict(frozen=True)

    unit: str
    kind: Literal["department", "district", "group"]
    given_by: Cited
    role: str
    what: str
    due: Date | None = None
    saying: Saying
    answers: tuple[UnitAnswer, ...] = ()
    state: TaskState
