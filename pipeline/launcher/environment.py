"""What a child process is given of our surroundings: a few variables by name, programs from absolute places, our own package's root."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from pipeline.settings import ENGINES
from pipeline.settings.declared import handed_down

ROOT = Path(__file__).resolve().parents[2]  # where `pipeline`, `models` and `rules` lie
_ALLOWED = ("HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ")
_PLACES = ("PATH", "LD_LIBRARY_PATH")


def environment(folder: Path) -> dict[str, str]:
    """All that a child's environment holds. folder: its own, absolute, for temporary files.

    Settings go along, but no secret; a path among them is made absolute, for a child works in its own folder. Nothing that tells
    Python where to find modules does.
    """
    found = {name: value for name, value in os.environ.items() if name in _ALLOWED or name.startswith("LC_")}
    for name in _PLACES:
        if kept := _absolute(os.environ.get(name, "")):
            found[name] = kept
    for name, is_path in handed_down().items():
        if value := os.environ.get(name):
            found[name] = str(Path(value).expanduser().absolute()) if is_path else value
    utf8 = str(sys.flags.utf8_mode)  # a file's name is the same text there as here
    return {**found, **ENGINES, "TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONSAFEPATH": "1", "PYTHONUTF8": utf8}


def lend(library: Any) -> None:
    """Have a module that starts programs by itself, with its own name `environ` for our surroundings, give them a child's instead."""
    library.environ = environment(Path(tempfile.gettempdir()))


def _absolute(places: str) -> str:
    """The absolute places of a list such as PATH: an empty or relative one would be the folder that a person works in."""
    return os.pathsep.join(place for place in places.split(os.pathsep) if Path(place).is_absolute())


def find(program: str) -> str | None:
    """Where a program is, absolute; null where it is not installed. The folder that a person works in is never looked into."""
    return shutil.which(program, path=_absolute(os.environ.get("PATH", os.defpath)))
