"""The house rules that a machine can hold: arrows, module sizes, names, prints."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = [p for top in ("models", "rules", "pipeline") for p in sorted((ROOT / top).rglob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
BANNED = {"utils", "util", "helpers", "helper", "common", "manager", "handler", "misc"}
LONGEST, MOST = 300, 15  # lines of a module; modules beside each other, `__init__` aside
BESIDE = [p for top in ("benchmarks", "fuzz", "training") for p in sorted((ROOT / top).rglob("*.py"))]
# modules that bear the name of what they show or serve, which another module is about: side by side on purpose
SHOWN = ("pipeline/desk/api/", "pipeline/desk/pages/", "pipeline/desk/queries/")


def test_arrows_go_down_only() -> None:
    run = subprocess.run([str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", [*OURS, *BESIDE], ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_is_short_named_and_documented(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST
    assert path.stem not in BANNED
    assert ast.get_docstring(ast.parse(text)), "a module says in its docstring what it holds"


def test_a_folder_holds_no_more_than_one_can_keep_in_mind() -> None:
    held = defaultdict(set)
    for path in (*OURS, *TESTS):
        if path.stem != "__init__":
            held[path.parent].add(path.stem)
    assert {folder.relative_to(ROOT): len(names) for folder, names in held.items() if len(names) > MOST} == {}


def test_one_name_is_one_thing() -> None:
    """No two modules of the pipeline and no two classes bear one name; private classes and steps of migration aside."""
    named = defaultdict(set)
    for path in OURS:
        name = path.relative_to(ROOT).as_posix()
        if "versions" in path.parts:
            continue
        if path.stem not in ("__init__", "env") and name.startswith("pipeline/") and not name.startswith(SHOWN):
            named[path.stem].add(name)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named[node.name].add(name)
    assert {name: places for name, places in named.items() if len(places) > 1} == {}


@pytest.mark.parametrize("path", TESTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_tests_are_as_short_and_mirror_the_tree(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
    room = path.parent.relative_to(ROOT / "tests")
    assert (ROOT / room).is_dir() or room.as_posix() == "faults", f"tests of {room}, which is no room of the house"
    if len(room.parts) > 1 and path.stem.startswith("test_"):  # named as a module of its stage, it lies where that module does
        stage = ROOT / room.parts[0] / room.parts[1]
        rooms = {module.parent.relative_to(ROOT) for module in stage.rglob(f"{path.stem.removeprefix('test_')}.py")}
        assert not rooms or room in rooms


def test_what_is_costly_to_load_is_loaded_when_it_is_used() -> None:
    """Each command opens an archive, and each file may need a new worker: neither waits for what it does not ask."""
    script = "import sys, pipeline.archive, pipeline.ingest.worker; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & {"spacy", "underthesea", "pandas", "cv2", "onnxruntime", "networkx", "pdfplumber"} == set()


def test_no_address_or_machine_path_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    if not listed:
        pytest.skip("not a git checkout")
    texts = [ROOT / name for name in listed if name.endswith((".txt", ".toml", ".cfg", ".py", ".md", ".tsv", ".yml", "Makefile"))]
    marks = ("index" + "-url", "files.python" + "hosted", "/root" + "/", "/wo" + "rk/")
    said = {p.relative_to(ROOT): p.read_text(encoding="utf-8") for p in texts if p.is_file()}
    found = [f"{name}: {mark}" for name, text in said.items() for mark in marks if mark in text]
    assert found == []


def test_each_test_that_the_page_on_reading_names_is_there() -> None:
    page = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\btest_[a-z_]+", page))
    paths = list((ROOT / "tests").rglob("test_*.py"))
    held = {path.stem for path in paths} | set(re.findall(r"def (test_\w+)", "".join(path.read_text(encoding="utf-8") for path in paths)))
    assert len(named) > 20 and named <= held, sorted(named - held)
