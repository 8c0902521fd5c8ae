"""What a province has been told and has done, over the whole archive: found by a process of its own, so that pages go on answering.

A small archive answers at once. A large one takes seconds: the last answer is shown meanwhile, with its time. Letters under quarantine
are left out: an answer is everybody's, and such a letter has neither addressees nor deeds.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import date as Date
from typing import TYPE_CHECKING, NamedTuple

from models.trace import Trace
from pipeline.archive.search.listing import quarantined
from pipeline.archive.tables.database import Changes, reading
from pipeline.launcher.process import Child, Leave, python
from pipeline.launcher.sandbox import Bounds
from pipeline.settings import settings

if TYPE_CHECKING:
    from pipeline.office import Office

SMALL = 1500  # letters that are traced at once
_KEPT = 16  # answers
_WAITING = 4  # questions at work or waiting for their turn: whoever asks more is told to try again
_SECONDS = 1800  # for one answer, and of the processor's time
Question = tuple[str, Date]


class NotTraced(Exception):
    """The process that traces a province failed, or too many wait for it."""


class Answer(NamedTuple):
    """traces: by the instructions' days; version: of the archive, as `Changes` counts; at: seconds since 1970; secret: the letters that
    were under quarantine before it was begun."""

    traces: list[Trace]
    version: int
    at: float
    secret: frozenset[str]


class ProvinceTraces:
    """The answers by province and day, and the process that is at work."""

    def __init__(self, office: Office, changes: Changes) -> None:
        self._office, self._changes = office, changes
        self._kept: OrderedDict[Question, Answer] = OrderedDict()
        self._asked: dict[Question, threading.Thread] = {}
        self._failed: set[Question] = set()
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._child: Child | None = None
        self._closed = False

    def of(self, province: str, day: Date) -> tuple[Answer | None, bool]:
        """The newest answer that there is, and whether it still holds. Where it does not, one is begun."""
        question, version = (province, day), self._changes.now()
        kept = self._standing(question)
        if kept is not None and kept.version == version:
            return kept, True
        if len(self._office.archive) <= SMALL:
            return self._keep(question, self._settled(lambda: list(self._office.trace_all(day, province, secret=False)))), True
        self._begin(question)
        return kept, False

    def at_work(self, province: str, day: Date) -> bool:
        """Whether an answer is being found, or waits for its turn."""
        with self._lock:
            return (province, day) in self._asked

    def last(self, province: str, day: Date) -> Answer:
        """The newest answer. Raises NotTraced where there is none, or the last try failed."""
        kept = self._standing((province, day))
        if kept is None or (province, day) in self._failed:
            raise NotTraced(province)
        return kept

    def _standing(self, question: Question) -> Answer | None:
        """The last answer; none that may tell of a letter which became secret since."""
        with self._lock:
            kept = self._kept.get(question)
        if kept is None or self._secret() <= kept.secret:
            return kept
        with self._lock:
            self._kept.pop(question, None)
        return None

    def _secret(self) -> frozenset[str]:
        with reading(self._office.archive.engine) as connection:
            return frozenset(quarantined(connection))

    def close(self) -> None:
        """End the process that is at work."""
        self._closed = True
        if (child := self._child) is not None:
            child.end()

    def _keep(self, question: Question, answer: Answer) -> Answer:
        with self._lock:
            self._kept[question] = answer
            self._kept.move_to_end(question)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return answer

    def _begin(self, question: Question) -> None:
        with self._lock:
            if question in self._asked or self._closed or len(self._asked) >= _WAITING:
                return
            thread = threading.Thread(target=self._find, args=(question,), name="province trace", daemon=True)
            self._asked[question] = thread
        thread.start()

    def _find(self, question: Question) -> None:
        try:
            with self._turn:  # one at a time: the rest of the machine is for the pages
                answer = self._settled(lambda: self._run(question))
            self._keep(question, answer)
            self._failed.discard(question)
        except (OSError, ValueError, NotTraced):
            self._failed.add(question)
        finally:
            with self._lock:
                self._asked.pop(question, None)

    def _settled(self, ask: Callable[[], list[Trace]]) -> Answer:
        """An answer of the archive as it is now: where it is kept there, that alone has changed it, and it is soon told again."""
        version, secret = self._changes.now(), self._secret()
        traces = ask()
        if version != self._changes.now():
            version, secret = self._changes.now(), self._secret()
            traces = ask()
        return Answer(traces, version, time.time(), secret)

    def _run(self, question: Question) -> list[Trace]:
        if self._closed:
            raise NotTraced(question[0])
        where = self._office.where
        # it opens the archive as any reader does, whose database writes beside itself; how large that may be is not its to bound
        leave = Leave(Bounds(settings().memory, _SECONDS, file_bytes=0), writes=[where], nice=10)
        with python("pipeline.desk.jobs.province_trace:main", str(where), question[0], question[1].isoformat(), leave=leave) as child:
            self._child = child
            code = child.wait(_SECONDS)
            self._child = None
            if code != 0:
                raise NotTraced(question[0])
            return [Trace.model_validate_json(line) for line in child.output().splitlines()]


def main(where: str, province: str, day: str) -> None:
    """Trace one province: archive, its name, the day; a trace a line on standard output."""
    import pipeline

    gc.disable()  # it lives for one answer, and nearly all it makes stays to the end
    with pipeline.open(where) as office:
        for one in office.trace_all(Date.fromisoformat(day), province, secret=False):
            sys.stdout.write(one.model_dump_json() + "\n")
