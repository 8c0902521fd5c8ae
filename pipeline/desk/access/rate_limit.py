"""How often a person may do what costs or changes much: a limit an hour for each kind, kept in memory."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from typing import Literal

Kind = Literal["users", "retry", "verify", "backup", "download"]
PERIOD = 3600.0  # seconds
MOST: dict[Kind, int] = {"users": 60, "retry": 20, "verify": 20, "backup": 10, "download": 20}


class TooOften(Exception):
    """It was done as often as it may be. wait: seconds until it may be done again."""

    def __init__(self, wait: int) -> None:
        super().__init__(str(wait))
        self.wait = wait


class RateLimit:
    """What each person has done of late."""

    def __init__(self) -> None:
        self._done: dict[tuple[str, Kind], deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def take(self, name: str, kind: Kind) -> None:
        """Count one more. Raises TooOften."""
        now = time.monotonic()
        with self._lock:
            done = self._done[name, kind]
            while done and done[0] <= now - PERIOD:
                done.popleft()
            if len(done) >= MOST[kind]:
                raise TooOften(int(done[0] + PERIOD - now) + 1)
            done.append(now)
