"""The walks of CONTRIBUTING.md are held to the code: each file and function that they name is there, each room is visited once."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
STAGES = ("acquire", "recognize", "layout", "reread", "segment", "extract", "link", "archive", "trace", "desk")
WALKS = dict(re.findall(r"^### (.+?)\n(.+?)(?=^##|\Z)", re.search(r"^## Five walks\n(.+?)^## ", PAGE, re.M | re.S)[1], re.M | re.S))  # type: ignore[index]
PAIR = re.compile(r"`([\w/]+\.(?:py|js))` `([\w.]+)`")
NAMED = sorted({pair for walk in WALKS.values() for pair in PAIR.findall(walk)})


def steps(walk: str) -> list[str]:
    """The numbered steps of a walk, each with the lines that go on with it."""
    return re.findall(r"^\d+\. (.+?)(?=^\d+\. |\Z)", walk, re.M | re.S)


def room(step: str) -> str:
    """The folder, from pipeline/ on, of the files that a step names outside brackets."""
    found = {str(Path(named).parent) for named, _ in PAIR.findall(re.sub(r"\([^()]*\)", "", step))}
    assert len(found) == 1, f"a step stands in one room: {step}"
    return found.pop()


def file_of(named: str) -> Path:
    """The file of a walk: from pipeline/ on, else from the top."""
    return next((path for path in (ROOT / "pipeline" / named, ROOT / named) if path.is_file()), ROOT / named)


def functions(path: Path) -> set[str]:
    """Functions, classes and methods ("Office.correct") of a module; the functions of a script."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".js":
        return set(re.findall(r"^(?:export )?(?:async )?function (\w+)\(", text, re.M))
    found = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{one.name}" for one in node.body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
    return found


def test_there_are_five_walks() -> None:
    assert len(WALKS) == 5 and all(len(steps(walk)) >= 5 for walk in WALKS.values())


@pytest.mark.parametrize(("named", "function"), NAMED, ids=[f"{named}-{function}" for named, function in NAMED])
def test_what_a_walk_names_is_there(named: str, function: str) -> None:
    path = file_of(named)
    assert path.is_file(), f"{named} is gone: let the walk go where the code goes"
    assert function in functions(path), f"{named} has no {function}: let the walk go where the code goes"


@pytest.mark.parametrize("title", WALKS)
def test_a_walk_is_in_a_room_once_and_its_steps_are_counted(title: str) -> None:
    rooms = [room(step) for step in steps(WALKS[title])]
    assert len(set(rooms)) == len(rooms), rooms
    assert re.findall(r"^(\d+)\. ", WALKS[title], re.M) == [str(at) for at in range(1, len(rooms) + 1)]


@pytest.mark.parametrize("title", [title for title in WALKS if "key press" not in title and "search" not in title])
def test_what_goes_down_the_pipeline_passes_the_stages_in_order(title: str) -> None:
    stages = [STAGES.index(room(step).split("/")[0]) for step in steps(WALKS[title])]
    assert stages == sorted(stages)
