"""Children started from folders full of planted modules, programs and data, under environments that nobody meant to set."""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from pipeline.launcher.process import Leave, python
from pipeline.launcher.sandbox import Bounds

_OURS = ("pipeline", "models", "rules", "numpy", "cv2", "PIL", "pydantic", "pydantic_core", "sqlalchemy", "pytesseract", "tesserocr")
_SET = (
    "PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONUSERBASE", "PYTHONPLATLIBDIR", "PYTHONBREAKPOINT", "PYTHONWARNINGS", "LD_PRELOAD",
    "LD_LIBRARY_PATH", "LD_AUDIT", "PATH", "BASH_ENV", "GS_LIB", "TESSDATA_PREFIX", "MALLOC_TRACE",
)  # fmt: skip
_SIGNS = " %?#;'\"\\\n:&*[]{}$~ăêđ\u0301\u200b\u202e"
_LEAVE = Leave(Bounds(4 * 1024**3, 120, 1 << 20))
# it loads most of what a reader loads: our own, the standard library's and what is installed
_TARGET = "pipeline.recognize.ocr.engine:default_engine"


def run(count: int, seed: int = 1) -> tuple[int, Counter[str]]:
    """Start so many children. Return how many, and what went wrong: a planted module was run, a child did not do its work."""
    chance, faults = random.Random(seed), Counter[str]()
    names = [*sorted(sys.stdlib_module_names), *_OURS, "sitecustomize", "usercustomize"]
    here, before = Path.cwd(), dict(os.environ)
    for _ in range(count):
        with tempfile.TemporaryDirectory() as root:
            mark = Path(root) / "ran"
            folder = Path(root) / "".join(chance.choice(_SIGNS + "abc") for _ in range(chance.randint(1, 40)))
            folder.mkdir()
            for name in chance.sample(names, 40):
                (folder / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').write('{name} ')\n", encoding="utf-8")
            for name in ("python", "python3", "tesseract"):
                (folder / name).write_text(f"#!/bin/sh\necho {name} >>'{mark}'\n", encoding="utf-8")
                (folder / name).chmod(0o755)
            for name in ("vie.traineddata", "pyvenv.cfg", "python._pth"):
                (folder / name).write_text(f"home = {folder}\n", encoding="utf-8")
            try:
                os.chdir(folder)
                os.environ |= {
                    name: chance.choice(("", ".", ":", "./csv.py", f"::{before.get('PATH', '')}")) for name in chance.sample(_SET, 6)
                }
                if "TESSDATA_PREFIX" in os.environ:
                    os.environ["TESSDATA_PREFIX"] = ""  # another is refused before anything is started
                with python(_TARGET, leave=_LEAVE) as child:
                    code = child.wait(120)
            finally:
                os.chdir(here)
                os.environ.clear()
                os.environ.update(before)
            if mark.exists():
                faults[f"launcher: ran {mark.read_text(encoding='utf-8').split()[0]}"] += 1
            elif code:
                faults[f"launcher: a child ended with {code}"] += 1
    return count, faults
