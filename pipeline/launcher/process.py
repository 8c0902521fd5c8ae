"""Starting a child process, and what one does with it while it runs."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from pipeline.launcher import child
from pipeline.launcher.environment import ROOT, environment
from pipeline.launcher.sandbox import Bounds

_PREFIX = "congvan-"
_IN, _OUT = "stdin", "stdout"  # files in the child's folder: no thread has to feed or empty a pipe


class Leave(NamedTuple):
    """What a child may. writes: folders beside its own that it may write in, null for all that its user may; nice: how far others go
    before it (0 to 19); speaks: what libraries print goes to our standard error, instead of nowhere."""

    bounds: Bounds
    writes: Sequence[Path] | None = ()
    nice: int = 0
    speaks: bool = False


class Child:
    """A process that was started. folder: its own; pipe: to talk with it, null where it has none. A context manager that ends it."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, pipe: Connection[Any, Any] | None) -> None:
        self.process, self.folder, self._pipe = process, folder, pipe
        self._ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.end()

    @property
    def pipe(self) -> Connection[Any, Any]:
        """To talk with it; only of one that was started with a pipe."""
        assert self._pipe is not None
        return self._pipe

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def wait(self, seconds: float) -> int:
        """Wait for its end; its exit code, below 0 where a signal ended it. Raises TimeoutError, and then it is ended."""
        try:
            return self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            self.end()
            raise TimeoutError(f"{seconds} s") from error

    def output(self) -> bytes:
        """What it wrote to standard output; to be asked after `wait` and before `end`."""
        return (self.folder / _OUT).read_bytes()

    def end(self) -> None:
        """Kill it and all that it started, and remove its folder. May be called again."""
        if self._ended:
            return
        self._ended = True
        with suppress(OSError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self._pipe is not None:
            self._pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def python(target: str, *arguments: str, leave: Leave, talk: bool = False) -> Child:
    """Start a function of ours. target: "pipeline.module:function", called with a Connection first where `talk`, and the arguments.

    It finds no module in the folder that a person works in, and none by his environment. Raises OSError.
    """
    name = target.partition(":")[0].rpartition(".")[2]
    return _started(name, {"target": target, "program": None, "arguments": arguments}, leave, talk=talk)


def program(path: str, *arguments: str, leave: Leave, given: bytes = b"") -> Child:
    """Start another program. path: absolute, as `environment.find` returns it; given: its standard input. Raises OSError."""
    task = {"target": None, "program": path, "arguments": arguments}
    return _started(Path(path).name, task, leave, given=given)


def _started(name: str, task: dict[str, Any], leave: Leave, *, talk: bool = False, given: bytes = b"") -> Child:
    # the kernel ends a child when the thread that started it ends: one thread starts all, and lasts as long as we do
    future = _starter(os.getpid()).submit(_start, name, task, leave, talk, given)
    try:
        return future.result()
    except BaseException:
        future.add_done_callback(lambda done: None if done.exception() else done.result().end())
        raise


def _start(name: str, task: dict[str, Any], leave: Leave, talk: bool, given: bytes) -> Child:
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{name}-{os.getpid()}-")).resolve()
    ours, theirs = Pipe() if talk else (None, None)
    writes = None if leave.writes is None else [str(folder), *map(str, leave.writes)]
    whole = {
        **task, "parent": os.getpid(), "root": str(ROOT), "bounds": leave.bounds, "writes": writes, "nice": leave.nice,
        "fd": theirs.fileno() if theirs else None,
    }  # fmt: skip
    # a program needs of Python only what comes with it: no site-packages are gone through
    flags = ["-P"] if task["target"] else ["-I", "-S"]
    try:
        (folder / _IN).write_bytes(given)
        with (folder / _IN).open("rb") as source, (folder / _OUT).open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, *flags, child.__file__, json.dumps(whole)], cwd=folder, env=environment(folder), stdin=source, stdout=out,
                stderr=None if leave.speaks else subprocess.DEVNULL, pass_fds=[theirs.fileno()] if theirs else [], start_new_session=True,
            )  # fmt: skip
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        if theirs:
            theirs.close()
    return Child(process, folder, ours)


@cache
def _starter(process: int) -> ThreadPoolExecutor:
    """The thread that starts children, in the process of this id."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="launcher")


def sweep() -> None:
    """Remove the folders of children whose parent was killed before it could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*-*"):
        parent = folder.name.split("-")[-2]
        with suppress(OSError):
            if parent.isdigit() and not Path(f"/proc/{parent}").exists() and folder.lstat().st_uid == os.geteuid():
                shutil.rmtree(folder, ignore_errors=True)
