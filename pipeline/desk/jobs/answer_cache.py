"""Answers kept while nothing in the archive changes: any write, by whatever process, drops them all."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from pipeline.archive.tables.database import Changes

_KEPT = 24  # answers; one on a directive of 63 provinces takes about 1 MB
T = TypeVar("T")


class AnswerCache:
    """The last answers, each by its question. What is asked of a day must have the day in its question."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._version = -1
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, question: Hashable, find: Callable[[], T]) -> T:
        """The answer to a question: the kept one where nothing was written since, else found anew."""
        version = self._changes.now()
        with self._lock:
            if version != self._version:
                self._kept.clear()
                self._version = version
            if question in self._kept:
                self._kept.move_to_end(question)
                kept: T = self._kept[question]
                return kept
        found = find()
        with self._lock:
            # what was written while it was being found may be in it or not: it is kept for what stood before
            if version == self._version:
                self._kept[question] = found
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        return found

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
