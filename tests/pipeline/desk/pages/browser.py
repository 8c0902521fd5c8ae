"""A desk served as `congvan serve` does, and Debian's Chromium to look at it. What needs it is run by `make test-desk`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHROMIUM = shutil.which("chromium")
SIZES = [(1366, 768), (390, 844)]


@contextmanager
def serving(archive: Path, log: Path) -> Iterator[str]:
    """Where `congvan serve` serves an archive, until it is left."""
    command = [str(Path(sys.executable).parent / "congvan"), "serve", "--port", "0", "--archive", str(archive)]
    env = {**os.environ, "CONGVAN_LOG": str(log), "CONGVAN_LANG": "vi", "COLUMNS": "300"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as server:
        assert server.stdout is not None
        try:
            found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
            assert found
            yield found[0]
        finally:
            server.terminate()
