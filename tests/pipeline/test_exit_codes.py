"""One exit code a cause: no two error classes share one, none is left over, and the page lists them all."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import pipeline
from pipeline.archive.safety.verification import Cause
from pipeline.exit_codes import ExitCode

ROOT = Path(__file__).parents[2]
# what is no error class's: a process's end, a command line, a file that is tried again; and what verify finds
_OTHERS = {ExitCode.DONE, ExitCode.UNEXPECTED, ExitCode.USAGE, ExitCode.TRY_AGAIN, ExitCode.STOPPED, *map(ExitCode, Cause)}


def errors() -> dict[type[BaseException], ExitCode]:
    """Every public error class of ours that says a code of its own."""
    for one in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if "migrations" not in one.name and "ocrmypdf" not in one.name:
            importlib.import_module(one.name)
    found, waiting = dict[type[BaseException], ExitCode](), [BaseException]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            if one.__module__.startswith("pipeline.") and "exit_code" in vars(one) and not one.__name__.startswith("_"):
                found[one] = vars(one)["exit_code"]
    return found


def test_each_cause_has_a_code_of_its_own() -> None:
    found = errors()
    assert [one for one, code in found.items() if not isinstance(code, ExitCode)] == []
    # what is met in passing, a lost original or a damaged page, has one code: verify tells which it is
    assert sorted(found.values()) == sorted({*(set(ExitCode) - _OTHERS), ExitCode.HOLDINGS_BROKEN})
    # a shell keeps the lowest byte, and calls a signal from 128 on
    assert all(code < 126 for code in ExitCode if code is not ExitCode.STOPPED)


def test_an_error_with_a_code_says_what_to_do_or_is_told_by_the_command() -> None:
    silent = [one.__name__ for one in errors() if not hasattr(one, "message") and not issubclass(one, LookupError | ValueError)]
    assert silent == []


def test_the_page_lists_every_code_and_no_other() -> None:
    rows = re.findall(
        r"^\| (\d+) \| `(\w+)` \| [^|]+ \| [^|]+ \|$", (ROOT / "docs" / "exit_codes.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert rows == [(str(int(code)), code.name) for code in ExitCode]
