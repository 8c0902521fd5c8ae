"""Power loss at the n-th step: every commit, rename, sync, new folder and removal is counted, and the process ends at one of them.

What was not yet on the disk is lost with it: a rename whose folder was not synced is undone, a file that was not synced is cut, a
removal that was not synced did not happen, and a commit that was under way is torn in SQLite's log.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

DIED = 137


class Points:
    """The steps of this process. last: the step at which the power goes, 0 for never. root: where files can be lost."""

    def __init__(self, last: int, root: Path) -> None:
        self.last, self.root, self.count = last, root, 0
        self._synced: set[str] = set()
        self._named: dict[str, str] = {}  # target of a rename that is not on the disk yet, to its source
        self._gone: dict[str, Path] = {}  # removed, and not on the disk yet, to a link that holds its bytes
        self._grave = root / ".grave"

    def step(self, what: str) -> None:
        """One more step; it may be the last."""
        self.count += 1
        if self.count == self.last:
            if what == "torn":
                self._tear()
            self._lose()
            os._exit(DIED)

    def install(self) -> None:
        """Count from now on."""
        self._grave.mkdir(exist_ok=True)
        commit = DefaultDialect.do_commit

        def do_commit(dialect: Any, connection: Any) -> None:
            self.step("before commit")
            commit(dialect, connection)
            self.step("torn")
            self.step("after commit")

        DefaultDialect.do_commit = do_commit  # type: ignore[method-assign]
        for name in ("fsync", "replace", "rename", "unlink", "remove", "mkdir", "link"):
            setattr(os, name, self._around(name, getattr(os, name)))

    def _around(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **more: Any) -> Any:
            if name != "fsync" and not str(os.fspath(given[-1] if name != "mkdir" else given[0])).startswith(str(self.root)):
                return real(*given, **more)
            self.step(f"before {name}")
            if name in ("unlink", "remove"):
                self._bury(os.fspath(given[0]))
            done = real(*given, **more)
            getattr(self, f"_{name}", lambda *_: None)(*given)
            self.step(f"after {name}")
            return done

        return call

    def _bury(self, path: str) -> None:
        held = self._grave / str(self.count)
        if Path(path).is_file() and not Path(path).is_symlink():
            shutil.copy2(path, held)
            self._gone[path] = held

    def _fsync(self, descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        self._synced.add(str(path))
        if path.is_dir():
            # names that came into this folder, or left it, are on the disk now
            self._named = {one: source for one, source in self._named.items() if Path(one).parent != path}
            self._gone = {one: held for one, held in self._gone.items() if Path(one).parent != path}

    def _replace(self, source: Any, target: Any) -> None:
        if os.fspath(source).startswith("/proc/self/fd/"):
            source = Path(source).readlink()  # a file without a name, which gets one
        if os.fspath(source) in self._synced:
            self._synced.add(os.fspath(target))
        self._named[os.fspath(target)] = os.fspath(source)

    _rename = _link = _replace

    def _lose(self) -> None:
        for target in map(Path, self._named):
            if not target.is_file():
                continue
            if str(target) in self._synced:
                target.unlink()  # its bytes are somewhere, and no name leads there
            else:
                target.chmod(0o600)
                os.truncate(target, target.stat().st_size // 2)
        for path, held in self._gone.items():
            if not Path(path).exists() and Path(path).parent.is_dir():
                shutil.copy2(held, path)

    def _tear(self) -> None:
        for log in self.root.rglob("archive.db-wal"):
            size = log.stat().st_size
            if size > 4096 + 56:
                with log.open("r+b") as file:
                    # the end of the last commit never reached the disk
                    file.truncate(size - 2000)
