"""What people and their machines do to an archive without meaning to: code beside the letters, awkward names, clocks and copies."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

from pipeline.archive import open_archive
from tests.faults.harm import INGEST, ROOT, whole
from tests.faults.worlds import Outcome, against, folder, held, judged, take

NAMES = (
    "%20kho",
    "kho?x=1",
    "kho#a",
    "k;o",
    "k ho ",
    "k'h\"o",
    "k\nho",
    "file:kho?mode=memory",
    unicodedata.normalize("NFD", "Lưu trữ"),
    "x" * 200,
)
MODULES = ("csv", "json", "sitecustomize", "usercustomize", "pytesseract", "pipeline", "pydantic")


def planted(where: Path) -> Outcome:
    """Modules that bear the names of ours and of Python's lie among the letters, and one stands in their folder."""
    source = folder(where / "in")
    expected = whole(where, source)
    for name in MODULES:
        (source / f"{name}.py").write_text(f"open({str(where / 'ran')!r}, 'a').write('{name} ')\n", encoding="utf-8")
    script = where / "congvan.py"
    set_there = {"PYTHONPATH": ".", "PYTHONSTARTUP": "csv.py"}
    script.write_text(f"import os, sys\nsys.path.append({str(ROOT)!r})\nos.environ |= {set_there!r}\n{INGEST}", encoding="utf-8")
    paths = [str(source / one) for one in expected.files]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([sys.executable, str(script), str(where / "archive"), *paths], cwd=source, env=env, check=True)
    ran = (where / "ran").read_text(encoding="utf-8").split() if (where / "ran").exists() else []
    with open_archive(where / "archive") as archive:
        lost, doubled = against(expected, held(archive))
    return judged("code planted among the letters", [(lost + len(ran), doubled)])


def awkward_names(where: Path) -> Outcome:
    """An archive in a folder of any name, and another beside it: nothing of the one is in the other, nor in a third place."""
    source, pairs = folder(where / "in"), list[tuple[int, int]]()
    expected = whole(where, source)
    for at, name in enumerate(NAMES):
        beside = where / str(at)
        with open_archive(beside / "kho") as other, open_archive(beside / name) as archive:
            take(archive, source)
            lost, doubled = against(expected, held(archive))
            elsewhere = len(other) + len({path.name for path in beside.iterdir()} - {"kho", name})
            pairs.append((lost, doubled + elsewhere))
    return judged("archive in a folder of an awkward name", pairs)
