"""Which files stand in the folders handed in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.acquire.refusals import LeadsOutside, Refusal, Unreadable, Vanished

_CLUTTER = {"thumbs.db", "desktop.ini"}  # what the desktop leaves in folders; nobody handed it in


def walk(paths: Iterable[Path]) -> Iterator[Path | Refusal]:
    """Yield every file that `paths` names or holds, folders depth first and by name; a Refusal where one cannot be gone into.

    Hidden files (".…") and the desktop's own are passed over inside folders; a path named outright is always yielded.
    A link inside a folder is followed only where it stays inside it.
    """
    for path in map(Path, paths):
        try:
            folder = path.is_dir()
        except OSError as error:
            yield Unreadable(path, why=error.strerror)
            continue
        if folder:
            yield from _inside(path, path.resolve())
        else:
            yield path


def _inside(folder: Path, root: Path) -> Iterator[Path | Refusal]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        yield Vanished(folder)
        return
    except OSError as error:
        yield Unreadable(folder, why=error.strerror)
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith(".") or entry.name.lower() in _CLUTTER:
            continue
        if entry.is_symlink():
            yield from _link(path, root)
        elif entry.is_dir(follow_symlinks=False):
            yield from _inside(path, root)
        else:
            yield path


def _link(path: Path, root: Path) -> Iterator[Path | Refusal]:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        yield LeadsOutside(path, target=path.readlink())
        return
    if not target.is_relative_to(root):
        yield LeadsOutside(path, target=target)
    elif not target.is_dir():  # a folder inside is walked under its own name: following it would double it, or never end
        yield path
