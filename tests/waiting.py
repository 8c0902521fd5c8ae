"""Waiting for something to come true: no test asks how long it took. The bound only lets one end that would hang."""

from __future__ import annotations

import time
from collections.abc import Callable

BOUND = 600.0  # seconds; what takes longer on any machine is not coming


def until(true: Callable[[], object], what: str = "it did not come to that") -> None:
    """Wait until `true` says so. Raises AssertionError with `what` after the bound."""
    end = time.monotonic() + BOUND
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.02)
