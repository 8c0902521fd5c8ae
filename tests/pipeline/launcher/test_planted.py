"""What lies among the letters is never run, nor read as data, wherever a child process is started; one launcher starts all."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.settings import BadSetting, settings

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "samples" / "letters" / "invented-telegram.pdf"
SCAN = ROOT / "samples" / "letters" / "invented-ha-tinh-report.tif"
MODULES = ("csv", "json", "pipeline", "models", "sitecustomize", "usercustomize", "pydantic", "numpy", "ocrmypdf", "ctypes", "pytesseract")
DATA = ("vie.traineddata", "tsv", "configs/tsv", "tessconfigs/tsv", "tesseract.ini", "gs_init.ps")
PROGRAMS = ("tesseract", "dot", "gs", "python", "python3")

# what starts a child, as a program of a person's own or the console script would
_WAYS = {
    "ingest": """
from pipeline.serve.cli import run
assert run(["ingest", ".", "--archive", str(away / "kho")]) == 0
import pipeline
with pipeline.open(away / "kho") as office:
    assert [one.letters for one in office.status() if one.path.endswith(".pdf")] == [1]
""",
    "tesseract, in a reader": """
os.environ["CONGVAN_ENGINE"] = "pytesseract"
from pipeline.serve.cli import run
assert run(["ingest", "scan.tif", "--archive", str(away / "kho")]) == 0
import pipeline
with pipeline.open(away / "kho") as office:
    assert [one.letters for one in office.status()] == [1]
""",
    "tesseract, in our own process": """
import numpy
from pipeline.recognize.ocr.engine import Pytesseract
Pytesseract().recognize(numpy.full((80, 200), 255, numpy.uint8), 200)
""",
    "dot": """
from pipeline.trace.formats.graphviz import drawn
assert b"</svg>" in drawn("digraph { a -> b }")
""",
    "a page's picture": """
from pipeline.desk.view.page_images import Renderer
one = Renderer()
assert one.draw(Path("telegram.pdf").absolute(), 1).jpeg[:2] == bytes([0xFF, 0xD8])
one.close()
""",
    "a province's trace": """
from datetime import date
import pipeline
from pipeline.archive.tables.database import Changes
from pipeline.desk.jobs.province_trace import ProvinceTraces
with pipeline.open(away / "kho") as office:
    assert ProvinceTraces(office, Changes(office.archive.engine))._run(("Nghệ An", date(2022, 1, 1))) == []
""",
    "a package's PDF/A": """
import pipeline
from pipeline.submit import two_layers
two_layers.make(pipeline.read("telegram.pdf")[0], Path("telegram.pdf"), away / "made.pdf")
assert (away / "made.pdf").read_bytes()[:5] == b"%PDF-"
""",
}


@pytest.mark.parametrize("way", _WAYS)
def test_what_lies_among_the_letters_is_not_run(way: str, tmp_path: Path) -> None:
    if "PDF/A" in way:
        pytest.importorskip("ocrmypdf", reason="OCRmyPDF is not installed")
    inbox, away = tmp_path / "inbox", tmp_path / "away"
    inbox.mkdir()
    away.mkdir()
    shutil.copy(SAMPLE, inbox / "telegram.pdf")
    if "in a reader" in way:
        shutil.copy(SCAN, inbox / "scan.tif")
    for name in MODULES:
        (inbox / f"{name}.py").write_text(f"open({str(away / 'ran')!r}, 'a').write({name!r})\nraise ImportError\n", encoding="utf-8")
    for name in PROGRAMS:
        (inbox / name).write_text(f"#!/bin/sh\necho {name} >>{away / 'ran'}\nexit 1\n", encoding="utf-8")
        (inbox / name).chmod(0o755)
    for name in DATA:
        (inbox / name).parent.mkdir(exist_ok=True)
        (inbox / name).write_text("tessedit_ocr_engine_mode 0\ntessedit_create_tsv 0\n", encoding="utf-8")
    # a console script: the folder that Python puts first is the script's own
    script = away / "congvan"
    script.write_text(
        f"import os, sys\nfrom pathlib import Path\nsys.path.append({str(ROOT)!r})\naway = Path({str(away)!r})\n"
        f"os.environ |= {dict.fromkeys(('PYTHONPATH', 'PYTHONHOME', 'PYTHONUSERBASE', 'GS_LIB', 'LD_LIBRARY_PATH'), '.')!r}\n"
        f"os.environ |= {dict.fromkeys(('PYTHONSTARTUP', 'PYTHONINSPECT'), 'csv.py')!r}\n{_WAYS[way]}",
        encoding="utf-8",
    )
    env = {**os.environ, "PATH": f".::{os.environ['PATH']}", "CONGVAN_LOG": str(away / "log")}
    done = subprocess.run([sys.executable, str(script)], cwd=inbox, env=env, capture_output=True, text=True, check=False)
    ran = (away / "ran").read_text(encoding="utf-8") if (away / "ran").exists() else ""
    assert (ran, done.returncode) == ("", 0), done.stderr


def test_one_launcher_starts_all() -> None:
    """Nothing else of the product starts a process, nor a package that does so for it; but the engine through pytesseract, which starts
    tesseract with the launcher's surroundings (tried above, in a reader and in our own process)."""
    starts = {"subprocess", "pytesseract", "pty", "multiprocessing", "multiprocessing.pool", "ProcessPoolExecutor"}
    calls = re.compile(r"\bos\.(system|popen|fork|forkpty|spawn\w+|posix_spawnp?|exec\w+)\(")
    found = set()
    for path in (ROOT / "pipeline").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        names = {one.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom) for one in node.names}
        names |= {node.module or "" for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)}
        if names & starts or calls.search(text):
            found.add(path.relative_to(ROOT / "pipeline").as_posix())
    assert found == {"launcher/process.py", "launcher/child.py", "recognize/ocr/engine.py"}


def test_a_folder_of_data_that_is_named_from_where_one_works_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", ".")
    with pytest.raises(BadSetting):
        settings()
