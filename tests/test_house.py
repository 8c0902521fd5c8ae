"""The house rules that a machine can hold: arrows, module sizes, names, prints."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = [p for top in ("models", "rules", "pipeline") for p in sorted((ROOT / top).rglob("*.py"))]
BANNED = {"utils", "util", "helpers", "helper", "common", "manager", "handler", "misc"}


def test_arrows_go_down_only() -> None:
    run = subprocess.run([str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", OURS, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_is_short_named_and_documented(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert path.stem not in BANNED
    assert ast.get_docstring(ast.parse(text)), "a module says in its docstring what it holds"


def test_no_address_or_machine_path_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    if not listed:
        pytest.skip("not a git checkout")
    texts = [ROOT / name for name in listed if name.endswith((".txt", ".toml", ".cfg", ".py", ".md", ".tsv", ".yml", "Makefile"))]
    marks = ("index" + "-url", "files.python" + "hosted", "/root" + "/", "/wo" + "rk/")
    found = [f"{p.name}: {mark}" for p in texts if p.is_file() for mark in marks if mark in p.read_text(encoding="utf-8")]
    assert found == []


def test_each_test_that_the_page_on_reading_names_is_there() -> None:
    page = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\btest_[a-z_]+", page))
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    held = set(re.findall(r"def (test_\w+)", tests))
    assert len(named) > 20 and named <= held, sorted(named - held)
